package org.countersign.field.screens

import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assert
import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.lifecycle.SavedStateHandle
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.AttentionItem
import org.countersign.core.AttentionKind
import org.countersign.field.R
import org.countersign.field.app.Typed
import org.countersign.field.office.Office
import org.countersign.field.office.Program
import org.countersign.field.phone.App
import org.countersign.field.phone.openDesk
import org.countersign.field.screens.attention.AttentionShown
import org.countersign.field.screens.attention.AttentionViewModel
import org.countersign.field.screens.planning.PlanViewModel
import org.countersign.field.visit.Work
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import java.io.File

/** Whoever leaves what they typed and did not keep is asked first, everywhere in the same way. */
@RunWith(AndroidJUnit4::class)
class UnkeptTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }

    /** A field, what is typed into it, where its page leads back to, and the taps that lead there from the job. */
    private class Page(
        val field: String,
        val typed: String,
        val before: String,
        vararg val way: String,
    )

    private val pages =
        listOf(
            Page("diagnosis-findings", "The seal is worn", "job", "job-diagnosis"),
            Page("ask-reason", "Which oil?", "job", "job-ask"),
            Page("class-reason", "The maker's fault", "job", "job-class"),
            Page("time-minutes", "35", "job", "job-times"),
            Page("meter-value", "4182", "job", "job-times"),
            Page("charge-description", "Parking", "job", "job-costs", "costs-add"),
            Page("cash-from", "Maria Lindqvist", "costs-charges", "job-costs", "costs-to-cash"),
            Page("parts-batch", "LOT-7", "job", "job-parts", "parts-unlisted", "parts-details"),
        )

    @Test
    fun `what is typed on a page of a job is asked about, by the gesture and by the arrow`() {
        openJob()
        for (page in pages) {
            page.way.forEach(app::tap)
            app.bring(hasTestTag(page.field))
            app.back()
            app.see(page.before)
            // Nothing was typed: nothing is asked.
            assertFalse(page.field, app.sees(hasTestTag("typed-go-on")))
            app.backToJob()
            page.way.forEach(app::tap)
            app.type(page.field, page.typed)
            app.back()
            app.tap("typed-go-on")
            app.bring(hasTestTag(page.field)).assert(hasText(page.typed))
            app.tap(arrow())
            app.tap("typed-give-up")
            app.see(page.before)
            app.backToJob()
        }
        app.stop()
    }

    @Test
    fun `the note of a job is asked about, and goes without a question once it is kept`() {
        openJob()
        app.tap("note-open")
        app.type("note-field", "Bring the long ladder")
        app.back()
        app.tap("typed-go-on")
        app.tap("note-keep")
        app.waitUntil("it is kept") { !app.sees(hasTestTag("note-field") and hasText("Bring the long ladder")) }
        app.back()
        app.see("jobs")
        app.stop()
    }

    @Test
    fun `a colleague's key and a code that is typed are asked about as well`() {
        openJob()
        app.back()
        app.see("jobs")
        app.tap("strip")
        app.typeInto(R.string.hand_over_key, "a key as the colleague reads it out")
        app.back()
        app.tap("typed-go-on")
        app.tap(arrow())
        app.tap("typed-give-up")
        app.tap("jobs-scan")
        app.type("scan-typed", "4711")
        app.back()
        app.tap("typed-give-up")
        app.see("jobs")
        app.stop()
    }

    @Test
    fun `what is typed on a card counts for as long as the card stands there`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val model = AttentionViewModel(app.application.openDesk(), SavedStateHandle())
        val card = AttentionItem("1", AttentionKind.REFUSED, "answer.set", null, "Answer", "", true, emptyList())
        val shown = AttentionShown(listOf(card), 0, 0, emptyList())
        assertFalse(model.unkept(shown, emptyMap()))
        listOf(AttentionViewModel.valueOf(card), AttentionViewModel.reasonOf(card)).forEach {
            assertTrue(it, model.unkept(shown, mapOf(it to "7")))
            assertFalse(it, model.unkept(shown.copy(cards = emptyList()), mapOf(it to "7")))
        }
    }

    @Test
    fun `the question and what is typed outlive a turn of the phone and the end of the process`() {
        openJob()
        app.tap("job-diagnosis")
        app.type("diagnosis-findings", "The seal is worn")
        app.back()
        app.see("typed-go-on")
        app.turn()
        app.see("typed-go-on")
        app.die()
        app.tap("typed-go-on")
        app.bring(hasTestTag("diagnosis-findings")).assert(hasText("The seal is worn"))
        // What is as it was kept is not typed any more.
        app.type("diagnosis-findings", "")
        app.back()
        app.see("job")
        app.stop()
    }

    @Test
    @Config(qualifiers = "w1280dp-h800dp-land-mdpi")
    fun `another job of the list beside it is opened after the question`() {
        val other = openJob { office.job("Another one, beside it") }
        app.tap("job-diagnosis")
        app.type("diagnosis-findings", "The seal is worn")
        val card = hasText("Another one, beside it", substring = true) and hasClickAction() and inPane()
        app.tap(card)
        app.tap("typed-go-on")
        app.bring(hasTestTag("diagnosis-findings")).assert(hasText("The seal is worn"))
        app.tap(card)
        app.tap("typed-give-up")
        app.see("job")
        assertTrue(app.core.jobScreen(other).title, app.sees(hasText("Another one, beside it") and !inPane()))
        app.stop()
    }

    @Test
    @Config(qualifiers = "w1280dp-h800dp-land-mdpi")
    fun `the list beside a form goes on once what is typed is saved, and asks about what is only drawn`() {
        val (job, other) = begun("Pump is loud", "Another one, beside it")
        app.core.answer(job, "/visit/handover/operator_instructed", "yes", "typed")
        app.start("countersign://job/$job")
        openHandover(job)
        app.type("form-field-$ADVICE", "Check the seal")
        app.tap(card("Another one, beside it"))
        app.see("job")
        app.waitUntil("it is saved") { answer(job, ADVICE) == "Check the seal" }
        app.tap(card("Pump is loud"))
        openHandover(job)
        app.draw("form-pad-$SIGNATURE")
        app.tap(card("Another one, beside it"))
        app.tap("form-unsaved-go-on")
        app.bring(hasTestTag("form-pad-$SIGNATURE")).assert(drawn())
        app.tap(card("Another one, beside it"))
        app.tap("form-unsaved-give-up")
        app.see("job")
        assertTrue(app.core.jobScreen(other).title, app.sees(hasText("Another one, beside it") and !inPane()))
        app.stop()
    }

    @Test
    @Config(qualifiers = "w1280dp-h800dp-land-mdpi")
    fun `the list beside a nameplate asks before the photo goes`() {
        begun("Pump is loud")
        app.start()
        app.next(R.string.jobs_new)
        app.tap("nameplate-take")
        app.shoot(Program.photo(File(app.application.cacheDir, "plate.jpg"), seed = 7))
        app.type("nameplate-serial", "H7-0000")
        app.tap(card("Pump is loud"))
        app.tap("nameplate-go-on")
        app.bring(hasTestTag("nameplate-serial")).assert(hasText("H7-0000"))
        app.tap(card("Pump is loud"))
        app.tap("nameplate-give-up")
        app.see("job")
        app.stop()
    }

    @Test
    fun `a signature that the engineer drew is asked about, and goes without a question once it is sealed`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val job = office.job("Pump is loud")
        Work(app.core).enrol(office).complete(job)
        app.start("countersign://job/$job")
        app.tap("step-sign")
        app.draw("pad")
        app.back()
        app.tap("typed-go-on")
        app.bring(hasTestTag("pad")).assert(drawn())
        app.back()
        app.tap("typed-give-up")
        app.see("job")
        app.stop()
    }

    @Test
    fun `a time that is picked for a further visit counts, where it takes place does not`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val model = PlanViewModel(app.application.openDesk().core, SavedStateHandle(mapOf("job" to "V-1")))
        assertTrue(model.unkept(null, mapOf("from" to "2031-03-04T08:00")))
        assertFalse(model.unkept(null, mapOf(PlanViewModel.WHERE to PlanViewModel.REMOTE)))
    }

    @Test
    fun `a form that was opened filled in is not typed into before it is changed`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val typed = Typed(SavedStateHandle(), "form")
        typed.replace("code" to "A-1", "quantity" to "1")
        assertFalse(typed.isTouched(typed.fields.value))
        typed["quantity"] = "2"
        assertTrue(typed.isTouched(typed.fields.value))
        typed["quantity"] = "1"
        typed["batch"] = " "
        assertFalse(typed.isTouched(typed.fields.value))
    }

    private fun openHandover(job: String) {
        app.tap("step-form")
        app.see("form")
        val pages = checkNotNull(app.core.formScreen(job)).pages.filter { it.relevant }
        app.tap("form-pages")
        app.tap("form-page-${pages.indexOfFirst { page -> page.questions.any { it.id == ADVICE } } + 1}")
        app.bring(hasTestTag("form-field-$ADVICE"))
    }

    private fun answer(
        job: String,
        question: String,
    ): String = checkNotNull(app.core.formScreen(job)).pages.flatMap { it.questions }.first { it.id == question }.value

    private fun card(fault: String): SemanticsMatcher =
        hasText(fault, substring = true) and hasClickAction() and inPane()

    private fun drawn(): SemanticsMatcher =
        SemanticsMatcher.expectValue(SemanticsProperties.StateDescription, app.word(R.string.pad_drawn))

    /** Jobs on the phone, the first of them begun. */
    private fun begun(vararg faults: String): List<String> {
        app.waitUntil("the store opens") { app.application.core != null }
        val jobs = faults.map { office.job(it) }
        Work(app.core).enrol(office).arrive(jobs.first())
        return jobs
    }

    private fun App.backToJob() {
        if (!sees(hasTestTag("job"))) back()
        see("job")
    }

    private fun arrow(): SemanticsMatcher = hasContentDescription(app.word(R.string.back)) and hasClickAction()

    private fun inPane(): SemanticsMatcher = hasAnyAncestor(hasTestTag("jobs-pane"))

    /** Opens a job that has begun; [more] makes what else is to be on the phone. */
    private fun openJob(more: () -> String = { "" }): String {
        app.waitUntil("the store opens") { app.application.core != null }
        val job = office.job("Pump is loud")
        val other = more()
        Work(app.core).enrol(office).arrive(job)
        app.start("countersign://job/$job")
        app.see("job")
        return other
    }

    private companion object {
        const val ADVICE = "/visit/handover/advice"
        const val SIGNATURE = "/visit/handover/operator_signature"
        val office by lazy { Office.open() }
    }
}
