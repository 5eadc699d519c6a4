package org.countersign.field.screens.capture

import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.CompletableDeferred
import org.countersign.field.R
import org.countersign.field.phone.OpenScreen
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.phone.waitFor
import org.countersign.field.platform.camera.CameraSession
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import java.io.File
import kotlin.coroutines.cancellation.CancellationException

/** Files that were chosen at the camera. There is no such job here: each stays where it is found again. */
@RunWith(AndroidJUnit4::class)
class ChosenFilesTest {
    private val application: TestApplication = ApplicationProvider.getApplicationContext()
    private val folder = File(application.filesDir, "capture")
    private val captured = Captured(folder)

    private fun screen(stage: String): OpenScreen<CaptureViewModel> {
        val desk = application.openDesk()
        val saved = SavedStateHandle(mapOf("job" to JOB, "stage" to stage, "question" to "-"))
        return OpenScreen(CaptureViewModel(desk.core, saved, desk.phone.places, folder, desk.container.telling))
    }

    private fun picture(name: String) = File(application.cacheDir, name).apply { writeText(name) }

    @Test
    fun `all that were chosen are kept, with the stage of that moment, though the camera is left meanwhile`() {
        val screen = screen("left")
        val copied = List(MANY) { CompletableDeferred<File?>() }
        screen.model.keepPicked(copied.map { one -> suspend { one.await() } })
        copied.first().complete(picture("0.heic"))
        waitFor("the first is here") { captured.left(JOB).isNotEmpty() }
        screen.model.choose("found")
        screen.leave()
        copied.drop(1).forEachIndexed { number, one -> one.complete(picture("${number + 1}.heic")) }
        waitFor("all were tried") { screen.model.tried() == MANY }
        assertEquals(MANY, captured.left(JOB).size)
        assertEquals(setOf("left"), captured.left(JOB).map { it.stage }.toSet())
    }

    @Test
    fun `a file has a stage though none was chosen and the job cannot be asked`() {
        val screen = screen("-")
        screen.model.keepPicked(listOf(suspend { picture("a.heic") }))
        waitFor("it was tried") { screen.model.tried() == 1 }
        assertEquals("other", captured.left(JOB).single().stage)
    }

    @Test
    fun `a photo of another camera app is kept though the camera is left, one that has no bytes goes`() {
        val screen = screen("found")
        val taken = screen.model.place("jpg").file.apply { writeText("taken") }
        val given = screen.model.place("mp4").file.apply { createNewFile() }
        screen.model.cameBack(given.path, taken = false)
        screen.model.cameBack(taken.path, taken = true)
        screen.leave()
        waitFor("the other has gone") { !given.exists() }
        waitFor("it was tried") { screen.model.tried(taken) }
        assertEquals(listOf(taken.name), captured.left(JOB).map { it.file.name })
    }

    @Test
    fun `a camera app that says it took a photo and left none is told of, here or wherever the person is by then`() {
        val screen = screen("found")
        val empty = screen.model.place("jpg").file.apply { createNewFile() }
        screen.model.cameBack(empty.path, taken = true)
        waitFor("it is told") { screen.model.problem.value == CaptureTrouble.NO_PHOTO }
        assertTrue("it may be written late", empty.exists())
        screen.leave()
        val told = mutableListOf<Int>()
        val desk = application.openDesk()
        desk.core.beyondScreens { desk.container.telling.told.collect { told += it } }
        screen.model.cameBack(empty.path, taken = true)
        waitFor("it is told elsewhere") { told == listOf(R.string.capture_failed) }
    }

    @Test
    fun `a camera app that was called off and left a photo has its photo until a person says what becomes of it`() {
        val screen = screen("found")
        val left = listOf("jpg", "png").map { screen.model.place(it).file }
        left[0].writeText("a photo")
        screen.model.cameBack(left[0].path, taken = false)
        waitFor("it is asked about") { screen.model.doubtful.value == left[0].path }
        assertTrue(left[0].exists())
        screen.model.keepDoubtful()
        waitFor("it was tried") { screen.model.tried(left[0]) }
        val kept = captured.left(JOB).map { it.file.name }
        assertEquals("no such job is here: it is kept where it is found again", listOf(left[0].name), kept)
        left[1].writeText("a photo")
        screen.model.cameBack(left[1].path, taken = false)
        waitFor("the other is asked about") { screen.model.doubtful.value == left[1].path }
        screen.model.removeDoubtful()
        waitFor("it has gone") { !left[1].exists() }
        assertNull(screen.model.doubtful.value)
    }

    @Test
    fun `what a camera app may still be writing is not kept when the screen is made anew`() {
        val place = screen("found").model.place("jpg").file.apply { writeText("half") }
        val saved = SavedStateHandle(mapOf("job" to JOB, "stage" to "found", "question" to "-", WRITES to place.path))
        val other = captured.next(JOB, "left", "", "png").file.apply { writeText("whole") }
        val desk = application.openDesk()
        val model = CaptureViewModel(desk.core, saved, desk.phone.places, folder, desk.container.telling)
        waitFor("the other was tried") { model.tried(other) }
        assertFalse(model.shots.all.value.any { it.waiting.file.name == place.name })
        assertNull("nobody can say yet", model.doubtful.value)
    }

    @Test
    fun `a camera that breaks off a photo is ready for the next one`() {
        val screen = screen("found")
        screen.model.shoot(Breaking, turn = 0)
        waitFor("it is over") { screen.model.problem.value == CaptureTrouble.NO_PHOTO }
        assertFalse(screen.model.shooting.value)
    }

    /** A camera that closes while it takes a photo. */
    private object Breaking : CameraSession {
        override val hasLight = false

        override fun light(on: Boolean) = Unit

        override suspend fun photo(
            file: File,
            turn: Int,
        ): Boolean = throw CancellationException("the camera was closed")

        override fun close() = Unit
    }

    private fun CaptureViewModel.tried(file: File): Boolean =
        shots.all.value.any { it.waiting.file.name == file.name && it.state is ShotState.Failed }

    /** How many the core was asked to keep, and did not. */
    private fun CaptureViewModel.tried(): Int = shots.all.value.count { it.state is ShotState.Failed }

    private companion object {
        const val JOB = "V-1"
        const val MANY = 12
        const val WRITES = "camera-app-writes"
    }
}
