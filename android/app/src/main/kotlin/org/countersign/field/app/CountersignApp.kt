package org.countersign.field.app

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.material3.SnackbarHostState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.currentBackStackEntryAsState
import androidx.navigation.compose.rememberNavController
import kotlinx.coroutines.flow.MutableStateFlow
import org.countersign.field.R
import org.countersign.field.design.CountersignTheme
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LoadingNothing
import org.countersign.field.design.LocalMessages
import org.countersign.field.design.LocalStrip
import org.countersign.field.design.Remedy
import org.countersign.field.design.Space
import org.countersign.field.design.StripHost
import org.countersign.field.design.TroublePanel

/** The whole app. [link] holds what is to be opened from outside, until it was. */
@Composable
fun CountersignApp(
    container: AppContainer,
    link: MutableStateFlow<DeepLink?>,
) {
    val chosen by container.preferences.chosen.collectAsStateWithLifecycle()
    val opening by container.opening.collectAsStateWithLifecycle()
    CountersignTheme(chosen.brightness, chosen.dynamicColour) {
        Box(Modifier.fillMaxSize().background(FieldColours.current.canvas)) {
            when (val now = opening) {
                Opening.Underway -> {
                    LoadingNothing()
                }

                is Opening.Closed -> {
                    StoreClosed(now.trouble, container::openStore)
                }

                is Opening.Open -> {
                    val desk = remember(now) { Desk(container, now.core, now.office) }
                    CompositionLocalProvider(LocalDesk provides desk) { Opened(desk, link) }
                }
            }
        }
    }
}

@Composable
private fun StoreClosed(
    trouble: Trouble,
    onAgain: () -> Unit,
) {
    TroublePanel(
        trouble.words,
        Modifier.safeDrawingPadding().padding(Space.large),
        listOf(Remedy(stringResource(R.string.try_again), onAgain)),
    )
}

@Composable
private fun Opened(
    desk: Desk,
    link: MutableStateFlow<DeepLink?>,
) {
    val model = screenModel { desk, saved -> FrameViewModel(desk.core, saved) }
    val frame by model.state.collectAsStateWithLifecycle()
    val connection by desk.office.connection.collectAsStateWithLifecycle()
    val language = remember(desk) { AppLanguage(desk.container.preferences) }
    val shown = frame.shown ?: return NothingYet(frame.trouble, model::forget)
    LaunchedEffect(shown.own.language, shown.own.chosen, shown.own.enrolled) {
        model.keepLanguage(language, shown.own)
    }
    val nav = rememberNavController()
    CompositionLocalProvider(
        LocalStrip provides StripHost(stripOf(shown, connection)) { nav.open(Route.Status) },
        LocalFrame provides shown,
        LocalMessages provides remember { SnackbarHostState() },
    ) {
        // Where the first screen is decided once: an enrolment that succeeds goes on by itself.
        val start = remember { if (shown.own.enrolled) Screen.JOBS.pattern else Screen.ENROL.pattern }
        NavHost(nav, start) { screens(nav) }
        SaysWhatWasTold(desk.container.telling)
        if (shown.own.enrolled) BackToTheCustomer(desk.container, nav)
        Follow(link, nav, desk.container)
    }
}

/** Before the first answer of the core, or where even that could not be read. */
@Composable
private fun NothingYet(
    trouble: Trouble?,
    onAgain: () -> Unit,
) {
    if (trouble == null) LoadingNothing() else StoreClosed(trouble, onAgain)
}

/** Opens what a link asked for, once. */
@Composable
private fun Follow(
    link: MutableStateFlow<DeepLink?>,
    nav: NavHostController,
    container: AppContainer,
) {
    val wanted by link.collectAsStateWithLifecycle()
    val here by nav.currentBackStackEntryAsState()
    LaunchedEffect(wanted, here) {
        // In the customer's hands nothing else opens; the link waits until the device is given back.
        val inHands = nav.currentDestination?.route == Screen.CUSTOMER.pattern
        val now = wanted
        if (now == null || inHands || container.handedOver.held() != null) return@LaunchedEffect
        if (!now.isTooLong()) nav.follow(now)
        link.value = null
    }
}

private fun NavHostController.follow(link: DeepLink) =
    when (link) {
        is DeepLink.Job -> open(Route.Job(link.reference))
        is DeepLink.Invitation -> open(Route.Enrol(link.text))
        DeepLink.Status -> open(Route.Status)
    }
