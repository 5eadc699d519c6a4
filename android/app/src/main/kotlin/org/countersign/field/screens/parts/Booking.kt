package org.countersign.field.screens.parts

import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.StateFlow
import org.countersign.core.PartBooking
import org.countersign.core.typedNumber
import org.countersign.field.app.Typed

/** The booking that is being typed: of a listed part, or of one that is typed by its code. */
class Booking(
    private val saved: SavedStateHandle,
) {
    /** The part whose booking is open; [UNLISTED] for one that is typed, empty for none. */
    val open: StateFlow<String> = saved.getStateFlow(OPEN, "")

    /** What is typed into it. */
    val typed = Typed(saved, "booking")

    /** Opens the booking of a part. */
    fun open(part: ShelfPart) {
        saved[OPEN] = part.id
        typed.replace(CODE to part.code, QUANTITY to "1", FROM to part.usualPlace)
    }

    /** Opens the booking of a part that is typed. */
    fun openUnlisted(
        code: String,
        quantity: String,
    ) {
        saved[OPEN] = UNLISTED
        typed.replace(CODE to code, QUANTITY to quantity)
    }

    /** Closes it. */
    fun close() {
        saved[OPEN] = ""
        typed.clear()
    }

    /** As it is typed. */
    fun out(): PartBooking = of(typedNumber(typed[QUANTITY]))

    /** As many as are typed, taken back. */
    fun back(): PartBooking = of(typedNumber(typed[QUANTITY]).let { if (it.startsWith(MINUS)) it else MINUS + it })

    private fun of(quantity: String) =
        PartBooking(
            code = typed[CODE].trim(),
            quantity = quantity,
            batch = typed[BATCH].trim(),
            from = placeOf(typed[FROM]),
            payer = typed[PAYER].ifEmpty { null },
        )

    /** Names of the fields. */
    internal companion object {
        /** The booking of a part that is not in the list. */
        const val UNLISTED = "unlisted"

        const val CODE = "code"
        const val QUANTITY = "quantity"
        const val BATCH = "batch"
        const val FROM = "from"
        const val PAYER = "payer"
        private const val OPEN = "open"
        private const val MINUS = "-"

        /** What takes a booking back. */
        fun opposite(booking: PartBooking): PartBooking {
            val quantity = booking.quantity
            return booking.copy(quantity = if (quantity.startsWith(MINUS)) quantity.drop(1) else MINUS + quantity)
        }
    }
}
