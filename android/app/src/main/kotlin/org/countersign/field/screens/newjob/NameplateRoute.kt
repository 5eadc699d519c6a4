package org.countersign.field.screens.newjob

import androidx.activity.compose.BackHandler
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.Countersign
import org.countersign.core.NewJob
import org.countersign.core.Typing
import org.countersign.core.size
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.Drawn
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.Typed
import org.countersign.field.app.isWhole
import org.countersign.field.app.longestOf
import org.countersign.field.app.reader
import org.countersign.field.app.screenModel
import org.countersign.field.design.FieldCard
import org.countersign.field.design.GiveUpDialog
import org.countersign.field.design.LARGE_PICTURE
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.Notice
import org.countersign.field.design.Picture
import org.countersign.field.design.ScrollingScreen
import org.countersign.field.design.TextInput
import org.countersign.field.design.Tone
import org.countersign.field.screens.job.rememberReturning
import org.countersign.field.screens.job.rememberWaysOut

/** A photo of a nameplate. */
@Immutable
data class NameplateShown(
    /** How large its file is. */
    val size: String,
    /** A picture of it; `null` where it cannot be drawn here. */
    val picture: String?,
)

/** A job for a machine that nobody registered: the photo is kept already; beside it, what can be read from it. */
class NameplateViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<NameplateShown>(core, saved) {
    private val photo = Route.argument(saved, "photo")

    /** What was typed. */
    val typed: Typed = Typed(saved)

    /** Makes the job; [made] hears its id. */
    fun make(made: (String) -> Unit) =
        order<NewJob>(done = { made(it.job) }) {
            newJobFromHeld(photo, typed[SERIAL], typed[FAULT])
        }

    /** No job is made of it: nothing of the photo stays; [gone] hears when it went. */
    fun giveUp(gone: () -> Unit) = order<Unit>(done = { gone() }) { dropNameplate(photo) }

    override fun read(core: Countersign): NameplateShown {
        val plate = core.heldNameplate(photo)
        return NameplateShown(size(reader(core).language, plate.bytes), plate.picture)
    }

    /** Names of the fields. */
    companion object {
        /** The serial number. */
        const val SERIAL = "serial"

        /** The fault. */
        const val FAULT = "fault"
    }
}

/** A job from a nameplate. */
@Composable
fun NameplateRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> NameplateViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val fault = fields[NameplateViewModel.FAULT].orEmpty()
    // The photo alone is something that leaving would lose.
    val out = rememberWaysOut(nav, unkept = true)
    val wanted by out.wanted.collectAsStateWithLifecycle()
    val returning = rememberReturning(nav)
    BackHandler(onBack = out::back)
    if (wanted.isNotEmpty()) GiveUp(out::stay) { model.giveUp(out::go) }
    ScrollingScreen(
        title = stringResource(R.string.nameplate_job),
        onBack = out::back,
        bottom = {
            val made = { job: String -> returning.goOnAt(job, R.string.new_job_made) }
            val free = isWhole(Typing.NameplateJob(fault)) && !state.busy
            NextStepButton(stringResource(R.string.new_job_make), { model.make(made) }, enabled = free)
        },
    ) {
        Drawn(state, model, nav) { shown ->
            Notice("check", stringResource(R.string.nameplate_kept, shown.size), tone = Tone.OK)
            Plate(shown.picture)
            FieldCard {
                TextInput(
                    label = stringResource(R.string.new_job_serial),
                    value = fields[NameplateViewModel.SERIAL].orEmpty(),
                    onChange = { model.typed[NameplateViewModel.SERIAL] = it },
                    modifier = Modifier.testTag("nameplate-serial"),
                    hint = stringResource(R.string.nameplate_serial_hint),
                    longest = longestOf("serial"),
                )
                FaultField(fault) { model.typed[NameplateViewModel.FAULT] = it }
            }
        }
    }
}

/** The photo belongs to no job yet: whoever goes back lets it go, and says so. */
@Composable
private fun GiveUp(
    onStay: () -> Unit,
    onGiveUp: () -> Unit,
) = GiveUpDialog(
    word = stringResource(R.string.nameplate_no_job),
    stay = stringResource(R.string.nameplate_go_on),
    giveUp = stringResource(R.string.nameplate_give_up),
    tag = "nameplate",
    onStay = onStay,
    onGiveUp = onGiveUp,
)

@Composable
private fun Plate(path: String?) {
    if (path == null) {
        Notice("file", stringResource(R.string.nameplate), tone = Tone.PLAIN)
    } else {
        val about = stringResource(R.string.nameplate_alt)
        val place = Modifier.fillMaxWidth().height(PlateHeight).testTag("nameplate-picture")
        Picture(path, about, place, edge = LARGE_PICTURE, scale = ContentScale.Fit)
    }
}

/** Room for the whole plate and, on most phones, for the first field below it. */
private val PlateHeight = 280.dp
