package org.countersign.field.platform

import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import java.io.File

class PassingFilesTest {
    @get:Rule
    val cache = TemporaryFolder()

    @Test
    fun `copies for others go after an hour, and nothing else in the cache`() {
        val shared = file("share/V-26-0142.pdf")
        val picked = file("picked/a/photo.jpg")
        val other = file("other/thing")
        PassingFiles(cache.root) { now(minutes = 30) }.remove()
        assertTrue(shared.exists() && picked.exists())
        PassingFiles(cache.root) { now(minutes = 90) }.remove()
        assertFalse(shared.exists())
        assertFalse(checkNotNull(picked.parentFile).exists() && picked.exists())
        assertTrue(other.exists())
    }

    private fun now(minutes: Int): Long = System.currentTimeMillis() + minutes * 60_000L

    private fun file(path: String): File =
        File(cache.root, path).apply {
            parentFile?.mkdirs()
            writeText("bytes")
        }
}
