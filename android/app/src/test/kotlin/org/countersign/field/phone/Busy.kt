package org.countersign.field.phone

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import java.util.concurrent.atomic.AtomicInteger
import kotlin.coroutines.CoroutineContext

/** Where the core is asked; tells how long nothing was asked and nothing came back. */
class Busy : CoroutineDispatcher() {
    @Volatile
    private var moved = System.nanoTime()

    private val asked = AtomicInteger()

    /** Whether the core is asked something right now. */
    val now: Boolean get() = asked.get() > 0

    override fun dispatch(
        context: CoroutineContext,
        block: Runnable,
    ) {
        moved = System.nanoTime()
        asked.incrementAndGet()
        Dispatchers.IO.dispatch(context) {
            block.run()
            asked.decrementAndGet()
            moved = System.nanoTime()
        }
    }

    /** Whether the core was left alone for so many milliseconds; a long answer is not. */
    fun quiet(milliseconds: Long): Boolean = !now && System.nanoTime() - moved > milliseconds * NANOSECONDS

    private companion object {
        const val NANOSECONDS = 1_000_000L
    }
}
