package org.countersign.field.screens.form

import android.os.Looper
import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.flow.first
import org.countersign.core.Point
import org.countersign.field.R
import org.countersign.field.app.Telling
import org.countersign.field.phone.OpenScreen
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.screens.pad.Ink
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import java.io.File

@RunWith(AndroidJUnit4::class)
class FormLeavingTest {
    private val application: TestApplication = ApplicationProvider.getApplicationContext()

    /** Works off the main thread's queue until something is so; the core answers on threads of its own. */
    private fun wait(condition: () -> Boolean) {
        val end = System.nanoTime() + PATIENCE
        while (!condition()) {
            check(System.nanoTime() < end) { "it did not come" }
            shadowOf(Looper.getMainLooper()).idle()
            Thread.yield()
        }
    }

    private fun model(telling: Telling = Telling()): FormViewModel {
        val core = application.openDesk().core
        // No such job is in this store: the core refuses every answer.
        val saved = SavedStateHandle(mapOf("job" to "V-26-0142", "question" to ""))
        return FormViewModel(core, saved, File(application.filesDir, "capture"), telling)
    }

    @Test
    fun `whoever leaves an answer that is saved nowhere is asked, every time`() {
        val model = model()
        model.answers.give("/visit/work", "pump changed")
        var hasLeft = false
        repeat(2) {
            model.leave { hasLeft = true }
            wait { model.leaving.value == "/visit/work" }
            assertFalse(hasLeft)
            model.stay()
            assertEquals("", model.leaving.value)
            assertNotNull("it is still in its field", model.answers.of("/visit/work"))
        }
        model.leave { hasLeft = true }
        wait { model.leaving.value == "/visit/work" }
        model.leaveWithout { hasLeft = true }
        wait { hasLeft }
        assertNull(model.answers.of("/visit/work"))
    }

    @Test
    fun `whoever leaves a signature that nobody kept is asked as well`() {
        val model = model()
        val tap = listOf(Point(10, 10, 0u, 150u))
        model.drawn.draw("/visit/signature", Ink(listOf(tap)))
        assertFalse("a tap is no signature", model.isUnkept(null))
        model.drawn.draw("/visit/signature", Ink(listOf(tap + Point(5_000, 2_000, 90u, 150u))))
        assertTrue(model.isUnkept(null))
        var hasLeft = false
        model.leave { hasLeft = true }
        wait { model.leaving.value == "/visit/signature" }
        assertFalse(hasLeft)
        assertEquals("it is in view", "/visit/signature", model.target.value)
        model.leaveWithout { hasLeft = true }
        wait { hasLeft }
        assertFalse(model.isUnkept(null))
    }

    @Test
    fun `an answer that could not be saved when the form was gone is told elsewhere`() {
        val telling = Telling()
        val screen = OpenScreen(model(telling))
        screen.model.answers.type("/visit/work", "pump changed")
        screen.leave()
        var told: Int? = null
        application.openDesk().core.beyondScreens { told = telling.told.first() }
        wait { told == R.string.form_answer_unkept }
    }

    @Test
    fun `who has nothing unsaved simply leaves`() {
        var hasLeft = false
        model().leave { hasLeft = true }
        wait { hasLeft }
        assertTrue(hasLeft)
    }

    private companion object {
        const val PATIENCE = 20_000_000_000L
    }
}
