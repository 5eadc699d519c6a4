package org.countersign.field.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.compose.LocalLifecycleOwner
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavHostController

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
    val own = LocalLifecycleOwner.current as? NavBackStackEntry
    return remember(nav, own) {
        {
            if (own != null && nav.currentBackStackEntry?.id == own.id) nav.popBackStack()
        }
    }
}
