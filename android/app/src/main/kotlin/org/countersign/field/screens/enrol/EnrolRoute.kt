package org.countersign.field.screens.enrol

import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavHostController
import org.countersign.core.HubSeen
import org.countersign.core.Typing
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.NoOverlays
import org.countersign.field.app.Route
import org.countersign.field.app.SecureWindow
import org.countersign.field.app.isWhole
import org.countersign.field.app.longestOf
import org.countersign.field.app.open
import org.countersign.field.app.rememberWayBack
import org.countersign.field.app.screenModel
import org.countersign.field.design.CheckField
import org.countersign.field.design.FieldCard
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.ScrollingScreen
import org.countersign.field.design.SecondButton
import org.countersign.field.design.TextInput
import org.countersign.field.design.Tone
import org.countersign.field.screens.rememberAfterword
import org.countersign.field.screens.scan.ScanPurpose
import org.countersign.field.screens.scan.Scanned

/** Enrolling: the first screen of a new phone, and a new beginning on an old one. */
@Composable
fun EnrolRoute(
    nav: NavHostController,
    entry: NavBackStackEntry,
) {
    val model = screenModel { desk, saved -> EnrolViewModel(desk, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val code by model.code.collectAsStateWithLifecycle()
    val name by model.name.collectAsStateWithLifecycle()
    val seen by model.seen.collectAsStateWithLifecycle()
    Scanned(entry, model::typeCode)
    val first = nav.previousBackStackEntry == null
    var anew by rememberSaveable { mutableStateOf(false) }
    val back = rememberWayBack(nav, !first && model.isTyped(code))
    val say = rememberAfterword()
    val done = stringResource(R.string.enrol_done)
    val enrolled = {
        toJobs(nav)
        say(done)
    }
    // Whoever has a picture of the invitation can use it first.
    SecureWindow()
    NoOverlays()
    ScrollingScreen(
        title = stringResource(R.string.enrol_title),
        onBack = if (first) null else back,
        bottom = {
            val ready = isWhole(Typing.Invitation(code)) && !state.busy && (anew || state.shown?.enrolled != true)
            if (seen == null) {
                NextStepButton(stringResource(R.string.enrol_look), model::look, enabled = ready)
            } else {
                NextStepButton(stringResource(R.string.enrol), { model.enrol(enrolled) }, enabled = ready)
            }
        },
    ) {
        Text(stringResource(R.string.enrol_what))
        Drawn(state, model, nav) { own ->
            if (own.enrolled) {
                // Any page can offer an invitation: a device that has an office gets another one on purpose alone.
                FieldCard(tone = Tone.ATTENTION) {
                    Text(stringResource(R.string.enrol_again))
                    CheckField(
                        stringResource(R.string.enrol_again_meant),
                        anew,
                        { anew = it },
                        Modifier.testTag("enrol-again-meant"),
                    )
                }
            }
            SecondButton(
                stringResource(R.string.enrol_scan),
                { nav.open(Route.Scan(ScanPurpose.INVITATION.word)) },
                Modifier.testTag("enrol-scan"),
                icon = "scan",
            )
            TextInput(
                label = stringResource(R.string.enrol_code),
                value = code,
                onChange = model::typeCode,
                hint = stringResource(R.string.enrol_code_hint),
                lines = 3,
                longest = longestOf("invitation"),
                keyboard = KeyboardOptions(KeyboardCapitalization.None, autoCorrectEnabled = false),
            )
            TextInput(
                label = stringResource(R.string.enrol_name),
                value = name,
                onChange = model::typeName,
                hint = stringResource(R.string.enrol_name_hint),
                longest = longestOf("device_name"),
            )
            seen?.let { WhoAnswers(it) }
        }
    }
}

/** Whom this phone would belong to: said before anything is sent, with the print that the office shows as well. */
@Composable
private fun WhoAnswers(hub: HubSeen) {
    FieldCard(Modifier.testTag("enrol-seen").semantics { liveRegion = LiveRegionMode.Polite }) {
        Text(stringResource(R.string.enrol_seen), style = MaterialTheme.typography.titleMedium)
        Text(hub.company.ifEmpty { stringResource(R.string.enrol_no_name) })
        Text(hub.url)
        Text(stringResource(R.string.enrol_print))
        Text(hub.print, fontFamily = FontFamily.Monospace)
        Text(stringResource(R.string.enrol_compare))
    }
}

private fun toJobs(nav: NavHostController) =
    nav.navigate(Route.Jobs.address) {
        popUpTo(nav.graph.id) { inclusive = true }
        launchSingleTop = true
    }
