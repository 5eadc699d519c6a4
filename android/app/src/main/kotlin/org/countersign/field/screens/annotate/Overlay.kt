package org.countersign.field.screens.annotate

import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.graphics.drawscope.drawIntoCanvas
import androidx.compose.ui.graphics.nativeCanvas
import androidx.compose.ui.graphics.toArgb
import org.countersign.core.EvidenceRow
import org.countersign.core.OverlayMark
import org.countersign.core.Segment
import org.countersign.core.Shape
import org.countersign.core.overlayMarks

/** How many times its letters' height a line of a label is high, and how far its ground reaches to the sides. */
private const val LEADING = 1.3f
private const val ASIDE = 0.2f
private const val GROUND_ALPHA = 0.85f

/** What people drew over a file, to lie over its picture; `null` where nobody drew. */
internal fun layersOver(row: EvidenceRow): (DrawScope.() -> Unit)? {
    val shapes = row.layers.flatMap { it.shapes }
    return if (shapes.isEmpty()) null else ({ drawShapes(shapes) })
}

/** Draws shapes over the whole of this area, where the picture lies. The core lays them out, as it does for paper. */
internal fun DrawScope.drawShapes(shapes: List<Shape>) =
    overlayMarks(shapes, size.width, size.height).forEach { drawMark(it) }

private fun DrawScope.drawMark(mark: OverlayMark) =
    when (mark) {
        is OverlayMark.Line -> drawLine(mark)
        is OverlayMark.Label -> drawLabel(mark)
    }

private fun DrawScope.drawLine(mark: OverlayMark.Line) {
    val path = pathOf(mark.path.segments)
    listOf(mark.rim to mark.rimWidth, mark.colour to mark.path.width).forEach { (colour, width) ->
        drawPath(path, colourOf(colour), style = Stroke(width, cap = StrokeCap.Round, join = StrokeJoin.Round))
    }
}

private fun pathOf(segments: List<Segment>): Path =
    Path().apply {
        segments.forEach { segment ->
            when (segment) {
                is Segment.Move -> moveTo(segment.to.x, segment.to.y)
                is Segment.Quad -> quadraticTo(segment.control.x, segment.control.y, segment.to.x, segment.to.y)
            }
        }
    }

private fun DrawScope.drawLabel(mark: OverlayMark.Label) {
    val aside = mark.size * ASIDE
    drawRect(
        colourOf(mark.ground),
        Offset(mark.at.x - aside, mark.at.y),
        Size(mark.width + 2 * aside, mark.size * LEADING),
        GROUND_ALPHA,
    )
    val paint =
        android.graphics.Paint(android.graphics.Paint.ANTI_ALIAS_FLAG).apply {
            color = colourOf(mark.colour).toArgb()
            textSize = mark.size
            typeface = android.graphics.Typeface.DEFAULT_BOLD
        }
    drawIntoCanvas { it.nativeCanvas.drawText(mark.text, mark.at.x, mark.at.y + mark.size, paint) }
}

private fun colourOf(rgb: UInt): Color = Color(0xFF000000 or rgb.toLong())
