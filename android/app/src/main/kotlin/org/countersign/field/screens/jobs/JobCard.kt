package org.countersign.field.screens.jobs

import androidx.compose.runtime.Immutable
import org.countersign.core.JobRow
import org.countersign.core.Reader
import org.countersign.core.date
import org.countersign.core.hours
import org.countersign.core.jobStateChip
import org.countersign.core.machineStateChip
import org.countersign.core.priorityChip
import org.countersign.field.app.mark
import org.countersign.field.app.reader
import org.countersign.field.design.StateMark
import org.countersign.field.design.Tone

/** Under which heading a job stands. */
sealed interface JobDay {
    /** A day, in words. */
    data class Date(
        /** The date. */
        val text: String,
    ) : JobDay

    /** Nothing was agreed. */
    data object None : JobDay

    /** It is over. */
    data object Closed : JobDay
}

/** One job as a card. */
@Immutable
data class JobCard(
    /** The job. */
    val job: String,
    /** Its day. */
    val day: JobDay,
    /** Hours of the appointment; empty for none. */
    val hours: String,
    /** Customer and site. */
    val place: String,
    /** Machine. */
    val machine: String,
    /** Voucher or job. */
    val number: String,
    /** The fault. */
    val fault: String,
    /** Its states. */
    val marks: List<StateMark>,
    /** Whether the machine is down, which is pointed out. */
    val down: Boolean,
    /** Whether something for the visit has not arrived. */
    val missing: Boolean,
    /** Files that are only here. */
    val filesOnlyHere: Int,
)

/** The card of a row, in the words of [reader]. */
internal fun cardOf(
    row: JobRow,
    reader: Reader,
): JobCard {
    val machine = machineStateChip(reader.language, row.machineState)?.mark()
    return JobCard(
        job = row.job,
        day = day(row, reader),
        hours = row.window?.let { hours(reader, it) }.orEmpty(),
        place = listOf(row.customer, row.site).filter { it.isNotEmpty() }.joinToString(" · "),
        machine = row.machine,
        number = row.voucher.ifEmpty { row.number },
        fault = row.fault,
        marks =
            listOfNotNull(
                jobStateChip(reader.language, row.state).mark(),
                machine,
                priorityChip(reader.language, row.priority)?.mark(),
            ),
        down = machine?.tone == Tone.DANGER,
        missing = row.place.open > 0 && row.own && !row.ready,
        filesOnlyHere = row.unconfirmedFiles.toInt(),
    )
}

private fun day(
    row: JobRow,
    reader: Reader,
): JobDay {
    val window = row.window
    return when {
        row.place.open == 0L -> JobDay.Closed
        window == null -> JobDay.None
        else -> JobDay.Date(date(reader, window.from))
    }
}
