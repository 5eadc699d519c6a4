package org.countersign.field.screens.capture

import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.CompletableDeferred
import org.countersign.field.phone.OpenScreen
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.phone.waitFor
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import java.io.File

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
    fun `a photo of another camera app is kept though the camera is left, one that was not taken goes`() {
        val screen = screen("found")
        val taken = screen.model.place("jpg").file.apply { writeText("taken") }
        val given = screen.model.place("mp4").file.apply { writeText("half") }
        screen.model.cameBack(given.path, taken = false)
        screen.model.cameBack(taken.path, taken = true)
        screen.leave()
        waitFor("the other has gone") { !given.exists() }
        waitFor("it was tried") { screen.model.tried(taken) }
        assertEquals(listOf(taken), captured.left(JOB).map { it.file })
    }

    private fun CaptureViewModel.tried(file: File): Boolean =
        shots.all.value.any { it.waiting.file == file && it.state is ShotState.Failed }

    /** How many the core was asked to keep, and did not. */
    private fun CaptureViewModel.tried(): Int = shots.all.value.count { it.state is ShotState.Failed }

    private companion object {
        const val JOB = "V-1"
        const val MANY = 12
    }
}
