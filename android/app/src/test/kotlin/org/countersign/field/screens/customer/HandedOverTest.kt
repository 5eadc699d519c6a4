package org.countersign.field.screens.customer

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
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
        process { it.begin(InCustomersHands("J-1", handed)) }
        val held = process { it.held() }
        assertEquals("J-1", held?.job)
        assertEquals(handed, held?.handed)
        process { it.end() }
        assertNull(process { it.held() })
    }

    @Test
    fun `what was handed over and given back is known at once, before it is written`() {
        process {
            it.begin(InCustomersHands("J-1", handed))
            assertEquals("J-1", it.held()?.job)
            it.end()
            assertNull(it.held())
        }
        assertNull(process { it.held() })
    }

    @Test
    fun `half a file is nothing`() {
        process { it.begin(InCustomersHands("J-1", handed)) }
        file.writeBytes(file.readBytes().dropLast(3).toByteArray())
        assertNull(process { it.held() })
    }

    @Test
    fun `a file whose length is damaged is nothing, and the app opens`() {
        process { it.begin(InCustomersHands("J-1", handed)) }
        val whole = file.readBytes()
        val at = whole.size - ink.pack().size - Int.SIZE_BYTES
        for (wrong in listOf(0x80, 0x7f)) {
            file.writeBytes(whole.copyOf().also { it[at] = wrong.toByte() })
            assertNull(process { it.held() })
        }
    }

    @Test
    fun `ink whose counts are damaged is no ink, and the app opens in the customer's hands`() {
        process { it.begin(InCustomersHands("J-1", handed)) }
        val whole = file.readBytes()
        val at = whole.size - ink.pack().size
        // A million strokes, and fewer than none.
        for (wrong in listOf(byteArrayOf(-128, -119, 122), byteArrayOf(1))) {
            file.writeBytes(whole.copyOf().also { wrong.copyInto(it, at) })
            assertEquals("J-1", process { it.held() }?.job)
        }
    }

    @Test
    fun `a file that is damaged anywhere is read or is nothing`() {
        process { it.begin(InCustomersHands("J-1", handed)) }
        val whole = file.readBytes()
        for (place in whole.indices) {
            for (wrong in listOf(0x00, 0x01, 0x7f, 0x80, 0xff)) {
                file.writeBytes(whole.copyOf().also { it[place] = wrong.toByte() })
                process { it.held() }
            }
        }
    }

    /** A process that reads what the one before left, and ends once all is written. */
    private fun <T> process(work: (HandedOver) -> T): T =
        runBlocking {
            val handedOver = HandedOver(file, this, Dispatchers.IO)
            handedOver.readBack()
            work(handedOver)
        }
}
