package org.countersign.field.screens.pad

import android.view.MotionEvent
import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.focusable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableLongStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.ExperimentalComposeUiApi
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.input.pointer.RequestDisallowInterceptTouchEvent
import androidx.compose.ui.input.pointer.pointerInteropFilter
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import org.countersign.core.Point
import org.countersign.field.R
import org.countersign.field.design.Corners
import org.countersign.field.design.FieldColours
import org.countersign.field.design.QuietButton
import org.countersign.field.design.Space

/** A field to sign in, with the line that says who signs, and "clear". */
@Composable
fun SignatureBox(
    ink: Ink,
    onInk: (Ink) -> Unit,
    line: String,
    modifier: Modifier = Modifier,
    height: Dp? = PAD_HEIGHT,
) {
    Column(modifier) {
        val frame = if (height == null) Modifier.weight(1f) else Modifier.height(height)
        Box(frame.fillMaxWidth()) {
            SignaturePad(ink, onInk, Modifier.fillMaxSize())
            Column(Modifier.align(Alignment.BottomStart).padding(Space.medium)) {
                HorizontalDivider(color = FieldColours.current.line)
                Text(line, color = FieldColours.current.muted)
            }
        }
        Row {
            QuietButton(
                stringResource(R.string.pad_clear),
                { onInk(Ink()) },
                Modifier.testTag("pad-clear"),
                icon = "clear",
                enabled = !ink.isEmpty,
            )
        }
    }
}

/**
 * The pad itself. Keeps every point with time and pressure as it was drawn; on a smaller pad (the phone was turned) the
 * strokes are drawn smaller and none is lost.
 */
@OptIn(ExperimentalComposeUiApi::class)
@Composable
fun SignaturePad(
    ink: Ink,
    onInk: (Ink) -> Unit,
    modifier: Modifier = Modifier,
) {
    val label = stringResource(R.string.pad)
    val drawn = stringResource(if (ink.isBlank) R.string.pad_empty else R.string.pad_drawn)
    val colours = FieldColours.current
    var focused by remember { mutableStateOf(false) }
    BoxWithConstraints(
        modifier
            .clip(Corners)
            .background(colours.paper)
            .border(2.dp, if (focused) colours.accent else colours.muted, Corners)
            .onFocusChanged { focused = it.isFocused }
            .focusable()
            .testTag("pad")
            .semantics {
                contentDescription = label
                stateDescription = drawn
            },
    ) {
        val unit = pixelsPerUnit(ink, constraints.maxWidth, constraints.maxHeight)
        val now by rememberUpdatedState(ink)
        val tell by rememberUpdatedState(onInk)
        var began by rememberSaveable { mutableLongStateOf(0L) }
        var touched by remember { mutableIntStateOf(0) }
        val hold = remember { RequestDisallowInterceptTouchEvent() }
        val held = remember { PadTouch(hold) }
        val touch =
            Modifier.pointerInteropFilter(hold) { event ->
                began = beginning(event, now, began)
                touched++
                held.follow(event, PenScale(unit, began), now) { tell(now + it) }
            }
        Canvas(Modifier.fillMaxSize().then(touch)) {
            touched.let { (ink.strokes + listOf(held.pen.stroke)).forEach { draw(it, unit, colours.ink) } }
        }
        // Whoever comes here by keyboard learns why nothing happens.
        if (focused && ink.isEmpty) Text(label, Modifier.padding(Space.medium), color = colours.muted)
    }
}

/** One touch after the other. */
private class PadTouch(
    private val hold: RequestDisallowInterceptTouchEvent,
) {
    /** Draws. */
    val pen = Pen()

    fun follow(
        event: MotionEvent,
        scale: PenScale,
        ink: Ink,
        onStroke: (List<Point>) -> Unit,
    ): Boolean {
        when (event.actionMasked) {
            MotionEvent.ACTION_DOWN -> {
                if (ink.isFull) return false
                // A page that scrolls must not take the stroke away.
                hold(true)
                pen.down(event, scale)
            }

            MotionEvent.ACTION_MOVE -> {
                pen.move(event, scale, ink.room)
            }

            MotionEvent.ACTION_POINTER_UP -> {
                if (pen.isDown && pen.isLiftedBy(event)) onStroke(pen.up())
            }

            MotionEvent.ACTION_UP, MotionEvent.ACTION_CANCEL -> {
                if (pen.isDown) onStroke(pen.up())
                hold(false)
            }
        }
        return true
    }
}

/** When the signature began. A first point begins it; after a restart of the phone the clock is another one. */
private fun beginning(
    event: MotionEvent,
    ink: Ink,
    before: Long,
): Long =
    when {
        event.actionMasked != MotionEvent.ACTION_DOWN -> {
            before
        }

        ink.isEmpty -> {
            event.eventTime
        }

        before == 0L || before > event.eventTime -> {
            event.eventTime -
                ink.strokes
                    .last()
                    .last()
                    .t
                    .toLong()
        }

        else -> {
            before
        }
    }

/** How large a unit is drawn here: its own size, or less where the signature would not fit. */
@Composable
private fun pixelsPerUnit(
    ink: Ink,
    width: Int,
    height: Int,
): Float {
    val density = LocalDensity.current.density
    return remember(ink, width, height, density) {
        val whole = density / Ink.unitsPerPixel
        val fits = minOf(width / (ink.right * whole).coerceAtLeast(1f), height / (ink.bottom * whole).coerceAtLeast(1f))
        whole * fits.coerceAtMost(1f)
    }
}

/** A signature that is only looked at. */
@Composable
fun SignaturePicture(
    ink: Ink,
    modifier: Modifier = Modifier,
) {
    val colours = FieldColours.current
    val label = stringResource(R.string.pad_drawn)
    BoxWithConstraints(modifier.clip(Corners).background(colours.paper).semantics { contentDescription = label }) {
        val unit = pixelsPerUnit(ink, constraints.maxWidth, constraints.maxHeight)
        Canvas(Modifier.fillMaxSize()) { ink.strokes.forEach { draw(it, unit, colours.ink) } }
    }
}

private fun DrawScope.draw(
    stroke: List<Point>,
    unit: Float,
    colour: Color,
) {
    val thin = THIN.toPx()

    fun at(point: Point) = Offset(point.x * unit, point.y * unit)
    if (stroke.size == 1) drawCircle(colour, thin, at(stroke.first()))
    stroke.zipWithNext { from, to ->
        val width = thin + THICKER.toPx() * to.pressure.toFloat() / UByte.MAX_VALUE.toFloat()
        drawLine(colour, at(from), at(to), width, StrokeCap.Round)
    }
}

private val PAD_HEIGHT = 220.dp
private val THIN = 1.2.dp
private val THICKER = 2.4.dp
