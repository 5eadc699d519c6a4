package org.countersign.field.app

import androidx.annotation.StringRes
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.platform.LocalResources
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.receiveAsFlow
import org.countersign.field.design.LocalMessages

/** Words about work that outlives its screen. Whichever screen is there when it ends says them, each once. */
class Telling {
    private val words = Channel<Int>(Channel.UNLIMITED)

    /** What there is to say, oldest first. */
    internal val told: Flow<Int> = words.receiveAsFlow()

    /** Says a word as soon as a screen can. */
    fun tell(
        @StringRes word: Int,
    ) {
        words.trySend(word)
    }
}

/** Says what [telling] has, on whatever screen is there. */
@Composable
internal fun SaysWhatWasTold(telling: Telling) {
    val messages = LocalMessages.current
    val resources = LocalResources.current
    LaunchedEffect(telling, messages, resources) {
        telling.told.collect { messages.showSnackbar(resources.getString(it)) }
    }
}
