package org.countersign.field.screens.settings

import androidx.compose.runtime.Immutable
import org.countersign.core.Language
import org.countersign.field.app.Chosen
import org.countersign.field.app.Route

/** What can be done in the settings. */
@Immutable
class SettingsActions(
    /** Chooses the language; `null` follows the person's. */
    val language: (Language?) -> Unit,
    /** Chooses for this phone. */
    val choose: ((Chosen) -> Chosen) -> Unit,
    /** Frees originals that are safe at the office. */
    val makeRoom: () -> Unit,
    /** Opens another screen. */
    val open: (Route) -> Unit,
    /** Shares diagnostics. */
    val share: () -> Unit,
)
