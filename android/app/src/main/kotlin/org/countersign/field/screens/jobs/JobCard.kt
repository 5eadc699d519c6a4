package org.countersign.field.screens.jobs

import androidx.compose.runtime.Immutable
import org.countersign.core.JobRow
import org.countersign.core.Reader
import org.countersign.core.hours
import org.countersign.core.jobStateChip
import org.countersign.core.machineStateChip
import org.countersign.core.priorityChip
import org.countersign.field.app.mark
import org.countersign.field.design.StateMark

/** One job as a card. */
@Immutable
data class JobCard(
    /** The job. */
    val job: String,
    /** The heading under which it stands. */
    val heading: String,
    /** Hours of the appointment; empty for none. */
    val hours: String,
    /** Customer and site. */
    val place: String,
    /** Machine. */
    val machine: String,
    /** What people call it. */
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
) {
    /** Whether this is the job of that name, which is its id or its number. */
    fun isCalled(name: String): Boolean = name.isNotEmpty() && (name == job || name == number)
}

/** The card of a row, in the words of [reader]. */
internal fun cardOf(
    row: JobRow,
    reader: Reader,
): JobCard =
    JobCard(
        job = row.job,
        heading = row.heading,
        hours = row.window?.let { hours(reader, it) }.orEmpty(),
        place = listOf(row.customer, row.site).filter { it.isNotEmpty() }.joinToString(" · "),
        machine = row.machine,
        number = row.title,
        fault = row.fault,
        marks =
            listOfNotNull(
                jobStateChip(reader.language, row.state).mark(),
                machineStateChip(reader.language, row.machineState)?.mark(),
                priorityChip(reader.language, row.priority)?.mark(),
            ),
        down = row.down,
        missing = row.lacking,
        filesOnlyHere = row.unconfirmedFiles.toInt(),
    )
