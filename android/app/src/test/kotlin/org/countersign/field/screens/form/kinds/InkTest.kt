package org.countersign.field.screens.form.kinds

import android.graphics.BitmapFactory
import androidx.compose.ui.geometry.Offset
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import java.io.File
import java.io.IOException
import java.nio.file.Files

@RunWith(AndroidJUnit4::class)
class InkTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val ink = Ink(listOf(listOf(Offset(0.1f, 0.1f), Offset(0.5f, 0.2f))))
    private val file get() = File(folder.root, "signature.png")

    @Test
    fun `a signature becomes a whole picture, and nothing lies beside it`() {
        ink.writeInto(file)
        assertEquals(1_200, BitmapFactory.decodeFile(file.path).width)
        assertEquals(listOf(file), folder.root.listFiles().orEmpty().toList())
    }

    @Test
    fun `where there is no room nothing of it has the name of an answer`() {
        // This device takes no byte, as a full disk.
        Files.createSymbolicLink(File("${file.path}.part").toPath(), File("/dev/full").toPath())
        assertThrows(IOException::class.java) { ink.writeInto(file) }
        assertEquals(emptyList<File>(), folder.root.listFiles().orEmpty().toList())
    }
}
