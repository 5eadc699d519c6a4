package org.countersign.field.screens.sign

import androidx.compose.runtime.Immutable
import org.countersign.field.screens.pad.Ink
import org.countersign.field.screens.paper.pages

/** What can be done while the pages are checked. */
@Immutable
class SignActions(
    /** Opens the form at a question. */
    val answer: (String) -> Unit,
    /** Opens the PDF in another app. */
    val openPdf: () -> Unit,
    /** Draws the engineer's signature. */
    val draw: (Ink) -> Unit,
)
