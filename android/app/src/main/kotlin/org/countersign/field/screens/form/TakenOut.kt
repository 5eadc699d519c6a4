package org.countersign.field.screens.form

import org.countersign.core.referenceWithout

/**
 * An item that was taken out of its repeat: the items behind it move up by one, and what is typed or drawn for them
 * moves along. The first item of a repeat is called by the repeat's own name, every other one by its number as well.
 */
internal class TakenOut(
    private val item: String,
) {
    /** What a question is called now; `null` where it stood in the item. */
    private fun moved(question: String): String? = referenceWithout(item, question)

    /** Moves what is kept for questions along, and drops what was kept for those that are gone. */
    fun <T> move(kept: MutableMap<String, T>) {
        val moved = kept.mapNotNull { (question, one) -> moved(question)?.let { it to one } }
        kept.clear()
        kept.putAll(moved)
    }
}
