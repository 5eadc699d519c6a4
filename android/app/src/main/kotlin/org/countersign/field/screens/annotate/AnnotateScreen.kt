package org.countersign.field.screens.annotate

import androidx.activity.compose.BackHandler
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.Spot
import org.countersign.core.drawingLimits
import org.countersign.core.takesWords
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.back
import org.countersign.field.app.rememberLeaving
import org.countersign.field.app.rememberLeavingWith
import org.countersign.field.app.screenModel
import org.countersign.field.design.EmptyState
import org.countersign.field.design.FieldScreen
import org.countersign.field.design.GiveUpDialog
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.Notice
import org.countersign.field.design.QuietButton
import org.countersign.field.design.Space
import org.countersign.field.design.TextInput
import org.countersign.field.design.Tone
import org.countersign.field.design.isLonger

/** Drawing over a photo. */
@Composable
fun AnnotateRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> AnnotateViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val strokes by model.strokes.collectAsStateWithLifecycle()
    val leave = rememberLeaving(nav)
    val kept = rememberLeavingWith(nav, stringResource(R.string.draw_kept))
    val removed = rememberLeavingWith(nav, stringResource(R.string.draw_removed))
    var asks by rememberSaveable { mutableStateOf(false) }
    val back = { if (strokes.shapes == null) nav.back() else asks = true }
    BackHandler(enabled = strokes.shapes != null) { asks = true }
    if (asks) GiveUp({ asks = false }, { model.giveUp(leave) })
    FieldScreen(
        title = stringResource(R.string.draw),
        onBack = back,
        bottom = {
            NextStepButton(
                stringResource(R.string.draw_keep),
                { model.keep { drawn -> if (drawn) kept() else removed() } },
                icon = "check",
                enabled = !state.busy && strokes.shapes != null,
            )
        },
    ) { padding ->
        Drawn(state, model, nav) { shown ->
            val picture = shown.picture
            if (picture == null) {
                EmptyState(shown.name, stringResource(R.string.draw_cannot), icon = "file")
            } else {
                AnnotateScreen(shown, picture, strokes, model, padding)
            }
        }
    }
}

/** A drawing that is not kept is lost with the screen: whoever goes back says so. */
@Composable
private fun GiveUp(
    onStay: () -> Unit,
    onGiveUp: () -> Unit,
) = GiveUpDialog(
    word = stringResource(R.string.draw_not_kept),
    stay = stringResource(R.string.draw_go_on),
    giveUp = stringResource(R.string.draw_give_up),
    tag = "draw",
    onStay = onStay,
    onGiveUp = onGiveUp,
)

@Composable
private fun AnnotateScreen(
    shown: AnnotateShown,
    picture: String,
    strokes: DrawingState,
    model: AnnotateViewModel,
    padding: PaddingValues,
) {
    var wordsMissing by rememberSaveable { mutableStateOf(false) }
    var list by rememberSaveable { mutableStateOf(false) }
    val shapes = strokes.shapes ?: shown.own
    val actions =
        remember(model) {
            DrawActions(
                { spot -> model.begin(spot).also { wordsMissing = it } },
                model::goOn,
                model::end,
                model::cancel,
            )
        }
    Column(Modifier.fillMaxSize().padding(padding), verticalArrangement = Arrangement.spacedBy(Space.small)) {
        ToolBar(shown, strokes, model::chooseTool, model::chooseInk)
        if (takesWords(strokes.tool)) LabelField(strokes.words, wordsMissing, model::write, actions)
        if (strokes.full.isNotEmpty()) Notice("warn", strokes.full, Modifier.testTag("draw-full"), Tone.ATTENTION)
        Box(Modifier.weight(1f).fillMaxWidth(), Alignment.Center) {
            DrawingBoard(shown, picture, shapes, strokes.under, actions)
        }
        FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            QuietButton(
                stringResource(R.string.draw_undo),
                model::undo,
                Modifier.testTag("draw-undo"),
                icon = "undo",
                enabled = strokes.canUndo,
            )
            QuietButton(stringResource(R.string.draw_redo), model::redo, icon = "redo", enabled = strokes.canRedo)
            QuietButton(
                stringResource(R.string.draw_list),
                { list = true },
                Modifier.testTag("draw-list"),
                icon = "down",
            )
        }
    }
    if (list) ShapeSheet(shown, shapes, { list = false }, model::remove, model::clear)
}

@Composable
private fun LabelField(
    words: String,
    missing: Boolean,
    onWrite: (String) -> Unit,
    actions: DrawActions,
) = Column {
    TextInput(
        stringResource(R.string.draw_words),
        words,
        onWrite,
        Modifier.testTag("draw-words"),
        hint = stringResource(R.string.draw_words_hint),
        problem = if (missing && words.isBlank()) stringResource(R.string.draw_words_first) else "",
        longest = LongestLabel,
    )
    val ready = words.isNotBlank() && !isLonger(words, LongestLabel)
    QuietButton(stringResource(R.string.draw_put_middle), { actions.begin(Middle) }, enabled = ready)
}

/** A place that is on every picture of any shape that phones take. */
private val Middle = (drawingLimits().units / 4).let { Spot(it, it) }
