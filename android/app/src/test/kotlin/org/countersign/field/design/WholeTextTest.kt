package org.countersign.field.design

import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

class WholeTextTest {
    private val thumb = "\uD83D\uDC4D"

    @Test
    fun `half a letter is left out, a whole one stays`() {
        assertEquals("ok $thumb", whole("ok $thumb"))
        assertEquals("ok ", whole("ok " + thumb.first()))
        assertEquals(" ok", whole(thumb.last() + " ok"))
        assertEquals("ab", whole("a${thumb.last()}${thumb.first()}b"))
    }

    @Test
    fun `a letter of two halves is one letter`() {
        assertFalse(isLonger("ab$thumb", 3))
        assertTrue(isLonger("abc$thumb", 3))
    }
}
