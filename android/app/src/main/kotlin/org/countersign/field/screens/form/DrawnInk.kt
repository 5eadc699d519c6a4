package org.countersign.field.screens.form

import android.os.Bundle
import androidx.compose.runtime.mutableStateMapOf
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.isWithin
import org.countersign.field.screens.pad.Ink

/** What is drawn on the pads of a form and not kept yet; it outlives a turn of the phone, and the process. */
class DrawnInk(
    saved: SavedStateHandle,
) {
    private val drawn = mutableStateMapOf<String, Ink>()

    init {
        val before: Bundle? = saved[KEY]
        before?.keySet().orEmpty().forEach { drawn[it] = Ink.unpack(before?.getByteArray(it)) }
        // Packed only when the state is saved: a finger that draws gives hundreds of places.
        saved.setSavedStateProvider(KEY) {
            Bundle().apply { drawn.forEach { (question, ink) -> putByteArray(question, ink.pack()) } }
        }
    }

    /** What is drawn for this question. */
    fun of(question: String): Ink = drawn[question] ?: Ink()

    /** Draws. */
    fun draw(
        question: String,
        ink: Ink,
    ) {
        drawn[question] = ink
    }

    /** It is not wanted. */
    fun clear(question: String) {
        drawn.remove(question)
    }

    /** This ink was kept; what was drawn in its place meanwhile was not. */
    fun kept(
        question: String,
        ink: Ink,
    ) {
        if (drawn[question] == ink) clear(question)
    }

    /** A question with a signature that is kept nowhere yet; `null` for none. */
    fun unkept(): String? = drawn.entries.firstOrNull { !it.value.isBlank }?.key

    /** An item is taken out, and what is drawn for its questions with it. */
    internal fun takenOut(item: String) = drawn.keys.filter { isWithin(it, item) }.forEach(::clear)

    private companion object {
        const val KEY = "drawn-ink"
    }
}
