package org.countersign.field.platform.camera

/**
 * Shots that the camera was asked for and has not delivered yet, the oldest first. One that nobody waits for any more
 * stays until its picture comes or is refused: a camera delivers in the order in which it was asked, so the picture of
 * a late shot would else be taken for that of the next one. Callbacks and callers are on threads of their own.
 */
internal class Awaited<T : Any> {
    private class Asked<T>(
        val shot: T,
        var begun: Long? = null,
    )

    private val asked = ArrayDeque<Asked<T>>()

    /** The camera is asked for this one. */
    @Synchronized
    fun ask(shot: T) {
        asked += Asked(shot)
    }

    /** The camera says when it began with it, in its own clock's nanoseconds. */
    @Synchronized
    fun began(
        shot: T,
        at: Long,
    ) {
        asked.find { it.shot === shot }?.begun = at
    }

    /** There will be no picture of it. */
    @Synchronized
    fun refused(shot: T) {
        asked.removeAll { it.shot === shot }
    }

    /** Whether one like this has not come. */
    @Synchronized
    fun any(like: (T) -> Boolean): Boolean = asked.any { like(it.shot) }

    /** Nothing comes any more; answers what was still waited for. */
    @Synchronized
    fun end(): List<T> = asked.map { it.shot }.also { asked.clear() }

    /** Whose picture this is: of the one that was begun at this moment, else of the oldest; `null` for nobody's. */
    @Synchronized
    fun delivered(at: Long): T? {
        val exact = asked.indexOfFirst { it.begun == at }
        // Pictures of those before were lost on the way.
        repeat(exact.coerceAtLeast(0)) { asked.removeFirst() }
        return asked.removeFirstOrNull()?.shot
    }
}
