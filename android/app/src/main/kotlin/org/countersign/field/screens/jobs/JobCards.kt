package org.countersign.field.screens.jobs

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.selected
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.countersign.field.R
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.NamedIcon
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.StateChips
import org.countersign.field.design.StateMark
import org.countersign.field.design.Tone

/** The cards under the headings of their days. */
internal fun LazyListScope.jobCards(
    cards: List<JobCard>,
    open: String,
    onOpen: (String) -> Unit,
) {
    var last = ""
    cards.forEach { card ->
        if (card.heading != last) {
            item(key = "day-${card.job}") { SectionTitle(card.heading) }
            last = card.heading
        }
        item(key = card.job) { Card(card, card.isCalled(open), onOpen) }
    }
}

@Composable
private fun Card(
    card: JobCard,
    isOpen: Boolean,
    onOpen: (String) -> Unit,
) {
    val colours = FieldColours.current
    FieldCard(
        Modifier.testTag("job-${card.number}").semantics { selected = isOpen },
        onClick = { onOpen(card.job) },
        tone = if (card.down) Tone.DANGER else Tone.PLAIN,
        marked = isOpen,
    ) {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.small)) {
            Text(card.place, Modifier.weight(1f), colours.ink, style = MaterialTheme.typography.titleMedium)
            if (card.hours.isNotEmpty()) MutedText(card.hours)
        }
        Row(horizontalArrangement = Arrangement.spacedBy(Space.tiny), verticalAlignment = Alignment.CenterVertically) {
            NamedIcon("machine", null, Modifier.size(18.dp), colours.muted)
            Text(card.machine, color = colours.ink)
            MutedText(card.number, Modifier.padding(start = Space.tiny))
        }
        if (card.fault.isNotEmpty()) Text(card.fault, color = colours.ink)
        StateChips(card.marks + ownMarks(card, isOpen), Modifier.padding(top = Space.tiny))
    }
}

@Composable
private fun ownMarks(
    card: JobCard,
    isOpen: Boolean,
): List<StateMark> =
    buildList {
        if (isOpen) add(StateMark(Tone.INFO, "next", stringResource(R.string.jobs_open_beside)))
        if (card.missing) add(StateMark(Tone.ATTENTION, "warn", stringResource(R.string.jobs_not_all_here)))
        if (card.filesOnlyHere > 0) {
            val count = card.filesOnlyHere
            add(StateMark(Tone.ATTENTION, "phone", pluralStringResource(R.plurals.jobs_files_only_here, count, count)))
        }
    }
