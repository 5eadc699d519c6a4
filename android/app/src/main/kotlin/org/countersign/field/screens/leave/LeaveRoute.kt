package org.countersign.field.screens.leave

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
import org.countersign.core.choices
import org.countersign.core.usualChoice
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.reader
import org.countersign.field.app.screenModel
import org.countersign.field.design.Choice
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.FieldCard
import org.countersign.field.screens.job.JobHead
import org.countersign.field.screens.job.JobPage
import org.countersign.field.screens.job.OfJob
import org.countersign.field.screens.job.OfJobViewModel
import org.countersign.field.screens.job.Verb
import org.countersign.field.screens.job.headOf
import org.countersign.field.screens.job.rememberReturning

/** Leaving. */
@Immutable
data class LeaveShown(
    override val head: JobHead,
    /** Why somebody may leave, as the command names it. */
    val reasons: List<Choice<String>>,
    /** Nobody leaves: a session by phone ends. */
    val remote: Boolean,
) : OfJob

/** Leaving, with the reason. */
class LeaveViewModel(
    core: Core,
    saved: SavedStateHandle,
) : OfJobViewModel<LeaveShown>(core, saved) {
    /** Leaves; [left] hears when it is done. */
    fun leave(left: () -> Unit) = order<Unit>(done = { left() }) { leave(job, chosen(typed.fields.value)) }

    /** One tap. */
    override fun unkept(
        shown: LeaveShown?,
        fields: Map<String, String>,
    ): Boolean = false

    override fun read(core: Countersign): LeaveShown {
        val language = reader(core).language
        val screen = core.jobScreen(job)
        val reasons = choices("leave").map { Choice(it, word(language, "leave", it)) }
        return LeaveShown(headOf(screen), reasons, screen.facts.remote)
    }

    /** Names. */
    companion object {
        /** The field. */
        const val REASON = "reason"

        /** What is picked; the usual reason where nobody picked. */
        fun chosen(fields: Map<String, String>): String = fields[REASON] ?: usualChoice("leave")
    }
}

/** Why do you leave? */
@Composable
fun LeaveRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> LeaveViewModel(desk.core, saved) }
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val returning = rememberReturning(nav)
    val leave = stringResource(R.string.verb_leave)
    val end = stringResource(R.string.verb_end)
    JobPage(
        what = stringResource(R.string.step_leave),
        model = model,
        nav = nav,
        verb = { Verb(if (it.remote) end else leave) { model.leave { returning.backSaying(R.string.left_site) } } },
    ) { shown ->
        FieldCard {
            ChoiceField(
                label = stringResource(R.string.leave_why),
                choices = shown.reasons,
                chosen = LeaveViewModel.chosen(fields),
                onChoose = { model.typed[LeaveViewModel.REASON] = it },
                modifier = Modifier.testTag("leave-reason"),
            )
        }
    }
}
