package org.countersign.field.screens.amend

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.StateFlow
import org.countersign.core.AmendmentOpened
import org.countersign.core.AmendmentProposed
import org.countersign.core.Countersign
import org.countersign.core.RemarkRow
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel

/** What the office asks, and the amendment that is open. */
@Immutable
data class AmendShown(
    /** What the office asks. */
    val remarks: List<RemarkRow>,
    /** Number of the amendment that is open; empty for none. */
    val draft: String,
    /** What the remarks suggest. */
    val proposed: AmendmentProposed,
)

/** Amending what was signed. */
class AmendViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<AmendShown>(core, saved) {
    /** The job. */
    val job: String = Route.argument(saved, "job")

    /** The reason as typed; `null` where nobody typed, then the remarks suggest one. */
    val reason: StateFlow<String?> = saved.getStateFlow(REASON, null)

    /** Why the amendment is given up. */
    val discardReason: StateFlow<String> = saved.getStateFlow(DISCARD, "")

    /** Types. */
    fun typeReason(text: String) {
        saved[REASON] = text
    }

    /** Types. */
    fun typeDiscardReason(text: String) {
        saved[DISCARD] = text
    }

    /** Whether a reason is typed that is kept nowhere yet: for the amendment, or for giving the open one up. */
    fun unkept(
        shown: AmendShown?,
        reason: String?,
        discardReason: String,
    ): Boolean {
        val open = shown?.draft.orEmpty().isNotEmpty()
        val proposed = shown?.proposed?.reason.orEmpty()
        return if (open) discardReason.isNotBlank() else !reason.isNullOrBlank() && reason != proposed
    }

    /** Opens the amendment. */
    fun begin(
        reason: String,
        opened: () -> Unit,
    ) = order<AmendmentOpened>(done = { opened() }) { beginAmendment(job, reason) }

    /** Gives the open amendment up; what was answered in it is kept with the reason. */
    fun discard(discarded: () -> Unit) =
        order<Unit>(done = { discarded() }) { discardAmendment(job, discardReason.value) }

    override fun read(core: Countersign): AmendShown {
        val screen = core.jobScreen(job)
        return AmendShown(screen.remarks, screen.draft.orEmpty(), core.amendmentProposed(job))
    }

    private companion object {
        const val REASON = "reason"
        const val DISCARD = "discard"
    }
}
