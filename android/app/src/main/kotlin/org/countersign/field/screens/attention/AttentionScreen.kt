package org.countersign.field.screens.attention

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import org.countersign.core.AttentionAction
import org.countersign.core.AttentionItem
import org.countersign.core.Remedy
import org.countersign.core.Typing
import org.countersign.field.R
import org.countersign.field.app.Route
import org.countersign.field.app.isWhole
import org.countersign.field.app.longestOf
import org.countersign.field.design.Choice
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.EmptyState
import org.countersign.field.design.FieldCard
import org.countersign.field.design.MutedText
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.design.TextInput
import org.countersign.field.design.Tone

/** What needs a person, each with what can be done about it. */
@Composable
internal fun AttentionScreen(
    shown: AttentionShown,
    fields: Map<String, String>,
    actions: AttentionActions,
    busy: Boolean = false,
) {
    if (shown.pending > 0) {
        MutedText(pluralStringResource(R.plurals.attention_pending, shown.pending, shown.pending))
    }
    if (shown.waiting > 0) {
        MutedText(pluralStringResource(R.plurals.attention_waiting, shown.waiting, shown.waiting))
    }
    if (shown.cards.isEmpty()) {
        EmptyState(
            stringResource(R.string.attention_none),
            stringResource(R.string.attention_none_what),
            icon = "check",
        )
    }
    // What was opened or chosen belongs to its card, not to its place: the next one must not take it over.
    val hands = CardHands(shown.jobs, fields, actions, !busy)
    shown.cards.forEach { card -> key(card.kind, card.id) { Card(card, hands) } }
}

/** What a card is dealt with. */
private class CardHands(
    val jobs: List<Choice<String>>,
    val fields: Map<String, String>,
    val actions: AttentionActions,
    val ready: Boolean,
)

@Composable
private fun Card(
    card: AttentionItem,
    hands: CardHands,
) {
    val actions = hands.actions
    FieldCard(Modifier.testTag("attention-${card.id}"), tone = Tone.ATTENTION) {
        Text(card.title, Modifier.semantics { heading() }, style = MaterialTheme.typography.titleMedium)
        Text(card.text)
        card.job?.let { job ->
            QuietButton(stringResource(R.string.attention_go_to_job), { actions.open(Route.Job(job)) }, icon = "next")
        }
        card.actions.forEach { Action(it, card, hands) }
    }
}

@Composable
private fun Action(
    action: AttentionAction,
    card: AttentionItem,
    hands: CardHands,
) {
    val id = card.id
    val actions = hands.actions
    val ready = hands.ready
    when (action) {
        AttentionAction.FIX -> {
            Fix(card, hands)
        }

        AttentionAction.DISCARD -> {
            Discard(card, hands)
        }

        AttentionAction.FILE -> {
            FileWith(id, hands.jobs, actions, ready)
        }

        AttentionAction.NOTE -> {
            SecondButton(stringResource(R.string.attention_note), { actions.remedy(id, Remedy.Note) }, enabled = ready)
        }

        AttentionAction.CONFIRM -> {
            SecondButton(stringResource(R.string.attention_confirm), actions.confirm, enabled = ready)
        }

        AttentionAction.ENROL -> {
            SecondButton(stringResource(R.string.enrol), { actions.open(Route.Enrol()) })
        }

        AttentionAction.UNLOCK -> {
            SecondButton(stringResource(R.string.attention_unlock), actions.unlock, enabled = ready)
        }

        AttentionAction.SYNC -> {
            SecondButton(stringResource(R.string.send_now), actions.sync)
        }

        AttentionAction.ACKNOWLEDGE -> {
            val word = stringResource(R.string.attention_acknowledge)
            SecondButton(word, { actions.acknowledge(id) }, enabled = ready)
        }

        // The job is one tap above; its capture page takes the picture.
        AttentionAction.CAPTURE_AGAIN -> {
            if (card.job == null) {
                SecondButton(stringResource(R.string.jobs), actions.toJobs)
            }
        }
    }
}

@Composable
private fun Fix(
    card: AttentionItem,
    hands: CardHands,
) {
    val field = AttentionViewModel.valueOf(card)
    val value = hands.fields[field].orEmpty()
    if (card.takesValue) {
        TextInput(
            stringResource(R.string.attention_new_value),
            value,
            { hands.actions.type(field, it) },
            longest = longestOf("value"),
        )
    }
    SecondButton(
        stringResource(R.string.attention_fix),
        { hands.actions.remedy(card.id, Remedy.Fix(value.ifEmpty { null })) },
        enabled = hands.ready,
    )
}

/** Giving up loses an entry: it names its consequence and asks for a reason first. */
@Composable
private fun Discard(
    card: AttentionItem,
    hands: CardHands,
) {
    var open by rememberSaveable { mutableStateOf(false) }
    val field = AttentionViewModel.reasonOf(card)
    val reason = hands.fields[field].orEmpty()
    Column(verticalArrangement = Arrangement.spacedBy(Space.small)) {
        QuietButton(stringResource(R.string.attention_discard), { open = !open }, icon = if (open) "up" else "down")
        if (open) {
            TextInput(
                stringResource(R.string.reason),
                reason,
                { hands.actions.type(field, it) },
                longest = longestOf("reason"),
            )
            SecondButton(
                stringResource(R.string.attention_discard),
                { hands.actions.remedy(card.id, Remedy.Discard(reason)) },
                enabled = hands.ready && isWhole(Typing.GiveUp(reason)),
                danger = true,
            )
        }
    }
}

@Composable
private fun FileWith(
    id: String,
    jobs: List<Choice<String>>,
    actions: AttentionActions,
    ready: Boolean,
) {
    var job by rememberSaveable { mutableStateOf<String?>(null) }
    ChoiceField(stringResource(R.string.attention_choose_job), jobs, job, { job = it })
    FlowRow {
        SecondButton(
            stringResource(R.string.attention_file),
            { job?.let { actions.file(id, it) } },
            enabled = ready && job != null,
        )
    }
}
