package org.countersign.field.screens.job

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavHostController
import org.countersign.core.StepName
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.LocalUnkept
import org.countersign.field.app.LooksAtJob
import org.countersign.field.app.Route
import org.countersign.field.app.Unkept
import org.countersign.field.app.open
import org.countersign.field.app.openBeside
import org.countersign.field.app.rememberWayBack
import org.countersign.field.app.screenModel
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.ScrollingScreen
import org.countersign.field.design.Space
import org.countersign.field.design.StateChip
import org.countersign.field.design.rememberSettled

/** One job. */
@Composable
fun JobRoute(
    nav: NavHostController,
    entry: NavBackStackEntry,
) {
    val model = screenModel { desk, saved -> JobViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val shown = state.shown
    val unkept = LocalUnkept.current
    val back = rememberWayBack(nav, model.unkept(shown, fields))
    val actions = remember(nav, model, unkept) { actionsOf(nav, model, unkept) }
    SaidByThePageBefore(entry)
    shown?.screen?.job?.let { LooksAtJob(it) }
    val beside = chipFitsBesideTitle()
    ScrollingScreen(
        title = shown?.head?.title.orEmpty(),
        onBack = back,
        actions = { if (beside) shown?.let { StateChip(it.state) } },
        bottom = shown?.let { { NextStep(it, state.busy, actions) } },
    ) {
        Drawn(state, model, nav) {
            if (!beside) StateChip(it.state)
            JobBody(it, model, state.busy, actions)
        }
    }
}

/** Large letters on a narrow phone leave no room for the state beside the number: it stands below it then. */
@Composable
private fun chipFitsBesideTitle(): Boolean =
    LocalConfiguration.current.screenWidthDp / LocalDensity.current.fontScale >= ROOMY

/** So many dp of ordinary letters hold a number and the longest state. */
private const val ROOMY = 340

@Composable
private fun NextStep(
    shown: JobShown,
    busy: Boolean,
    actions: JobActions,
) {
    val next = shown.next
    if (next == null) {
        NextStepButton(stringResource(R.string.verb_next_job), actions.toJobs)
    } else {
        val look = lookOf(next)
        // What follows is recorded with its time: a double tap must not set off and arrive at once.
        val ready = rememberSettled(next.step to busy) && !busy
        NextStepButton(stringResource(look.verb), { actions.step(next.step, shown) }, icon = look.icon, enabled = ready)
    }
}

/** What a person can do on the page of a job. */
@Immutable
internal class JobActions(
    val toJobs: () -> Unit,
    val open: (Route) -> Unit,
    val step: (StepName, JobShown) -> Unit,
    val question: (job: String, question: String) -> Unit,
)

private fun actionsOf(
    nav: NavHostController,
    model: JobViewModel,
    unkept: Unkept,
) = JobActions(
    toJobs = { unkept.leaveFor(Route.Jobs.address) { nav.openBeside(Route.Jobs.address) } },
    open = { nav.open(it) },
    step = { step, shown -> pageOf(step, shown)?.let { nav.open(it) } ?: model.press(step) },
    question = { job, question -> nav.open(Route.Form(job, question)) },
)

/** The page of a step; `null` where it is one press. */
private fun pageOf(
    step: StepName,
    shown: JobShown,
): Route? {
    val job = shown.head.name
    return when (step) {
        StepName.TRAVEL, StepName.ARRIVE, StepName.SUBMIT -> null
        StepName.AS_FOUND, StepName.AS_LEFT -> Route.Files(job, shown.stageOf(step))
        StepName.FORM -> Route.Form(job)
        StepName.AMEND -> Route.Amend(job)
        StepName.SIGN -> Route.Sign(job)
        StepName.LEAVE -> Route.Leave(job)
    }
}

@Composable
private fun JobBody(
    shown: JobShown,
    model: JobViewModel,
    busy: Boolean,
    actions: JobActions,
) {
    Column(Modifier.testTag("job"), verticalArrangement = Arrangement.spacedBy(Space.medium)) {
        RemarksCard(shown, actions)
        JobNotices(shown)
        WhereCard(shown, actions)
        StepsCard(shown, busy, actions)
        ShotsCard(shown, actions)
        RecordedCard(shown, actions)
        RequestsCard(shown.requests)
        CollectsCard(shown, model, actions)
        DocumentsCard(shown, actions)
        DraftCard(shown, model)
        VisitsCard(shown, model, actions)
        NoteCard(model)
    }
}
