package org.countersign.field.platform.camera

import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

class AwaitedTest {
    private val awaited = Awaited<String>()

    @Test
    fun `a late picture is that of the shot that it was taken for`() {
        awaited.ask("late")
        awaited.began("late", at = 100)
        awaited.ask("next")
        awaited.began("next", at = 200)
        assertEquals("late", awaited.delivered(100))
        assertEquals("next", awaited.delivered(200))
        assertNull("of nobody", awaited.delivered(300))
    }

    @Test
    fun `a picture that was lost on the way does not make the next ones late`() {
        awaited.ask("lost")
        awaited.began("lost", at = 100)
        awaited.ask("next")
        awaited.began("next", at = 200)
        assertEquals("next", awaited.delivered(200))
        assertNull(awaited.delivered(300))
    }

    @Test
    fun `where a camera closes, what it still owes is told to whoever waits, and nothing comes any more`() {
        awaited.ask("delivered")
        awaited.ask("owed")
        assertEquals("delivered", awaited.delivered(7))
        assertTrue(awaited.any { it == "owed" })
        assertEquals(listOf("owed"), awaited.end())
        assertFalse(awaited.any { true })
        assertNull(awaited.delivered(8))
    }

    @Test
    fun `a camera that counts time otherwise delivers in order, and nothing of what it refused`() {
        awaited.ask("refused")
        awaited.ask("one")
        awaited.ask("two")
        awaited.refused("refused")
        assertEquals("one", awaited.delivered(7))
        assertEquals("two", awaited.delivered(8))
    }
}
