package org.countersign.field.screens.job

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
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
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.countersign.core.CollectRow
import org.countersign.core.Typing
import org.countersign.core.WaitingRow
import org.countersign.field.R
import org.countersign.field.app.Route
import org.countersign.field.app.isWhole
import org.countersign.field.app.longestOf
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LinkRow
import org.countersign.field.design.MutedText
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.StateChip
import org.countersign.field.design.StateChips
import org.countersign.field.design.StateMark
import org.countersign.field.design.TextInput
import org.countersign.field.design.Tone

/** A visit by phone or video. */
@Composable
internal fun remoteMark() = StateMark(Tone.INFO, "call", stringResource(R.string.job_remote))

/** The visits of the job, and whether this one is at the customer or by phone. */
@Composable
internal fun VisitsCard(
    shown: JobShown,
    model: JobViewModel,
    actions: JobActions,
) = FieldCard(Modifier.testTag("visits")) {
    SectionTitle(stringResource(R.string.job_visits))
    shown.visits.forEach { Visit(it, actions) }
    WhereButton(shown, model)
}

@Composable
private fun Visit(
    visit: VisitLine,
    actions: JobActions,
) {
    val marks = visit.marks + listOfNotNull(if (visit.remote) remoteMark() else null)
    if (visit.opens.isNotEmpty()) {
        val open = { actions.open(Route.Job(visit.opens)) }
        LinkRow(visit.title, open, Modifier.testTag("visit-row"), icon = "person", second = visit.second, marks = marks)
    } else {
        Column(Modifier.fillMaxWidth().padding(vertical = Space.tiny)) {
            Text(visit.title, color = FieldColours.current.ink)
            if (visit.second.isNotEmpty()) MutedText(visit.second)
            StateChips(marks)
        }
    }
}

@Composable
private fun WhereButton(
    shown: JobShown,
    model: JobViewModel,
) {
    val may = shown.head.may
    if (may.goThere) {
        val word = stringResource(R.string.verb_on_site)
        SecondButton(word, { model.mark(remote = false) }, Modifier.testTag("job-on-site"), icon = "place")
    } else if (may.goRemote) {
        val word = stringResource(R.string.verb_remote)
        SecondButton(word, { model.mark(remote = true) }, Modifier.testTag("job-remote"), icon = "call")
    }
}

/** Remote visits that are signed on this one, and those that wait for it. */
@Composable
internal fun CollectsCard(
    shown: JobShown,
    model: JobViewModel,
    actions: JobActions,
) {
    val facts = shown.screen.facts
    if (facts.collects.isEmpty() && facts.waiting.isEmpty()) return
    FieldCard(Modifier.testTag("collects")) {
        SectionTitle(stringResource(R.string.job_remote_visits))
        facts.collects.forEach { Collected(it, actions) }
        if (facts.waiting.isNotEmpty()) {
            MutedText(stringResource(R.string.job_waiting_what))
            facts.waiting.forEach { Waiting(it, model) }
        }
    }
}

@Composable
private fun Collected(
    visit: CollectRow,
    actions: JobActions,
) {
    if (visit.signed) {
        Text(visit.number, color = FieldColours.current.ink)
        StateChip(StateMark(Tone.OK, "lock", stringResource(R.string.job_signed)))
    } else {
        val word = stringResource(R.string.job_sign_remote, visit.number)
        SecondButton(word, { actions.open(Route.Sign(visit.visit)) }, Modifier.testTag("collect-sign"), icon = "sign")
    }
}

@Composable
private fun Waiting(
    visit: WaitingRow,
    model: JobViewModel,
) {
    Text(
        listOf(visit.number, visit.lead).filter { it.isNotEmpty() }.joinToString(" · "),
        color = FieldColours.current.ink,
    )
    MutedText(visit.fault)
    val word = stringResource(R.string.verb_collect)
    SecondButton(
        word,
        { model.collect(visit.visit) },
        Modifier.testTag("collect").semantics { contentDescription = "$word: ${visit.number}" },
        icon = "new",
    )
}

/** The amendment that is open. */
@Composable
internal fun DraftCard(
    shown: JobShown,
    model: JobViewModel,
) {
    val draft = shown.screen.draft ?: return
    FieldCard(Modifier.testTag("draft"), tone = Tone.ATTENTION) {
        SectionTitle(stringResource(R.string.job_draft, draft))
        Text(stringResource(R.string.job_draft_what), color = FieldColours.current.ink)
        val word = stringResource(R.string.job_discard)
        TypeAndKeep(
            model = model,
            field = JobViewModel.DISCARD,
            fold = Fold(word, "clear"),
            label = stringResource(R.string.reason),
            verb = word,
            longest = longestOf("reason"),
            typing = { Typing.GiveUp(it) },
            onKeep = model::discard,
        )
    }
}

/** A note that somebody may want later. */
@Composable
internal fun NoteCard(model: JobViewModel) =
    FieldCard(Modifier.testTag("note")) {
        TypeAndKeep(
            model = model,
            field = JobViewModel.NOTE,
            fold = Fold(stringResource(R.string.job_add_note), "remark"),
            label = stringResource(R.string.job_note),
            verb = stringResource(R.string.verb_note),
            longest = longestOf("text"),
            typing = { Typing.Note(it) },
            onKeep = model::keepNote,
        )
    }

private class Fold(
    val word: String,
    val icon: String,
)

/** A field that is folded away until somebody wants it; it stays open as long as something is typed in it. */
@Composable
private fun TypeAndKeep(
    model: JobViewModel,
    field: String,
    fold: Fold,
    label: String,
    verb: String,
    longest: Int,
    typing: (String) -> Typing,
    onKeep: () -> Unit,
) {
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val state by model.state.collectAsStateWithLifecycle()
    val text = fields[field].orEmpty()
    var wanted by rememberSaveable(field) { mutableStateOf(false) }
    val open = wanted || text.isNotEmpty()
    QuietButton(fold.word, { wanted = !open }, Modifier.testTag("$field-open"), icon = if (open) "up" else fold.icon)
    if (!open) return
    val place = Modifier.testTag("$field-field")
    TextInput(label, text, { model.typed[field] = it }, place, lines = 3, longest = longest)
    val ready = isWhole(typing(text)) && !state.busy
    SecondButton(verb, onKeep, Modifier.testTag("$field-keep"), enabled = ready)
}
