package org.countersign.field.screens.newjob

import android.Manifest
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.TakePicture
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavHostController
import org.countersign.core.Typing
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.Route
import org.countersign.field.app.isWhole
import org.countersign.field.app.longestOf
import org.countersign.field.app.open
import org.countersign.field.app.rememberWayBack
import org.countersign.field.app.screenModel
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LinkRow
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.PictureButton
import org.countersign.field.design.ScrollingScreen
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.TextInput
import org.countersign.field.design.Tone
import org.countersign.field.design.TroublePanel
import org.countersign.field.design.TroubleWords
import org.countersign.field.platform.rememberPermissions
import org.countersign.field.screens.job.rememberReturning
import org.countersign.field.screens.opening
import org.countersign.field.screens.scan.ScanPurpose
import org.countersign.field.screens.scan.Scanned
import java.util.UUID

/** Making a job on site. */
@Composable
fun NewJobRoute(
    nav: NavHostController,
    entry: NavBackStackEntry,
) {
    val model = screenModel { desk, saved -> NewJobViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val serial = model.serial(fields)
    val fault = fields[NewJobViewModel.FAULT].orEmpty()
    val returning = rememberReturning(nav)
    Scanned(entry, model::typeSerial)
    ScrollingScreen(
        title = stringResource(R.string.jobs_new),
        onBack = rememberWayBack(nav, model.typed.isTouched(fields)),
        bottom = {
            val made = { job: String -> returning.goOnAt(job, R.string.new_job_made) }
            val whole = isWhole(Typing.NewJob(serial, fault))
            NextStepButton(stringResource(R.string.new_job_make), { model.make(made) }, enabled = whole && !state.busy)
        },
    ) {
        Text(stringResource(R.string.new_job_what), color = FieldColours.current.ink)
        Drawn(state, model, nav) { shown ->
            NameplateCard(shown.noSpace, model, nav)
            FieldCard {
                SerialField(serial, model::typeSerial) { nav.open(Route.Scan(ScanPurpose.ANSWER.word)) }
                shown.known?.let { Known(it) { nav.open(Route.Machine(it.serial)) } }
                FaultField(fault) { model.typed[NewJobViewModel.FAULT] = it }
            }
        }
    }
}

@Composable
private fun NameplateCard(
    noSpace: TroubleWords?,
    model: NewJobViewModel,
    nav: NavHostController,
) {
    if (noSpace != null) {
        TroublePanel(noSpace)
        return
    }
    val take = rememberNameplateCamera(model) { nav.open(Route.Nameplate(it)) }
    FieldCard {
        SectionTitle(stringResource(R.string.nameplate_job))
        Text(stringResource(R.string.nameplate_what), color = FieldColours.current.ink)
        SecondButton(stringResource(R.string.nameplate_take), take, Modifier.testTag("nameplate-take"), icon = "camera")
    }
}

/** Opens the camera app for a nameplate; [onKept] hears the photo once it is safe on this device. */
@Composable
private fun rememberNameplateCamera(
    model: NewJobViewModel,
    onKept: (String) -> Unit,
): () -> Unit {
    val outside = LocalDesk.current.phone.outside
    val camera = rememberLauncherForActivityResult(TakePicture()) { taken -> model.photographed(taken, onKept) }
    val take = camera.opening()
    val permission =
        rememberPermissions(Manifest.permission.CAMERA) { allowed ->
            if (allowed) {
                val file = outside.captureFile("nameplate-${UUID.randomUUID()}.jpg")
                model.photographInto(file)
                take(outside.writable(file))
            }
        }
    return permission::askByButton
}

@Composable
private fun ColumnScope.SerialField(
    serial: String,
    onType: (String) -> Unit,
    onScan: () -> Unit,
) = TextInput(
    label = stringResource(R.string.new_job_serial),
    value = serial,
    onChange = onType,
    modifier = Modifier.testTag("new-job-serial"),
    hint = stringResource(R.string.new_job_serial_hint),
    longest = longestOf("serial"),
    trailing = {
        PictureButton("scan", stringResource(R.string.scan_nameplate), onScan, Modifier.testTag("new-job-scan"))
    },
)

@Composable
internal fun FaultField(
    fault: String,
    onType: (String) -> Unit,
) = TextInput(
    label = stringResource(R.string.new_job_fault),
    value = fault,
    onChange = onType,
    modifier = Modifier.testTag("new-job-fault"),
    lines = 3,
    longest = longestOf("fault"),
)

/** A machine that is registered: its last visits may already say what is wrong. */
@Composable
private fun Known(
    machine: KnownMachine,
    onOpen: () -> Unit,
) = FieldCard(tone = Tone.INFO) {
    SectionTitle(stringResource(R.string.machine_known))
    val word = stringResource(R.string.machine_look)
    LinkRow(machine.about, onOpen, Modifier.testTag("new-job-machine"), icon = "machine", second = word)
}
