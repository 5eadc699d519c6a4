package org.countersign.field.screens.form

import androidx.compose.runtime.Stable

/** What a person can do on a page of a form. */
@Stable
class FormActions(
    /** Opens a page by its place. */
    val open: (Int) -> Unit,
    /** Opens the page of a question. */
    val goTo: (String) -> Unit,
    /** The question is in view. */
    val arrived: (Int) -> Unit,
    /** Shows what does not apply now. */
    val showHidden: () -> Unit,
    /** Adds an item to a repeat. */
    val addItem: (String) -> Unit,
    /** Takes an item out. */
    val removeItem: (String) -> Unit,
    /** Asks why. */
    val askWhy: (String) -> Unit,
    /** Back to the job. */
    val leave: () -> Unit,
)
