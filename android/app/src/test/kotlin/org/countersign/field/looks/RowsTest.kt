package org.countersign.field.looks

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import java.awt.image.BufferedImage

class RowsTest {
    @Test
    fun `a line more is forgiven and another card is not`() {
        val kept = page(lines = 10)
        assertEquals(0.0, Rows(kept, page(lines = 10)).share(), 0.0)
        val longer = Rows(kept, page(lines = 10, more = 8)).share()
        assertTrue("a line more: $longer", longer > 0.0 && longer < 0.03)
        val other = Rows(kept, page(lines = 10, card = true)).share()
        assertTrue("another card: $other", other > 0.03)
    }

    /** A page of dark bars under each other, [more] rows of white between the second and the third. */
    private fun page(
        lines: Int,
        more: Int = 0,
        card: Boolean = false,
    ): BufferedImage {
        val picture = BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB)
        val pen = picture.createGraphics()
        pen.color = java.awt.Color.WHITE
        pen.fillRect(0, 0, WIDTH, HEIGHT)
        pen.color = java.awt.Color.BLACK
        repeat(lines) { pen.fillRect(10 * it, STEP * it + (if (it > 1) more else 0), WIDTH / 2, STEP / 2) }
        if (card) pen.fillRect(WIDTH / 2, HEIGHT / 2, WIDTH / 2, HEIGHT / 4)
        pen.dispose()
        return picture
    }

    private companion object {
        const val WIDTH = 240
        const val HEIGHT = 480
        const val STEP = 40
    }
}
