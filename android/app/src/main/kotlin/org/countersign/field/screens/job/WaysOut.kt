package org.countersign.field.screens.job

import androidx.compose.runtime.Composable
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.remember
import androidx.navigation.NavHostController
import kotlinx.coroutines.flow.StateFlow
import org.countersign.field.app.LocalUnkept
import org.countersign.field.app.Unkept
import org.countersign.field.app.openBeside
import org.countersign.field.app.rememberOnTop

/** The ways out of a page that asks in words of its own: back, or to what the list beside it opens. */
@Stable
internal class WaysOut(
    private val nav: NavHostController,
    private val onTop: () -> Boolean,
    private val typed: Unkept,
) {
    /** Where somebody wants to go; empty while nobody does. */
    val wanted: StateFlow<String> get() = typed.wanted

    /** Somebody wants to go back; on a page on which leaving loses nothing they are gone at once. */
    fun back() = typed.leaveFor(Unkept.BACK, ::go)

    /** They stay. */
    fun stay() = typed.stay()

    /** They go where they wanted to, unless another screen was opened over this one meanwhile. */
    fun go() {
        val to = typed.wanted.value
        typed.stay()
        if (!onTop()) return
        if (to.isEmpty() || to == Unkept.BACK) nav.popBackStack() else nav.openBeside(to)
    }
}

/** The ways out of this page; [unkept] says whether leaving it would lose something. */
@Composable
internal fun rememberWaysOut(
    nav: NavHostController,
    unkept: Boolean,
): WaysOut {
    val onTop = rememberOnTop(nav)
    val typed = LocalUnkept.current
    SideEffect { typed.isHere = unkept }
    return remember(nav, onTop, typed) { WaysOut(nav, onTop, typed) }
}
