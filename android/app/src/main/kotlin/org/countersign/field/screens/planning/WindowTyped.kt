package org.countersign.field.screens.planning

import androidx.compose.runtime.Immutable
import org.countersign.core.Reader
import org.countersign.core.windowProblem

/** The two ends of an appointment, as they are picked. */
@Immutable
internal data class WindowTyped(
    val from: String,
    val to: String,
) {
    /** What the core says is wrong with it so far; empty for nothing. */
    fun problem(reader: Reader): String = windowProblem(reader, from, to).orEmpty()

    companion object {
        const val FROM = "from"
        const val TO = "to"

        fun of(fields: Map<String, String>) = WindowTyped(fields[FROM].orEmpty(), fields[TO].orEmpty())
    }
}
