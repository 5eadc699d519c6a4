package org.countersign.field.screens.status

import android.net.Uri
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.OpenDocument
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.rememberWayBack
import org.countersign.field.app.screenModel
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.ScrollingScreen
import org.countersign.field.platform.pickedHere
import org.countersign.field.screens.opening

/** Status, which the strip opens. */
@Composable
fun StatusRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> StatusViewModel(desk, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val colleague by model.colleague.collectAsStateWithLifecycle()
    val choose = rememberChoosing(model)
    val back = rememberWayBack(nav, model.unkept(colleague))
    val actions =
        remember(model, choose) {
            StatusActions(model::typeColleague, model::handOver, model::rescue, choose, model::makeRoom)
        }
    ScrollingScreen(
        title = stringResource(R.string.status),
        onBack = back,
        bottom = {
            NextStepButton(stringResource(R.string.send_now), model::send, icon = "send", enabled = !state.busy)
        },
    ) {
        Drawn(state, model, nav) { StatusScreen(it, colleague, state.busy, actions) }
    }
}

/** Lets a person choose another device's file. */
@Composable
private fun rememberChoosing(model: StatusViewModel): () -> Unit {
    val context = LocalContext.current.applicationContext
    val pick =
        rememberLauncherForActivityResult(OpenDocument()) { picked: Uri? ->
            if (picked != null) model.takePicked { pickedHere(context, picked) }
        }
    val open = pick.opening()
    return remember(open) { { open(arrayOf("*/*")) } }
}
