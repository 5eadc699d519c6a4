package org.countersign.field.screens.status

import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.flow.first
import org.countersign.field.R
import org.countersign.field.app.Desk
import org.countersign.field.phone.OpenScreen
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.phone.waitFor
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import java.io.File

/** Whoever leaves Status while a file is taken up or made hears on another screen what it came to. */
@RunWith(AndroidJUnit4::class)
class StatusLeftTest {
    private val application: TestApplication = ApplicationProvider.getApplicationContext()
    private val desk by lazy { application.openDesk() }
    private val screen by lazy { OpenScreen(StatusViewModel(desk, SavedStateHandle())) }

    @Test
    fun `a file that was still being brought here is taken up all the same`() {
        val copied = CompletableDeferred<File?>()
        screen.model.takePicked { copied.await() }
        screen.leave()
        val picked = bundle()
        copied.complete(picked)
        // It is none of ours, so it is refused; what counts is that the core looked at it.
        assertEquals(R.string.import_failed_meanwhile, desk.told())
        waitFor("nothing of it stays") { !picked.exists() }
    }

    @Test
    fun `a file that was being taken up when the screen went is told of elsewhere`() {
        screen.model.take(bundle())
        screen.leave()
        assertEquals(R.string.import_failed_meanwhile, desk.told())
    }

    @Test
    fun `a file that cannot be read is told of elsewhere`() {
        val copied = CompletableDeferred<File?>()
        screen.model.takePicked { copied.await() }
        screen.leave()
        copied.complete(null)
        assertEquals(R.string.picked_unreadable, desk.told())
    }

    @Test
    fun `a file that is not made is told of elsewhere, and a key with which none was made is still asked about`() {
        screen.model.typeColleague("no key of ours")
        screen.model.handOver()
        waitFor("it failed") { !screen.model.state.value.busy }
        assertTrue(screen.model.unkept("no key of ours"))
        screen.model.handOver()
        screen.leave()
        assertEquals(R.string.file_failed_meanwhile, desk.told())
    }

    private fun bundle() = File(application.cacheDir, "hand-over.bundle").apply { writeText("no bundle") }

    /** The next word that is told on another screen. */
    private fun Desk.told(): Int {
        var word: Int? = null
        core.beyondScreens { word = container.telling.told.first() }
        waitFor("it is told") { word != null }
        return checkNotNull(word)
    }
}
