package org.countersign.field.screens.form

import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.compose.LifecycleEventEffect
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavHostController
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.Route
import org.countersign.field.app.open
import org.countersign.field.app.screenModel
import org.countersign.field.design.GiveUpDialog
import org.countersign.field.platform.pickedHere
import org.countersign.field.screens.form.kinds.FileWays
import org.countersign.field.screens.form.kinds.Ways
import org.countersign.field.screens.job.WaysOut
import org.countersign.field.screens.job.rememberWaysOut
import org.countersign.field.screens.scan.ScanPurpose
import org.countersign.field.screens.scan.Scanned
import java.io.File

/** The form of a visit. */
@Composable
fun FormRoute(
    nav: NavHostController,
    entry: NavBackStackEntry,
) {
    val folder = File(LocalContext.current.filesDir, "capture")
    val model = screenModel { desk, saved -> FormViewModel(desk.core, saved, folder, desk.container.telling) }
    val state by model.state.collectAsStateWithLifecycle()
    val target by model.target.collectAsStateWithLifecycle()
    val why by model.why.collectAsStateWithLifecycle()
    val unsavedFile by model.files.unsaved.collectAsStateWithLifecycle()
    val unkept = model.isUnkept(unsavedFile)
    val out = rememberWaysOut(nav, unkept)
    Scanned(entry, model::scanned)
    CatchUp(state.shown, model.answers)
    // Whoever puts the phone away has finished typing.
    LifecycleEventEffect(Lifecycle.Event.ON_STOP) { model.afterSaving {} }
    // The system leads back by itself, and shows beforehand where to, as long as there is nothing to save.
    BackHandler(enabled = unkept) { model.leave(out::go) }
    FormScreen(state.shown, model.answers, target, unsavedFile, ways(model, nav), actions(model, out)) { content ->
        Drawn(state, model, nav) { content(it) }
    }
    why?.let { WhySheet(it, model::closeWhy) }
    Unsaved(model, out)
}

/** What was saved here before the snapshot was read is shown by the snapshot from then on. */
@Composable
private fun CatchUp(
    shown: FormShown?,
    answers: AnswerDesk,
) = LaunchedEffect(shown) { if (shown != null) answers.caughtUp(shown.savedSoFar) }

/** Asks whoever leaves an answer behind that is saved nowhere, or a signature that nobody kept. */
@Composable
private fun Unsaved(
    model: FormViewModel,
    out: WaysOut,
) {
    val question by model.leaving.collectAsStateWithLifecycle()
    val wanted by out.wanted.collectAsStateWithLifecycle()
    // The list beside the form opens another job only once everything here is saved.
    LaunchedEffect(wanted) { if (wanted.isNotEmpty()) model.leave(out::go) }
    if (question.isEmpty()) return
    GiveUpDialog(
        word = stringResource(R.string.form_unsaved_what),
        stay = stringResource(R.string.form_unsaved_stay),
        giveUp = stringResource(R.string.form_unsaved_give_up),
        tag = "form-unsaved",
        onStay = {
            model.stay()
            out.stay()
        },
        onGiveUp = { model.leaveWithout(out::go) },
    )
}

@Composable
private fun actions(
    model: FormViewModel,
    out: WaysOut,
): FormActions =
    remember(model, out) {
        FormActions(
            open = model::open,
            goTo = model::goTo,
            arrived = model::arrived,
            showHidden = model::showHidden,
            addItem = model::addItem,
            removeItem = model::removeItem,
            askWhy = model::askWhy,
            leave = { model.leave(out::go) },
        )
    }

@Composable
private fun ways(
    model: FormViewModel,
    nav: NavHostController,
): Ways {
    val context = LocalContext.current.applicationContext
    return remember(model, nav, context) {
        Ways(
            scan = {
                model.scanFor(it)
                nav.open(Route.Scan(ScanPurpose.ANSWER.word))
            },
            photograph = { model.afterSaving { nav.open(Route.Capture(model.job, it.stage, it.id)) } },
            files =
                FileWays(
                    keepPicked = { question, picked -> model.keepPicked(question) { pickedHere(context, picked) } },
                    keepInk = model::keepInk,
                    answerWith = model::answerWith,
                    open = { nav.open(Route.File(model.job, it)) },
                ),
            drawn = model.drawn,
        )
    }
}
