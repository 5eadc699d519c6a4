package org.countersign.field.faults

import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.countersign.core.AttentionKind
import org.countersign.field.R
import org.countersign.field.app.Answer
import org.countersign.field.app.Opening
import org.countersign.field.app.WayOut
import org.countersign.field.office.Office
import org.countersign.field.office.Program
import org.countersign.field.phone.App
import org.countersign.field.visit.Work
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import java.io.File

/** What nobody asked for: news, what a crash left behind, and what should not happen. */
@RunWith(AndroidJUnit4::class)
class UnaskedTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }

    @Test
    fun `what a sync brings is told, unless it is on the screen`() {
        val work = enrolled()
        app.start()
        app.see("jobs")
        val seen = office.job("Seen in the list")
        work.sync()
        app.waitUntil("it comes") { has(seen) }
        app.idle(SOON)
        assertFalse("new $seen" in app.phone.notices.told)

        app.tap(hasContentDescription(app.word(R.string.settings)))
        app.see("language")
        val told = office.job("Told elsewhere")
        app.waitUntil("it is told") {
            work.sync()
            "new $told" in app.phone.notices.told
        }
        app.stop()
    }

    @Test
    fun `what a crash left behind is filed when the app is looked at again`() {
        enrolled()
        val job = office.job("Photos were taken")
        Work(app.core).sync()
        val capture = File(app.application.filesDir, "capture")
        val kept = photo(File(capture, "$job/found/-/IMG_1.jpg"), seed = 21)
        val lost = photo(File(capture, "V-0000/found/-/IMG_2.jpg"), seed = 22)
        app.start()
        app.waitUntil("it is filed") { app.core.jobScreen(job).evidence.size == 1 && !kept.exists() }
        app.tap(hasContentDescription(app.activity.resources.getQuantityString(R.plurals.attention_count, 1, 1)))
        app.see("attention-${lost.path}")
        // The core asks for it, and counts it with what is only on this phone.
        val asked = app.core.outboxScreen().attention.map { it.kind to it.id }
        assertEquals(listOf(AttentionKind.UNFILED_FILE to lost.path), asked)
        assertTrue(app.core.onlyHere().any { it.files == 1uL && it.bytes == lost.length().toULong() })
        app.stop()
    }

    @Test
    fun `a phone that is put away sends later also where nobody can tell what waits`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val open = runBlocking { app.application.container.whenOpen() as Opening.Open }
        // Nothing can be read from it any more, as from one whose lease is over.
        val core = checkNotNull(app.application.core)
        core.close()
        open.office.hidden()
        app.waitUntil("it is scheduled") { "send" in app.phone.schedule.asked }
    }

    @Test
    fun `what should not happen is said`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val core = runBlocking { (app.application.container.whenOpen() as Opening.Open).core }
        val answer = runBlocking { core.read { error("nobody foresaw this") } } as Answer.Failed
        assertEquals(WayOut.TRY_AGAIN, answer.trouble.wayOut)
        assertEquals("This should not happen.", answer.trouble.words.what)
        assertEquals("java.lang.IllegalStateException: nobody foresaw this", answer.trouble.words.details)
    }

    private fun enrolled(): Work {
        app.waitUntil("the store opens") { app.application.core != null }
        return Work(app.core).enrol(office)
    }

    private fun photo(
        file: File,
        seed: Int,
    ): File {
        checkNotNull(file.parentFile).mkdirs()
        Program.photo(file, seed)
        file.setLastModified(System.currentTimeMillis() - HOUR)
        return file
    }

    private fun has(job: String): Boolean = runCatching { app.core.jobScreen(job) }.isSuccess

    companion object {
        private const val SOON = 500L
        private const val HOUR = 3_600_000L
        private val office by lazy { Office.open() }
    }
}
