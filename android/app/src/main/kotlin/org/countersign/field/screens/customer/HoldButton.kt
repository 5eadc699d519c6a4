package org.countersign.field.screens.customer

import android.view.KeyEvent
import androidx.compose.animation.core.LinearEasing
import androidx.compose.animation.core.animateFloatAsState
import androidx.compose.animation.core.snap
import androidx.compose.animation.core.tween
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.focusable
import androidx.compose.foundation.gestures.awaitEachGesture
import androidx.compose.foundation.gestures.awaitFirstDown
import androidx.compose.foundation.gestures.waitForUpOrCancellation
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.input.key.onKeyEvent
import androidx.compose.ui.input.pointer.PointerEventTimeoutCancellationException
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.onLongClick
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import org.countersign.field.design.Corners
import org.countersign.field.design.FieldColours
import org.countersign.field.design.Space

/** How long it is held. */
internal const val HOLD_MILLISECONDS = 2_000

/**
 * A button that does nothing when it is tapped: it is held for two seconds, and fills up meanwhile. By keyboard a key
 * is held; a screen reader's long press, which is a gesture of its own already, does it at once.
 */
@Composable
internal fun HoldButton(
    word: String,
    onHeld: () -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
) {
    val colours = FieldColours.current
    var down by remember { mutableStateOf(false) }
    val filled by animateFloatAsState(
        if (down) 1f else 0f,
        if (down) tween(HOLD_MILLISECONDS, easing = LinearEasing) else snap(),
    )
    val held by rememberUpdatedState(onHeld)
    val hold =
        if (enabled) {
            Modifier
                .heldByFinger({
                    down = it
                }) { held() }
                .heldByKey({ down = it }) { held() }
        } else {
            Modifier
        }
    Box(
        modifier
            .fillMaxWidth()
            .heightIn(min = Space.target)
            .clip(Corners)
            .background(colours.paper)
            .border(1.dp, colours.muted, Corners)
            .drawBehind { drawRect(colours.line, size = Size(size.width * filled, size.height)) }
            .then(hold)
            .semantics(mergeDescendants = true) {
                role = Role.Button
                if (enabled) {
                    onLongClick(word) {
                        held()
                        true
                    }
                }
            }.padding(Space.small),
        contentAlignment = Alignment.Center,
    ) {
        Text(word, color = if (enabled) colours.ink else colours.muted, textAlign = TextAlign.Center)
    }
}

private fun Modifier.heldByFinger(
    onDown: (Boolean) -> Unit,
    onHeld: () -> Unit,
): Modifier =
    pointerInput(Unit) {
        awaitEachGesture {
            awaitFirstDown()
            onDown(true)
            try {
                withTimeout(HOLD_MILLISECONDS.toLong()) { waitForUpOrCancellation() }
            } catch (_: PointerEventTimeoutCancellationException) {
                onHeld()
            } finally {
                onDown(false)
            }
        }
    }

private fun Modifier.heldByKey(
    onDown: (Boolean) -> Unit,
    onHeld: () -> Unit,
): Modifier =
    onKeyEvent { event ->
        val key = event.nativeKeyEvent
        val presses = key.keyCode == KeyEvent.KEYCODE_ENTER || key.keyCode == KeyEvent.KEYCODE_SPACE
        if (presses) {
            onDown(key.action == KeyEvent.ACTION_DOWN)
            val long = key.eventTime - key.downTime >= HOLD_MILLISECONDS
            if (key.action == KeyEvent.ACTION_UP && long) onHeld()
        }
        presses
    }.focusable()
