package org.countersign.field.screens.capture

import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.alpha
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.LifecycleResumeEffect
import org.countersign.field.R
import org.countersign.field.app.LocalDesk
import org.countersign.field.design.LARGE_PICTURE
import org.countersign.field.design.MutedText
import org.countersign.field.design.Picture
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.design.TroublePanel
import org.countersign.field.design.TroubleWords
import org.countersign.field.design.rememberInView
import org.countersign.field.platform.camera.CameraPreview
import org.countersign.field.platform.camera.CameraSession
import org.countersign.field.platform.camera.CameraUse

/** How strongly the as-found photo lies over the picture. */
private const val TRANSLUCENT = 0.4f

/** The picture is at least this high: a wide photo on a low screen is still seen. */
private val LeastHeight = 240.dp

/** The camera with what was taken, and the other ways. */
@Composable
internal fun CaptureScreen(
    shown: CaptureShown,
    shots: List<Shot>,
    problem: CaptureTrouble?,
    session: CameraSession?,
    allowed: Allowances,
    ways: OtherWays,
    model: CaptureViewModel,
    padding: PaddingValues,
    onSession: (CameraSession?) -> Unit,
) = Column(
    Modifier.fillMaxSize().verticalScroll(rememberScrollState()).padding(padding),
    verticalArrangement = Arrangement.spacedBy(Space.small),
) {
    if (shown.question.isNotEmpty()) Text(stringResource(R.string.capture_for, shown.question))
    StageChips(shown, model::choose)
    problem?.let { TroublePanel(TroubleWords(stringResource(problemWord(it))), rememberInView(it)) }
    Finder(shown, session, allowed, ways, onSession)
    ShotRow(shots, shown, model::again)
    Others(allowed, ways)
}

private fun problemWord(problem: CaptureTrouble): Int =
    when (problem) {
        CaptureTrouble.NO_PHOTO -> R.string.capture_failed
        CaptureTrouble.UNREADABLE -> R.string.capture_unreadable
    }

@Composable
private fun StageChips(
    shown: CaptureShown,
    onChoose: (String) -> Unit,
) = Column {
    MutedText(stringResource(R.string.capture_stage))
    Row(
        Modifier.horizontalScroll(rememberScrollState()).selectableGroup(),
        Arrangement.spacedBy(Space.small),
    ) {
        shown.stages.forEach { stage ->
            FilterChip(
                selected = stage.value == shown.stage,
                onClick = { onChoose(stage.value) },
                label = { Text(stage.word) },
                modifier = Modifier.heightIn(min = Space.target).testTag("capture-stage-${stage.value}"),
            )
        }
    }
}

/** What the camera sees, or why it cannot be used here and what can be done instead. */
@Composable
private fun Finder(
    shown: CaptureShown,
    session: CameraSession?,
    allowed: Allowances,
    ways: OtherWays,
    onSession: (CameraSession?) -> Unit,
) {
    val camera = LocalDesk.current.phone.camera
    var refused by remember { mutableStateOf(false) }
    LifecycleResumeEffect(Unit) {
        refused = false
        onPauseOrDispose { }
    }
    when {
        !allowed.camera -> {
            Text(stringResource(R.string.capture_allow))
            SecondButton(
                stringResource(R.string.capture_allow_verb),
                allowed.askCamera,
                Modifier.testTag("capture-allow"),
                icon = "camera",
            )
        }

        !camera.available() || refused -> {
            Text(stringResource(R.string.capture_no_camera))
            SecondButton(
                stringResource(R.string.capture_other_app),
                ways.photo,
                Modifier.testTag("capture-other-app"),
                icon = "camera",
            )
        }

        else -> {
            Seen(shown, session) { open, tried ->
                // Closing it is no attempt: a camera that cannot be opened would be tried for ever.
                if (tried) refused = open == null
                onSession(open)
            }
        }
    }
}

@Composable
private fun Seen(
    shown: CaptureShown,
    session: CameraSession?,
    onSession: (CameraSession?, Boolean) -> Unit,
) {
    var covered by rememberSaveable { mutableStateOf(true) }
    var which by rememberSaveable { mutableIntStateOf(0) }
    var lit by remember(session) { mutableStateOf(false) }
    val what = stringResource(R.string.capture_preview)
    val over = shown.found.getOrNull(if (shown.found.isEmpty()) 0 else which % shown.found.size)
    CameraPreview(
        LocalDesk.current.phone.camera,
        CameraUse.PHOTO,
        onSession,
        Modifier.fillMaxWidth().heightIn(LeastHeight, MostHeight).semantics { contentDescription = what },
    ) {
        if (over != null && covered) {
            Picture(
                over.preview,
                stringResource(R.string.capture_overlay),
                Modifier.fillMaxSize().alpha(TRANSLUCENT).testTag("capture-overlay"),
                edge = LARGE_PICTURE,
                scale = ContentScale.Fit,
            )
        }
    }
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
        if (session?.hasLight == true) {
            val word = stringResource(if (lit) R.string.capture_light_off else R.string.capture_light_on)
            QuietButton(word, {
                lit = !lit
                session.light(lit)
            }, icon = "flash")
        }
        if (over != null) {
            val word = stringResource(if (covered) R.string.capture_overlay_off else R.string.capture_overlay_on)
            QuietButton(word, { covered = !covered }, Modifier.testTag("capture-cover"))
        }
        if (shown.found.size > 1 && covered) {
            QuietButton(over?.name.orEmpty(), { which += 1 }, icon = "next")
        }
    }
}

private val MostHeight = 480.dp

@Composable
private fun Others(
    allowed: Allowances,
    ways: OtherWays,
) = Box {
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
        QuietButton(
            stringResource(R.string.capture_video),
            ways.video,
            Modifier.testTag("capture-video"),
            icon = "video",
        )
        QuietButton(
            stringResource(R.string.capture_choose),
            ways.gallery,
            Modifier.testTag("capture-choose"),
            icon = "camera",
        )
        QuietButton(stringResource(R.string.capture_choose_files), ways.documents, icon = "file")
        if (!allowed.place) QuietButton(stringResource(R.string.capture_allow_place), allowed.askPlace, icon = "place")
    }
}
