package org.countersign.field.screens.annotate

import org.countersign.core.Shape
import org.countersign.core.Spot
import org.junit.Assert.assertEquals
import org.junit.Test

class DrawingTest {
    private fun spot(
        x: Long,
        y: Long,
    ) = Spot(x, y)

    @Test
    fun `a drawing survives as text`() {
        val shapes =
            listOf(
                Shape.Arrow(spot(1, 2), spot(3, 4), "red"),
                Shape.Circle(spot(5, 6), 700, "yellow"),
                Shape.Line(listOf(spot(1, 1), spot(2, 2), spot(3, 1)), "blue"),
                Shape.Text(spot(9, 9), "泄漏 here, 2 places", "white"),
                Shape.Unknown("{\"shape\":\"star\",\"points\":5}"),
            )
        assertEquals(shapes, ShapeText.read(ShapeText.write(shapes)))
    }
}
