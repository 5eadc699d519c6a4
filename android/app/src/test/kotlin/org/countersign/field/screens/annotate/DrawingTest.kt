package org.countersign.field.screens.annotate

import org.countersign.core.Shape
import org.countersign.core.Spot
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test

class DrawingTest {
    private fun spot(
        x: Long,
        y: Long,
    ) = Spot(x, y)

    @Test
    fun `the longer side of a picture has ten thousand units`() {
        assertEquals(Board(10_000, 7_500), Board.of(4_000, 3_000))
        assertEquals(Board(7_500, 10_000), Board.of(3_000, 4_000))
        val board = Board.of(4_000, 3_000)
        assertEquals(spot(10_000, 7_500), board.spot(1.2f, 1f))
        assertEquals(spot(0, 3_750), board.spot(-0.1f, 0.5f))
    }

    @Test
    fun `what is too small to be meant is no shape`() {
        listOf(Tool.ARROW, Tool.CIRCLE, Tool.LINE).forEach { tool ->
            val begun = checkNotNull(Strokes.begin(tool, spot(100, 100), "red"))
            assertNull(tool.name, Strokes.end(begun))
            val meant = Strokes.goOn(begun, spot(900, 100))
            assertEquals(tool.name, meant, Strokes.end(meant))
        }
        assertNull(Strokes.begin(Tool.TEXT, spot(1, 1), "red"))
    }

    @Test
    fun `a free line keeps its corners and loses the points between`() {
        val across = (0L..1_000L step 50).map { spot(it, 0) }
        val down = (0L..1_000L step 50).map { spot(1_000, it) }
        assertEquals(listOf(spot(0, 0), spot(1_000, 0), spot(1_000, 1_000)), Strokes.thinned(across + down))
        val loop = listOf(spot(0, 0), spot(500, 0), spot(500, 500), spot(0, 0))
        assertEquals(loop, Strokes.thinned(loop))
    }

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
