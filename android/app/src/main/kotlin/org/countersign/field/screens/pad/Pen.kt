package org.countersign.field.screens.pad

import android.view.MotionEvent
import org.countersign.core.Point
import kotlin.math.roundToInt

/** Where the points of a touch lie in the signature: pixels of the screen per unit, and when the signature began. */
internal class PenScale(
    /** Pixels of the screen per unit of a coordinate. */
    private val pixelsPerUnit: Float,
    /** Time of the signature's first point, as the events tell time. */
    private val began: Long,
) {
    /** The points of an event, those first that came since the event before: a digitiser is faster than the screen. */
    fun points(
        event: MotionEvent,
        index: Int,
    ): List<Point> =
        buildList {
            for (past in 0 until event.historySize) {
                val x = event.getHistoricalX(index, past)
                val y = event.getHistoricalY(index, past)
                add(point(x, y, event.getHistoricalEventTime(past), event.getHistoricalPressure(index, past)))
            }
            add(point(event.getX(index), event.getY(index), event.eventTime, event.getPressure(index)))
        }

    private fun point(
        x: Float,
        y: Float,
        time: Long,
        pressure: Float,
    ): Point =
        Point(
            x = units(x),
            y = units(y),
            t = (time - began).coerceIn(0L, Ink.limits.milliseconds.toLong()).toUInt(),
            pressure = ((if (pressure > 0f) pressure else UNKNOWN).coerceAtMost(1f) * STRONGEST).roundToInt().toUByte(),
        )

    private fun units(pixels: Float): Int {
        val farthest = Ink.limits.coordinate
        return (pixels / pixelsPerUnit).roundToInt().coerceIn(-farthest, farthest)
    }

    private companion object {
        /** For what feels no pressure. */
        const val UNKNOWN = 0.5f
        const val STRONGEST = 255f
    }
}

/** One stroke while the pen is down. Follows one finger: a palm beside it draws nothing. */
internal class Pen {
    private val points = mutableListOf<Point>()
    private var finger = NOBODY

    /** Whether it is down. */
    val isDown: Boolean get() = finger != NOBODY

    /** What it has drawn since it came down. */
    val stroke: List<Point> get() = points

    /** Comes down. */
    fun down(
        event: MotionEvent,
        scale: PenScale,
    ) {
        points.clear()
        finger = event.getPointerId(0)
        add(scale.points(event, 0))
    }

    /** Moves; at most [room] points are taken. */
    fun move(
        event: MotionEvent,
        scale: PenScale,
        room: Int,
    ) {
        val index = event.findPointerIndex(finger)
        if (index >= 0) add(scale.points(event, index).take((room - points.size).coerceAtLeast(0)))
    }

    /** Whether this event lifts the finger that draws. */
    fun isLiftedBy(event: MotionEvent): Boolean = event.getPointerId(event.actionIndex) == finger

    /** Goes up; what it drew. */
    fun up(): List<Point> {
        finger = NOBODY
        return points.toList().also { points.clear() }
    }

    /** Points where the pen stood still say nothing; time never goes back within a stroke. */
    private fun add(new: List<Point>) =
        new.forEach { point ->
            val before = points.lastOrNull()
            if (before == null) {
                points += point
            } else if (before.x != point.x || before.y != point.y) {
                points += point.copy(t = maxOf(before.t, point.t))
            }
        }

    private companion object {
        const val NOBODY = -1
    }
}
