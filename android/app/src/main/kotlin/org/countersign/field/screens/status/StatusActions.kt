package org.countersign.field.screens.status

import androidx.compose.runtime.Immutable

/** What can be done on the status screen. */
@Immutable
class StatusActions(
    /** Types the key of a colleague's device. */
    val typeColleague: (String) -> Unit,
    /** Makes a file for the colleague. */
    val handOver: () -> Unit,
    /** Makes a file for the office. */
    val rescue: () -> Unit,
    /** Chooses another device's file. */
    val choose: () -> Unit,
    /** Frees originals that are safe at the office. */
    val makeRoom: () -> Unit,
)
