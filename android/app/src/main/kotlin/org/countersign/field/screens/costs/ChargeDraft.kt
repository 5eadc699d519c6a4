package org.countersign.field.screens.costs

import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.countersign.core.ChargeEntry
import org.countersign.core.typedNumber
import org.countersign.core.typedSum
import org.countersign.core.usual
import org.countersign.field.app.Typed
import org.countersign.field.screens.noNumber

/** The charge that is being typed: a new one, or one that stands and is put right. */
class ChargeDraft(
    private val saved: SavedStateHandle,
) {
    /** The charge that is being corrected, [NEW] for one that is added, empty for none. */
    val open: StateFlow<String> = saved.getStateFlow(OPEN, "")

    /** What is typed. */
    val typed = Typed(saved, "charge")

    private val wrong = MutableStateFlow("")

    /** What is wrong with the typed price; empty for nothing. */
    val priceProblem: StateFlow<String> = wrong.asStateFlow()

    /** Opens the form of a new charge. */
    fun add() = open(NEW, KIND to usual("charge"))

    /** Opens the form of a charge that stands. */
    fun correct(charge: ChargeShown) =
        open(
            charge.id,
            KIND to charge.entry.kind,
            DESCRIPTION to charge.entry.description,
            QUANTITY to charge.entry.quantity,
            PRICE to charge.price,
            PAYER to charge.entry.payer.orEmpty(),
        )

    /** Closes the form. */
    fun close() = open("")

    /** Types. */
    fun type(
        field: String,
        text: String,
    ) {
        typed[field] = text
        if (field == PRICE) wrong.value = ""
    }

    /** What is typed as the core takes it; `null` where the price is no sum, which is then said. */
    fun entry(
        shown: CostsShown,
        before: ChargeShown?,
    ): ChargeEntry? {
        val price = typedSum(typed[PRICE], shown.currency)
        if (price == null) wrong.value = noNumber(shown.language, typed[PRICE])
        return price?.let {
            ChargeEntry(
                kind = typed[KIND],
                description = typed[DESCRIPTION].trim(),
                quantity = typedNumber(typed[QUANTITY]),
                price = it,
                taxBasisPoints = before?.entry?.taxBasisPoints?.takeIf { typed[KIND] == before.entry.kind },
                payer = typed[PAYER].ifEmpty { null },
                replaces = before?.id,
            )
        }
    }

    private fun open(
        what: String,
        vararg words: Pair<String, String>,
    ) {
        saved[OPEN] = what
        wrong.value = ""
        typed.replace(*words)
    }

    /** Names of the fields. */
    internal companion object {
        /** A charge that is added. */
        const val NEW = "new"

        const val KIND = "kind"
        const val DESCRIPTION = "description"
        const val QUANTITY = "quantity"
        const val PRICE = "price"
        const val PAYER = "payer"
        private const val OPEN = "open"
    }
}
