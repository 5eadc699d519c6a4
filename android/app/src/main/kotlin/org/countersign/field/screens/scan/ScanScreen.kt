package org.countersign.field.screens.scan

import android.Manifest.permission.CAMERA
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.PickVisualMediaRequest
import androidx.activity.result.contract.ActivityResultContracts.PickVisualMedia
import androidx.annotation.StringRes
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.LifecycleResumeEffect
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import kotlinx.coroutines.launch
import org.countersign.core.readCode
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.Route
import org.countersign.field.app.longestOf
import org.countersign.field.app.open
import org.countersign.field.app.rememberLeaving
import org.countersign.field.app.rememberWayBack
import org.countersign.field.app.screenModel
import org.countersign.field.design.EmptyState
import org.countersign.field.design.FieldCard
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.ScrollingScreen
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.TextInput
import org.countersign.field.platform.camera.CameraPreview
import org.countersign.field.platform.camera.CameraUse
import org.countersign.field.platform.rememberPermissions
import org.countersign.field.screens.opening

private val LeastHeight = 200.dp
private val MostHeight = 360.dp

/** Reading a code. */
@Composable
fun ScanRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> ScanViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val result by model.result.collectAsStateWithLifecycle()
    val typed by model.typed.collectAsStateWithLifecycle()
    val leave = rememberLeaving(nav)
    LaunchedEffect(result) { goOn(result, nav, leave) }
    val unknown = result as? ScanResult.Unknown
    val back = rememberWayBack(nav, typed.isNotBlank() && unknown == null)
    ScrollingScreen(
        title = stringResource(titleOf(model.purpose)),
        onBack = back,
        bottom = {
            if (unknown != null) {
                NextStepButton(
                    stringResource(R.string.scan_new_job),
                    { newJob(nav, unknown.serial, leave) },
                    icon = "new",
                )
            } else {
                NextStepButton(stringResource(R.string.scan_use), model::useTyped, enabled = readCode(typed) != null)
            }
        },
    ) {
        Drawn(state, model, nav) {
            if (unknown != null) {
                UnknownMachine(unknown.serial, model::again)
            } else {
                ScanScreen(model, typed, result)
            }
        }
    }
}

/** Hands a text to the screen that asked, or opens the machine in place of this screen. */
private fun goOn(
    result: ScanResult,
    nav: NavHostController,
    leave: () -> Unit,
) {
    when (result) {
        is ScanResult.Text -> {
            nav.previousBackStackEntry?.savedStateHandle?.set(SCANNED, result.text)
            leave()
        }

        is ScanResult.Machine -> {
            leave()
            nav.open(Route.Machine(result.machine))
        }

        else -> {
            Unit
        }
    }
}

/** The form of a new job, with the number that was read. */
private fun newJob(
    nav: NavHostController,
    serial: String,
    leave: () -> Unit,
) {
    leave()
    nav.open(Route.NewJob(serial))
}

@StringRes
private fun titleOf(purpose: ScanPurpose): Int =
    when (purpose) {
        ScanPurpose.ANSWER, ScanPurpose.PART -> R.string.scan
        ScanPurpose.INVITATION -> R.string.scan_title_invitation
        ScanPurpose.MACHINE -> R.string.scan_title_nameplate
    }

@Composable
private fun UnknownMachine(
    serial: String,
    onAgain: () -> Unit,
) {
    Text(stringResource(R.string.scan_read, serial))
    EmptyState(
        stringResource(R.string.scan_unknown),
        stringResource(R.string.scan_unknown_what),
        icon = "machine",
    ) { SecondButton(stringResource(R.string.scan_again), onAgain, icon = "scan") }
}

/** The camera, a photo, or the keyboard. */
@Composable
private fun ScanScreen(
    model: ScanViewModel,
    typed: String,
    result: ScanResult,
) {
    Finder(model)
    FromPhoto(model)
    if (result == ScanResult.NoCode) {
        Text(stringResource(R.string.scan_none), Modifier.semantics { liveRegion = LiveRegionMode.Polite })
    }
    FieldCard { Typed(model, typed) }
}

@Composable
private fun ColumnScope.Typed(
    model: ScanViewModel,
    typed: String,
) {
    SectionTitle(stringResource(R.string.scan_typed))
    val label = if (model.purpose == ScanPurpose.MACHINE) R.string.scan_typed_serial else R.string.scan_typed_code
    TextInput(
        stringResource(label),
        typed,
        model::type,
        Modifier.testTag("scan-typed"),
        longest = longestOf(model.purpose.field),
        keyboard = KeyboardOptions(autoCorrectEnabled = false, imeAction = ImeAction.Done),
    )
}

@Composable
private fun FromPhoto(model: ScanViewModel) {
    val context = LocalContext.current
    val scope = rememberCoroutineScope()
    val picker =
        rememberLauncherForActivityResult(PickVisualMedia()) { picked ->
            if (picked != null) scope.launch { model.lookAt(frameOf(context, picked)) }
        }
    val open = picker.opening()
    SecondButton(
        stringResource(R.string.scan_from_photo),
        { open(PickVisualMediaRequest(PickVisualMedia.ImageOnly)) },
        Modifier.testTag("scan-photo"),
        icon = "camera",
    )
}

@Composable
private fun Finder(model: ScanViewModel) {
    val camera = LocalDesk.current.phone.camera
    var answers by remember { mutableStateOf(0) }
    var asked by rememberSaveable { mutableStateOf(false) }
    var refused by remember { mutableStateOf(false) }
    LifecycleResumeEffect(Unit) {
        refused = false
        onPauseOrDispose { }
    }
    val permission = rememberPermissions(CAMERA) { answers += 1 }
    LaunchedEffect(Unit) {
        if (!asked && !permission.granted()) permission.ask()
        asked = true
    }
    val granted = remember(answers) { permission.granted() }
    when {
        !granted -> {
            Text(stringResource(R.string.scan_allow))
            SecondButton(stringResource(R.string.capture_allow_verb), permission::askByButton, icon = "camera")
        }

        !camera.available() || refused -> {
            Text(stringResource(R.string.scan_no_camera))
        }

        else -> {
            val what = stringResource(R.string.scan_what)
            CameraPreview(
                camera,
                CameraUse.CODES,
                { session, tried -> if (tried) refused = session == null },
                Modifier.fillMaxWidth().heightIn(LeastHeight, MostHeight).semantics { contentDescription = what },
                model::look,
            )
            Text(what)
        }
    }
}
