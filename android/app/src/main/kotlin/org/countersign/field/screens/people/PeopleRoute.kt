package org.countersign.field.screens.people

import androidx.compose.foundation.layout.ColumnScope
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
import org.countersign.core.PeopleScreen
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.back
import org.countersign.field.app.screenModel
import org.countersign.field.design.CheckField
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.Notice
import org.countersign.field.design.SectionTitle
import org.countersign.field.screens.job.JobHead
import org.countersign.field.screens.job.JobPage
import org.countersign.field.screens.job.OfJob
import org.countersign.field.screens.job.OfJobViewModel
import org.countersign.field.screens.job.Verb
import org.countersign.field.screens.job.headOf
import org.countersign.field.screens.job.rememberReturning

/** Who goes along. */
@Immutable
data class PeopleShown(
    override val head: JobHead,
    /** The core's own screen. */
    val people: PeopleScreen,
) : OfJob

/** Who goes along on a visit: helpers are picked from the people of the company, and leave again. */
class PeopleViewModel(
    core: Core,
    saved: SavedStateHandle,
) : OfJobViewModel<PeopleShown>(core, saved) {
    /** Only who joins or leaves is said, so that two devices do not undo each other; [same] hears of neither. */
    fun keep(
        shown: PeopleShown,
        kept: () -> Unit,
        same: () -> Unit,
    ) {
        val (add, remove) = changed(shown, typed.fields.value)
        if (add.isEmpty() && remove.isEmpty()) return same()
        order<Unit>(done = { kept() }) { changeHelpers(job, add, remove) }
    }

    override fun unkept(
        shown: PeopleShown?,
        fields: Map<String, String>,
    ): Boolean = if (shown == null) fields.isNotEmpty() else changed(shown, fields).toList().any { it.isNotEmpty() }

    /** Who joins and who leaves. */
    private fun changed(
        shown: PeopleShown,
        ticked: Map<String, String>,
    ): Pair<List<String>, List<String>> {
        val before =
            shown.people.helpers
                .map { it.person }
                .toSet()
        val add = ticked.filter { (person, on) -> on == ON && person !in before }.keys.toList()
        val remove = ticked.filter { (person, on) -> on != ON && person in before }.keys.toList()
        return add to remove
    }

    override fun read(core: Countersign) = PeopleShown(headOf(core.jobScreen(job)), core.peopleScreen(job))

    /** Ticks. */
    companion object {
        /** Ticked. */
        const val ON = "on"

        /** Not ticked. */
        const val OFF = "off"
    }
}

/** People. */
@Composable
fun PeopleRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> PeopleViewModel(desk.core, saved) }
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val returning = rememberReturning(nav)
    val keep = stringResource(R.string.verb_keep)
    JobPage(
        what = stringResource(R.string.job_people),
        model = model,
        nav = nav,
        verb = { shown ->
            val kept = { returning.backSaying(R.string.people_changed) }
            if (shown.people.mayChange) Verb(keep) { model.keep(shown, kept, nav::back) } else null
        },
    ) { shown ->
        FieldCard { FactRow(stringResource(R.string.people_lead), shown.people.lead.name) }
        if (shown.people.mayChange) {
            FieldCard { Picks(shown.people, fields) { person, on -> model.typed[person] = on } }
        } else {
            FieldCard { Helpers(shown.people) }
            Notice("info", stringResource(R.string.people_lead_says))
        }
    }
}

@Composable
private fun ColumnScope.Picks(
    people: PeopleScreen,
    ticked: Map<String, String>,
    onTick: (String, String) -> Unit,
) {
    SectionTitle(stringResource(R.string.people_helpers))
    val before = people.helpers.map { it.person }.toSet()
    val all = people.helpers + people.others
    if (all.isEmpty()) MutedText(stringResource(R.string.people_nobody))
    all.forEach { row ->
        val on = ticked[row.person]?.let { it == PeopleViewModel.ON } ?: (row.person in before)
        val tick = { now: Boolean -> onTick(row.person, if (now) PeopleViewModel.ON else PeopleViewModel.OFF) }
        CheckField(row.name, on, tick, Modifier.testTag("helper"))
    }
    MutedText(stringResource(R.string.people_what))
}

@Composable
private fun ColumnScope.Helpers(people: PeopleScreen) {
    SectionTitle(stringResource(R.string.people_helpers))
    if (people.helpers.isEmpty()) MutedText(stringResource(R.string.people_no_helpers))
    people.helpers.forEach { Text(it.name, color = FieldColours.current.ink) }
}
