package org.countersign.field.screens.capture

import android.net.Uri
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.countersign.field.app.FakeApplication
import org.countersign.field.platform.pickedHere
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import java.io.File

@RunWith(AndroidJUnit4::class)
@Config(application = FakeApplication::class)
class CapturedTest {
    private val context: FakeApplication = ApplicationProvider.getApplicationContext()
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
}
