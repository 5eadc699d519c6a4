package org.countersign.field.screens.annotate

import androidx.compose.runtime.Stable
import org.countersign.core.Spot

/** What a person does on the board. */
@Stable
internal class DrawActions(
    /** A finger is put down; whether the words of a label are missing. */
    val begin: (Spot) -> Boolean,
    /** It moves. */
    val goOn: (Spot) -> Unit,
    /** It is lifted. */
    val end: () -> Unit,
    /** It was taken away. */
    val cancel: () -> Unit,
)
