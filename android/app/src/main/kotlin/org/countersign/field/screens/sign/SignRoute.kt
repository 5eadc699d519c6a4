package org.countersign.field.screens.sign

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.PagesShown
import org.countersign.field.R
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.NoOverlays
import org.countersign.field.app.Route
import org.countersign.field.app.SaidOnce
import org.countersign.field.app.Trouble
import org.countersign.field.app.TroubleHere
import org.countersign.field.app.WayOut
import org.countersign.field.app.open
import org.countersign.field.app.rememberLeaving
import org.countersign.field.app.rememberWayBack
import org.countersign.field.app.screenModel
import org.countersign.field.design.FieldScreen
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.Remedy
import org.countersign.field.design.Space
import org.countersign.field.design.TroublePanel
import org.countersign.field.screens.customer.Handed
import org.countersign.field.screens.customer.HandedOver
import org.countersign.field.screens.customer.InCustomersHands
import org.countersign.field.screens.paper.rememberPaper
import org.countersign.field.screens.rememberAfterword
import org.countersign.field.screens.rememberSharing

/** Checking the pages before anybody signs. */
@Composable
fun SignRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> SignViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val ink by model.signature.ink.collectAsStateWithLifecycle()
    val shown = state.shown
    val pages = shown?.pages
    val back = rememberWayBack(nav, model.unkept(shown, ink))
    // Somebody came back after signing: there is nothing to sign here any more.
    val leave = rememberLeaving(nav)
    NoOverlays()
    LaunchedEffect(shown) { if (shown != null && pages == null) leave() }
    FieldScreen(
        title = stringResource(R.string.sign_off),
        onBack = back,
        bottom = {
            if (pages != null && pages.missing.isEmpty()) Next(model, nav, pages, !state.busy && !ink.isBlank)
        },
    ) { padding ->
        SaidOnce(state.said, model)
        Column(Modifier, Arrangement.spacedBy(Space.medium)) {
            state.trouble?.let { Changed(it, nav, model::showAgain, Modifier.padding(padding)) }
            if (shown == null || pages == null) return@Column
            val sharing = rememberSharing(LocalDesk.current.phone.outside)
            val actions =
                SignActions(
                    answer = { nav.open(Route.Form(model.job, it)) },
                    openPdf = { sharing.show(pages.pdf, pages.number) },
                    draw = model.signature::draw,
                )
            SignScreen(shown, pages, rememberPaper(pages.pdf), ink, actions, padding)
        }
    }
}

@Composable
private fun Next(
    model: SignViewModel,
    nav: NavHostController,
    pages: PagesShown,
    ready: Boolean,
) {
    val say = rememberAfterword()
    val leave = rememberLeaving(nav)
    val signed = stringResource(R.string.customer_done_signed)
    if (pages.needsCustomer) {
        val handedOver = LocalDesk.current.container.handedOver
        val handOver = { now: PagesShown -> handOver(nav, model, now, handedOver) }
        val word = stringResource(R.string.sign_hand_over)
        NextStepButton(word, { model.handOver(handOver) }, icon = "person", enabled = ready)
    } else {
        val alone = {
            model.signAlone {
                leave()
                say(signed)
            }
        }
        NextStepButton(stringResource(R.string.sign_sign), alone, icon = "sign", enabled = ready)
    }
}

private fun handOver(
    nav: NavHostController,
    model: SignViewModel,
    pages: PagesShown,
    handedOver: HandedOver,
) {
    val handed = Handed(pages, model.signature.ink.value)
    handedOver.begin(InCustomersHands(model.job, handed))
    nav.open(Route.Customer(model.job))
    nav.currentBackStackEntry?.savedStateHandle?.let(handed::into)
}

/** A trouble; pages that changed meanwhile are shown anew. */
@Composable
private fun Changed(
    trouble: Trouble,
    nav: NavHostController,
    onAgain: () -> Unit,
    modifier: Modifier,
) {
    if (trouble.wayOut == WayOut.SHOW_AGAIN) {
        TroublePanel(trouble.words, modifier, listOf(Remedy(stringResource(R.string.sign_show_again), onAgain)))
    } else {
        TroubleHere(trouble, nav, onAgain, modifier)
    }
}
