package org.countersign.field.screens.annotate

import androidx.compose.foundation.Image
import androidx.compose.foundation.gestures.awaitEachGesture
import androidx.compose.foundation.gestures.awaitFirstDown
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.input.pointer.PointerInputScope
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import org.countersign.core.Board
import org.countersign.core.Shape
import org.countersign.core.boardOf
import org.countersign.core.spotOn
import org.countersign.field.R
import org.countersign.field.design.LARGE_PICTURE
import org.countersign.field.design.rememberPicture

/** The photo with what others drew, what this person drew, and what their finger is drawing. */
@Composable
internal fun DrawingBoard(
    shown: AnnotateShown,
    picture: String,
    shapes: List<Shape>,
    under: Shape?,
    actions: DrawActions,
    modifier: Modifier = Modifier,
) {
    val bitmap = rememberPicture(picture, LARGE_PICTURE) ?: return
    val board = remember(bitmap) { boardOf(bitmap.width.toUInt(), bitmap.height.toUInt()) }
    val now by rememberUpdatedState(actions)
    val what = stringResource(R.string.draw_board)
    Box(
        modifier
            .aspectRatio(bitmap.width.toFloat() / bitmap.height, bitmap.height > bitmap.width)
            .testTag("draw-board")
            .semantics { contentDescription = "$what: ${shown.name}" }
            .pointerInput(board) { strokes(board) { now } },
    ) {
        Image(bitmap, null, Modifier.fillMaxSize(), contentScale = ContentScale.FillBounds)
        // Layers that stand still are drawn once; only the stroke under the finger is drawn again and again.
        Box(Modifier.fillMaxSize().drawBehind { drawShapes(shown.others + shapes) })
        Box(Modifier.fillMaxSize().drawBehind { if (under != null) drawShapes(listOf(under)) })
    }
}

private suspend fun PointerInputScope.strokes(
    board: Board,
    actions: () -> DrawActions,
) = awaitEachGesture {
    val spot = { place: Offset -> spotOn(board, place.x / size.width, place.y / size.height) }
    val down = awaitFirstDown().also { it.consume() }
    actions().begin(spot(down.position))
    while (true) {
        val event = awaitPointerEvent()
        val finger = event.changes.firstOrNull { it.id == down.id }
        if (finger == null || event.changes.size > 1) {
            actions().cancel()
            return@awaitEachGesture
        }
        finger.historical.forEach { actions().goOn(spot(it.position)) }
        actions().goOn(spot(finger.position))
        event.changes.forEach { it.consume() }
        if (!finger.pressed) break
    }
    actions().end()
}
