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
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.input.key.onKeyEvent
import androidx.compose.ui.input.pointer.PointerEventTimeoutCancellationException
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.disabled
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.onClick
import androidx.compose.ui.semantics.onLongClick
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import org.countersign.field.R
import org.countersign.field.design.Corners
import org.countersign.field.design.FieldColours
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space

/** How long it is held. */
internal const val HOLD_MILLISECONDS = 2_000

/** What is asked of whoever cannot hold a button before it counts. */
@Immutable
internal class Consequence(
    /** What happens then. */
    val what: String,
    /** The verb of the second press. */
    val verb: String,
)

/**
 * A button that does nothing when it is tapped: it is held for two seconds, and fills up meanwhile. By keyboard a key
 * is held, and a screen reader's long press, which is a gesture of its own already, does it at once. Whoever can only
 * press (a short key, a switch, a screen reader's click) is told the consequence and presses another button for it.
 */
@Composable
internal fun HoldButton(
    word: String,
    consequence: Consequence,
    onHeld: () -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
) {
    var asks by rememberSaveable { mutableStateOf(false) }
    if (asks && enabled) {
        val meant = {
            asks = false
            onHeld()
        }
        Asked(consequence, meant, { asks = false }, modifier)
    } else {
        Held(word, onHeld, { asks = true }, modifier, enabled)
    }
}

@Composable
private fun Asked(
    consequence: Consequence,
    onMeant: () -> Unit,
    onNot: () -> Unit,
    modifier: Modifier,
) {
    val focus = remember { FocusRequester() }
    // The button that was pressed is gone: the keyboard goes on from here, not from the top of the screen.
    LaunchedEffect(Unit) { focus.requestFocus() }
    Column(modifier.fillMaxWidth(), Arrangement.spacedBy(Space.small)) {
        Text(
            consequence.what,
            Modifier.semantics { liveRegion = LiveRegionMode.Assertive },
            color = FieldColours.current.ink,
        )
        FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            val not = stringResource(R.string.customer_hold_not)
            SecondButton(not, onNot, Modifier.focusRequester(focus).testTag("hold-not"))
            SecondButton(consequence.verb, onMeant, Modifier.testTag("hold-meant"))
        }
    }
}

@Composable
private fun Held(
    word: String,
    onHeld: () -> Unit,
    onPressed: () -> Unit,
    modifier: Modifier,
    enabled: Boolean,
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
                .heldByKey({ down = it }, onPressed) { held() }
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
                if (!enabled) disabled()
                if (enabled) {
                    onClick {
                        onPressed()
                        true
                    }
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
    onPressed: () -> Unit,
    onHeld: () -> Unit,
): Modifier =
    onKeyEvent { event ->
        val key = event.nativeKeyEvent
        val presses = key.keyCode in PRESSING
        if (presses) {
            onDown(key.action == KeyEvent.ACTION_DOWN)
            val long = key.eventTime - key.downTime >= HOLD_MILLISECONDS
            if (key.action == KeyEvent.ACTION_UP && !key.isCanceled) {
                if (long) {
                    onHeld()
                } else {
                    onPressed()
                }
            }
        }
        presses
    }.focusable()

/** The keys by which buttons are pressed. */
private val PRESSING =
    setOf(
        KeyEvent.KEYCODE_ENTER,
        KeyEvent.KEYCODE_NUMPAD_ENTER,
        KeyEvent.KEYCODE_DPAD_CENTER,
        KeyEvent.KEYCODE_SPACE,
    )
