package org.countersign.field.screens.capture

import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.AttentionKind
import org.countersign.field.office.Office
import org.countersign.field.office.Program
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.phone.waitFor
import org.countersign.field.visit.Work
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import java.io.File

/** What a camera app left, while the app itself is put away and looked at again. */
@RunWith(AndroidJUnit4::class)
class DoubtfulTest {
    private val application: TestApplication = ApplicationProvider.getApplicationContext()
    private val folder = File(application.filesDir, "capture")
    private val desk by lazy { application.openDesk() }
    private val core get() = checkNotNull(application.core)
    private lateinit var job: String

    private fun begun() {
        desk
        job = office.job("Pump is loud")
        Work(core).enrol(office).arrive(job)
    }

    private fun screen(saved: Map<String, String> = emptyMap()): CaptureViewModel {
        val handle = SavedStateHandle(mapOf("job" to job, "stage" to "left", "question" to "-") + saved)
        return CaptureViewModel(desk.core, handle, desk.phone.places, folder, desk.container.telling)
    }

    private fun CaptureViewModel.photo(
        seed: Int,
        age: Long,
    ): File =
        place("jpg").file.also {
            Program.photo(it, seed)
            it.setLastModified(System.currentTimeMillis() - age)
        }

    /** The phone was locked and is unlocked. */
    private fun lookAgain() {
        val filing = desk.core.beyondScreens { desk.container.leftovers.file(desk.core) }
        waitFor("what is left was filed") { filing.isCompleted }
    }

    private fun evidence() = core.jobScreen(job).evidence

    @Test
    fun `a photo that somebody is asked about is not filed meanwhile, and is removed where they say so`() {
        begun()
        val model = screen()
        val photo = model.photo(seed = 31, age = 10 * MINUTE)
        model.cameBack(photo.path, taken = false)
        waitFor("it is asked about") { model.doubtful.value == photo.path }
        lookAgain()
        assertTrue("the question stands", photo.exists() && evidence().isEmpty())
        model.removeDoubtful()
        waitFor("it has gone") { !photo.exists() }
        lookAgain()
        assertTrue(evidence().isEmpty())
    }

    @Test
    fun `a film that was looked at for long before it was given back has its card and its stage`() {
        begun()
        val model = screen()
        val film = model.photo(seed = 32, age = 10 * MINUTE)
        lookAgain()
        assertTrue(evidence().isEmpty())
        model.cameBack(film.path, taken = true)
        waitFor("it is kept") {
            model.shots.all.value
                .singleOrNull()
                ?.state is ShotState.Saved
        }
        assertEquals("left" to film.name, evidence().single().let { it.stage to it.name })
    }

    @Test
    fun `what nobody answered is asked about again, one after the other`() {
        begun()
        val before = screen()
        val photos = listOf(33, 34).map { before.photo(it, age = (40L - it) * MINUTE) }
        val model = screen()
        waitFor("the first is asked about") { model.doubtful.value == photos[0].path }
        model.removeDoubtful()
        waitFor("the second is asked about") { model.doubtful.value == photos[1].path }
        model.keepDoubtful()
        waitFor("it is kept") { evidence().size == 1 }
        assertNull(model.doubtful.value)
        assertFalse(photos.any { it.exists() })
    }

    @Test
    fun `what nobody ever answers needs a person in the end, and is filed by none but them`() {
        begun()
        val photo = screen().photo(seed = 35, age = 2 * HOUR)
        lookAgain()
        assertTrue(photo.exists() && evidence().isEmpty())
        val asked = core.outboxScreen().attention.map { it.kind to it.id }
        assertEquals(listOf(AttentionKind.UNFILED_FILE to photo.path), asked)
    }

    private companion object {
        const val MINUTE = 60_000L
        const val HOUR = 60 * MINUTE
        val office by lazy { Office.open() }
    }
}
