package org.countersign.field.screens.status

import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import org.countersign.core.Typing
import org.countersign.core.safetyChip
import org.countersign.field.R
import org.countersign.field.app.isWhole
import org.countersign.field.app.longestOf
import org.countersign.field.app.mark
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.MutedText
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.TextInput

/** What is safe, what is only here, and the ways in which it leaves this phone. */
@Composable
fun StatusScreen(
    shown: StatusShown,
    colleague: String,
    busy: Boolean,
    actions: StatusActions,
) {
    Sentence(shown)
    if (shown.status.enrolled) {
        HandOver(shown, colleague, busy, actions)
        Import(shown.key, actions.choose)
        Room(busy, actions.makeRoom)
    }
}

@Composable
private fun Sentence(shown: StatusShown) {
    val status = shown.status
    FieldCard(tone = safetyChip(status).mark().tone) {
        Text(status.sentence, Modifier.testTag("sentence"), style = MaterialTheme.typography.titleMedium)
        listOfNotNull(status.advice, status.leaseAdvice, status.salvaged).forEach { Text(it) }
        if (status.pendingCommands > 0u) {
            FactRow(stringResource(R.string.status_entries), status.pendingCommands.toString())
        }
        shown.onlyHere.forEach { FactRow(it.name, "${it.count} · ${it.size}") }
        val never = stringResource(R.string.status_contact_never)
        FactRow(stringResource(R.string.status_contact), shown.contact.ifEmpty { never })
    }
}

@Composable
private fun HandOver(
    shown: StatusShown,
    colleague: String,
    busy: Boolean,
    actions: StatusActions,
) = FieldCard {
    SectionTitle(stringResource(R.string.hand_over))
    Text(stringResource(R.string.hand_over_what))
    TextInput(
        stringResource(R.string.hand_over_key),
        colleague,
        actions.typeColleague,
        longest = longestOf("exchange_key"),
    )
    SecondButton(
        stringResource(R.string.hand_over_file),
        actions.handOver,
        Modifier.testTag("status-hand-over"),
        enabled = isWhole(Typing.HandOver(colleague)) && shown.key.isNotEmpty() && !busy,
        icon = "share",
    )
    Text(stringResource(R.string.rescue_what))
    SecondButton(
        stringResource(R.string.rescue_file),
        actions.rescue,
        Modifier.testTag("status-rescue"),
        enabled = !busy,
        icon = "share",
    )
}

@Composable
private fun Import(
    key: String,
    onChoose: () -> Unit,
) = FieldCard {
    SectionTitle(stringResource(R.string.import_title))
    Text(stringResource(R.string.import_what))
    MutedText(stringResource(R.string.own_key))
    SelectionContainer { Text(key, style = MaterialTheme.typography.bodySmall) }
    SecondButton(stringResource(R.string.import_choose), onChoose, Modifier.testTag("status-import"), icon = "file")
}

@Composable
private fun Room(
    busy: Boolean,
    onMakeRoom: () -> Unit,
) = FieldCard {
    SectionTitle(stringResource(R.string.room))
    Text(stringResource(R.string.room_what))
    SecondButton(stringResource(R.string.make_room), onMakeRoom, enabled = !busy)
}
