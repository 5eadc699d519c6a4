package org.countersign.field.screens.machine

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.countersign.core.EvidenceRow
import org.countersign.field.R
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LinkRow
import org.countersign.field.design.MutedText
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.screens.job.Shot

/** An earlier visit: how the machine was found and left, side by side, and what was done. */
@Composable
internal fun PastVisitCard(
    visit: PastVisit,
    onLook: (EvidenceRow) -> Unit,
    onDocument: (String) -> Unit,
) = FieldCard(Modifier.testTag("past-visit")) {
    val ink = FieldColours.current.ink
    SectionTitle(visit.title)
    if (visit.second.isNotEmpty()) MutedText(visit.second)
    if (visit.fault.isNotEmpty()) Text(visit.fault, color = ink, style = MaterialTheme.typography.titleSmall)
    if (visit.findings.isNotEmpty()) Text(visit.findings, color = ink)
    if (visit.parts.isNotEmpty()) FactRow(stringResource(R.string.machine_parts), visit.parts.joinToString(" · "))
    Readings(visit.readings)
    Photos(visit, onLook)
    visit.documents.forEach { document ->
        LinkRow(
            document.title,
            { onDocument(document.sealed) },
            Modifier.testTag("past-document"),
            icon = "lock",
            marks = listOfNotNull(document.outcome),
        )
    }
    if (visit.answers.isNotEmpty()) {
        Folded(stringResource(R.string.machine_answers), "answers-${visit.visit}") {
            visit.answers.forEach { FactRow(it.name, it.value) }
        }
    }
}

@Composable
private fun ColumnScope.Readings(readings: List<PastReading>) {
    readings.forEach { reading ->
        val value = if (reading.backward) stringResource(R.string.machine_backward, reading.value) else reading.value
        FactRow("${stringResource(R.string.machine_meter)} · ${reading.day}", value)
    }
}

@Composable
private fun ColumnScope.Photos(
    visit: PastVisit,
    onLook: (EvidenceRow) -> Unit,
) {
    if (visit.found.isNotEmpty() || visit.left.isNotEmpty()) {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.medium)) {
            val weighed = Modifier.weight(1f)
            Stage(stringResource(R.string.machine_found), visit.found, onLook, weighed)
            Stage(stringResource(R.string.machine_left), visit.left, onLook, weighed)
        }
    }
    if (visit.other.isNotEmpty()) Stage(stringResource(R.string.machine_other), visit.other, onLook)
}

@Composable
private fun Stage(
    title: String,
    shots: List<EvidenceRow>,
    onLook: (EvidenceRow) -> Unit,
    modifier: Modifier = Modifier,
) {
    Column(modifier, verticalArrangement = Arrangement.spacedBy(Space.tiny)) {
        Text(
            title,
            Modifier.semantics { heading() },
            FieldColours.current.ink,
            style = MaterialTheme.typography.labelLarge,
        )
        if (shots.isEmpty()) MutedText(stringResource(R.string.machine_no_files))
        FlowRow(
            horizontalArrangement = Arrangement.spacedBy(Space.tiny),
            verticalArrangement = Arrangement.spacedBy(Space.tiny),
        ) {
            shots.forEach { row -> Shot(row, "$title: ${row.name}", Modifier.size(96.dp)) { onLook(row) } }
        }
    }
}
