package org.countersign.field.screens.job

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.countersign.field.R
import org.countersign.field.design.Notice

/** What there is to know before anything is done: taken over, by phone, not registered. */
@Composable
internal fun JobNotices(shown: JobShown) {
    val screen = shown.screen
    if (screen.carriedFrom.isNotEmpty()) {
        Notice("person", stringResource(R.string.job_carried_from, screen.carriedFrom))
    }
    screen.facts.heldBefore?.let { before ->
        val text =
            if (shown.heardBefore.isEmpty()) {
                stringResource(R.string.job_held_before_unheard, before.name)
            } else {
                stringResource(R.string.job_held_before, before.name, shown.heardBefore)
            }
        Notice("person", text)
    }
    if (screen.facts.remote) Notice("call", stringResource(R.string.job_remote_what))
    if (screen.facts.unregistered) Notice("machine", stringResource(R.string.job_unregistered))
}
