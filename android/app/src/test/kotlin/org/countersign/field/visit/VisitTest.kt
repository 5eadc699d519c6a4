package org.countersign.field.visit

import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.DocumentRow
import org.countersign.core.Origin
import org.countersign.field.R
import org.countersign.field.office.Console
import org.countersign.field.office.Office
import org.countersign.field.office.Program
import org.countersign.field.phone.App
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import java.io.File

/** The whole visit, by taps and strokes alone: planned, done, signed, returned, amended, approved. */
@RunWith(AndroidJUnit4::class)
class VisitTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    @get:Rule
    val folder = TemporaryFolder()

    private val app by lazy { App(compose) }
    private val fault = "Oil under the machine since Monday"

    @Test
    fun `a visit from the invitation to the approved voucher`() {
        val job = office.job(fault)
        app.start()
        enrol()
        app.tap(hasText(fault, substring = true) and hasClickAction())
        app.see("job")
        checkDeparture()
        setOffAndArrive()
        photographAsFound(job)
        fillIn(job)
        bookPart(job)
        recordTime()
        signOff(job)
        handInAndLeave(job)

        app.waitUntil("everything is at the office", LONG) { sent() }
        val console = office.console()
        console.returnWith(job, PRESSURE, "148 bar is low: was the oil warm?")
        amend(job)
        app.waitUntil("the amendment is at the office", LONG) { sent() }
        console.approve(job)
        app.waitUntil("the approval is here", LONG) { app.core.jobScreen(job).state == "approved" }

        sameDocuments(job, console)
    }

    @Test
    fun `a HEIC photo and a film are evidence of their own kind`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val job = office.job("Noise from the gearbox")
        Work(app.core).enrol(office).arrive(job)
        app.start("countersign://job/$job")
        app.tap("step-as-found")
        app.see("files")
        val files = listOf("noise.heic", "noise.mp4").map { Program.photo(File(folder.root, it), seed = 1) }
        files.forEach { app.core.attach(job, it.path, null, "found", Origin.Captured(null)) }
        val rows = app.core.jobScreen(job).evidence
        assertEquals(
            listOf("image/heic" to "4032 x 3024", "video/mp4" to "1920 x 1080"),
            rows.map {
                it.kind to
                    it.pixels
            },
        )
        assertEquals(listOf(null, 12_500uL), rows.map { it.durationMs })
        assertEquals(files.map { it.length().toULong() }, rows.map { it.bytes })
        // Only the time that the samples claim is odd, since they were made long before this visit.
        assertEquals(listOf(listOf("time"), listOf("time")), rows.map { it.findings })
        rows.forEach { app.bring(hasTestTag("file-${it.evidence}")) }
    }

    private fun enrol() {
        app.typeInto(R.string.enrol_code, office.invite())
        app.next(R.string.enrol_look)
        app.see("enrol-seen")
        app.next(R.string.enrol)
        app.see("jobs")
    }

    private fun checkDeparture() {
        app.tap("job-departure")
        app.see("departure")
        app.back()
        app.see("job")
    }

    private fun setOffAndArrive() {
        app.next(R.string.verb_travel)
        app.next(R.string.verb_arrive)
        app.see(hasText(app.word(R.string.verb_as_found)) and hasTestTag("next-step"))
    }

    private fun photographAsFound(job: String) {
        app.tap("next-step")
        app.see("files")
        app.tap("next-step")
        CaptureByTaps(app).shoot(photo(3), photo(2))
        app.see("files")
        app.back()
        app.see("job")
        assertEquals(listOf("found", "found"), app.core.jobScreen(job).evidence.map { it.stage })
    }

    private fun fillIn(job: String) {
        app.tap("step-form")
        val typed = ANSWERS - CHOSEN + SCANNED
        val photos = mapOf(PHOTO_FOUND to photo(5), PHOTO_LEFT to photo(4))
        FormByTaps(app, job, typed, photos, setOf(OPERATOR), CHOSEN).fill()
        val form = checkNotNull(app.core.formScreen(job))
        assertEquals("nothing is missing", emptyList<String>(), form.missing)
        val given = form.pages.flatMap { it.questions }.associate { it.id to it.value }
        typed.forEach { (question, value) -> assertEquals(question, value, given[question]) }
    }

    private fun bookPart(job: String) {
        app.tap("job-parts")
        val part = app.core.partsScreen(job, org.countersign.core.PartFilter("", null, 10u)).parts.first()
        app.tap("part-${part.code}")
        app.type("parts-quantity", "1")
        app.tap("parts-book")
        app.waitUntil("the part is booked") { app.core.jobScreen(job).parts.any { it.code == part.code } }
        app.back()
        app.see("job")
    }

    private fun recordTime() {
        app.tap("job-times")
        app.type("time-minutes", "105")
        app.tap("next-step")
        app.see("times")
        app.back()
        app.see("job")
    }

    private fun signOff(job: String) {
        app.tap("step-sign")
        val people = SignOffByTaps(app)
        people.handOver()
        // The back gesture leads nowhere out of the customer's hands.
        app.back()
        assertTrue(app.sees(hasTestTag("customer")))
        people.say("remarks", "noise remains · 还有噪音", "Maria Lindqvist")
        people.sign()
        people.takeBack()
        assertTrue(app.core.jobScreen(job).may.amend)
    }

    private fun handInAndLeave(job: String) {
        if (app.core.jobScreen(job).steps.any { it.step.name == "LEAVE" }) {
            app.tap("step-leave")
            app.tap("next-step")
            app.see("job")
        }
        handIn(job)
    }

    /** Nothing waits to be sent before it is saved as well. */
    private fun handIn(job: String) {
        app.tap("step-submit")
        app.waitUntil("it is handed in") { app.core.jobScreen(job).state == "submitted" }
    }

    private fun amend(job: String) {
        app.see(hasTestTag("remarks"), LONG)
        app.seeText("148 bar is low")
        app.tap(hasTestTag("next-step") and hasText(app.word(R.string.verb_amend)))
        app.type("amend-reason", "Measured again with warm oil")
        app.tap("next-step")
        app.type("form-field-$PRESSURE", "158")
        app.idle(PAUSE)
        app.back()
        app.see("job")
        app.tap("step-sign")
        app.see("sign")
        app.draw("pad")
        app.tap("next-step")
        app.see("job")
        app.waitUntil("the amendment is signed") { documents(job).size == 2 }
        handIn(job)
    }

    /** What the phone shows as sealed is what the office keeps, byte for byte, and anybody can verify it. */
    private fun sameDocuments(
        job: String,
        console: Console,
    ) {
        val shown =
            documents(job).indices.map { index ->
                app.tapAt("document-row", index)
                val sealed = app.textOf("document-sealed")
                app.back()
                app.see("job")
                sealed
            }
        val page = console.get("/jobs/$job").text
        val kept = Regex("/documents/([0-9a-f]{64})").findAll(page).map { it.groupValues[1] }.toSet()
        assertEquals(kept, shown.toSet())
        shown.forEach { sealed ->
            val pdf = File(folder.root, "$sealed.pdf")
            pdf.writeBytes(console.get("/documents/$sealed").bytes)
            val own = documents(job).single { it.sealed == sealed }.pdf
            assertTrue("the same bytes", File(checkNotNull(own)).readBytes().contentEquals(pdf.readBytes()))
            assertTrue(Program.answer("verify", pdf.path).getBoolean("ok"))
        }
        assertTrue(office.check().toString(), office.check().optBoolean("ok", true))
    }

    private fun documents(job: String): List<DocumentRow> = app.core.jobScreen(job).documents

    private fun sent(): Boolean = app.core.statusScreen().run { pendingCommands == 0uL && unconfirmedMedia == 0uL }

    private fun photo(seed: Int): File = Program.photo(File(folder.root, "$seed.jpg"), seed)

    companion object {
        private const val LONG = 90_000L
        private const val PAUSE = 2_000L
        private const val OPERATOR = "/visit/handover/operator_signature"

        private val office by lazy { Office.open() }

        /** What is chosen in dialogs. */
        private val CHOSEN =
            setOf("/visit/safety/arrived", "/visit/findings/fault_since", "/visit/work/begin", "/visit/work/end")

        /** What else the form asks. */
        private val SCANNED =
            mapOf("/visit/safety/serial_plate" to "H7-3391", "/visit/handover/operator_instructed" to "yes")
    }
}
