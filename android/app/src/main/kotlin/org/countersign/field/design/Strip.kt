package org.countersign.field.design

import androidx.compose.animation.animateContentSize
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.countersign.field.R

/** What the strip says: whether there is a connection, and whether anything is only on this phone. */
@Immutable
data class StripState(
    /** Online, offline since, sending. */
    val connection: StateMark,
    /** Safe at the office, or only here. */
    val safety: StateMark,
)

/** The strip of this moment and what a tap on it does; the app provides it once for every screen. */
@Immutable
class StripHost(
    /** What it says; `null` until the core was asked for the first time. */
    val state: StripState?,
    /** Opens status. */
    val open: () -> Unit,
)

/** Where [FieldScreen] finds the strip. */
val LocalStrip = staticCompositionLocalOf { StripHost(null) {} }

/** Always at the top of a field screen. Offline is a state like another: no red, nothing that turns. */
@Composable
fun Strip(
    host: StripHost,
    modifier: Modifier = Modifier,
) {
    val label = stringResource(R.string.strip_open)
    FlowRow(
        modifier
            .fillMaxWidth()
            .background(FieldColours.current.canvas)
            .clickable(onClickLabel = label, role = Role.Button, onClick = host.open)
            .heightIn(min = Space.target)
            .padding(horizontal = Space.large, vertical = Space.tiny)
            .animateContentSize()
            .testTag("strip")
            .semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite },
        horizontalArrangement = Arrangement.spacedBy(Space.medium),
        itemVerticalAlignment = Alignment.CenterVertically,
    ) {
        host.state?.let { state ->
            StripPart(state.connection)
            StripPart(state.safety)
        }
    }
}

@Composable
private fun StripPart(mark: StateMark) {
    val colours = FieldColours.current
    val colour = if (mark.tone == Tone.PLAIN) colours.muted else colours.of(mark.tone).text
    Row(
        Modifier.heightIn(min = 28.dp),
        horizontalArrangement = Arrangement.spacedBy(Space.tiny),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        NamedIcon(mark.icon, null, Modifier.size(18.dp), colour)
        Text(mark.word, color = colour, style = MaterialTheme.typography.labelMedium)
    }
}
