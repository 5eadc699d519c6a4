package org.countersign.field.screens.job

import androidx.annotation.StringRes
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavHostController
import org.countersign.field.app.Route
import org.countersign.field.app.open
import org.countersign.field.design.Message

/** Under this name a page leaves the word that the next page says. */
private const val SAID = "said-by-the-page-before"

private const val NOTHING = 0

/** Goes back; the page there says what was done, because this one is gone before anybody could read it. */
internal fun NavHostController.backSaying(
    @StringRes word: Int,
) {
    previousBackStackEntry?.savedStateHandle?.set(SAID, word)
    popBackStack()
}

/** Opens a job in place of this page, and lets it say what was done. */
internal fun NavHostController.goOnAt(
    job: String,
    @StringRes word: Int,
) {
    popBackStack()
    open(Route.Job(job))
    currentBackStackEntry?.savedStateHandle?.set(SAID, word)
}

/** Says once what the page before did. */
@Composable
internal fun SaidByThePageBefore(entry: NavBackStackEntry) {
    val word by entry.savedStateHandle.getStateFlow(SAID, NOTHING).collectAsStateWithLifecycle()
    Message(if (word == NOTHING) null else stringResource(word), { entry.savedStateHandle[SAID] = NOTHING })
}
