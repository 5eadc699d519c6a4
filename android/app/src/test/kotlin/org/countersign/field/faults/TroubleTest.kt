package org.countersign.field.faults

import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Again
import org.countersign.core.AppException
import org.countersign.core.Trouble
import org.countersign.field.app.WayOut
import org.countersign.field.app.troubleOf
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** Each error of the core keeps its words and has its way out. */
@RunWith(AndroidJUnit4::class)
class TroubleTest {
    private val words = words(Again.BY_ITSELF)

    private fun words(again: Again) =
        Trouble("what", safe = "safe", todo = "todo", details = "details", again = again, hides = true)

    /** Every kind of error and what a person can do about it. */
    private val table: Map<AppException, WayOut> =
        mapOf(
            AppException.Refused("answer.readonly", words(Again.NEVER)) to WayOut.CORRECT,
            AppException.Input(words) to WayOut.CORRECT,
            AppException.NotFound(words) to WayOut.BACK,
            AppException.ShownChanged(words) to WayOut.SHOW_AGAIN,
            AppException.Incomplete(listOf("Photo"), words) to WayOut.CORRECT,
            AppException.Enrol(words) to WayOut.ENROL,
            AppException.Locked(until = 0, words) to WayOut.SYNC,
            AppException.Space(words) to WayOut.FREE_SPACE,
            AppException.Update(words) to WayOut.UPDATE,
            AppException.Environment(words) to WayOut.TRY_AGAIN,
            AppException.NotReached(words) to WayOut.TRY_AGAIN,
            AppException.Invitation(words) to WayOut.CORRECT,
            AppException.Untrusted(words) to WayOut.ASK,
            AppException.Report(words) to WayOut.TRY_AGAIN,
        )

    @Test
    fun `every error has its way out and keeps the words of the core`() {
        table.forEach { (error, wayOut) ->
            val trouble = troubleOf(error)
            assertEquals("$error", wayOut, trouble.wayOut)
            assertEquals(
                "$error",
                listOf("what", "safe", "todo", "details"),
                trouble.words.run {
                    listOf(what, safe, todo, details)
                },
            )
            assertTrue("$error", trouble.hides)
        }
        assertEquals(listOf("Photo"), troubleOf(AppException.Incomplete(listOf("Photo"), words)).missing)
    }

    @Test
    fun `whether the same is tried again is the word of the core`() {
        val kinds: List<(Trouble) -> AppException> =
            listOf(
                { AppException.Refused("changed_since", it) },
                AppException::Environment,
                AppException::NotReached,
                AppException::Report,
            )
        val ways = { again: Again -> kinds.map { kind -> troubleOf(kind(words(again))).wayOut }.toSet() }
        assertEquals(setOf(WayOut.TRY_AGAIN), ways(Again.BY_ITSELF))
        assertEquals(setOf(WayOut.TRY_AGAIN), ways(Again.AFTERWARDS))
        assertEquals(setOf(WayOut.SHOW_AGAIN), ways(Again.AFTER_LOOKING))
        assertEquals(setOf(WayOut.CORRECT, WayOut.ASK), ways(Again.NEVER))
        Again.entries.forEach { assertEquals(it, troubleOf(AppException.Report(words(it))).again) }
    }

    @Test
    fun `the table forgets no error`() {
        val kinds = AppException::class.java.declaredClasses.filter { AppException::class.java.isAssignableFrom(it) }
        assertEquals(kinds.map { it.simpleName }.toSet(), table.keys.map { it.javaClass.simpleName }.toSet())
    }
}
