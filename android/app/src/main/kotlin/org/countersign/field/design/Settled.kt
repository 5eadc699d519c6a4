package org.countersign.field.design

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.runtime.withFrameMillis

/** Longer than a double tap, shorter than anybody needs to read the next word. */
private const val SETTLING = 600L

/**
 * Whether [what] has stood long enough to be meant: not for a moment after it changes. A button that becomes another
 * one under a finger takes no second tap for the new word.
 */
@Composable
fun rememberSettled(what: Any?): Boolean {
    var settled by remember { mutableStateOf(what) }
    LaunchedEffect(what) {
        if (settled != what) {
            // By the clock of what is drawn: the new word must have been on the screen for that long.
            val since = withFrameMillis { it }
            do {
                val now = withFrameMillis { it }
            } while (now - since < SETTLING)
            settled = what
        }
    }
    return settled == what
}
