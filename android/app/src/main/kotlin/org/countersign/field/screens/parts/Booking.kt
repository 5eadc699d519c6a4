package org.countersign.field.screens.parts

import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.StateFlow
import org.countersign.core.PartBooking
import org.countersign.core.PartsScreen
import org.countersign.field.app.Typed

/** The booking that is being typed: of a listed part, or of one that is typed by its code. */
class Booking(
    private val saved: SavedStateHandle,
) {
    /** The part whose booking is open; [UNLISTED] for one that is typed, empty for none. */
    val open: StateFlow<String> = saved.getStateFlow(OPEN, "")

    /** What is typed into it. */
    val typed = Typed(saved, "booking")

    /** Opens the booking of a part, as it is usually booked. */
    fun open(
        part: String,
        code: String,
        usual: UsualBooking,
    ) {
        saved[OPEN] = part
        typed.replace(CODE to code, QUANTITY to usual.quantity, FROM to usual.place)
    }

    /** Opens the booking of a part that is typed. */
    fun openUnlisted(
        code: String,
        usual: UsualBooking,
    ) {
        saved[OPEN] = UNLISTED
        typed.replace(CODE to code, QUANTITY to usual.quantity, FROM to usual.place)
    }

    /** Opens what a take-back of a booked part starts from. */
    fun openBack(booked: PartBooking) {
        saved[OPEN] = UNLISTED
        typed.replace(
            CODE to booked.code,
            QUANTITY to booked.quantity,
            BATCH to booked.batch,
            FROM to choiceOf(booked.from),
            PAYER to booked.payer.orEmpty(),
            UNDOES to booked.undoes.orEmpty(),
        )
    }

    /** Closes it. */
    fun close() {
        saved[OPEN] = ""
        typed.clear()
    }

    /** The move of parts that is typed. */
    fun move() = moveOf(typed.fields.value)

    /** Names of the fields. */
    internal companion object {
        /** The booking of a part that is not in the list. */
        const val UNLISTED = "unlisted"

        const val CODE = "code"
        const val QUANTITY = "quantity"
        const val BATCH = "batch"
        const val FROM = "from"
        const val PAYER = "payer"
        const val UNDOES = "undoes"
        private const val OPEN = "open"
    }
}

/** How a part is booked where nobody says otherwise. */
data class UsualBooking(
    /** From where. */
    val place: String,
    /** How many. */
    val quantity: String,
)

/** How parts of this screen are usually booked. */
internal fun usualOf(screen: PartsScreen) = UsualBooking(choiceOf(screen.usual), screen.usualQuantity)

/** The move of parts that is typed in these fields. */
internal fun moveOf(fields: Map<String, String>): PartBooking {
    val of = { field: String -> fields[field].orEmpty() }
    return PartBooking(
        code = of(Booking.CODE),
        quantity = of(Booking.QUANTITY),
        batch = of(Booking.BATCH),
        from = placeOf(of(Booking.FROM)),
        payer = of(Booking.PAYER).ifEmpty { null },
        undoes = of(Booking.UNDOES).ifEmpty { null },
    )
}
