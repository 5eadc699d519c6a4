package org.countersign.field.screens.planning

import androidx.compose.runtime.Immutable
import org.countersign.core.Reader
import org.countersign.core.Window
import org.countersign.core.moment
import org.countersign.field.app.Typed

/** The two ends of an appointment, as they are picked. */
@Immutable
internal data class WindowTyped(
    val from: String,
    val to: String,
) {
    /** Whether only one end is picked: half a window is no appointment. */
    val isHalf: Boolean get() = from.isEmpty() != to.isEmpty()

    /** The window; `null` where no end is picked. */
    fun window(reader: Reader): Window? {
        val start = moment(reader, from)
        val end = moment(reader, to)
        return if (start == null || end == null) null else Window(start, end)
    }

    /** Whether a moment was picked that the clocks of the place skip: as it stands it is no time at all. */
    fun isNoTime(reader: Reader): Boolean = listOf(from, to).any { it.isNotEmpty() && moment(reader, it) == null }

    companion object {
        const val FROM = "from"
        const val TO = "to"

        fun of(typed: Typed) = WindowTyped(typed[FROM], typed[TO])

        fun of(fields: Map<String, String>) = WindowTyped(fields[FROM].orEmpty(), fields[TO].orEmpty())
    }
}
