package org.countersign.field.screens.times

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardType
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.TimeTyped
import org.countersign.core.Typing
import org.countersign.core.asksKilometres
import org.countersign.core.usualChoice
import org.countersign.field.R
import org.countersign.field.app.isWhole
import org.countersign.field.app.longestOf
import org.countersign.field.app.screenModel
import org.countersign.field.design.Choice
import org.countersign.field.design.EmptyState
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.PickField
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.StateChip
import org.countersign.field.design.StateMark
import org.countersign.field.design.TextInput
import org.countersign.field.design.Tone
import org.countersign.field.screens.LockedNotice
import org.countersign.field.screens.job.JobPage
import org.countersign.field.screens.job.Verb
import org.countersign.field.screens.reading.MeterCard
import org.countersign.field.screens.reading.MeterReading

/** Times and meter. */
@Composable
fun TimesRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> TimesViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val record = stringResource(R.string.verb_time)
    JobPage(
        what = stringResource(R.string.job_times),
        model = model,
        nav = nav,
        verb = { shown ->
            val now = model.times.new(fields, shown.proposed)
            if (shown.head.may.recordTime) Verb(record, about = shown.times.size) { model.record(now) } else null
        },
    ) { shown ->
        Times(shown, fields, state.busy, model)
        if (!shown.head.may.recordTime) LockedNotice()
        if (shown.head.may.readMeter) {
            val meter = fields[MeterReading.VALUE].orEmpty()
            MeterCard(shown.meter, meter, state.busy, { model.typed[MeterReading.VALUE] = it }, model::readMeter)
        }
        if (shown.head.may.recordTime) {
            FieldCard(Modifier.testTag("time-new")) {
                SectionTitle(stringResource(R.string.times_new))
                val now = model.times.new(fields, shown.proposed)
                val hint = stringResource(R.string.times_minutes_hint)
                TimeFields(now, shown.kinds, "time", hint) { model.times.type(TypedTimes.NEW, now, it) }
            }
        }
    }
}

@Composable
private fun Times(
    shown: TimesShown,
    fields: Map<String, String>,
    busy: Boolean,
    model: TimesViewModel,
) {
    if (shown.times.isEmpty()) {
        EmptyState(stringResource(R.string.job_times), stringResource(R.string.times_none), icon = "wait")
        return
    }
    FieldCard(Modifier.testTag("times")) {
        shown.times.forEach { time ->
            FactRow(time.title, time.duration)
            if (time.late) StateChip(StateMark(Tone.ATTENTION, "warn", stringResource(R.string.job_late)))
            if (shown.head.may.recordTime) {
                Correction(time, shown.kinds, model.times.of(fields, time.entry, time.spent), busy, model)
            }
        }
    }
}

/** Puts a time right; folded away until somebody wants it. */
@Composable
private fun ColumnScope.Correction(
    time: TimeShown,
    kinds: List<Choice<String>>,
    now: TimeTyped,
    busy: Boolean,
    model: TimesViewModel,
) {
    var open by rememberSaveable(time.entry) { mutableStateOf(false) }
    val word = stringResource(R.string.times_correct)
    val about = "$word: ${time.title} ${time.duration}"
    val described = Modifier.testTag("time-correct").semantics { contentDescription = about }
    QuietButton(word, { open = !open }, described, icon = if (open) "up" else "down")
    if (!open) return
    TimeFields(now, kinds, "correct", "") { model.times.type(time.entry, now, it) }
    SecondButton(
        stringResource(R.string.verb_correct),
        { model.correct(time.entry, now) { open = false } },
        Modifier.testTag("correct-keep"),
        enabled = isWhole(Typing.CorrectedTime(now)) && !busy,
    )
}

@Composable
private fun ColumnScope.TimeFields(
    now: TimeTyped,
    kinds: List<Choice<String>>,
    tag: String,
    hint: String,
    onType: (TimeTyped) -> Unit,
) {
    val digits = KeyboardOptions(keyboardType = KeyboardType.Number)
    val kind = stringResource(R.string.times_kind)
    PickField(kind, kinds, now.kind, { onType(now.copy(kind = it)) }, Modifier.testTag("$tag-kind"))
    TextInput(
        label = stringResource(R.string.times_minutes),
        value = now.minutes,
        onChange = { onType(now.copy(minutes = it)) },
        modifier = Modifier.testTag("$tag-minutes"),
        hint = hint,
        longest = longestOf("minutes"),
        keyboard = digits,
    )
    // What was typed for another kind stays in sight.
    if (!asksKilometres(now.kind) && now.kilometres.isEmpty()) return
    TextInput(
        label = stringResource(R.string.times_kilometres),
        value = now.kilometres,
        onChange = { onType(now.copy(kilometres = it)) },
        modifier = Modifier.testTag("$tag-kilometres"),
        longest = longestOf("kilometres"),
        keyboard = digits,
    )
}
