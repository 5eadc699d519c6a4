package org.countersign.field.screens.times

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Countersign
import org.countersign.core.JobScreen
import org.countersign.core.Language
import org.countersign.core.TextValue
import org.countersign.core.TimeLine
import org.countersign.core.TimeTyped
import org.countersign.core.duration
import org.countersign.core.number
import org.countersign.core.text
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.Said
import org.countersign.field.app.reader
import org.countersign.field.design.Choice
import org.countersign.field.screens.job.JobHead
import org.countersign.field.screens.job.OfJob
import org.countersign.field.screens.job.OfJobViewModel
import org.countersign.field.screens.job.forgetKept
import org.countersign.field.screens.job.headOf
import org.countersign.field.screens.namedChoices
import org.countersign.field.screens.reading.MeterReading
import org.countersign.field.screens.reading.MeterShown

/** A time that was recorded. */
@Immutable
data class TimeShown(
    /** The entry. */
    val entry: String,
    /** Who and what, with kilometres where any were driven. */
    val title: String,
    /** How long. */
    val duration: String,
    /** Recorded after the signature. */
    val late: Boolean,
    /** The same as it is corrected. */
    val spent: TimeTyped,
)

/** Times and meter of a visit. */
@Immutable
data class TimesShown(
    override val head: JobHead,
    /** What was recorded. */
    val times: List<TimeShown>,
    /** What time is spent on. */
    val kinds: List<Choice<String>>,
    /** What is proposed for a new time of each kind. */
    val proposed: List<TimeTyped>,
    /** The meter. */
    val meter: MeterShown,
) : OfJob

/** Times and the meter. A time that is wrong is put right by an entry that takes its place; both are kept. */
class TimesViewModel(
    core: Core,
    saved: SavedStateHandle,
) : OfJobViewModel<TimesShown>(core, saved) {
    /** Times that are typed and not kept yet. */
    val times = TypedTimes(typed)

    /** Records a new time; empty minutes take what the steps speak of. */
    fun record(now: TimeTyped) {
        val kept = typed.fields.value
        order<Unit>(Said(R.string.time_recorded), { times.forget(TypedTimes.NEW, kept) }) {
            recordTime(job, now)
        }
    }

    /** Puts a time right; [corrected] hears when it is. */
    fun correct(
        entry: String,
        now: TimeTyped,
        corrected: () -> Unit,
    ) {
        val kept = typed.fields.value
        val done = { _: Unit ->
            times.forget(entry, kept)
            corrected()
        }
        order(Said(R.string.time_corrected), done) { correctTime(job, entry, now) }
    }

    /** Records what the meter shows. */
    fun readMeter() {
        val kept = typed.fields.value
        order<Unit>(Said(R.string.meter_recorded), { typed.forgetKept(kept, MeterReading.VALUE) }) {
            readMeter(job, kept[MeterReading.VALUE].orEmpty())
        }
    }

    override fun unkept(
        shown: TimesShown?,
        fields: Map<String, String>,
    ): Boolean {
        if (shown == null) return super.unkept(shown, fields)
        val may = shown.head.may
        val read = fields[MeterReading.VALUE].orEmpty().isNotBlank()
        return (may.readMeter && read) || (may.recordTime && times.unkept(fields, shown.times))
    }

    override fun read(core: Countersign): TimesShown {
        val language = reader(core).language
        val screen = core.jobScreen(job)
        return TimesShown(
            head = headOf(screen),
            times = core.costsScreen(job).times.map { line(language, it) },
            kinds = namedChoices(language, "time"),
            proposed = core.timesProposed(job),
            meter = meter(language, screen),
        )
    }

    private fun line(
        language: Language,
        time: TimeLine,
    ): TimeShown {
        val kind = word(language, "time", time.kind)
        val driven = time.kilometres?.let { text(language, "kilometres", mapOf("count" to TextValue.Number(it))) }
        return TimeShown(
            entry = time.entry,
            title = listOfNotNull(time.person, kind, driven).filter { it.isNotEmpty() }.joinToString(" · "),
            duration = duration(language, time.minutes),
            late = time.late,
            spent = time.typed,
        )
    }

    private fun meter(
        language: Language,
        screen: JobScreen,
    ) = MeterShown(
        before =
            screen.facts.meterBefore
                .takeIf { it.isNotEmpty() }
                ?.let { number(language, it) }
                .orEmpty(),
        readings = screen.facts.meters.map { MeterReading(number(language, it.value), it.backward) },
    )
}
