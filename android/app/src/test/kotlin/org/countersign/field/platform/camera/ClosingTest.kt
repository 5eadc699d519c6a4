package org.countersign.field.platform.camera

import org.junit.Assert.assertEquals
import org.junit.Test

/** A camera that is closed a moment after the shutter. */
class ClosingTest {
    private val happened = mutableListOf<String>()
    private val turns = ArrayDeque<() -> Unit>()
    private val late = ArrayDeque<() -> Unit>()
    private var owed = 0

    private val closing =
        Closing(
            object : Closing.Turns {
                override fun next(work: () -> Unit) = turns.addLast(work)

                override fun later(
                    milliseconds: Long,
                    work: () -> Unit,
                ) = late.addLast(work)
            },
            isDone = { owed == 0 },
            stopLooking = { happened += "still" },
            end = { happened += "closed" },
        )

    private fun run(queue: ArrayDeque<() -> Unit>) {
        while (queue.isNotEmpty()) queue.removeFirst()()
    }

    @Test
    fun `without a shot it closes at once, and once`() {
        closing.begin()
        closing.begin()
        run(turns)
        run(late)
        assertEquals(listOf("closed"), happened)
    }

    @Test
    fun `a shot that was asked for is finished first`() {
        owed = 1
        closing.begin()
        run(turns)
        closing.look()
        assertEquals(listOf("still"), happened)
        owed = 0
        closing.look()
        run(late)
        assertEquals(listOf("still", "closed"), happened)
    }

    @Test
    fun `a camera that hangs is not waited for`() {
        owed = 1
        closing.begin()
        run(turns)
        run(late)
        assertEquals(listOf("still", "closed"), happened)
    }

    @Test
    fun `a camera that stays open is closed by no picture`() {
        closing.look()
        assertEquals(emptyList<String>(), happened)
    }
}
