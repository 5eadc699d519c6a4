package org.countersign.field.screens.departure

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.unit.dp
import androidx.lifecycle.SavedStateHandle
import androidx.navigation.NavHostController
import org.countersign.core.Countersign
import org.countersign.core.DepartureItem
import org.countersign.core.DepartureScreen
import org.countersign.field.R
import org.countersign.field.app.Desk
import org.countersign.field.app.Said
import org.countersign.field.app.back
import org.countersign.field.app.screenModel
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.NamedIcon
import org.countersign.field.design.Space
import org.countersign.field.design.Tone
import org.countersign.field.screens.job.JobHead
import org.countersign.field.screens.job.JobPage
import org.countersign.field.screens.job.OfJob
import org.countersign.field.screens.job.OfJobViewModel
import org.countersign.field.screens.job.Verb
import org.countersign.field.screens.job.headOf

/** Whether everything for a job is on this device. */
@Immutable
data class DepartureShown(
    override val head: JobHead,
    /** The core's own screen. */
    val screen: DepartureScreen,
    /** Whether a sync may bring what is missing; the rest only the office or the store room can. */
    val mendedBySync: Boolean,
) : OfJob

/** The departure check. */
class DepartureViewModel(
    private val desk: Desk,
    saved: SavedStateHandle,
) : OfJobViewModel<DepartureShown>(desk.core, saved) {
    /** Syncs now. */
    fun send() {
        desk.office.sendNow()
        order<Unit>(Said(R.string.sending)) { }
    }

    override fun read(core: Countersign): DepartureShown {
        val screen = core.departureScreen(job)
        return DepartureShown(
            head = headOf(core.jobScreen(job)),
            screen = screen,
            mendedBySync = screen.syncHelps,
        )
    }
}

/** What to look at before setting off. */
@Composable
fun DepartureRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> DepartureViewModel(desk, saved) }
    val send = stringResource(R.string.send_now)
    val back = stringResource(R.string.departure_back)
    JobPage(
        what = stringResource(R.string.departure),
        model = model,
        nav = nav,
        verb = { shown ->
            if (shown.mendedBySync) Verb(send, "send", act = model::send) else Verb(back) { nav.back() }
        },
    ) { shown -> DepartureCard(shown.screen) }
}

@Composable
private fun DepartureCard(screen: DepartureScreen) =
    FieldCard(Modifier.testTag("departure"), tone = if (screen.ready) Tone.OK else Tone.ATTENTION) {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            StateIcon(screen.ready)
            Text(screen.sentence, color = FieldColours.current.ink, style = MaterialTheme.typography.titleMedium)
        }
        screen.items.forEach { Item(it) }
    }

@Composable
private fun Item(item: DepartureItem) {
    val state = stringResource(if (item.here) R.string.departure_here else R.string.departure_missing)
    Row(
        Modifier
            .fillMaxWidth()
            .heightIn(min = Space.target)
            .testTag("departure-${item.what.name.lowercase()}")
            .semantics(mergeDescendants = true) { stateDescription = state },
        horizontalArrangement = Arrangement.spacedBy(Space.small),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        StateIcon(item.here)
        Text(item.text, Modifier.weight(1f), FieldColours.current.ink)
    }
}

@Composable
private fun StateIcon(here: Boolean) {
    val colours = FieldColours.current
    val tint = if (here) colours.ok.text else colours.attention.text
    NamedIcon(if (here) "check" else "warn", null, Modifier.size(24.dp), tint)
}
