package org.countersign.field.faults

import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.AttentionKind
import org.countersign.core.TextValue
import org.countersign.core.text
import org.countersign.field.R
import org.countersign.field.app.Opening
import org.countersign.field.office.BrokenHub
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.countersign.field.platform.NetworkKind
import org.countersign.field.visit.Work
import org.countersign.field.visit.every
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** The office is away, busy, broken, somebody else, or has turned this phone out: work goes on and nothing is lost. */
@RunWith(AndroidJUnit4::class)
class HubFaultsTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }
    private lateinit var job: String

    /** What the strip says, in the core's words. */
    private fun strip(what: String): String =
        text(app.core.language(), "strip-$what", mapOf("time" to TextValue.Word("")))

    @Before
    fun enrolled() {
        office.start()
        app.waitUntil("the store opens") { app.application.core != null }
        job = office.job("Pump is loud")
        Work(app.core).enrol(office)
    }

    @Test
    fun `in airplane mode work is saved and the strip says so, and back again it is sent`() {
        app.start()
        app.seeText(strip("online"))
        app.phone.network.become(NetworkKind.NONE)
        office.stop()
        app.core.addNote(job, "Written in a cellar")
        app.seeText(strip("offline-since").trim())
        assertTrue(app.core.statusScreen().uniqueOnThisDevice)
        office.start()
        app.phone.network.become(NetworkKind.UNMETERED)
        app.waitUntil("the note is sent", LONG) { app.core.statusScreen().pendingCommands == 0uL }
        app.seeText(strip("online"))
    }

    @Test
    fun `a hub that is not well is tried again and nothing is lost`() {
        app.start()
        app.seeText(strip("online"))
        for (status in listOf(UNAVAILABLE, TOO_MANY)) {
            office.stop()
            BrokenHub(office.url, office.folder, status, headers = mapOf("retry-after" to "1")).use { broken ->
                app.core.addNote(job, "Written while the hub answered $status")
                app.waitUntil("it was asked", LONG) { broken.asked.isNotEmpty() }
                assertEquals("$status", 1uL, app.core.statusScreen().pendingCommands)
            }
            office.start()
            app.waitUntil("the note is sent after $status", LONG) { app.core.statusScreen().pendingCommands == 0uL }
        }
    }

    @Test
    fun `a captive portal is no office`() {
        app.start()
        app.seeText(strip("online"))
        office.stop()
        BrokenHub(office.url, office.folder, OK, "<html>Welcome to our hotel</html>").use { portal ->
            app.core.addNote(job, "Written in a hotel")
            app.waitUntil("it was asked", LONG) { portal.asked.isNotEmpty() }
            assertEquals(1uL, app.core.statusScreen().pendingCommands)
        }
        office.start()
        app.waitUntil("the note is sent", LONG) { app.core.statusScreen().pendingCommands == 0uL }
    }

    @Test
    fun `a hub with another key is told nothing and the person is told`() {
        app.start()
        app.seeText(strip("online"))
        office.stop()
        Office.open().use { other ->
            other.stop()
            BrokenHub(office.url, other.folder, OK).use { stranger ->
                app.core.addNote(job, "For the office alone")
                app.seeText(strip("stranger"), LONG)
                app.waitUntil("status says it") { app.core.statusScreen().problem == "untrusted" }
                assertEquals(listOf(AttentionKind.STRANGE_HUB), attention())
                app.tap("strip")
                app.seeText(checkNotNull(app.core.statusScreen().advice))
                // It may prove that the office changed its key; nothing else is said to it.
                assertEquals("nothing was told", emptyList<String>(), stranger.asked.filter { it != "GET /v1/trust" })
            }
        }
        assertEquals(1uL, app.core.statusScreen().pendingCommands)
        office.start()
        app.tapWord(R.string.send_now)
        app.seeText(strip("online"), LONG)
        app.waitUntil("nothing needs a person") { attention().isEmpty() }
    }

    @Test
    fun `a locked vault lets sync wait and nothing else, and unlocked it goes on`() {
        app.phone.vault.locked = true
        app.start()
        app.seeText(strip("locked"), LONG)
        app.core.addNote(job, "Written before anybody unlocked the phone")
        app.waitUntil("status says it") { app.core.statusScreen().problem == "token_locked" }
        assertEquals(1uL, app.core.statusScreen().pendingCommands)
        app.phone.vault.locked = false
        app.tap("strip")
        app.tapWord(R.string.send_now)
        app.waitUntil("the note is sent", LONG) { app.core.statusScreen().pendingCommands == 0uL }
        app.seeText(strip("online"))
    }

    @Test
    fun `a lost vault asks for a new invitation and what was saved is sent after it`() {
        app.phone.vault.lose()
        app.start()
        app.seeText(strip("held-up"), LONG)
        app.core.addNote(job, "Written with a lost vault")
        app.waitUntil("attention says it") { attention() == listOf(AttentionKind.LOST_TOKEN) }
        Work(app.core).enrol(office)
        (app.application.container.opening.value as Opening.Open).office.enrolled()
        assertEquals(listOf(AttentionKind.HELD), attention())
        app.core.confirmHeldWork()
        app.waitUntil("the note is sent", LONG) { app.core.statusScreen().pendingCommands == 0uL }
    }

    @Test
    fun `a key that the phone takes away is told at once`() {
        app.start()
        app.seeText(strip("online"))
        assertEquals(emptyList<AttentionKind>(), attention())
        app.phone.signer.takeAway()
        app.core.addNote(job, "Signed by a key that is gone")
        app.waitUntil("it is told", LONG) { attention() == listOf(AttentionKind.LOST_KEY) }
        app.see(hasContentDescription(app.activity.resources.getQuantityString(R.plurals.attention_count, 1, 1)))
        app.waitUntil("the unsigned note is sent", LONG) { app.core.statusScreen().pendingCommands == 0uL }
    }

    @Test
    fun `an invitation that names another key enrols nobody`() {
        val invitation = office.invite().replaceAfterLast('|', "0".repeat(64))
        app.start("countersign://status")
        val refused = runCatching { app.core.enrol(invitation, invitation, "Test phone") }.exceptionOrNull()
        assertNotNull(refused)
        assertEquals(Office.ENGINEER, app.core.ownScreen().person)
    }

    @Test
    fun `a revoked phone says so, sends nothing more and keeps its work`() {
        app.start()
        app.seeText(strip("online"))
        app.core.addNote(job, "The last word")
        app.waitUntil("it is sent", LONG) { app.core.statusScreen().pendingCommands == 0uL }
        office.revoke(app.core.ownScreen().code)
        app.core.addNote(job, "One word more")
        app.tap("strip")
        app.tapWord(R.string.send_now)
        app.waitUntil(
            "the strip says so",
            LONG,
        ) { app.sees(hasText(strip("held-up"), substring = true)) }
        assertEquals(1, app.core.jobList(every()).rows.count { it.job == job })
        assertTrue(app.core.statusScreen().problem != null)
        app.see(hasTestTag("sentence"))
    }

    private fun attention(): List<AttentionKind> = app.core.outboxScreen().attention.map { it.kind }

    companion object {
        private const val OK = 200
        private const val TOO_MANY = 429
        private const val UNAVAILABLE = 503
        private const val LONG = 60_000L
        private val office by lazy { Office.open() }
    }
}
