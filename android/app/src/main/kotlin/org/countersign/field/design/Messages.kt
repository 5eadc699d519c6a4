package org.countersign.field.design

import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Snackbar
import androidx.compose.material3.SnackbarData
import androidx.compose.material3.SnackbarDuration
import androidx.compose.material3.SnackbarHostState
import androidx.compose.material3.SnackbarResult
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import org.countersign.field.R

/** Where words about what was just done appear. */
val LocalMessages = staticCompositionLocalOf { SnackbarHostState() }

/** What was just done, with the way back where there is one. */
@Composable
fun UndoBar(data: SnackbarData) {
    val colours = FieldColours.current
    Snackbar(
        data,
        Modifier.padding(Space.small),
        shape = Corners,
        containerColor = colours.ink,
        contentColor = colours.paper,
        actionColor = colours.paper,
        dismissActionContentColor = colours.paper,
    )
}

/** Says [word] once; with [onUndo] it stays long enough for a glove and offers "undo". */
@Composable
fun Message(
    word: String?,
    onSaid: () -> Unit,
    onUndo: (() -> Unit)? = null,
) {
    val messages = LocalMessages.current
    val undo = stringResource(R.string.undo)
    val said by rememberUpdatedState(onSaid)
    val undone by rememberUpdatedState(onUndo)
    LaunchedEffect(word) {
        if (word == null) return@LaunchedEffect
        val duration = if (undone == null) SnackbarDuration.Short else SnackbarDuration.Long
        val result = messages.showSnackbar(word, undo.takeIf { undone != null }, duration = duration)
        if (result == SnackbarResult.ActionPerformed) undone?.invoke()
        said()
    }
}
