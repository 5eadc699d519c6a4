package org.countersign.field.app

import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.SideEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import kotlinx.coroutines.flow.StateFlow
import org.countersign.field.R
import org.countersign.field.design.GiveUpDialog

/** What a person typed on one screen and did not keep yet, and where they want to go from there. */
class Unkept internal constructor(
    private val saved: SavedStateHandle,
) {
    /** Whether leaving would lose something. */
    internal var isHere = false

    /** Where to: the address of a screen, [BACK], or empty while nobody leaves. It outlives the process. */
    internal val wanted: StateFlow<String> = saved.getStateFlow(WANTED, "")

    /** Goes to the screen with this address: at once, or after the question what becomes of what is typed. */
    internal fun leaveFor(
        address: String,
        go: () -> Unit,
    ) {
        if (isHere) saved[WANTED] = address else go()
    }

    /** Nobody leaves. */
    internal fun stay() {
        saved[WANTED] = ""
    }

    internal companion object {
        /** To where the person came from. */
        const val BACK = "<"
        private const val WANTED = "leaves-for"
    }
}

/** What is typed on the screen around; the graph says it for each. */
val LocalUnkept = staticCompositionLocalOf<Unkept> { error("no screen of the graph") }

/**
 * The way back from a screen on which something can be typed. Where [unkept] says that something is, whoever leaves (by
 * the phone's gesture, the arrow, the list beside it) is asked whether it may go; else the system leads back by itself
 * and shows beforehand where to.
 */
@Composable
fun rememberWayBack(
    nav: NavHostController,
    unkept: Boolean,
): () -> Unit {
    val typed = LocalUnkept.current
    val wanted by typed.wanted.collectAsStateWithLifecycle()
    val leave = rememberLeaving(nav)
    SideEffect { typed.isHere = unkept }
    // It was kept while the question stood there: there is nothing to ask any more.
    LaunchedEffect(unkept) { if (!unkept) typed.stay() }
    val back = { typed.leaveFor(Unkept.BACK) { nav.back() } }
    BackHandler(enabled = unkept, onBack = back)
    if (unkept && wanted.isNotEmpty()) {
        UnkeptDialog(
            tag = "typed",
            onStay = typed::stay,
            onGiveUp = {
                val to = wanted
                typed.stay()
                if (to == Unkept.BACK) leave() else nav.openBeside(to)
            },
        )
    }
    return back
}

/** Asks whoever leaves what they typed whether it may go. */
@Composable
fun UnkeptDialog(
    tag: String,
    onStay: () -> Unit,
    onGiveUp: () -> Unit,
) = GiveUpDialog(
    word = stringResource(R.string.typed_unkept),
    stay = stringResource(R.string.typed_stay),
    giveUp = stringResource(R.string.typed_give_up),
    tag = tag,
    onStay = onStay,
    onGiveUp = onGiveUp,
)
