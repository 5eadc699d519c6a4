package org.countersign.field.screens.document

import androidx.compose.runtime.Immutable

/** What can be done with a signed document. */
@Immutable
class DocumentActions(
    /** Opens it in another app. */
    val open: () -> Unit,
    /** Shares the bundle that verifies it. */
    val shareBundle: () -> Unit,
)
