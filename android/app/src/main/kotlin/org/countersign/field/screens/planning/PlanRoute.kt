package org.countersign.field.screens.planning

import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.Countersign
import org.countersign.core.NewJob
import org.countersign.core.OwnVisitTyped
import org.countersign.core.Reader
import org.countersign.core.Typing
import org.countersign.core.WaitingRow
import org.countersign.core.lacks
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.reader
import org.countersign.field.app.screenModel
import org.countersign.field.design.CheckField
import org.countersign.field.design.Choice
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.SectionTitle
import org.countersign.field.screens.job.JobHead
import org.countersign.field.screens.job.JobPage
import org.countersign.field.screens.job.OfJob
import org.countersign.field.screens.job.OfJobViewModel
import org.countersign.field.screens.job.Verb
import org.countersign.field.screens.job.headOf
import org.countersign.field.screens.job.rememberReturning

/** A further visit. */
@Immutable
data class PlanShown(
    override val head: JobHead,
    /** Who reads, for the times that are picked. */
    val reader: Reader,
    /** Remote visits that wait for a sign-off. */
    val waiting: List<WaitingRow>,
) : OfJob

/** A further visit that an engineer plans for themselves. */
class PlanViewModel(
    core: Core,
    saved: SavedStateHandle,
) : OfJobViewModel<PlanShown>(core, saved) {
    /** Plans it; [planned] hears the new visit. */
    fun plan(planned: (String) -> Unit) {
        val visit = visitOf(typed.fields.value)
        order<NewJob>(done = { planned(it.visit) }) { planOwnVisit(job, visit) }
    }

    /** Where the visit is is one tap; the rest is picked step by step. */
    override fun unkept(
        shown: PlanShown?,
        fields: Map<String, String>,
    ): Boolean = super.unkept(shown, fields - WHERE)

    override fun read(core: Countersign) = PlanShown(headOf(core.jobScreen(job)), reader(core), core.remoteVisits(job))

    /** Names of the fields, and what is in them. */
    companion object {
        /** Where the visit is. */
        const val WHERE = "where"

        /** At the customer. */
        const val SITE = "site"

        /** By phone or video. */
        const val REMOTE = "remote"

        /** A remote visit that is signed on this one; the field is the visit itself. */
        const val TICKED = "ticked"

        /** The visit that is typed in these fields. */
        fun visitOf(fields: Map<String, String>): OwnVisitTyped {
            val window = WindowTyped.of(fields)
            val ticked = fields.filterValues { it == TICKED }.keys.toList()
            return OwnVisitTyped(window.from, window.to, fields[WHERE] == REMOTE, ticked)
        }
    }
}

/** Planning a visit. */
@Composable
fun PlanRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> PlanViewModel(desk.core, saved) }
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val window = WindowTyped.of(fields)
    val returning = rememberReturning(nav)
    val plan = stringResource(R.string.verb_plan)
    JobPage(
        what = stringResource(R.string.job_plan),
        model = model,
        nav = nav,
        verb = { shown ->
            val whole = lacks(shown.reader, Typing.OwnVisit(PlanViewModel.visitOf(fields))) == null
            Verb(plan, "calendar", enabled = whole) { model.plan { returning.goOnAt(it, R.string.plan_done) } }
        },
    ) { shown ->
        Text(stringResource(R.string.plan_what), color = FieldColours.current.ink)
        val where = fields[PlanViewModel.WHERE] ?: PlanViewModel.SITE
        FieldCard {
            WhereChoice(where) { model.typed[PlanViewModel.WHERE] = it }
            WindowFields(window, shown.reader) { field, value -> model.typed[field] = value }
            MutedText(stringResource(R.string.plan_window_hint))
        }
        if (shown.waiting.isNotEmpty() && where == PlanViewModel.SITE) {
            Collects(shown.waiting, fields) { visit, on -> model.typed[visit] = if (on) PlanViewModel.TICKED else "" }
        }
    }
}

@Composable
private fun WhereChoice(
    where: String,
    onChoose: (String) -> Unit,
) = ChoiceField(
    label = stringResource(R.string.plan_where),
    choices =
        listOf(
            Choice(PlanViewModel.SITE, stringResource(R.string.plan_on_site)),
            Choice(PlanViewModel.REMOTE, stringResource(R.string.plan_remote)),
        ),
    chosen = where,
    onChoose = onChoose,
    modifier = Modifier.testTag("plan-where"),
)

@Composable
private fun Collects(
    waiting: List<WaitingRow>,
    fields: Map<String, String>,
    onTick: (String, Boolean) -> Unit,
) = FieldCard {
    SectionTitle(stringResource(R.string.plan_collects))
    waiting.forEach { visit ->
        val on = fields[visit.visit] == PlanViewModel.TICKED
        val words = listOf(visit.number, visit.fault).filter { it.isNotEmpty() }.joinToString(" · ")
        CheckField(words, on, { onTick(visit.visit, it) }, Modifier.testTag("plan-collect"))
    }
}
