package org.countersign.field.design

import androidx.compose.runtime.Immutable

/** One thing to choose. */
@Immutable
data class Choice<T>(
    /** What is chosen. */
    val value: T,
    /** Its word. */
    val word: String,
    /** More about it; empty for nothing. */
    val second: String = "",
)
