package org.countersign.field.screens.form.kinds

import java.time.DateTimeException
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.LocalTime
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.format.DateTimeParseException

/** Dates and times as a form stores them. */
internal object DatesAndTimes {
    private val wholeTime = DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
    private val wholeDateTime = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx")

    /** The date of a stored date or date and time; `null` for none. */
    fun date(stored: String): LocalDate? = parsed { LocalDate.parse(stored.take(DATE)) }

    /** The time of a stored time; `null` for none. */
    fun time(stored: String): LocalTime? = parsed { LocalTime.parse(stored.take(MINUTES)) }

    /** The time of a stored date and time; `null` for none. */
    fun timeWithin(stored: String): LocalTime? = time(stored.drop(DATE + 1))

    /** A time without an offset. */
    fun stored(time: LocalTime): String = wholeTime.format(time.withSecond(0).withNano(0))

    /** A date and time with the offset that the zone has at that moment. */
    fun stored(
        date: LocalDate,
        time: LocalTime,
        zone: ZoneId,
    ): String = wholeDateTime.format(LocalDateTime.of(date, time.withSecond(0).withNano(0)).atZone(zone))

    private fun <T> parsed(read: () -> T): T? =
        try {
            read()
        } catch (_: DateTimeParseException) {
            null
        } catch (_: DateTimeException) {
            null
        }

    private const val DATE = 10
    private const val MINUTES = 5
}
