package org.countersign.field.screens.customer

import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Language
import org.countersign.field.office.Program
import org.countersign.field.phone.OpenScreen
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.phone.waitFor
import org.countersign.field.screens.newjob.NewJobViewModel
import org.countersign.field.screens.pad.Ink
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import java.io.File

/** A camera app answers once. Where something else runs at that moment its photo waits for its turn. */
@RunWith(AndroidJUnit4::class)
class CameraAnswerTest {
    private val application: TestApplication = ApplicationProvider.getApplicationContext()
    private val handed = Handed("5f0c", "V-26-0142", Language.ENGLISH, "Meridian", "Europe/Madrid", Ink())

    private fun photo(name: String) = Program.photo(File(application.filesDir, "capture/$name"), seed = 9)

    private fun customer(vararg more: Pair<String, Any>): OpenScreen<CustomerViewModel> {
        val desk = application.openDesk()
        val saved = SavedStateHandle(mapOf("job" to "V-1", *more))
        return OpenScreen(CustomerViewModel(desk.core, saved, handed, desk.phone))
    }

    @Test
    fun `a stamp that comes while another command runs is kept`() {
        val file = photo("stamp.jpg")
        // The process was ended with a stamp in hand: the model asks for it as the camera's answer comes.
        val screen = customer("stamp" to "0".repeat(64))
        screen.model.takeStamp(file)
        waitFor("it is kept") { screen.model.stamp.value != null }
        assertFalse(file.exists())
    }

    @Test
    fun `a stamp whose turn never comes is deleted`() {
        val file = photo("stamp.jpg")
        val screen = customer("stamp" to "0".repeat(64))
        screen.model.takeStamp(file)
        screen.leave()
        waitFor("it is gone") { !file.exists() }
        assertEquals(null, screen.model.stamp.value)
    }

    @Test
    fun `a nameplate that comes while another command runs is kept`() {
        val desk = application.openDesk()
        val file = photo("nameplate-1.jpg")
        val model = OpenScreen(NewJobViewModel(desk.core, SavedStateHandle(mapOf("serial" to "-")))).model
        val kept = mutableListOf<String>()
        model.photographInto(file)
        model.make { error("nobody is enrolled: ${it.length}") }
        model.photographed(taken = true, kept = kept::add)
        waitFor("it is kept") { kept.isNotEmpty() }
        assertTrue(kept.single().length == 64 && !file.exists())
    }
}
