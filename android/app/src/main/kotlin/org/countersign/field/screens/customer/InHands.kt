package org.countersign.field.screens.customer

import androidx.compose.runtime.Immutable
import org.countersign.core.StampTaken
import org.countersign.field.screens.pad.Ink

/** What is in the customer's hands. */
@Immutable
data class InHands(
    /** What was handed over. */
    val handed: Handed,
    /** Where they are. */
    val page: CustomerPage,
    /** What they said. */
    val fields: Map<String, String>,
    /** What they drew. */
    val ink: Ink,
    /** The stamp that was photographed. */
    val stamp: StampTaken?,
)
