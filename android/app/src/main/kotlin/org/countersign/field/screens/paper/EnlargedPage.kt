package org.countersign.field.screens.paper

import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.gestures.rememberTransformableState
import androidx.compose.foundation.gestures.transformable
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.window.Dialog
import androidx.compose.ui.window.DialogProperties
import org.countersign.field.R
import org.countersign.field.design.FieldColours
import org.countersign.field.design.PictureButton
import org.countersign.field.platform.OpenPages
import kotlin.math.roundToInt

/** One page on the whole screen: larger and smaller by two fingers or by buttons, moved by scrolling. */
@Composable
internal fun EnlargedPage(
    pages: OpenPages,
    index: Int,
    caption: String,
    onClose: () -> Unit,
) {
    Dialog(onClose, DialogProperties(usePlatformDefaultWidth = false, decorFitsSystemWindows = false)) {
        var zoom by rememberSaveable { mutableFloatStateOf(FIRST) }
        Column(Modifier.fillMaxSize().background(FieldColours.current.canvas).safeDrawingPadding()) {
            Row(Modifier.fillMaxWidth()) {
                PictureButton("back", stringResource(R.string.close), onClose, Modifier.testTag("page-close"))
                Spacer(Modifier.weight(1f))
                val smaller = stringResource(R.string.paper_zoom_out)
                val larger = stringResource(R.string.paper_zoom_in)
                PictureButton("minus", smaller, { zoom = within(zoom / STEP) }, enabled = zoom > SMALLEST)
                PictureButton("new", larger, { zoom = within(zoom * STEP) }, enabled = zoom < LARGEST)
            }
            ZoomedPage(pages, index, caption, zoom) { zoom = within(it) }
        }
    }
}

@Composable
private fun ZoomedPage(
    pages: OpenPages,
    index: Int,
    caption: String,
    zoom: Float,
    onZoom: (Float) -> Unit,
) {
    val pinch = rememberTransformableState { _, change, _, _ -> onZoom(zoom * change) }
    BoxWithConstraints(Modifier.fillMaxSize()) {
        val wide = maxWidth * zoom
        // Drawn anew in whole steps: between them the picture is stretched, so that pinching stays smooth.
        val sharp = with(LocalDensity.current) { (maxWidth * zoom.roundToInt().coerceAtLeast(1)).roundToPx() }
        val picture = rememberPage(pages, index, sharp)
        Box(Modifier.fillMaxSize().verticalScroll(rememberScrollState()).horizontalScroll(rememberScrollState())) {
            // Inside what scrolls: two fingers are seen here first, one finger is left to the scrolling.
            val page = Modifier.size(wide, wide / pages.shapes[index]).transformable(pinch, canPan = { false })
            Box(page.background(Color.White)) {
                if (picture != null) {
                    Image(picture, caption, Modifier.fillMaxSize(), contentScale = ContentScale.FillBounds)
                }
            }
        }
    }
}

private fun within(zoom: Float): Float = zoom.coerceIn(SMALLEST, LARGEST)

private const val SMALLEST = 1f
private const val FIRST = 1.5f
private const val LARGEST = 4f
private const val STEP = 1.5f
