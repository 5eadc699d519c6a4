package org.countersign.field.screens.files

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.OptionShown
import org.countersign.core.mediaKind
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.LocalFrame
import org.countersign.field.app.Route
import org.countersign.field.app.back
import org.countersign.field.app.open
import org.countersign.field.app.rememberLeaving
import org.countersign.field.app.screenModel
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.MutedText
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.ScrollingScreen
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.design.StateChips
import org.countersign.field.design.StateMark
import org.countersign.field.design.Tone
import org.countersign.field.screens.form.kinds.OptionSheet
import org.countersign.field.screens.rememberSharing

/** One file. */
@Composable
fun FileRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> FileViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val file = state.shown?.file
    val draw = { nav.open(Route.Annotate(model.job, model.evidence)) }
    val leave = rememberLeaving(nav)
    LaunchedEffect(state.shown) { if (state.shown != null && file == null) leave() }
    ScrollingScreen(
        title = file?.card?.row?.name ?: stringResource(R.string.files_file),
        onBack = { nav.back() },
        bottom =
            if (file?.canDraw == true) {
                { NextStepButton(stringResource(R.string.draw), draw, icon = "line") }
            } else {
                null
            },
    ) {
        Drawn(state, model, nav) { shown ->
            shown.file?.let { FileScreen(it, model::assign) }
        }
    }
}

/** The picture, what is known of it, and what can be done with it. */
@Composable
internal fun FileScreen(
    file: FileShown,
    onAssign: (String) -> Unit,
) {
    StateChips(listOf(StateMark(Tone.PLAIN, "camera", file.card.stage)) + fileMarks(file.card.row))
    SideBySide(file)
    if (file.drawnBy.isNotEmpty()) MutedText(file.drawnBy)
    Facts(file)
    Original(file)
    if (file.questions.isNotEmpty()) Assign(file, onAssign)
}

@Composable
private fun Facts(file: FileShown) =
    FieldCard {
        val row = file.card.row
        FactRow(stringResource(R.string.files_recorded), file.card.whenRecorded)
        FactRow(stringResource(R.string.files_size), file.card.size)
        FactRow(stringResource(R.string.files_kind), mediaKind(LocalFrame.current.own.language, row.kind))
        if (row.pixels.isNotEmpty()) FactRow(stringResource(R.string.files_pixels), row.pixels)
        row.durationMs?.let { FactRow(stringResource(R.string.files_duration), clock(it.toLong())) }
        FactRow(
            stringResource(R.string.files_answers),
            file.answers.ifEmpty { stringResource(R.string.files_answers_none) },
        )
        FactRow(stringResource(R.string.files_hash), row.sha256)
    }

/** A running time as a player shows it. */
internal fun clock(milliseconds: Long): String {
    val seconds = milliseconds / MILLISECONDS
    return "%d:%02d".format(java.util.Locale.ROOT, seconds / SECONDS, seconds % SECONDS)
}

private const val MILLISECONDS = 1_000
private const val SECONDS = 60

@Composable
private fun Original(file: FileShown) {
    val outside = LocalDesk.current.phone.outside
    val row = file.card.row
    val original = row.original
    if (original == null) {
        MutedText(stringResource(R.string.files_original_elsewhere))
        return
    }
    val sharing = rememberSharing(outside)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
        SecondButton(
            stringResource(R.string.files_open),
            { sharing.showFile(original, row.name, row.kind) },
            Modifier.testTag("file-open"),
            icon = "file",
        )
        SecondButton(
            stringResource(R.string.files_share),
            { sharing.shareFile(original, row.name, row.kind) },
            Modifier.testTag("file-share"),
            icon = "share",
        )
    }
}

@Composable
private fun Assign(
    file: FileShown,
    onAssign: (String) -> Unit,
) {
    var open by rememberSaveable { mutableStateOf(false) }
    val title = stringResource(R.string.files_assign)
    SecondButton(title, { open = true }, Modifier.testTag("file-assign"), icon = "mark")
    if (open) {
        val options = file.questions.map { OptionShown(it.value, it.word) }
        OptionSheet(title, options, { it.value == file.answering }, { open = false }) {
            open = false
            onAssign(it.value)
        }
    }
}
