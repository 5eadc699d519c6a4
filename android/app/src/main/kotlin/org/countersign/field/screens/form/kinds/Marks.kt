package org.countersign.field.screens.form.kinds

import org.countersign.core.ScaleShown
import java.math.BigDecimal
import java.math.RoundingMode

/** The marks of a scale, exact: a float never decides what is stored. */
internal class Marks(
    scale: ScaleShown,
) {
    private val start = BigDecimal(scale.start)
    private val end = BigDecimal(scale.end)
    private val step = BigDecimal(scale.step).abs().let { if (end < start) it.negate() else it }

    /** Place of the last mark. */
    val last: Int = if (step.signum() == 0) 0 else (end - start).divide(step, 0, RoundingMode.DOWN).toInt()

    /** The value at a place. */
    fun at(place: Int): String = (start + step * BigDecimal(place.coerceIn(0, last))).toPlainString()

    /** The place next to a value; `null` for what is no number. */
    fun placeOf(value: String): Int? {
        val number = value.toBigDecimalOrNull() ?: return null
        if (step.signum() == 0) return 0
        return (number - start).divide(step, 0, RoundingMode.HALF_UP).toInt().coerceIn(0, last)
    }
}
