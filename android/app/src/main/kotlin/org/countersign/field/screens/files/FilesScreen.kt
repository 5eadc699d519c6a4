package org.countersign.field.screens.files

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyGridScope
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.Route
import org.countersign.field.app.back
import org.countersign.field.app.open
import org.countersign.field.app.screenModel
import org.countersign.field.design.Choice
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.EmptyState
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.FieldScreen
import org.countersign.field.design.MutedText
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.Picture
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.StateChips
import org.countersign.field.design.TroublePanel
import org.countersign.field.screens.annotate.layersOver

/** The narrowest card. */
private val CardWidth = 148.dp

/** Photos and files of a visit. */
@Composable
fun FilesRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> FilesViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val shown = state.shown
    val back = { nav.back() }
    FieldScreen(
        title = stringResource(R.string.files),
        onBack = { back() },
        bottom = {
            if (shown != null && shown.mayAttach && shown.full == null) {
                val take = { nav.open(Route.Capture(model.job, shown.next)) }
                NextStepButton(stringResource(R.string.files_take), take, icon = "camera")
            } else {
                NextStepButton(stringResource(R.string.files_done), { back() })
            }
        },
    ) { padding ->
        Drawn(state, model, nav) {
            FilesScreen(it, padding, model::choose) { evidence -> nav.open(Route.File(model.job, evidence)) }
        }
    }
}

/** The gallery by stage. */
@Composable
internal fun FilesScreen(
    shown: FilesShown,
    padding: PaddingValues,
    onStage: (String) -> Unit,
    onOpen: (String) -> Unit,
) = LazyVerticalGrid(
    GridCells.Adaptive(CardWidth),
    Modifier.testTag("files"),
    contentPadding = padding,
    horizontalArrangement = Arrangement.spacedBy(Space.small),
    verticalArrangement = Arrangement.spacedBy(Space.small),
) {
    wide("above") { Above(shown, onStage) }
    shown.stages.forEach { stage -> stage(stage, onOpen) }
}

@Composable
private fun Above(
    shown: FilesShown,
    onStage: (String) -> Unit,
) = Column {
    val full = shown.full
    when {
        !shown.mayAttach -> {
            MutedText(stringResource(R.string.form_locked))
        }

        full != null -> {
            TroublePanel(full)
        }

        else -> {
            ChoiceField(
                stringResource(R.string.files_stage),
                shown.stages.map { Choice(it.stage, it.title) },
                shown.next,
                onStage,
                Modifier.testTag("files-stage"),
            )
        }
    }
}

private fun LazyGridScope.stage(
    stage: StageShown,
    onOpen: (String) -> Unit,
) {
    if (stage.cards.isEmpty() && !stage.expected) return
    wide("title-${stage.stage}") {
        SectionTitle(stringResource(R.string.files_count, stage.title, stage.cards.size))
    }
    if (stage.cards.isEmpty()) {
        wide("none-${stage.stage}") {
            EmptyState(stringResource(R.string.files_none), stringResource(R.string.files_none_what), icon = "camera")
        }
    }
    items(stage.cards, key = { it.row.evidence }) { Card(it, onOpen) }
}

private fun LazyGridScope.wide(
    key: String,
    content: @Composable () -> Unit,
) = item(key, { GridItemSpan(maxLineSpan) }) { content() }

@Composable
private fun Card(
    card: FileCard,
    onOpen: (String) -> Unit,
) {
    val row = card.row
    FieldCard(Modifier.testTag("file-${row.evidence}"), onClick = { onOpen(row.evidence) }) {
        Picture(
            row.thumbnail,
            stringResource(R.string.files_picture_of, card.stage, row.name, card.whenRecorded),
            Modifier.fillMaxWidth().aspectRatio(1f),
            name = row.name,
            over = layersOver(row),
        )
        FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            MutedText(card.whenRecorded)
            Text(card.size, color = FieldColours.current.ink)
        }
        StateChips(fileMarks(row))
    }
}
