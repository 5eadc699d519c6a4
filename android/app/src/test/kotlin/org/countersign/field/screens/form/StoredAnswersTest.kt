package org.countersign.field.screens.form

import org.countersign.core.ScaleShown
import org.countersign.field.screens.form.kinds.DatesAndTimes
import org.countersign.field.screens.form.kinds.Marks
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import java.time.LocalDate
import java.time.LocalTime
import java.time.ZoneId

class StoredAnswersTest {
    @Test
    fun `a scale has exact marks, also one that runs down`() {
        val fine = Marks(ScaleShown("0.1", "0.5", "0.1"))
        assertEquals(listOf("0.1", "0.2", "0.3", "0.4", "0.5"), (0..fine.last).map(fine::at))
        assertEquals(2, fine.placeOf("0.3"))
        assertNull(fine.placeOf(""))
        val down = Marks(ScaleShown("10", "0", "5"))
        assertEquals(listOf("10", "5", "0"), (0..down.last).map(down::at))
        assertEquals(2, down.placeOf("0"))
        assertEquals("0", down.at(99))
        assertEquals("10", down.at(-1))
    }

    @Test
    fun `dates and times are stored as the form wants them`() {
        val day = LocalDate.of(2026, 11, 29)
        val summer = LocalDate.of(2026, 7, 1)
        val noon = LocalTime.of(12, 5, 33)
        val madrid = ZoneId.of("Europe/Madrid")
        assertEquals("12:05:00.000", DatesAndTimes.stored(noon))
        assertEquals("2026-11-29T12:05:00.000+01:00", DatesAndTimes.stored(day, noon, madrid))
        assertEquals("2026-07-01T12:05:00.000+02:00", DatesAndTimes.stored(summer, noon, madrid))
        assertEquals("2026-07-01T12:05:00.000+00:00", DatesAndTimes.stored(summer, noon, ZoneId.of("UTC")))
    }

    @Test
    fun `what is stored is read, and what is not is nothing`() {
        val whole = "2026-11-29T12:05:00.000+01:00"
        assertEquals(LocalDate.of(2026, 11, 29), DatesAndTimes.date(whole))
        assertEquals(LocalTime.of(12, 5), DatesAndTimes.timeWithin(whole))
        assertEquals(LocalTime.of(7, 30), DatesAndTimes.time("07:30:00.000+01:00"))
        listOf("", "no", "2026-13-40").forEach { assertNull(it, DatesAndTimes.date(it)) }
        assertNull(DatesAndTimes.timeWithin(""))
    }
}
