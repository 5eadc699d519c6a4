package org.countersign.field.screens.parts

import androidx.lifecycle.SavedStateHandle
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith

@RunWith(AndroidJUnit4::class)
class BookingTest {
    private val booking = Booking(SavedStateHandle())
    private val usual = UsualBooking("depot", "1")

    @Test
    fun `another part is opened at once as long as nothing is typed`() {
        booking.open("p1", "A-1", usual)
        booking.open("p2", "A-2", usual)
        assertEquals("p2" to "A-2", open())
        assertEquals("", booking.wanted.value)
    }

    @Test
    fun `what is typed goes only after the question`() {
        booking.open("p1", "A-1", usual)
        booking.typed[Booking.BATCH] = "LOT-7"
        booking.openUnlisted("NOT-LISTED-7", usual)
        assertEquals("p1" to "A-1", open())
        assertEquals(Booking.UNLISTED, booking.wanted.value)
        booking.stay()
        assertEquals("LOT-7", booking.typed[Booking.BATCH])
        assertEquals("", booking.wanted.value)
        booking.openUnlisted("NOT-LISTED-7", usual)
        booking.giveUp()
        assertEquals(Booking.UNLISTED to "NOT-LISTED-7", open())
        assertEquals("", booking.typed[Booking.BATCH])
        assertEquals("", booking.wanted.value)
    }

    @Test
    fun `a booking that is carried out closes unless it says something else by then`() {
        booking.open("p1", "A-1", usual)
        val close = booking.closing()
        booking.typed[Booking.QUANTITY] = "2"
        close()
        assertEquals("p1" to "A-1", open())
        booking.closing()()
        assertEquals("" to "", open())
    }

    private fun open() = booking.open.value to booking.typed[Booking.CODE]
}
