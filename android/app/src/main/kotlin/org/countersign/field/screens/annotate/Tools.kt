package org.countersign.field.screens.annotate

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.FilterChip
import androidx.compose.material3.ModalBottomSheet
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.countersign.core.Shape
import org.countersign.field.R
import org.countersign.field.design.Choice
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.NamedIcon
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space

/** Swatches beside the words of the colours. */
private val Swatches =
    mapOf(
        "red" to Color(0xFFC8101E),
        "yellow" to Color(0xFFFFD400),
        "blue" to Color(0xFF1D5FC4),
        "black" to Color(0xFF101418),
        "white" to Color(0xFFFFFFFF),
    )

/** What to draw with and in which colour. */
@Composable
internal fun ToolBar(
    shown: AnnotateShown,
    strokes: DrawingState,
    onTool: (String) -> Unit,
    onInk: (String) -> Unit,
) = Column(verticalArrangement = Arrangement.spacedBy(Space.small)) {
    // The word of a tool is the name of its icon as well.
    Chips(shown.tools, strokes.tool, "draw-tool", onTool) { NamedIcon(it, null) }
    Chips(shown.inks, strokes.ink, "draw-ink", onInk) { Swatch(it) }
}

@Composable
private fun Chips(
    choices: List<Choice<String>>,
    chosen: String,
    tag: String,
    onChoose: (String) -> Unit,
    mark: @Composable (String) -> Unit,
) = Row(
    Modifier.horizontalScroll(rememberScrollState()).selectableGroup(),
    Arrangement.spacedBy(Space.small),
) {
    choices.forEach { choice ->
        FilterChip(
            selected = choice.value == chosen,
            onClick = { onChoose(choice.value) },
            label = { Text(choice.word) },
            modifier = Modifier.heightIn(min = Space.target).testTag("$tag-${choice.value}"),
            leadingIcon = { mark(choice.value) },
        )
    }
}

@Composable
private fun Swatch(ink: String) =
    Box(
        Modifier
            .size(20.dp)
            .background(Swatches[ink] ?: Color.Transparent, CircleShape)
            .border(1.dp, FieldColours.current.field, CircleShape),
    )

/** What is drawn, shape by shape: any of them can be taken out. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun ShapeSheet(
    shown: AnnotateShown,
    shapes: List<Shape>,
    onClose: () -> Unit,
    onRemove: (Int) -> Unit,
    onClear: () -> Unit,
) = ModalBottomSheet(onClose) {
    LazyColumn(Modifier.padding(horizontal = Space.large)) {
        item { SectionTitle(stringResource(R.string.draw_list)) }
        item { MutedText(stringResource(if (shapes.isEmpty()) R.string.draw_none else R.string.draw_what)) }
        items(shapes.size) { place -> ShapeRow(place, nameOf(shown, shapes[place])) { onRemove(place) } }
        if (shapes.isNotEmpty()) {
            item {
                QuietButton(
                    stringResource(R.string.draw_clear),
                    onClear,
                    Modifier.testTag("draw-clear"),
                    icon = "cross",
                )
            }
        }
    }
}

@Composable
private fun ShapeRow(
    place: Int,
    name: String,
    onRemove: () -> Unit,
) = Row(verticalAlignment = Alignment.CenterVertically) {
    val numbered = "${place + 1} · $name"
    val label = stringResource(R.string.draw_remove_of, numbered)
    Text(numbered, Modifier.weight(1f), color = FieldColours.current.ink)
    QuietButton(
        stringResource(R.string.draw_remove),
        onRemove,
        Modifier.semantics { contentDescription = label }.testTag("draw-remove-${place + 1}"),
        icon = "cross",
    )
}

private fun nameOf(
    shown: AnnotateShown,
    shape: Shape,
): String {
    val tool = { tool: String -> shown.tools.find { it.value == tool }?.word.orEmpty() }
    val ink = { ink: String -> shown.inks.find { it.value == ink }?.word ?: ink }
    return when (shape) {
        is Shape.Arrow -> "${tool("arrow")} · ${ink(shape.ink)}"
        is Shape.Circle -> "${tool("circle")} · ${ink(shape.ink)}"
        is Shape.Line -> "${tool("line")} · ${ink(shape.ink)}"
        is Shape.Text -> "${tool("text")} · ${ink(shape.ink)} · ${shape.text}"
        is Shape.Unknown -> "…"
    }
}
