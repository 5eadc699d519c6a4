package org.countersign.field.design

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp

/** One state. */
@Composable
fun StateChip(
    mark: StateMark,
    modifier: Modifier = Modifier,
) {
    val colours = FieldColours.current
    val pair = colours.of(mark.tone)
    val edge = if (mark.tone == Tone.PLAIN) colours.line else pair.ground
    Row(
        modifier
            .background(pair.ground, Corners)
            .border(1.dp, edge, Corners)
            .padding(horizontal = Space.small, vertical = Space.tiny)
            .semantics(mergeDescendants = true) {},
        horizontalArrangement = Arrangement.spacedBy(Space.tiny),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        NamedIcon(mark.icon, null, Modifier.size(16.dp), pair.text)
        Text(mark.word, color = pair.text, style = MaterialTheme.typography.labelMedium)
    }
}

/** Several states; they wrap where there is no room. */
@Composable
fun StateChips(
    marks: List<StateMark>,
    modifier: Modifier = Modifier,
) {
    if (marks.isEmpty()) return
    FlowRow(
        modifier,
        horizontalArrangement = Arrangement.spacedBy(Space.small),
        verticalArrangement = Arrangement.spacedBy(Space.tiny),
    ) {
        marks.forEach { StateChip(it) }
    }
}
