package org.countersign.field.screens.capture

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.Manifest.permission.CAMERA
import androidx.activity.compose.BackHandler
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.PickVisualMediaRequest
import androidx.activity.result.contract.ActivityResultContracts.CaptureVideo
import androidx.activity.result.contract.ActivityResultContracts.OpenMultipleDocuments
import androidx.activity.result.contract.ActivityResultContracts.PickMultipleVisualMedia
import androidx.activity.result.contract.ActivityResultContracts.TakePicture
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.back
import org.countersign.field.app.screenModel
import org.countersign.field.design.FieldScreen
import org.countersign.field.design.GiveUpDialog
import org.countersign.field.design.MutedText
import org.countersign.field.design.NextStepButton
import org.countersign.field.platform.camera.CameraSession
import org.countersign.field.platform.camera.rememberTurn
import org.countersign.field.platform.pickedHere
import org.countersign.field.platform.rememberPermissions
import org.countersign.field.screens.opening
import java.io.File

/** The ways by which a photo or file comes here besides this app's own camera. */
@Stable
internal class OtherWays(
    /** The phone's camera app, for a photo. */
    val photo: () -> Unit,
    /** The phone's camera app, for a video. */
    val video: () -> Unit,
    /** Photos and videos of the phone. */
    val gallery: () -> Unit,
    /** Files of the phone. */
    val documents: () -> Unit,
)

/** What the screen asks of the phone. */
@Stable
internal class Allowances(
    /** Whether the camera may be used. */
    val camera: Boolean,
    /** Asks for the camera. */
    val askCamera: () -> Unit,
    /** Whether the place may be noted. */
    val place: Boolean,
    /** Asks for the place. */
    val askPlace: () -> Unit,
)

/** Taking photos. */
@Composable
fun CaptureRoute(nav: NavHostController) {
    val folder = File(LocalContext.current.filesDir, "capture")
    val model =
        screenModel { desk, saved ->
            CaptureViewModel(desk.core, saved, desk.phone.places, folder, desk.container.telling)
        }
    val state by model.state.collectAsStateWithLifecycle()
    val shots by model.shots.all.collectAsStateWithLifecycle()
    val problem by model.problem.collectAsStateWithLifecycle()
    val shooting by model.shooting.collectAsStateWithLifecycle()
    var session by remember { mutableStateOf<CameraSession?>(null) }
    val turn = rememberTurn()
    val allowed = rememberAllowances()
    val ways = rememberOtherWays(model, allowed)
    // The camera closes with the screen: a photo that is being taken would be lost.
    BackHandler(enabled = shooting) { }
    Doubtful(model)
    FieldScreen(
        title = stringResource(R.string.capture),
        onBack = { if (!shooting) nav.back() },
        bottom = {
            val open = session
            if (open != null) {
                NextStepButton(
                    stringResource(R.string.capture_shoot),
                    { model.shoot(open, turn()) },
                    icon = "camera",
                    enabled = !shooting,
                )
            } else {
                NextStepButton(stringResource(R.string.capture_done), { nav.back() }, enabled = !shooting)
            }
        },
    ) { padding ->
        Drawn(state, model, nav) { shown ->
            if (!shown.mayAttach) {
                MutedText(stringResource(R.string.form_locked))
            } else {
                CaptureScreen(shown, shots, problem, session, allowed, ways, model, padding) { session = it }
            }
        }
    }
}

/** Asks about a photo that a camera app left behind though it was called off. */
@Composable
private fun Doubtful(model: CaptureViewModel) {
    val doubtful by model.doubtful.collectAsStateWithLifecycle()
    if (doubtful == null) return
    GiveUpDialog(
        word = stringResource(R.string.capture_doubtful),
        stay = stringResource(R.string.capture_doubtful_keep),
        giveUp = stringResource(R.string.capture_doubtful_remove),
        tag = "capture-doubtful",
        onStay = model::keepDoubtful,
        onGiveUp = model::removeDoubtful,
    )
}

@Composable
private fun rememberAllowances(): Allowances {
    val places = LocalDesk.current.phone.places
    var asked by rememberSaveable { mutableStateOf(false) }
    var answers by remember { mutableStateOf(0) }
    val camera = rememberPermissions(CAMERA) { answers += 1 }
    val place = rememberPermissions(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION) { answers += 1 }
    LaunchedEffect(Unit) {
        if (!asked && !camera.granted()) camera.ask()
        asked = true
    }
    return remember(answers) { Allowances(camera.granted(), camera::askByButton, places.allowed(), place::askByButton) }
}

@Composable
private fun rememberOtherWays(
    model: CaptureViewModel,
    allowed: Allowances,
): OtherWays {
    val context = LocalContext.current.applicationContext
    val outside = LocalDesk.current.phone.outside
    // The camera app may push this one out of memory: where it writes must outlive that.
    var place by rememberSaveable { mutableStateOf("") }
    val photo = rememberLauncherForActivityResult(TakePicture()) { model.cameBack(place, it) }
    val video = rememberLauncherForActivityResult(CaptureVideo()) { model.cameBack(place, it) }
    val keep = { picked: List<android.net.Uri> ->
        model.keepPicked(picked.map { suspend { pickedHere(context, it) } })
    }
    val gallery = rememberLauncherForActivityResult(PickMultipleVisualMedia()) { keep(it) }
    val documents = rememberLauncherForActivityResult(OpenMultipleDocuments()) { keep(it) }
    val reserved = { ending: String -> model.place(ending).file.also { place = it.path } }
    val takePhoto = photo.opening()
    val takeVideo = video.opening()
    val openGallery = gallery.opening()
    val openDocuments = documents.opening()
    // The camera app is closed to an app that may not use the camera itself.
    val withCamera = { open: () -> Unit -> if (allowed.camera) open() else allowed.askCamera() }
    return remember(model, allowed) {
        OtherWays(
            photo = { withCamera { takePhoto(outside.writable(reserved("jpg"))) } },
            video = { withCamera { takeVideo(outside.writable(reserved("mp4"))) } },
            gallery = { openGallery(PickVisualMediaRequest()) },
            documents = { openDocuments(arrayOf("*/*")) },
        )
    }
}
