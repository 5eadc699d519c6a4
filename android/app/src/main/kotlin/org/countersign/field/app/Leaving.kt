package org.countersign.field.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.compose.LocalLifecycleOwner
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavHostController
import org.countersign.field.screens.rememberAfterword

/**
 * Goes back a screen, for a tap. A screen that is left still takes taps while it fades: a second one would take the
 * screen below away too, so only a screen that has come to rest is left.
 */
fun NavHostController.back() {
    if (currentBackStackEntry?.lifecycle?.currentState == Lifecycle.State.RESUMED) popBackStack()
}

/**
 * Leaves this very screen, for what is no tap: a command that was carried out, a page that has nothing to show any
 * more. It may come at any time, and more than once; only the screen on top leaves, and only once.
 */
@Composable
fun rememberLeaving(nav: NavHostController): () -> Unit {
    val onTop = rememberOnTop(nav)
    return remember(nav, onTop) { { if (onTop()) nav.popBackStack() } }
}

/**
 * The same, and says [word] on the screen that follows: this one is gone before anybody could read it. Whoever went on
 * meanwhile stays where they are, and reads it there.
 */
@Composable
fun rememberLeavingWith(
    nav: NavHostController,
    word: String,
): () -> Unit {
    val leave = rememberLeaving(nav)
    val say = rememberAfterword()
    return remember(leave, say, word) {
        {
            leave()
            say(word)
        }
    }
}

/** Whether this very screen is on top: whoever went on meanwhile is taken nowhere else by what ends behind them. */
@Composable
fun rememberOnTop(nav: NavHostController): () -> Boolean {
    val own = LocalLifecycleOwner.current as? NavBackStackEntry
    return remember(nav, own) { { own != null && nav.currentBackStackEntry?.id == own.id } }
}
