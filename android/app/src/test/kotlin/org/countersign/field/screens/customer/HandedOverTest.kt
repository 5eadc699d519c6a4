package org.countersign.field.screens.customer

import org.countersign.core.Language
import org.countersign.core.Point
import org.countersign.field.screens.pad.Ink
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import java.io.File

class HandedOverTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val file get() = File(folder.root, "in-hands")
    private val ink = Ink(listOf(listOf(Point(10, 20, 0u, 255u), Point(11, 25, 8u, 200u))))
    private val handed = Handed("5f0c", "V-26-0142", Language.SPANISH, "Talleres Ñ", "Europe/Madrid", ink)

    @Test
    fun `what was handed over is there for the next process, until it is given back`() {
        HandedOver(file).begin(InCustomersHands("J-1", handed))
        val held = HandedOver(file).held()
        assertEquals("J-1", held?.job)
        assertEquals(handed, held?.handed)
        HandedOver(file).end()
        assertNull(HandedOver(file).held())
    }

    @Test
    fun `half a file is nothing`() {
        HandedOver(file).begin(InCustomersHands("J-1", handed))
        file.writeBytes(file.readBytes().dropLast(3).toByteArray())
        assertNull(HandedOver(file).held())
    }
}
