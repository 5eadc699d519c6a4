package org.countersign.field.phone

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode

/** Whether something around it scrolls. */
internal fun SemanticsNode.hasScroller(): Boolean =
    generateSequence(parent) { it.parent }.any { SemanticsActions.ScrollBy in it.config }
