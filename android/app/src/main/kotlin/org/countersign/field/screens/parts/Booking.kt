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

    /** The part that somebody wants to open while another booking is typed; empty while nobody has to be asked. */
    val wanted: StateFlow<String> = saved.getStateFlow(WANTED, "")

    /** Opens the booking of a part, as it is usually booked. */
    fun open(
        part: String,
        code: String,
        usual: UsualBooking,
    ) = begin(part, CODE to code, QUANTITY to usual.quantity, FROM to usual.place)

    /** Opens the booking of a part that is typed. */
    fun openUnlisted(
        code: String,
        usual: UsualBooking,
    ) = begin(UNLISTED, CODE to code, QUANTITY to usual.quantity, FROM to usual.place)

    /** Opens what a take-back of a booked part starts from. */
    fun openBack(booked: PartBooking) =
        begin(
            UNLISTED,
            CODE to booked.code,
            QUANTITY to booked.quantity,
            BATCH to booked.batch,
            FROM to choiceOf(booked.from),
            PAYER to booked.payer.orEmpty(),
            UNDOES to booked.undoes.orEmpty(),
        )

    /** Opens a booking; what is typed into another one goes only after the question whether it may. */
    private fun begin(
        part: String,
        vararg words: Pair<String, String>,
    ) {
        if (open.value.isEmpty() || !typed.isTouched(typed.fields.value)) return replace(part, *words)
        saved[WORDS] = hashMapOf(*words)
        saved[WANTED] = part
    }

    private fun replace(
        part: String,
        vararg words: Pair<String, String>,
    ) {
        saved[OPEN] = part
        typed.replace(*words)
    }

    /** Stays with what is typed. */
    fun stay() {
        saved[WANTED] = ""
    }

    /** Lets go what is typed, and opens what was wanted. */
    @Suppress("SpreadOperator")
    fun giveUp() {
        val words = saved.get<HashMap<String, String>>(WORDS).orEmpty().toList()
        replace(wanted.value, *words.toTypedArray())
        stay()
    }

    /** Closes it. */
    fun close() {
        saved[OPEN] = ""
        typed.clear()
    }

    /** Closes it once it is carried out, unless it says something else by then, or another one is open. */
    fun closing(): () -> Unit {
        val (part, words) = open.value to typed.fields.value
        return { if (open.value == part && typed.fields.value == words) close() }
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
        private const val WANTED = "wanted"
        private const val WORDS = "wanted-words"
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
