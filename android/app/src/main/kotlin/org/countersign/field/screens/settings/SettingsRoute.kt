package org.countersign.field.screens.settings

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.field.R
import org.countersign.field.app.Diagnostics
import org.countersign.field.app.Drawn
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.back
import org.countersign.field.app.open
import org.countersign.field.app.screenModel
import org.countersign.field.design.ScrollingScreen

/** Settings. */
@Composable
fun SettingsRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> SettingsViewModel(desk, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val desk = LocalDesk.current
    val preferences = desk.container.preferences
    val chosen by preferences.chosen.collectAsStateWithLifecycle()
    val context = LocalContext.current.applicationContext
    val actions =
        remember(model, nav, preferences) {
            SettingsActions(
                language = model::choose,
                choose = preferences::choose,
                makeRoom = model::makeRoom,
                open = { nav.open(it) },
                share = { model.share(Diagnostics(context, desk.phone)) },
            )
        }
    ScrollingScreen(stringResource(R.string.settings), onBack = { nav.back() }) {
        Drawn(state, model, nav) { shown ->
            SettingsScreen(shown, chosen, Diagnostics.version(context), actions) { NoticesCard(desk.phone.notices) }
        }
    }
}
