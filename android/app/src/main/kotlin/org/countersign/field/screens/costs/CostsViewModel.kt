package org.countersign.field.screens.costs

import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Countersign
import org.countersign.core.Id
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.Said
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.screens.namedChoices

/** What a visit costs. */
class CostsViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<CostsShown>(core, saved) {
    private val job: String = Route.argument(saved, "job")

    /** The charge that is being typed. */
    val draft = ChargeDraft(saved)

    /** Charges what is typed; what it corrects stays in the history. */
    fun charge() {
        val shown = state.value.shown ?: return
        // A correction of what is gone is no charge of its own.
        if (shown.isGone(draft.open.value)) return
        val before = shown.charges.find { it.id == draft.open.value }
        val typed = draft.entry(shown, before) ?: return
        val word = if (before == null) R.string.costs_charged else R.string.costs_put_right_done
        lastWord(word, { draft.close() }) { charge(job, typed) }
    }

    /** A word on a charge, which can be taken back as long as it is the last one. */
    private fun lastWord(
        said: Int,
        done: () -> Unit = {},
        command: Countersign.() -> Id,
    ) {
        var word: Id? = null
        val undo: Countersign.() -> Unit = { word?.let { undoCharge(job, it) } }
        order<Unit>(Said(said, undo = undo), { done() }) { word = command() }
    }

    /** Takes all that the rates propose. */
    fun takeProposed() = order<UInt>(Said(R.string.costs_charged)) { chargeProposed(job) }

    /** Removes a charge. */
    fun remove(charge: ChargeShown) = lastWord(R.string.costs_removed) { removeCharge(job, charge.id) }

    /** Whether the charge that is [open] says something in its [fields] that could still be charged. */
    fun unkept(
        shown: CostsShown?,
        open: String,
        fields: Map<String, String>,
    ): Boolean {
        val mayBeKept = shown == null || (shown.may.charge && !shown.isGone(open))
        return open.isNotEmpty() && mayBeKept && draft.typed.isTouched(fields)
    }

    override fun read(core: Countersign): CostsShown {
        val language = core.language()
        val costs = core.costsScreen(job)
        return CostsShown(
            job = job,
            classWord = word(language, "class", costs.`class`),
            payer = word(language, "payer", costs.payer),
            pricesShown = costs.pricesShown,
            currency = costs.currency,
            times = costs.times.map { timeLine(it, language) },
            charges = costs.charges.map { chargeShown(it, language) },
            proposed = costs.proposed.map { proposal(it, language) },
            totals = totals(costs, language),
            receipts = costs.cash.size,
            kinds = namedChoices(language, "charge"),
            payers = namedChoices(language, "payer"),
            may = core.jobScreen(job).may,
            language = language,
        )
    }
}
