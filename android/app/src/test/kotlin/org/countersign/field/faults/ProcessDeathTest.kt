package org.countersign.field.faults

import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assert
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.R
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.countersign.field.visit.SignOffByTaps
import org.countersign.field.visit.Work
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** The phone ends the process in the middle of work: whoever comes back finds what they had. */
@RunWith(AndroidJUnit4::class)
class ProcessDeathTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }
    private val place = "/visit/hydraulics/leak_place"

    @Test
    fun `a text that was being typed is still in its field, and is saved`() {
        val job =
            begun { work, job ->
                work.arrive(job)
                work.answer(job)
            }
        app.start("countersign://job/$job")
        app.tap("step-form")
        app.see("form")
        val pages = checkNotNull(app.core.formScreen(job)).pages.filter { it.relevant }
        pages.drop(1).take(HYDRAULICS).forEach { page ->
            app.tap("next-step")
            app.seeText(page.title)
        }
        app.type("form-field-$place", "Behind the cover, left")
        app.die()
        app.bring(hasTestTag("form-field-$place")).assert(hasText("Behind the cover, left"))
        app.waitUntil("it is saved") { answer(job) == "Behind the cover, left" }
    }

    @Test
    fun `a signature that was being drawn is still on the pad`() {
        val job = begun { work, job -> work.complete(job) }
        app.start("countersign://job/$job")
        app.tap("step-sign")
        app.draw("pad")
        app.bring(hasTestTag("pad")).assert(drawn())
        app.die()
        app.bring(hasTestTag("pad")).assert(drawn())
        app.tap("next-step")
        app.see("customer-pages")
    }

    @Test
    fun `the phone stays in the customer's hands, with what they said and drew`() {
        val job = begun { work, job -> work.complete(job) }
        app.start("countersign://job/$job")
        app.tap("step-sign")
        val people = SignOffByTaps(app)
        people.handOver()
        people.say("remarks", "noise remains", "Maria Lindqvist")
        app.tap("customer-draw")
        app.draw("pad")
        app.die()
        app.see("customer")
        app.back()
        assertTrue("still in the customer's hands", app.sees(hasTestTag("customer")))
        assertFalse(app.sees(hasTestTag("job")))
        app.see("customer-draw")
        app.seeText("noise remains")
        app.tap("next-step")
        app.see("customer-done")
        people.takeBack()
        assertEquals(1, app.core.jobScreen(job).documents.size)
        assertTrue(app.core.jobScreen(job).may.amend)
    }

    @Test
    fun `swept away in the customer's hands, it begins again in them until it is given back`() {
        val job = begun { work, job -> work.complete(job) }
        app.start("countersign://job/$job")
        app.tap("step-sign")
        val people = SignOffByTaps(app)
        people.handOver()
        app.sweep()
        app.see("customer-pages")
        app.back()
        assertTrue("still in the customer's hands", app.sees(hasTestTag("customer-pages")))
        people.takeBack()
        app.sweep()
        app.see("jobs")
        assertFalse(app.sees(hasTestTag("customer-pages")))
    }

    @Test
    fun `a turn of the phone changes nothing of what is typed`() {
        app.waitUntil("the store opens") { app.application.core != null }
        app.start()
        app.typeInto(R.string.enrol_code, "countersign:1:half an invitation")
        app.turn()
        app.seeText("half an invitation")
    }

    private fun begun(prepare: (Work, String) -> Unit): String {
        app.waitUntil("the store opens") { app.application.core != null }
        val job = office.job("Pump is loud")
        val work = Work(app.core).enrol(office)
        prepare(work, job)
        work.tidy()
        return job
    }

    private fun answer(job: String): String =
        checkNotNull(app.core.formScreen(job)).pages.flatMap { it.questions }.first { it.id == place }.value

    private fun drawn(): SemanticsMatcher =
        SemanticsMatcher.expectValue(SemanticsProperties.StateDescription, app.word(R.string.pad_drawn))

    companion object {
        /** Pages before that of the hydraulics. */
        private const val HYDRAULICS = 2
        private val office by lazy { Office.open() }
    }
}
