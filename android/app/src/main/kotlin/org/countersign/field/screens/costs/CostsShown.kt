package org.countersign.field.screens.costs

import androidx.compose.runtime.Immutable
import org.countersign.core.Allowed
import org.countersign.core.ChargeLine
import org.countersign.core.ChargeTyped
import org.countersign.core.CostsScreen
import org.countersign.core.Language
import org.countersign.core.Money
import org.countersign.core.ProposalLine
import org.countersign.core.TextValue
import org.countersign.core.TimeLine
import org.countersign.core.duration
import org.countersign.core.money
import org.countersign.core.number
import org.countersign.core.text
import org.countersign.core.word
import org.countersign.field.design.Choice

/** A line with a sum or a duration. */
@Immutable
data class CostLine(
    /** What for. */
    val label: String,
    /** How much. */
    val amount: String,
    /** Who pays, or whose time; empty for nothing to say. */
    val second: String = "",
    /** Booked after the signature by another device. */
    val late: Boolean = false,
    /** Whether it puts right a line that stands. */
    val corrects: Boolean = false,
)

/** A charge that stands. */
@Immutable
data class ChargeShown(
    /** The charge. */
    val id: String,
    /** As it is read. */
    val line: CostLine,
    /** What a correction starts from. */
    val typed: ChargeTyped,
)

/** What a visit costs. */
@Immutable
data class CostsShown(
    /** The job. */
    val job: String,
    /** Class of the voucher. */
    val classWord: String,
    /** Who pays what names nobody else. */
    val payer: String,
    /** Whether the customer sees prices on the pages. */
    val pricesShown: Boolean,
    /** Currency of the voucher. */
    val currency: String,
    /** Times. */
    val times: List<CostLine>,
    /** Charges that stand. */
    val charges: List<ChargeShown>,
    /** What the rates propose. */
    val proposed: List<CostLine>,
    /** Without tax, tax, with tax; empty where the customer pays nothing. */
    val totals: List<String>,
    /** How many receipts were given. */
    val receipts: Int,
    /** Kinds of charge. */
    val kinds: List<Choice<String>>,
    /** Who can pay. */
    val payers: List<Choice<String>>,
    /** What may be done on the visit now. */
    val may: Allowed,
    /** The reader's language. */
    val language: Language,
) {
    /** Whether this is a charge that was being corrected and does not stand any more. */
    fun isGone(charge: String): Boolean =
        charge.isNotEmpty() && charge != ChargeDraft.NEW && charges.none { it.id == charge }
}

internal fun timeLine(
    line: TimeLine,
    language: Language,
): CostLine {
    val driven = line.kilometres?.let { text(language, "kilometres", mapOf("count" to TextValue.Number(it))) }
    val label = listOfNotNull(word(language, "time", line.kind), driven).joinToString(" · ")
    return CostLine(label, duration(language, line.minutes), line.person, line.late)
}

internal fun chargeShown(
    line: ChargeLine,
    language: Language,
): ChargeShown {
    val label = line.description.ifEmpty { word(language, "charge", line.kind) }
    return ChargeShown(
        id = line.charge,
        line =
            CostLine(
                label = counted(language, label, line.quantity, line.unitPrice),
                amount = money(language, line.line.net),
                second = word(language, "payer", line.payer),
                late = line.late,
            ),
        typed = line.typed,
    )
}

internal fun proposal(
    line: ProposalLine,
    language: Language,
) = CostLine(
    label = counted(language, word(language, "charge", line.kind), line.quantity, line.unitPrice),
    amount = money(language, line.line.net),
    corrects = line.corrects,
)

internal fun totals(
    costs: CostsScreen,
    language: Language,
): List<String> = costs.totals?.let { listOf(it.net, it.tax, it.gross).map { sum -> money(language, sum) } }.orEmpty()

/** What was charged, with how many at which price where it was counted. */
private fun counted(
    language: Language,
    what: String,
    quantity: String,
    price: Money?,
): String {
    if (price == null || quantity.isEmpty()) return what
    val words =
        mapOf(
            "what" to what,
            "quantity" to number(language, quantity),
            "price" to money(language, price),
        )
    return text(language, "voucher-charge-counted", words.mapValues { TextValue.Word(it.value) })
}
