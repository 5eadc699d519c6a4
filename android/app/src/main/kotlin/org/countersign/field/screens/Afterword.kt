package org.countersign.field.screens

import androidx.activity.ComponentActivity
import androidx.activity.compose.LocalActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.lifecycle.lifecycleScope
import kotlinx.coroutines.launch
import org.countersign.field.design.LocalMessages

/** Says a word on the screen that follows: what says it outlives the screen that is left. */
@Composable
internal fun rememberAfterword(): (String) -> Unit {
    val messages = LocalMessages.current
    val activity = LocalActivity.current as? ComponentActivity
    return remember(messages, activity) {
        { word -> activity?.lifecycleScope?.launch { messages.showSnackbar(word) } }
    }
}
