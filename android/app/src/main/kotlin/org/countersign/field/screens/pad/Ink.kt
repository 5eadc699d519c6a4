package org.countersign.field.screens.pad

import androidx.compose.runtime.Immutable
import org.countersign.core.Point
import org.countersign.core.StrokeLimits
import org.countersign.core.isBlankSignature
import org.countersign.core.strokeLimits
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.EOFException
import java.io.IOException

/** A signature while it is drawn: its strokes as the core takes them, and small enough for a saved state. */
@Immutable
class Ink(
    /** The strokes, each from pen down to pen up. */
    val strokes: List<List<Point>> = emptyList(),
) {
    /** Whether nothing is drawn. */
    val isEmpty: Boolean get() = strokes.isEmpty()

    /** Whether there is nothing that the core takes as a signature: nothing, or taps alone. */
    val isBlank: Boolean by lazy { isBlankSignature(strokes) }

    /** Whether the core would take no more; the pad then stops. */
    val isFull: Boolean get() = strokes.size >= limits.strokes.toInt() || room == 0

    /** How many more points the core takes. */
    val room: Int get() = (limits.points.toInt() - strokes.sumOf { it.size }).coerceAtLeast(0)

    /** Farthest right that anything is drawn, in units. */
    val right: Int get() = strokes.maxOfOrNull { stroke -> stroke.maxOf { it.x } } ?: 0

    /** Lowest that anything is drawn, in units. */
    val bottom: Int get() = strokes.maxOfOrNull { stroke -> stroke.maxOf { it.y } } ?: 0

    /** With one more stroke. */
    operator fun plus(stroke: List<Point>): Ink = if (stroke.isEmpty()) this else Ink(strokes + listOf(stroke))

    /** As bytes: differences between points, for a saved state has little room. */
    fun pack(): ByteArray {
        val out = ByteArrayOutputStream()
        out.number(strokes.size)
        strokes.forEach { stroke ->
            out.number(stroke.size)
            var before = Point(0, 0, 0u, 0u)
            stroke.forEach { point ->
                out.number(point.x - before.x)
                out.number(point.y - before.y)
                out.number((point.t - before.t).toInt())
                out.write(point.pressure.toInt())
                before = point
            }
        }
        return out.toByteArray()
    }

    override fun equals(other: Any?): Boolean = other is Ink && other.strokes == strokes

    override fun hashCode(): Int = strokes.hashCode()

    /** Reading, and the limits. */
    companion object {
        /** What the core takes as a signature. */
        val limits: StrokeLimits by lazy { strokeLimits() }

        /** Units per pixel of the pad, a density-independent one: a signature is as large on every screen. */
        val unitsPerPixel: Int by lazy { limits.unitsPerPixel }

        /** What [pack] made; nothing drawn where it is none of ours. */
        fun unpack(bytes: ByteArray?): Ink {
            if (bytes == null) return Ink()
            val input = ByteArrayInputStream(bytes)
            return try {
                Ink(List(input.count(STROKE)) { input.stroke() })
            } catch (_: IOException) {
                Ink()
            }
        }
    }
}

private fun ByteArrayInputStream.stroke(): List<Point> {
    var x = 0
    var y = 0
    var t = 0u
    val count = count(POINT)
    if (count == 0) throw IOException("a stroke of nothing")
    return List(count) {
        x += number()
        y += number()
        t += number().toUInt()
        Point(x, y, t, byte().toUByte())
    }
}

private const val SEVEN_BITS = 0x7F
private const val MORE = 0x80
private const val WIDTH = 7

/** A number in as few bytes as it needs; small negative ones too. */
private fun ByteArrayOutputStream.number(value: Int) {
    var left = (value shl 1) xor (value shr (Int.SIZE_BITS - 1))
    while (left and SEVEN_BITS.inv() != 0) {
        write((left and SEVEN_BITS) or MORE)
        left = left ushr WIDTH
    }
    write(left)
}

private fun ByteArrayInputStream.number(): Int {
    var value = 0
    var shift = 0
    while (true) {
        val byte = byte()
        value = value or ((byte and SEVEN_BITS) shl shift)
        if (byte and MORE == 0) break
        shift += WIDTH
    }
    return (value ushr 1) xor -(value and 1)
}

/** A count of what takes at least [size] bytes each: no more than there are bytes for, whatever a damaged file says. */
private fun ByteArrayInputStream.count(size: Int): Int {
    val count = number()
    if (count < 0 || count > available() / size) throw IOException("a count of $count")
    return count
}

/** Fewest bytes of a point: two places, a time, a pressure. */
private const val POINT = 4

/** Fewest bytes of a stroke: how many points it has, and one of them. */
private const val STROKE = 1 + POINT

private fun ByteArrayInputStream.byte(): Int = read().also { if (it < 0) throw EOFException() }
