package org.countersign.field.screens.parts

import androidx.compose.runtime.Immutable

/** What the open booking does. */
@Immutable
class BookingActions(
    /** Types into a field. */
    val type: (String, String) -> Unit,
    /** Books. */
    val book: () -> Unit,
    /** Takes back. */
    val takeBack: () -> Unit,
    /** Closes it. */
    val close: () -> Unit,
)
