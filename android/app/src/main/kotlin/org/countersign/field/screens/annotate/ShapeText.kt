package org.countersign.field.screens.annotate

import org.countersign.core.Shape
import org.countersign.core.Spot

/**
 * Shapes as plain strings, for the saved state alone: a drawing that is not kept yet outlives the process. What the
 * core keeps is made by the core.
 */
internal object ShapeText {
    /** Writes. */
    fun write(shapes: List<Shape>): ArrayList<String> = ArrayList(shapes.map(::write))

    /** Reads what [write] wrote. */
    fun read(lines: List<String>): List<Shape> = lines.map(::read)

    private fun write(shape: Shape): String =
        when (shape) {
            is Shape.Arrow -> "$ARROW${shape.ink} ${at(shape.from)} ${at(shape.to)}"
            is Shape.Circle -> "$CIRCLE${shape.ink} ${at(shape.middle)} ${shape.radius}"
            is Shape.Line -> "$LINE${shape.ink} ${shape.points.joinToString(" ") { at(it) }}"
            is Shape.Text -> "$TEXT${shape.ink} ${at(shape.at)} ${shape.text}"
            is Shape.Unknown -> "$UNKNOWN${shape.v1}"
        }

    private fun read(line: String): Shape {
        if (line[0] == UNKNOWN) return Shape.Unknown(line.drop(1))
        val parts = line.drop(1).split(' ')
        val ink = parts[0]
        return when (line[0]) {
            ARROW -> Shape.Arrow(spot(parts[1]), spot(parts[2]), ink)
            CIRCLE -> Shape.Circle(spot(parts[1]), parts[2].toLong(), ink)
            LINE -> Shape.Line(parts.drop(1).map(::spot), ink)
            else -> Shape.Text(spot(parts[1]), parts.drop(2).joinToString(" "), ink)
        }
    }

    private fun at(spot: Spot): String = "${spot.x},${spot.y}"

    private fun spot(text: String): Spot = Spot(text.substringBefore(',').toLong(), text.substringAfter(',').toLong())

    private const val ARROW = 'a'
    private const val CIRCLE = 'c'
    private const val LINE = 'l'
    private const val TEXT = 't'
    private const val UNKNOWN = 'u'
}
