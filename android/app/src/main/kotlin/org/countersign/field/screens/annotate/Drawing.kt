package org.countersign.field.screens.annotate

import androidx.compose.runtime.Immutable
import org.countersign.core.Shape
import org.countersign.core.Spot
import kotlin.math.abs
import kotlin.math.hypot
import kotlin.math.max
import kotlin.math.roundToLong

/** What can be drawn. */
enum class Tool(
    /** Its word, which is the name of its icon as well. */
    val word: String,
) {
    /** An arrow to what is meant. */
    ARROW("arrow"),

    /** A circle around it. */
    CIRCLE("circle"),

    /** A free line. */
    LINE("line"),

    /** A label. */
    TEXT("text"),
}

/** How many units the longer side of a picture has. */
internal const val UNITS = 10_000

/** What is nearer than this to the place before is the same place. */
private const val NEAR = 30.0

/** The size of a picture in the units in which shapes are kept. */
@Immutable
internal data class Board(
    /** Across. */
    val width: Long,
    /** Down. */
    val height: Long,
) {
    /** The spot at a share of each side; never off the picture. */
    fun spot(
        across: Float,
        down: Float,
    ): Spot =
        Spot(
            (across * width).roundToLong().coerceIn(0, width),
            (down * height).roundToLong().coerceIn(0, height),
        )

    /** Boards of pictures. */
    companion object {
        /** The board of a picture of this many pixels. */
        fun of(
            width: Int,
            height: Int,
        ): Board {
            val longer = max(max(width, height), 1).toDouble()
            return Board((width / longer * UNITS).roundToLong(), (height / longer * UNITS).roundToLong())
        }
    }
}

/** One stroke of a finger: begun, going on, ended. */
internal object Strokes {
    /** The shape that begins at a spot. */
    fun begin(
        tool: Tool,
        spot: Spot,
        ink: String,
    ): Shape? =
        when (tool) {
            Tool.ARROW -> Shape.Arrow(spot, spot, ink)
            Tool.CIRCLE -> Shape.Circle(spot, 1, ink)
            Tool.LINE -> Shape.Line(listOf(spot), ink)
            Tool.TEXT -> null
        }

    /** The shape once the finger is at a spot. */
    fun goOn(
        shape: Shape,
        spot: Spot,
    ): Shape =
        when (shape) {
            is Shape.Arrow -> {
                shape.copy(to = spot)
            }

            is Shape.Circle -> {
                shape.copy(radius = distance(shape.middle, spot).roundToLong().coerceIn(1, UNITS.toLong()))
            }

            is Shape.Line -> {
                if (distance(shape.points.last(), spot) <
                    NEAR
                ) {
                    shape
                } else {
                    shape.copy(points = shape.points + spot)
                }
            }

            else -> {
                shape
            }
        }

    /** The shape as it is kept; `null` for what is too small to be meant. */
    fun end(shape: Shape): Shape? =
        when (shape) {
            is Shape.Arrow -> shape.takeIf { distance(it.from, it.to) > 2 * NEAR }
            is Shape.Circle -> shape.takeIf { it.radius > 2 * NEAR }
            is Shape.Line -> shape.takeIf { it.points.size > 1 }?.let { it.copy(points = thinned(it.points)) }
            else -> shape
        }

    /** A free line without the points that lie on the way between others. */
    fun thinned(points: List<Spot>): List<Spot> {
        if (points.size < 3) return points
        val (first, last) = points.first() to points.last()
        val far = points.indices.maxBy { off(points[it], first, last) }
        if (off(points[far], first, last) < NEAR / 2) return listOf(first, last)
        return thinned(points.subList(0, far + 1)) + thinned(points.subList(far, points.size)).drop(1)
    }

    private fun off(
        point: Spot,
        first: Spot,
        last: Spot,
    ): Double {
        val length = distance(first, last)
        if (length < 1) return distance(first, point)
        val across = (last.x - first.x) * (first.y - point.y) - (first.x - point.x) * (last.y - first.y)
        return abs(across) / length
    }

    private fun distance(
        one: Spot,
        other: Spot,
    ): Double = hypot((other.x - one.x).toDouble(), (other.y - one.y).toDouble())
}
