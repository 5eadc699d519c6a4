package org.countersign.field.screens.files

import androidx.compose.foundation.gestures.rememberTransformableState
import androidx.compose.foundation.gestures.transformable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.Saver
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clipToBounds
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.isSpecified
import androidx.compose.ui.graphics.graphicsLayer
import androidx.compose.ui.layout.onSizeChanged

/** The largest and the usual scale of a picture. */
private const val MOST = 8f
private const val WHOLE = 1f
private const val STEP = 1.6f

/** How far a picture is zoomed and moved; two pictures that share it are looked at in the same place. */
@Stable
class Zoom(
    scale: Float = WHOLE,
    place: Offset = Offset.Zero,
) {
    /** How many times its usual size. */
    var scale: Float by mutableFloatStateOf(scale)
        private set

    /** How far it is moved. */
    var place: Offset by mutableStateOf(place)
        private set

    /** The middle of the area in which the picture lies. */
    internal var middle: Offset = Offset.Zero

    /** Whether it is not as it was at first. */
    val changed: Boolean get() = scale > WHOLE

    /** Zooms and moves by what two fingers did around [centroid], which stays under them. */
    fun by(
        factor: Float,
        pan: Offset,
        centroid: Offset = Offset.Unspecified,
    ) {
        val next = (scale * factor).coerceIn(WHOLE, MOST)
        val from = if (centroid.isSpecified) centroid - middle else Offset.Zero
        val moved = from - (from - place) * (next / scale) + pan
        scale = next
        place = if (next == WHOLE) Offset.Zero else moved
    }

    /** One step larger, for whoever has one finger free. */
    fun larger() = by(STEP, Offset.Zero)

    /** The whole picture again. */
    fun whole() = by(0f, Offset.Zero)
}

/** A zoom that outlives a turn of the phone. */
@Composable
fun rememberZoom(): Zoom =
    rememberSaveable(
        saver = Saver({ listOf(it.scale, it.place.x, it.place.y) }, { (scale, x, y) -> Zoom(scale, Offset(x, y)) }),
    ) { Zoom() }

/** An area in which two fingers zoom and move. */
@Composable
internal fun ZoomArea(
    zoom: Zoom,
    modifier: Modifier = Modifier,
    content: @Composable () -> Unit,
) {
    val gestures = rememberTransformableState { centroid, factor, pan, _ -> zoom.by(factor, pan, centroid) }
    val measured = Modifier.onSizeChanged { zoom.middle = Offset(it.width / 2f, it.height / 2f) }
    Box(modifier.clipToBounds().then(measured).transformable(gestures, canPan = { zoom.changed })) {
        Box(
            Modifier.fillMaxSize().graphicsLayer {
                scaleX = zoom.scale
                scaleY = zoom.scale
                translationX = zoom.place.x
                translationY = zoom.place.y
            },
        ) { content() }
    }
}
