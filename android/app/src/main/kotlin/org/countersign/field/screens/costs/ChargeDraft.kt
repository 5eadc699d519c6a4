package org.countersign.field.screens.costs

import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.countersign.core.ChargeTyped
import org.countersign.core.Typing
import org.countersign.core.usualChoice
import org.countersign.field.app.Typed
import org.countersign.field.screens.lacking

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
    fun add() = open(NEW, KIND to usualChoice("charge"))

    /** Opens the form of a charge that stands. */
    fun correct(charge: ChargeShown) =
        open(
            charge.id,
            KIND to charge.typed.kind,
            DESCRIPTION to charge.typed.description,
            QUANTITY to charge.typed.quantity,
            PRICE to charge.typed.price,
            PAYER to charge.typed.payer.orEmpty(),
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
    ): ChargeTyped? {
        val entry =
            ChargeTyped(
                kind = typed[KIND],
                description = typed[DESCRIPTION],
                quantity = typed[QUANTITY],
                price = typed[PRICE],
                payer = typed[PAYER].ifEmpty { null },
                replaces = before?.id,
            )
        wrong.value = lacking(shown.language, Typing.Charge(entry, shown.currency))
        return entry.takeIf { wrong.value.isEmpty() }
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
