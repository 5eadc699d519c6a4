package org.countersign.field.faults

import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.AppException
import org.countersign.field.R
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.countersign.field.visit.CaptureByTaps
import org.countersign.field.visit.Work
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** The phone is full: photos are refused before the camera opens, words are still saved, and space brings all back. */
@RunWith(AndroidJUnit4::class)
class SpaceTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    @Test
    fun `a full phone takes no photo but every word`() {
        val app = App(compose)
        app.waitUntil("the store opens") { app.application.core != null }
        Office.open().use { office ->
            val job = office.job("Pump is loud")
            val work = Work(app.core).enrol(office)
            work.arrive(job)
            app.phone.space.free = FULL
            assertThrows(AppException.Space::class.java) { app.core.checkReserve() }
            app.start("countersign://job/$job")
            app.tap("step-as-found")
            app.see("trouble")
            assertEquals(false, app.sees(hasText(app.word(R.string.files_take)) and hasClickAction()))
            app.core.addNote(job, "No room for photos")
            app.back()
            app.see("job")
            app.phone.space.free = ROOM
            app.tap("step-as-found")
            app.see("files")
            app.seeNo(hasTestTag("trouble"))
            app.tap("next-step")
            CaptureByTaps(
                app,
            ).shoot(org.countersign.field.office.Program.photo(java.io.File(app.phone.folder, "../full-$job.jpg"), 2))
            app.see("files")
            assertEquals(1, app.core.jobScreen(job).evidence.size)
        }
    }

    private companion object {
        const val FULL: ULong = 1_000_000u
        const val ROOM: ULong = 8_000_000_000u
    }
}
