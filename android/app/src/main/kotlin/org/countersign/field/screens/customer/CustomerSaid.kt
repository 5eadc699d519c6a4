package org.countersign.field.screens.customer

import androidx.lifecycle.SavedStateHandle
import org.countersign.core.CustomerWord
import org.countersign.core.aspects
import org.countersign.core.usualChoice
import org.countersign.field.app.Typed

/** What the customer says before they sign. */
class CustomerSaid(
    saved: SavedStateHandle,
) {
    /** As they typed and chose it. */
    val typed = Typed(saved, "said")

    /** As the core judges it. */
    fun word(): CustomerWord {
        val rated =
            aspects().mapNotNull { aspect -> typed[aspectField(aspect)].toUByteOrNull()?.let { aspect to it } }
        return CustomerWord(
            name = typed[NAME],
            role = typed[ROLE].ifEmpty { usualChoice("signer") },
            outcome = typed[OUTCOME],
            remarks = typed[REMARKS],
            satisfaction = typed[SATISFACTION].toUByteOrNull(),
            aspects = rated.toMap(),
        )
    }

    /** Names of the fields. */
    internal companion object {
        const val OUTCOME = "outcome"
        const val NAME = "name"
        const val ROLE = "role"
        const val REMARKS = "remarks"
        const val SATISFACTION = "satisfaction"

        /** The field of an aspect. */
        fun aspectField(aspect: String) = "aspect-$aspect"
    }
}
