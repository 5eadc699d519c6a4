package org.countersign.field.screens.parts

import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.StateFlow
import org.countersign.core.PartBooking
import org.countersign.field.app.Typed

/** The booking that is being typed: of a listed part, or of one that is typed by its code. */
class Booking(
    private val saved: SavedStateHandle,
) {
    /** The part whose booking is open; [UNLISTED] for one that is typed, empty for none. */
    val open: StateFlow<String> = saved.getStateFlow(OPEN, "")

    /** What is typed into it. */
    val typed = Typed(saved, "booking")

    /** Opens the booking of a part, as it is usually booked from this [place]. */
    fun open(
        part: String,
        code: String,
        place: String,
    ) {
        saved[OPEN] = part
        typed.replace(CODE to code, QUANTITY to ONE, FROM to place)
    }

    /** Opens the booking of a part that is typed. */
    fun openUnlisted(
        code: String,
        place: String,
    ) {
        saved[OPEN] = UNLISTED
        typed.replace(CODE to code, QUANTITY to ONE, FROM to place)
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
    fun move() =
        PartBooking(
            code = typed[CODE],
            quantity = typed[QUANTITY],
            batch = typed[BATCH],
            from = placeOf(typed[FROM]),
            payer = typed[PAYER].ifEmpty { null },
            undoes = typed[UNDOES].ifEmpty { null },
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
        const val UNDOES = "undoes"
        private const val OPEN = "open"
        private const val ONE = "1"
    }
}
