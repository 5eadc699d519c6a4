package org.countersign.field.app

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.navigation.NavHostController
import org.countersign.field.R
import org.countersign.field.design.LoadingNothing
import org.countersign.field.design.Message
import org.countersign.field.design.Remedy
import org.countersign.field.design.Space
import org.countersign.field.design.TroublePanel
import org.countersign.field.design.rememberInView

/**
 * The body of a screen: says what was just done, shows what went wrong where it happened, and draws [content] below it
 * once the core has answered.
 */
@Composable
fun <S : Any> Drawn(
    state: ScreenState<S>,
    model: ScreenViewModel<S>,
    nav: NavHostController,
    content: @Composable (S) -> Unit,
) {
    SaidOnce(state.said, model)
    Column(verticalArrangement = Arrangement.spacedBy(Space.medium)) {
        state.trouble?.let { TroubleHere(it, nav, model::forget, rememberInView(it to state.failures)) }
        val shown = state.shown
        if (shown != null) {
            content(shown)
        } else if (state.trouble == null) {
            LoadingNothing()
        }
    }
}

/** What was just done, once; with the way back where there is one. */
@Suppress("SpreadOperator")
@Composable
fun SaidOnce(
    said: Said?,
    model: ScreenViewModel<*>,
) {
    val word = said?.let { stringResource(it.word, *it.arguments.toTypedArray()) }
    Message(word, model::wasSaid, said?.undo?.let { { model.undo(said) } })
}

/** A trouble with the buttons that lead out of it. */
@Composable
fun TroubleHere(
    trouble: Trouble,
    nav: NavHostController,
    onAgain: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val office = LocalDesk.current.office
    val remedy =
        when (trouble.wayOut) {
            WayOut.CORRECT, WayOut.ASK, WayOut.UPDATE -> null
            WayOut.BACK -> Remedy(stringResource(R.string.back)) { nav.back() }
            WayOut.SHOW_AGAIN, WayOut.TRY_AGAIN -> Remedy(stringResource(R.string.try_again), onAgain)
            WayOut.ENROL -> Remedy(stringResource(R.string.enrol)) { nav.open(Route.Enrol()) }
            WayOut.SYNC -> Remedy(stringResource(R.string.send_now), office::sendNow)
            WayOut.FREE_SPACE -> Remedy(stringResource(R.string.make_room)) { nav.open(Route.Settings) }
        }
    TroublePanel(trouble.words, modifier, listOfNotNull(remedy))
}
