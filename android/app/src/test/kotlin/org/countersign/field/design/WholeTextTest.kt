package org.countersign.field.design

import org.junit.Assert.assertEquals
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
    fun `a cut never goes through a letter`() {
        assertEquals("ab$thumb", cutAt("ab${thumb}cd", 3))
        assertEquals("ab", cutAt("ab", 3))
    }
}
