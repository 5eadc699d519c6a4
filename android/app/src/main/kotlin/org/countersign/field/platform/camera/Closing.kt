package org.countersign.field.platform.camera

/**
 * Closes a camera once it has delivered what it was asked for: whoever turned the phone after the shutter cannot take
 * that photo again. A camera that hangs is not waited for. Everything happens in [turns], in which pictures come too.
 */
internal class Closing(
    private val turns: Turns,
    private val isDone: () -> Boolean,
    private val stopLooking: () -> Unit,
    private val end: () -> Unit,
) {
    /** Where work of the camera is done, one after the other. */
    interface Turns {
        /** Does it after what is there already. */
        fun next(work: () -> Unit)

        /** Does it after so many milliseconds. */
        fun later(
            milliseconds: Long,
            work: () -> Unit,
        )
    }

    /** Whether it takes no order any more. */
    @Volatile
    var begun = false
        private set

    private var ended = false

    /** Begins; a second time does nothing. */
    fun begin() {
        if (begun) return
        begun = true
        turns.next {
            if (!isDone()) stopLooking()
            look()
        }
        turns.later(PATIENCE) { endOnce() }
    }

    /** A picture came, or will not come: called in a turn. */
    fun look() {
        if (begun && isDone()) endOnce()
    }

    private fun endOnce() {
        if (ended) return
        ended = true
        end()
    }

    /** How long. */
    companion object {
        /** A photo in the dark takes a second; another app may wait for the camera. */
        const val PATIENCE = 2_000L
    }
}
