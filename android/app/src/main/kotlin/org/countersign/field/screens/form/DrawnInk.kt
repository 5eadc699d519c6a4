package org.countersign.field.screens.form

import android.os.Bundle
import androidx.compose.runtime.mutableStateMapOf
import androidx.lifecycle.SavedStateHandle
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

    /** It was kept, or is not wanted. */
    fun clear(question: String) {
        drawn.remove(question)
    }

    private companion object {
        const val KEY = "drawn-ink"
    }
}
