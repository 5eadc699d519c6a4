package org.countersign.field.faults

import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Again
import org.countersign.core.AppException
import org.countersign.core.Trouble
import org.countersign.field.app.WayOut
import org.countersign.field.app.troubleOf
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith

/** Each error of the core keeps its words and has its way out. */
@RunWith(AndroidJUnit4::class)
class TroubleTest {
    private val words =
        Trouble("what", safe = "safe", todo = "todo", details = "details", again = Again.BY_ITSELF, hides = true)

    /** Every kind of error and what a person can do about it. */
    private val table: Map<AppException, WayOut> =
        mapOf(
            AppException.Refused("answer.readonly", words) to WayOut.CORRECT,
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
            assertEquals("$error", Again.BY_ITSELF to true, trouble.again to trouble.hides)
        }
        assertEquals(listOf("Photo"), troubleOf(AppException.Incomplete(listOf("Photo"), words)).missing)
    }

    @Test
    fun `the table forgets no error`() {
        val kinds = AppException::class.java.declaredClasses.filter { AppException::class.java.isAssignableFrom(it) }
        assertEquals(kinds.map { it.simpleName }.toSet(), table.keys.map { it.javaClass.simpleName }.toSet())
    }
}
