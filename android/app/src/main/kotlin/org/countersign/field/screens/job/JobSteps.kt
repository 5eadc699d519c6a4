package org.countersign.field.screens.job

import androidx.annotation.StringRes
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import org.countersign.core.StepState
import org.countersign.field.R
import org.countersign.field.design.Corners
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.NamedIcon
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space

/** The steps in their order; each is a way to do it, in any order. */
@Composable
internal fun StepsCard(
    shown: JobShown,
    busy: Boolean,
    actions: JobActions,
) = FieldCard(Modifier.testTag("steps")) {
    SectionTitle(stringResource(R.string.job_steps))
    shown.steps.forEach { line -> StepRow(line, busy) { actions.step(line.step, shown) } }
}

@Composable
private fun StepRow(
    line: StepLine,
    busy: Boolean,
    onOpen: () -> Unit,
) {
    val look = lookOf(line)
    val state = stringResource(stateWord(line.state))
    // One command at a time: a press that came too early would be lost without a word.
    val free = !busy || !line.onePress
    val tap = if (line.mayPress) Modifier.clickable(free, role = Role.Button, onClick = onOpen) else Modifier
    Row(
        Modifier
            .fillMaxWidth()
            .clip(Corners)
            .then(tap)
            .heightIn(min = Space.target)
            .testTag("step-${line.step.name.lowercase().replace('_', '-')}")
            .semantics(mergeDescendants = true) { stateDescription = state },
        horizontalArrangement = Arrangement.spacedBy(Space.medium),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        StepMark(line.state)
        NamedIcon(look.icon, null, Modifier.size(20.dp), FieldColours.current.muted)
        Column(Modifier.weight(1f)) {
            Text(
                stringResource(look.label),
                color = FieldColours.current.ink,
                fontWeight = if (line.state == StepState.NEXT) FontWeight.SemiBold else null,
                style = MaterialTheme.typography.bodyLarge,
            )
            noteWords(line.note)?.let { MutedText(it) }
        }
        if (line.mayPress) NamedIcon("next", null, Modifier.size(20.dp), FieldColours.current.muted)
    }
}

@Composable
private fun StepMark(state: StepState) {
    val colours = FieldColours.current
    when (state) {
        StepState.DONE -> NamedIcon("check", null, Modifier.size(24.dp), colours.ok.text)
        StepState.NEXT -> NamedIcon("arrow", null, Modifier.size(24.dp), colours.accent)
        StepState.OPEN -> NamedIcon("circle", null, Modifier.size(24.dp), colours.muted)
    }
}

@StringRes
private fun stateWord(state: StepState): Int =
    when (state) {
        StepState.DONE -> R.string.job_step_done
        StepState.NEXT -> R.string.job_step_next
        StepState.OPEN -> R.string.job_step_open
    }

@Composable
private fun noteWords(note: StepNote): String? =
    when (note) {
        StepNote.None -> {
            null
        }

        is StepNote.Photos -> {
            if (note.count == 0) null else pluralStringResource(R.plurals.job_photos, note.count, note.count)
        }

        is StepNote.Answered -> {
            stringResource(R.string.job_answered, note.answered.toString(), note.total.toString())
        }

        is StepNote.Number -> {
            note.text
        }
    }
