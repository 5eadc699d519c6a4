package org.countersign.field.screens

import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.office.Office
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.phone.waitFor
import org.countersign.field.screens.parts.Booking
import org.countersign.field.screens.parts.PartsViewModel
import org.countersign.field.screens.parts.UsualBooking
import org.countersign.field.screens.scan.ScanPurpose
import org.countersign.field.screens.scan.ScanResult
import org.countersign.field.screens.scan.ScanViewModel
import org.countersign.field.screens.status.StatusViewModel
import org.countersign.field.visit.Work
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import java.io.File

/** What was picked or read while another command runs waits for its turn: no tap could bring it again. */
@RunWith(AndroidJUnit4::class)
class QueuedTest {
    private val application: TestApplication = ApplicationProvider.getApplicationContext()

    @Test
    fun `a file that was picked while room is made is taken up afterwards`() {
        val desk = application.openDesk()
        val model = StatusViewModel(desk, SavedStateHandle())
        val picked = File(application.cacheDir, "hand-over.bundle").apply { writeText("no bundle") }
        model.makeRoom()
        model.take(picked)
        // It is none, so it is refused; what counts is that the core looked at it.
        waitFor("it was looked at") { !picked.exists() }
    }

    @Test
    fun `a part that was read while another is booked is looked up afterwards`() {
        val desk = application.openDesk()
        val job = office.job("Pump is loud")
        Work(checkNotNull(application.core)).enrol(office).arrive(job)
        val model = PartsViewModel(desk.core, SavedStateHandle(mapOf("job" to job)))
        model.booking.openUnlisted("", UsualBooking("", "1"))
        model.book()
        model.scanned("NOT-LISTED-7")
        waitFor("it is ready to be booked") { model.booking.typed[Booking.CODE] == "NOT-LISTED-7" }
        assertEquals(Booking.UNLISTED, model.booking.open.value)
    }

    @Test
    fun `a number that was read while another is looked for is looked for as well`() {
        val desk = application.openDesk()
        Work(checkNotNull(application.core)).enrol(office)
        val model = ScanViewModel(desk.core, SavedStateHandle(mapOf("purpose" to ScanPurpose.MACHINE.word)))
        for (serial in listOf("X-1", "X-2")) {
            model.type(serial)
            model.useTyped()
        }
        waitFor("the second was looked for") { model.result.value == ScanResult.Unknown("X-2") }
    }

    private companion object {
        val office by lazy { Office.open() }
    }
}
