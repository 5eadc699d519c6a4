package org.countersign.field.screens.pad

import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** A signature that outlives the process: it is saved with each stroke. */
class SavedInk(
    private val saved: SavedStateHandle,
    private val name: String,
) {
    private val now = MutableStateFlow(Ink.unpack(saved[name]))

    /** What is drawn. */
    val ink: StateFlow<Ink> = now.asStateFlow()

    /** Draws. */
    fun draw(ink: Ink) {
        now.value = ink
        saved[name] = ink.pack()
    }

    /** Takes all of it away. */
    fun clear() = draw(Ink())
}
