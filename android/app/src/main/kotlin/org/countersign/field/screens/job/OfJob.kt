package org.countersign.field.screens.job

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.Allowed
import org.countersign.core.JobScreen
import org.countersign.field.app.Core
import org.countersign.field.app.Drawn
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.Typed
import org.countersign.field.app.rememberWayBack
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.ScrollingScreen
import org.countersign.field.design.rememberSettled

/** What every page of a job knows of it. */
@Immutable
data class JobHead(
    /** What commands and links name it by. */
    val name: String,
    /** What it is called: its voucher's number, its own, or the machine. */
    val title: String,
    /** What may be done on it now. */
    val may: Allowed,
)

/** A page of a job. */
interface OfJob {
    /** The job. */
    val head: JobHead
}

/** What this job's pages know of it. */
internal fun headOf(screen: JobScreen) = JobHead(screen.name, screen.title, screen.may)

/** A screen about one job, with what a person typed on it. */
abstract class OfJobViewModel<S : Any>(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<S>(core, saved) {
    /** The job, by id or number. */
    protected val job: String = Route.argument(saved, "job")

    /** What was typed and is not kept yet. */
    val typed: Typed = Typed(saved)

    /**
     * Whether leaving would lose something of these [fields]. [shown] is what is kept; before it was read, whatever is
     * typed counts.
     */
    open fun unkept(
        shown: S?,
        fields: Map<String, String>,
    ): Boolean = typed.isTouched(fields)
}

/** Empties these [fields], which were kept as they stood in [kept]; what was typed since then stays. */
internal fun Typed.forgetKept(
    kept: Map<String, String>,
    vararg fields: String,
) {
    if (fields.all { touched(it) == kept[it] }) forget(*fields)
}

/** The one button of a page. */
@Immutable
internal class Verb(
    val word: String,
    val icon: String? = null,
    val enabled: Boolean = true,
    /** What it is about: once that changes, a double tap that began before must not do it again. */
    val about: Any? = null,
    val act: () -> Unit,
)

/** The frame of a page of a job: what it is about, the way back, the one button. */
@Composable
internal fun <S> JobPage(
    what: String,
    model: OfJobViewModel<S>,
    nav: NavHostController,
    verb: (S) -> Verb? = { null },
    content: @Composable ColumnScope.(S) -> Unit,
) where S : Any, S : OfJob {
    val state by model.state.collectAsStateWithLifecycle()
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val shown = state.shown
    val back = rememberWayBack(nav, model.unkept(shown, fields))
    val button = shown?.let(verb)
    val settled = rememberSettled(button?.about to state.busy)
    ScrollingScreen(
        // Where the heading breaks, the dot stays with what stands before it.
        title = if (shown == null) what else "$what\u00a0· ${shown.head.title}",
        onBack = back,
        bottom =
            button?.let {
                { NextStepButton(it.word, it.act, icon = it.icon, enabled = it.enabled && settled && !state.busy) }
            },
    ) {
        Drawn(state, model, nav) { content(it) }
    }
}
