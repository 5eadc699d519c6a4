package org.countersign.field.design

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp

/** The heading of a part of a screen. */
@Composable
fun SectionTitle(
    text: String,
    modifier: Modifier = Modifier,
) = Text(
    text,
    modifier.padding(top = Space.small).semantics { heading() },
    style = MaterialTheme.typography.titleMedium,
    color = FieldColours.current.ink,
)

/** Secondary text. */
@Composable
fun MutedText(
    text: String,
    modifier: Modifier = Modifier,
) = Text(text, modifier, style = MaterialTheme.typography.bodySmall, color = FieldColours.current.muted)

/** A name and its value; the value goes below the name where both do not fit side by side. */
@Composable
fun FactRow(
    name: String,
    value: String,
    modifier: Modifier = Modifier,
) {
    FlowRow(
        modifier.fillMaxWidth().padding(vertical = 2.dp).semantics(mergeDescendants = true) {},
        horizontalArrangement = Arrangement.SpaceBetween,
        itemVerticalAlignment = Alignment.CenterVertically,
    ) {
        Text(name, Modifier.padding(end = Space.large), color = FieldColours.current.muted)
        Text(value, color = FieldColours.current.ink)
    }
}

/** A card; with [onClick] the whole of it is one target, [marked] is the one of several that is open. */
@Composable
fun FieldCard(
    modifier: Modifier = Modifier,
    onClick: (() -> Unit)? = null,
    tone: Tone = Tone.PLAIN,
    marked: Boolean = false,
    content: @Composable ColumnScope.() -> Unit,
) {
    val colours = FieldColours.current
    val edge =
        when {
            marked -> colours.accent
            tone == Tone.PLAIN -> colours.line
            else -> colours.of(tone).text
        }
    val pressed = if (onClick == null) Modifier else Modifier.clickable(role = Role.Button, onClick = onClick)
    Column(
        modifier
            .fillMaxWidth()
            .clip(Corners)
            .background(colours.paper)
            .border(if (marked) 3.dp else 1.dp, edge, Corners)
            .then(pressed)
            .heightIn(min = Space.target)
            .padding(Space.medium),
        verticalArrangement = Arrangement.spacedBy(Space.tiny),
        content = content,
    )
}

/** A row that leads somewhere: icon, words, arrow. */
@Composable
fun LinkRow(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    icon: String? = null,
    second: String = "",
    marks: List<StateMark> = emptyList(),
) {
    Row(
        modifier
            .fillMaxWidth()
            .clip(Corners)
            .clickable(role = Role.Button, onClick = onClick)
            .heightIn(min = Space.target)
            .padding(vertical = Space.tiny),
        horizontalArrangement = Arrangement.spacedBy(Space.medium),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        val colours = FieldColours.current
        if (icon != null) NamedIcon(icon, null, Modifier.size(24.dp), colours.accent)
        Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(2.dp)) {
            Text(text, color = colours.ink)
            if (second.isNotEmpty()) MutedText(second)
            StateChips(marks)
        }
        NamedIcon("next", null, Modifier.size(20.dp), colours.muted)
    }
}

/** An empty list: what will appear here, and the first thing to do about it. */
@Composable
fun EmptyState(
    title: String,
    what: String,
    modifier: Modifier = Modifier,
    icon: String = "inbox",
    action: (@Composable () -> Unit)? = null,
) {
    Column(
        modifier.fillMaxWidth().padding(vertical = Space.huge, horizontal = Space.large),
        horizontalAlignment = Alignment.CenterHorizontally,
        verticalArrangement = Arrangement.spacedBy(Space.small),
    ) {
        NamedIcon(icon, null, Modifier.size(40.dp), FieldColours.current.muted)
        Text(
            title,
            Modifier.semantics { heading() },
            style = MaterialTheme.typography.titleMedium,
            color = FieldColours.current.ink,
            textAlign = TextAlign.Center,
        )
        Text(what, color = FieldColours.current.muted, textAlign = TextAlign.Center)
        action?.invoke()
    }
}

/** Before the first answer of the core, which takes milliseconds: nothing at all, so that nothing flickers. */
@Composable
fun LoadingNothing(modifier: Modifier = Modifier) = Box(modifier.fillMaxSize())
