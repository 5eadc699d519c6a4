package org.countersign.field.screens.form

import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.flow.first
import org.countersign.core.Point
import org.countersign.field.R
import org.countersign.field.app.Telling
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.phone.waitFor
import org.countersign.field.screens.capture.Captured
import org.countersign.field.screens.pad.Ink
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import java.io.File

/** Leaving the form loses nothing that was chosen or drawn on it. There is no such job here: the core refuses each. */
@RunWith(AndroidJUnit4::class)
class FormFilesTest {
    private val application: TestApplication = ApplicationProvider.getApplicationContext()
    private val captured = Captured(File(application.filesDir, "capture"))
    private val telling = Telling()
    private val core by lazy { application.openDesk().core }
    private val drawn = DrawnInk(SavedStateHandle())
    private val files by lazy { FormFiles(core, JOB, captured, drawn, telling) {} }

    @Test
    fun `what was picked is kept though the form is left while it is copied`() {
        val copied = CompletableDeferred<File?>()
        files.keepPicked(question("photo")) { copied.await() }
        files.close()
        copied.complete(File(application.cacheDir, "picked.heic").apply { writeText("bytes") })
        waitFor("it waits for its job") { captured.left(JOB).isNotEmpty() }
        assertEquals("bytes", captured.left(JOB).single().file.readText())
        assertEquals("/visit/photo", captured.left(JOB).single().question)
        assertEquals(R.string.file_waits, told())
    }

    @Test
    fun `what cannot be read is said though the form is left`() {
        val copied = CompletableDeferred<File?>()
        files.keepPicked(question("photo")) { copied.await() }
        files.close()
        copied.complete(null)
        assertEquals(R.string.picked_unreadable, told())
    }

    @Test
    fun `whoever leaves waits for a signature, and comes to it where it could not be kept`() {
        drawn.draw("/visit/signature", ink)
        files.keepInk("/visit/signature")
        var left: String? = null
        val settled = core.beyondScreens { left = files.settled() }
        waitFor("it is over") { settled.isCompleted }
        assertEquals("/visit/signature", left)
        assertEquals("nothing is safe, so it is still on the pad", ink, drawn.of("/visit/signature"))
        files.giveUp("/visit/signature")
        val again = core.beyondScreens { left = files.settled() }
        waitFor("it is given up") { again.isCompleted }
        assertEquals(null, left)
    }

    @Test
    fun `what is tried again is what is on the pad by then, and nothing where the pad is empty`() {
        drawn.draw("/visit/signature", ink)
        files.keepInk("/visit/signature")
        waitFor("it could not be kept") { files.unsaved.value != null }
        val before = files.unsaved.value
        drawn.draw("/visit/signature", longer)
        before?.again?.invoke()
        waitFor("it was tried again") { files.unsaved.value !== before }
        assertEquals(longer, drawn.of("/visit/signature"))
        drawn.clear("/visit/signature")
        files.unsaved.value
            ?.again
            ?.invoke()
        waitFor("there is nothing left to keep") { files.unsaved.value == null }
    }

    @Test
    fun `a pad is emptied of what was kept and of nothing else`() {
        drawn.draw("/visit/signature", longer)
        drawn.kept("/visit/signature", ink)
        assertEquals(longer, drawn.of("/visit/signature"))
        assertEquals("/visit/signature", drawn.unkept())
        drawn.kept("/visit/signature", longer)
        assertEquals(null, drawn.unkept())
    }

    /** The next word that is told on another screen. */
    private fun told(): Int {
        var word: Int? = null
        core.beyondScreens { word = telling.told.first() }
        waitFor("it is told") { word != null }
        return checkNotNull(word)
    }

    private companion object {
        const val JOB = "V-1"
        val ink = Ink(listOf(listOf(Point(10, 10, 0u, 150u), Point(5_000, 2_000, 90u, 150u))))
        val longer = ink + listOf(Point(20, 900, 120u, 150u), Point(6_000, 900, 190u, 150u))
    }
}
