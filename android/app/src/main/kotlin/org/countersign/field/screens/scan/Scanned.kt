package org.countersign.field.screens.scan

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavBackStackEntry

/** Takes what the scanner read for this screen, once. */
@Composable
internal fun Scanned(
    entry: NavBackStackEntry,
    onScanned: (String) -> Unit,
) {
    val code by entry.savedStateHandle.getStateFlow(SCANNED, "").collectAsStateWithLifecycle()
    LaunchedEffect(code) {
        if (code.isEmpty()) return@LaunchedEffect
        entry.savedStateHandle[SCANNED] = ""
        onScanned(code)
    }
}
