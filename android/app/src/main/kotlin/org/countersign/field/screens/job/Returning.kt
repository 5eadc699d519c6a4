package org.countersign.field.screens.job

import androidx.annotation.StringRes
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.LocalLifecycleOwner
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavHostController
import androidx.navigation.compose.currentBackStackEntryAsState
import org.countersign.field.app.Route
import org.countersign.field.app.open
import org.countersign.field.design.Message

/** Under this name a page leaves the word that the next page says. */
private const val SAID = "said-by-the-page-before"

/** Under these names a page whose work is done keeps what the next page says, and the job that it is. */
private const val DONE = "said-when-done"
private const val DONE_JOB = "opened-when-done"

private const val NOTHING = 0

/**
 * What follows once the command of a page was carried out: the page goes, and the next one says so. While the command
 * ran, another screen may have been opened over the page; then it goes as soon as somebody comes back to it.
 */
@Stable
internal class Returning(
    private val nav: NavHostController,
    private val own: NavBackStackEntry?,
) {
    /** Goes back; the page there says what was done. */
    fun backSaying(
        @StringRes word: Int,
    ) = done(word, "")

    /** Opens a job in place of this page, and lets it say what was done. */
    fun goOnAt(
        job: String,
        @StringRes word: Int,
    ) = done(word, job)

    private fun done(
        word: Int,
        job: String,
    ) {
        own?.savedStateHandle?.set(DONE_JOB, job)
        own?.savedStateHandle?.set(DONE, word)
        go()
    }

    /** Goes where the work that is done leads, once this page is on top. */
    fun go() {
        if (own == null || nav.currentBackStackEntry?.id != own.id) return
        val word = own.savedStateHandle.remove<Int>(DONE) ?: return
        val job = own.savedStateHandle.remove<String>(DONE_JOB).orEmpty()
        nav.popBackStack()
        if (job.isNotEmpty()) nav.open(Route.Job(job))
        nav.currentBackStackEntry?.savedStateHandle?.set(SAID, word)
    }
}

/** What follows once the command of this page was carried out. */
@Composable
internal fun rememberReturning(nav: NavHostController): Returning {
    val own = LocalLifecycleOwner.current as? NavBackStackEntry
    val here by nav.currentBackStackEntryAsState()
    val returning = remember(nav, own) { Returning(nav, own) }
    LaunchedEffect(returning, here) { returning.go() }
    return returning
}

/** Says once what the page before did. */
@Composable
internal fun SaidByThePageBefore(entry: NavBackStackEntry) {
    val word by entry.savedStateHandle.getStateFlow(SAID, NOTHING).collectAsStateWithLifecycle()
    Message(if (word == NOTHING) null else stringResource(word), { entry.savedStateHandle[SAID] = NOTHING })
}
