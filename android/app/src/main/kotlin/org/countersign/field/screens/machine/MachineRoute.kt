package org.countersign.field.screens.machine

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.EvidenceRow
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.Route
import org.countersign.field.app.back
import org.countersign.field.app.open
import org.countersign.field.app.screenModel
import org.countersign.field.design.EmptyState
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldScreen
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.Notice
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.Tone
import org.countersign.field.screens.job.PictureDialog

/** A machine with its earlier visits. */
@Composable
fun MachineRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> MachineViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    var looked by remember { mutableStateOf<EvidenceRow?>(null) }
    val shown = state.shown
    val what = stringResource(R.string.machine)
    FieldScreen(
        title = if (shown == null) what else "$what\u00a0· ${shown.serial}",
        onBack = { nav.back() },
        bottom =
            shown?.let {
                {
                    val open = { nav.open(Route.NewJob(it.serial)) }
                    NextStepButton(stringResource(R.string.machine_new_job), open, icon = "new")
                }
            },
    ) { padding ->
        Drawn(state, model, nav) { machine ->
            LazyColumn(
                Modifier.testTag("machine"),
                contentPadding = padding,
                verticalArrangement = Arrangement.spacedBy(Space.medium),
            ) {
                item("facts") { Facts(machine.facts) }
                if (machine.wear.isNotEmpty()) item("wear") { Wear(machine.wear) }
                item("history") { SectionTitle(stringResource(R.string.machine_history)) }
                if (!machine.complete) item("missing") { HistoryMissing() }
                if (machine.visits.isEmpty()) item("none") { NoHistory() }
                items(machine.visits, { it.visit }) { visit ->
                    PastVisitCard(visit, { looked = it }) { nav.open(Route.Document(visit.job, it)) }
                }
            }
        }
    }
    looked?.let { PictureDialog(it) { looked = null } }
}

@Composable
private fun Facts(facts: List<MachineFact>) =
    FieldCard {
        facts.forEach { FactRow(stringResource(it.name), it.value) }
    }

@Composable
private fun Wear(parts: List<WearLine>) =
    FieldCard {
        Folded(stringResource(R.string.machine_wear), "machine-wear") {
            parts.forEach { FactRow(it.name, it.used.ifEmpty { stringResource(R.string.machine_wear_never) }) }
        }
    }

@Composable
private fun HistoryMissing() = Notice("warn", stringResource(R.string.machine_history_missing), tone = Tone.ATTENTION)

@Composable
private fun NoHistory() =
    EmptyState(stringResource(R.string.machine_history), stringResource(R.string.machine_no_history), icon = "wait")

/** Folded away until somebody wants it. */
@Composable
internal fun ColumnScope.Folded(
    word: String,
    tag: String,
    content: @Composable ColumnScope.() -> Unit,
) {
    var open by rememberSaveable(tag) { mutableStateOf(false) }
    QuietButton(word, { open = !open }, Modifier.testTag(tag), icon = if (open) "up" else "down")
    if (open) content()
}
