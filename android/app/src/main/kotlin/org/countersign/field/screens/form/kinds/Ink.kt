package org.countersign.field.screens.form.kinds

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.gestures.awaitEachGesture
import androidx.compose.foundation.gestures.awaitFirstDown
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.asAndroidPath
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.unit.dp
import org.countersign.field.R
import org.countersign.field.design.Corners
import org.countersign.field.design.FieldColours
import org.countersign.field.screens.capture.Captured
import java.io.File
import java.io.IOException

/** Width by height of the pad. */
private const val SHAPE = 2.5f

/** Width of the picture in pixels, and of a line as a share of it. */
private const val PIXELS = 1_200
private const val LINE = 0.006f

/** Lines that were drawn; places in shares of the pad's width. */
@Immutable
data class Ink(
    /** The lines. */
    val lines: List<List<Offset>> = emptyList(),
) {
    /** Whether there is any. */
    val drawn: Boolean get() = lines.any { it.size > 1 }

    /** The same with one more place on the last line. */
    fun plus(place: Offset): Ink = Ink(lines.dropLast(1) + listOf(lines.lastOrNull().orEmpty() + place))

    /** The same with a new line. */
    fun begin(place: Offset): Ink = Ink(lines + listOf(listOf(place)))

    /** The lines on an area of this width. */
    fun path(width: Float): Path =
        Path().apply {
            lines.forEach { line ->
                line.forEachIndexed { index, place ->
                    val (x, y) = place * width
                    if (index == 0) moveTo(x, y) else lineTo(x, y)
                }
            }
        }

    /**
     * Writes it black on white into a PNG file, which has its name only once all of it is there: a torn file is no
     * answer. An [IOException] tells that nothing was written.
     */
    fun writeInto(file: File) {
        val part = File("${file.path}.${Captured.PART}")
        val bitmap = picture()
        try {
            part.outputStream().use { out ->
                if (!bitmap.compress(Bitmap.CompressFormat.PNG, BEST, out)) throw IOException("no room for $part")
                out.fd.sync()
            }
            if (!part.renameTo(file)) throw IOException("$file was not named")
        } finally {
            bitmap.recycle()
            part.delete()
        }
    }

    private fun picture(): Bitmap {
        val bitmap = Bitmap.createBitmap(PIXELS, (PIXELS / SHAPE).toInt(), Bitmap.Config.ARGB_8888)
        bitmap.eraseColor(Color.WHITE)
        val paint =
            Paint(Paint.ANTI_ALIAS_FLAG).apply {
                color = Color.BLACK
                style = Paint.Style.STROKE
                strokeWidth = PIXELS * LINE
                strokeCap = Paint.Cap.ROUND
                strokeJoin = Paint.Join.ROUND
            }
        Canvas(bitmap).drawPath(path(PIXELS.toFloat()).asAndroidPath(), paint)
        return bitmap
    }

    /** As numbers: the places of a line one after the other, and what is no number after each line. */
    fun pack(): FloatArray = lines.flatMap { line -> line.flatMap { listOf(it.x, it.y) } + Float.NaN }.toFloatArray()

    /** Reading. */
    companion object {
        private const val BEST = 100

        /** What [pack] made; nothing drawn where there is nothing. */
        fun unpack(numbers: FloatArray?): Ink {
            val lines = mutableListOf<List<Offset>>()
            val line = mutableListOf<Float>()
            numbers?.forEach { number ->
                if (number.isNaN()) {
                    lines += line.chunked(2) { (x, y) -> Offset(x, y) }
                    line.clear()
                } else {
                    line += number
                }
            }
            return Ink(lines)
        }
    }
}

/** A field to sign in. A finger in it draws and never scrolls the page. */
@Composable
internal fun InkPad(
    label: String,
    ink: Ink,
    onChange: (Ink) -> Unit,
    modifier: Modifier = Modifier,
) {
    val colours = FieldColours.current
    val now by rememberUpdatedState(ink)
    val change by rememberUpdatedState(onChange)
    val what = stringResource(R.string.form_pad)
    val state = stringResource(if (ink.drawn) R.string.form_pad_drawn else R.string.form_pad_empty)
    androidx.compose.foundation.layout.Box(
        modifier
            .fillMaxWidth()
            .aspectRatio(SHAPE)
            .background(colours.paper, Corners)
            .border(1.dp, colours.field, Corners)
            .semantics {
                contentDescription = "$label. $what"
                stateDescription = state
            }.pointerInput(Unit) {
                awaitEachGesture {
                    val down = awaitFirstDown().also { it.consume() }
                    var own = now.begin(down.position / size.width.toFloat())
                    do {
                        change(own)
                        val event = awaitPointerEvent()
                        val finger = event.changes.firstOrNull { it.id == down.id }
                        val places = finger?.historical.orEmpty().map { it.position } + listOfNotNull(finger?.position)
                        places.forEach { own = own.plus(it / size.width.toFloat()) }
                        event.changes.forEach { it.consume() }
                    } while (finger?.pressed == true)
                    change(own)
                }
            }.drawBehind {
                drawPath(
                    ink.path(size.width),
                    colours.ink,
                    style = Stroke(size.width * LINE, cap = StrokeCap.Round, join = StrokeJoin.Round),
                )
            },
    )
}
