package org.countersign.field.screens.cash

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.countersign.core.CashGiven
import org.countersign.core.CashPayment
import org.countersign.core.Countersign
import org.countersign.core.Language
import org.countersign.core.Typing
import org.countersign.core.money
import org.countersign.core.usualChoice
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.Said
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.Typed
import org.countersign.field.design.Choice
import org.countersign.field.screens.lacking
import org.countersign.field.screens.namedChoices
import org.countersign.field.screens.pad.Ink
import org.countersign.field.screens.pad.SavedInk

/** Cash that was taken. */
@Immutable
data class CashShownLine(
    /** Number of the receipt. */
    val number: String,
    /** The sum. */
    val amount: String,
    /** Who gave it. */
    val from: String,
    /** How, and where the money is. */
    val second: String,
    /** Whether the engineer still has it. */
    val here: Boolean,
)

/** Cash of a visit. */
@Immutable
data class CashShown(
    /** What was taken. */
    val lines: List<CashShownLine>,
    /** Currency of the voucher. */
    val currency: String,
    /** How it can be paid. */
    val methods: List<Choice<String>>,
    /** The reader's language. */
    val language: Language,
)

/** Taking cash with a receipt, and handing it over. */
class CashViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<CashShown>(core, saved) {
    private val job = Route.argument(saved, "job")

    /** What is typed. */
    val typed = Typed(saved, "cash")

    /** The engineer's signature for the receipt. */
    val signature = SavedInk(saved, "signature")

    private val wrong = MutableStateFlow("")

    /** What is wrong with the typed sum; empty for nothing. */
    val sumProblem: StateFlow<String> = wrong.asStateFlow()

    /** Types. */
    fun type(
        field: String,
        text: String,
    ) {
        typed[field] = text
        if (field == SUM) wrong.value = ""
    }

    /** Whether a receipt is begun in these [fields], or signed with this [ink], that nobody gave yet. */
    fun unkept(
        fields: Map<String, String>,
        ink: Ink,
    ): Boolean = !ink.isBlank || typed.isTouched(fields - METHOD)

    /** Gives the receipt. */
    fun take() {
        val shown = state.value.shown ?: return
        val problem = lacking(shown.language, Typing.Payment(typed[SUM], shown.currency))
        if (problem.isNotEmpty()) {
            wrong.value = problem
            return
        }
        val payment =
            CashPayment(
                sum = typed[SUM],
                receivedFrom = typed[FROM],
                method = typed[METHOD].ifEmpty { usualChoice("cash") },
                note = typed[NOTE],
                engineerStrokes = signature.ink.value.strokes,
            )
        order<CashGiven>(done = ::given) { takeCash(job, payment) }
    }

    private fun given(cash: CashGiven) {
        typed.clear()
        signature.clear()
        order<Unit>(Said(R.string.cash_given, listOf(cash.number))) { }
    }

    /** Hands over the cash of a receipt. */
    fun handOver(number: String) = order<Unit>(Said(R.string.cash_handed_over)) { handOverCash(number) }

    override fun read(core: Countersign): CashShown {
        val language = core.language()
        val costs = core.costsScreen(job)
        return CashShown(
            lines =
                costs.cash.map {
                    CashShownLine(
                        number = it.number,
                        amount = money(language, it.amount),
                        from = it.receivedFrom,
                        second = "${word(language, "cash", it.method)} · ${word(language, "cash_state", it.state)}",
                        here = it.here,
                    )
                },
            currency = costs.currency,
            methods = namedChoices(language, "cash"),
            language = language,
        )
    }

    internal companion object {
        const val SUM = "sum"
        const val FROM = "from"
        const val METHOD = "method"
        const val NOTE = "note"
    }
}
