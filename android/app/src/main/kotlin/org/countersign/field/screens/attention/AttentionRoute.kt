package org.countersign.field.screens.attention

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.back
import org.countersign.field.app.open
import org.countersign.field.app.rememberWayBack
import org.countersign.field.app.screenModel
import org.countersign.field.design.ScrollingScreen

/** What needs a person. */
@Composable
fun AttentionRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> AttentionViewModel(desk, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val back = rememberWayBack(nav, model.unkept(state.shown, fields))
    val actions =
        remember(model, nav) {
            AttentionActions(
                open = { nav.open(it) },
                toJobs = { nav.back() },
                type = model.typed::set,
                remedy = model::remedy,
                file = model::file,
                acknowledge = model::acknowledge,
                confirm = model::confirm,
                unlock = model::unlock,
                sync = model::sync,
            )
        }
    ScrollingScreen(stringResource(R.string.attention), onBack = back) {
        Drawn(state, model, nav) { AttentionScreen(it, fields, actions, state.busy) }
    }
}
