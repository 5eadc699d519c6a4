package org.countersign.field.design

import androidx.compose.runtime.Immutable

/** A state as people see it: colour, icon and word, never colour alone. */
@Immutable
data class StateMark(
    /** Its colour. */
    val tone: Tone,
    /** Name of its icon. */
    val icon: String,
    /** Its word in the reader's language. */
    val word: String,
)
