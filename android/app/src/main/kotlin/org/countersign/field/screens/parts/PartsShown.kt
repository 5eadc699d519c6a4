package org.countersign.field.screens.parts

import androidx.compose.runtime.Immutable
import org.countersign.core.Language
import org.countersign.core.PartBooking
import org.countersign.core.PartChoice
import org.countersign.core.PartRow
import org.countersign.core.StockPlace
import org.countersign.core.StockRow
import org.countersign.core.money
import org.countersign.core.number
import org.countersign.core.word
import org.countersign.field.design.Choice

/** A part that was booked on this visit. */
@Immutable
data class BookedPart(
    /** The booking. */
    val id: String,
    /** Code. */
    val code: String,
    /** How many, in the reader's writing; negative for taken back. */
    val quantity: String,
    /** Batch or serial; empty for none. */
    val batch: String,
    /** What a take-back of it starts from; `null` for what was taken back itself. */
    val back: PartBooking?,
    /** Booked after the signature by another device. */
    val late: Boolean,
)

/** Where a part lies. */
@Immutable
data class PlaceOfPart(
    /** What the booking says. */
    val place: String,
    /** Name of the place. */
    val name: String,
    /** How many lie there; empty where it is not about one part. */
    val quantity: String,
)

/** A part of the catalogue. */
@Immutable
data class ShelfPart(
    /** The part. */
    val id: String,
    /** Code. */
    val code: String,
    /** Name. */
    val name: String,
    /** Kind of spare part. */
    val group: String,
    /** Price of one with its unit; empty where none is known. */
    val price: String,
    /** Whether it is on the list of parts that wear. */
    val wears: Boolean,
    /** Where it lies. */
    val places: List<PlaceOfPart>,
)

/** The parts of a visit and the catalogue. */
@Immutable
data class PartsShown(
    /** What was booked. */
    val booked: List<BookedPart>,
    /** What the search found. */
    val shelf: List<ShelfPart>,
    /** Whether more follow. */
    val more: Boolean,
    /** How old the stock is, in words; empty where it was never heard. */
    val stockAsOf: String,
    /** Where a part that is not listed may lie. */
    val places: List<PlaceOfPart>,
    /** Where a part is taken from where nobody chooses. */
    val usual: UsualBooking,
    /** Who can pay. */
    val payers: List<Choice<String>>,
    /** Whether parts may be booked and taken back now. */
    val mayBook: Boolean,
)

/** The word for no stock of ours, among depots. */
internal const val ELSEWHERE = "elsewhere"

/** The place that a choice names; nothing chosen leaves it to the core. */
internal fun placeOf(chosen: String): StockPlace? =
    when (chosen) {
        "" -> null
        ELSEWHERE -> StockPlace.Elsewhere
        else -> StockPlace.Depot(chosen)
    }

internal fun booked(
    row: PartRow,
    language: Language,
) = BookedPart(row.partUse, row.code, number(language, row.quantity), row.batch, row.back, row.late)

internal fun shelfPart(
    part: PartChoice,
    language: Language,
): ShelfPart {
    val price = part.price?.let { money(language, it) }.orEmpty()
    return ShelfPart(
        id = part.part,
        code = part.code,
        name = part.name,
        group = word(language, "part_group", part.group),
        price = if (price.isEmpty() || part.unit.isEmpty()) price else "$price / ${part.unit}",
        wears = part.wears,
        places = part.stock.map { place(it, language) },
    )
}

private fun place(
    row: StockRow,
    language: Language,
) = PlaceOfPart(row.depot, row.name, number(language, row.quantity))

/** The choice that names a place; nothing chosen leaves it to the core. */
internal fun choiceOf(place: StockPlace?): String =
    when (place) {
        null -> ""
        is StockPlace.Depot -> place.v1
        StockPlace.Elsewhere -> ELSEWHERE
    }
