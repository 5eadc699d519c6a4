package org.countersign.field.screens.customer

import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavHostController
import org.countersign.field.R
import org.countersign.field.app.InTheCustomersHands
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.NoOverlays
import org.countersign.field.app.Route
import org.countersign.field.app.Screen
import org.countersign.field.app.SecureWindow
import org.countersign.field.app.open
import org.countersign.field.app.rememberLeaving
import org.countersign.field.app.screenModel
import org.countersign.field.screens.paper.rememberPaper
import org.countersign.field.screens.rememberAfterword

/** Customer mode: large type, the signer's language, this document alone, until somebody holds "give back". */
@Composable
fun CustomerRoute(
    nav: NavHostController,
    entry: NavBackStackEntry,
) {
    val handed = remember(entry) { Handed.of(entry.savedStateHandle) }
    if (handed == null) {
        // Nothing was handed over: an address that somebody made up.
        val leave = rememberLeaving(nav)
        LaunchedEffect(leave) { leave() }
        return
    }
    val model = screenModel { desk, saved -> CustomerViewModel(desk.core, saved, handed, desk.phone) }
    val state by model.state.collectAsStateWithLifecycle()
    val page by model.page.collectAsStateWithLifecycle()
    val fields by model.said.typed.fields
        .collectAsStateWithLifecycle()
    val ink by model.signature.ink.collectAsStateWithLifecycle()
    val stamp by model.stamp.collectAsStateWithLifecycle()
    val signed = state.shown?.signed == true
    SecureWindow()
    NoOverlays()
    InTheCustomersHands()
    BackHandler { if (!signed) model.back() }
    val giveBack = rememberGiveBack(nav, model, signed)
    InSignersHands(handed.language) {
        val held = InHands(handed, CustomerPage.valueOf(page), fields, ink, stamp)
        val paper = rememberPaper(state.shown?.pdf.orEmpty())
        CustomerScreen(state, held, paper, CustomerActions(model, giveBack), LocalDesk.current.phone.outside)
    }
}

/** Takes the device back to the job, signed or not; the word about it is the engineer's. */
@Composable
private fun rememberGiveBack(
    nav: NavHostController,
    model: CustomerViewModel,
    signed: Boolean,
): () -> Unit {
    val say = rememberAfterword()
    val word = stringResource(if (signed) R.string.customer_done_signed else R.string.customer_done_given_back)
    val handedOver = LocalDesk.current.container.handedOver
    return {
        handedOver.end()
        model.givenBack()
        if (!nav.popBackStack(Screen.JOB.pattern, inclusive = false)) {
            nav.popBackStack(Screen.JOBS.pattern, inclusive = false)
            nav.open(Route.Job(model.job))
        }
        say(word)
    }
}
