package org.countersign.field.screens.form

import org.junit.Assert.assertEquals
import org.junit.Test

class TakenOutTest {
    @Test
    fun `everything that is kept moves along`() {
        val kept = mutableMapOf("/visit/p/x" to 1, "/visit/p[2]/x" to 2, "/visit/p[3]/x" to 3, "/visit/q" to 4)
        TakenOut("/visit/p").move(kept)
        assertEquals(mapOf("/visit/p/x" to 2, "/visit/p[2]/x" to 3, "/visit/q" to 4), kept)
    }
}
