package org.countersign.field.screens.capture

import android.net.Uri
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.countersign.field.phone.TestApplication
import org.countersign.field.platform.pickedHere
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import java.io.File

@RunWith(AndroidJUnit4::class)
class CapturedTest {
    private val context: TestApplication = ApplicationProvider.getApplicationContext()
    private val captured = Captured(File(context.filesDir, "capture"))

    @Test
    fun `what a crash left behind says where it belongs`() {
        val one = captured.next("V-26-0142", "found", "", "jpg").also { it.file.writeText("bytes") }
        val two =
            captured
                .named(
                    "V-26-0142",
                    "left",
                    "/data/points[2]/photo",
                    "a b.heic",
                ).also { it.file.writeText("x") }
        captured.next("V-26-0142", "found", "", "jpg.part").file.writeText("half")
        captured.next("V-26-0142", "found", "", "mp4").file.createNewFile()
        captured.next("another", "found", "", "jpg").file.writeText("bytes")
        assertEquals(setOf(one, two), captured.left("V-26-0142").toSet())
    }

    @Test
    fun `a file without a stage is found like any other`() {
        val one = captured.next("V-1", "", "", "jpg").also { it.file.writeText("bytes") }
        val two = captured.named("V-1", "", "/visit/photo", "b.heic").also { it.file.writeText("x") }
        assertEquals(setOf(one, two), captured.left("V-1").toSet())
        assertEquals(setOf("other"), captured.left("V-1").map { it.stage }.toSet())
    }

    @Test
    fun `what an app of before put where nobody looked is found`() {
        val root = File(context.filesDir, "capture")
        val unstaged = old(File(root, "V-1/-/IMG_1.jpg"))
        val plate = old(File(root, "nameplate-1.jpg"))
        old(File(root, Captured.STAMP))
        val left = captured.left().associate { it.file to Triple(it.job, it.stage, it.question) }
        assertEquals(mapOf(unstaged to Triple("V-1", "other", ""), plate to Triple("", "other", "")), left)
    }

    private fun old(
        file: File,
        age: Long = 2 * HOUR,
    ): File {
        checkNotNull(file.parentFile).mkdirs()
        file.writeText("bytes")
        file.setLastModified(System.currentTimeMillis() - age)
        return file
    }

    @Test
    fun `what a camera app writes is filed by nobody before somebody says that it is to be kept`() {
        val lent = captured.lent("V-1", "left", "/visit/photo", "jpg").also { it.file.writeText("bytes") }
        captured.lent("V-1", "left", "/visit/photo", "mp4").file.createNewFile()
        assertEquals(emptyList<Captured.Waiting>(), captured.left("V-1"))
        assertEquals(listOf(lent), captured.undecided("V-1"))
        old(lent.file, age = 5 * MINUTE)
        assertEquals("the app that writes it may stay open", emptyList<Captured.Waiting>(), captured.left())
        old(lent.file)
        assertEquals("nobody may ever answer", listOf(lent), captured.left())
        val kept = captured.decided(checkNotNull(captured.found(lent.file.path)))
        assertEquals(listOf(kept), captured.left("V-1"))
        assertEquals(lent.copy(file = kept.file, undecided = false), kept)
        assertEquals(lent.file.name to "bytes", kept.file.name to kept.file.readText())
    }

    @Test
    fun `a place that a camera app did not write to goes in the end`() {
        val unused = captured.lent("V-1", "left", "", "jpg").file.apply { createNewFile() }
        captured.left()
        assertTrue("it may still be written", unused.exists())
        unused.setLastModified(System.currentTimeMillis() - 2 * HOUR)
        captured.left()
        assertFalse(unused.exists())
    }

    @Test
    fun `a file that is taken over is whole or not there`() {
        val picked = File(context.cacheDir, "picked.heic").apply { writeText("bytes") }
        val waiting = captured.named("V-1", "found", "", picked.name)
        assertTrue(captured.takeOver(picked, waiting))
        assertEquals("bytes", waiting.file.readText())
        val gone = captured.named("V-1", "found", "", "gone.heic")
        assertFalse(captured.takeOver(File(context.cacheDir, "gone.heic"), gone))
        assertEquals(listOf(waiting), captured.left("V-1"))
    }

    @Test
    fun `a chosen file keeps its bytes and no name leads out of its folder`() =
        runBlocking {
            val source = File(context.cacheDir, "source.bin").apply { writeBytes(byteArrayOf(1, 2, 3)) }
            val picked = checkNotNull(pickedHere(context, Uri.fromFile(source)))
            assertTrue(picked.path.startsWith(context.cacheDir.path))
            assertEquals(listOf<Byte>(1, 2, 3), picked.readBytes().toList())
        }

    private companion object {
        const val HOUR = 3_600_000L
        const val MINUTE = 60_000L
    }
}
