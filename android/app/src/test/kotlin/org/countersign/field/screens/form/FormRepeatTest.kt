package org.countersign.field.screens.form

import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.FormEntry
import org.countersign.field.R
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.countersign.field.visit.Work
import org.junit.Assert.assertFalse
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** What is shown as saved is what the core has, also where items come and go and others change an answer. */
@RunWith(AndroidJUnit4::class)
class FormRepeatTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }

    @Test
    fun `an item that is added where one was taken out is empty`() {
        val job = onWorkPage()
        add(job, 2)
        app.type(field(2), "Seal kit")
        app.waitUntil("it is saved") { value(job, name(2)) == "Seal kit" }
        app.see(saved(2))
        remove(2)
        app.waitUntil("it is gone") { items(job) == 1 }
        add(job, 2)
        app.bring(hasTestTag(field(2)))
        app.seeNo(hasTestTag(field(2)) and hasText("Seal kit"))
        assertFalse("nothing was given for it", app.sees(saved(2)))
        app.stop()
    }

    @Test
    fun `what was typed behind an item moves up with it`() {
        val job = onWorkPage()
        add(job, 2)
        app.type(field(2), "Seal kit")
        app.waitUntil("it is saved") { value(job, name(2)) == "Seal kit" }
        remove(1)
        app.waitUntil("it moved up") { items(job) == 1 && value(job, name(1)) == "Seal kit" }
        app.bring(hasTestTag(field(1)) and hasText("Seal kit"))
        app.stop()
    }

    @Test
    fun `an answer that somebody else sets back is shown as it is`() {
        val job = onWorkPage()
        app.core.answer(job, DESCRIPTION, "Looked at it", "typed")
        app.bring(hasTestTag("form-field-$DESCRIPTION"))
        app.see(hasTestTag("form-field-$DESCRIPTION") and hasText("Looked at it"))
        app.type("form-field-$DESCRIPTION", "Changed the seal")
        app.waitUntil("it is saved") { value(job, DESCRIPTION) == "Changed the seal" }
        app.see(hasTestTag("form-keeping-$DESCRIPTION"))
        app.idle(SOON)
        app.core.answer(job, DESCRIPTION, "Looked at it", "typed")
        app.see(hasTestTag("form-field-$DESCRIPTION") and hasText("Looked at it"))
        app.seeNo(hasTestTag("form-keeping-$DESCRIPTION"))
        app.stop()
    }

    private fun onWorkPage(): String {
        app.waitUntil("the store opens") { app.application.core != null }
        val job = office.job("Pump is loud")
        Work(app.core).enrol(office).apply { arrive(job) }.answer(job)
        app.start("countersign://job/$job")
        app.tap("step-form")
        app.see("form")
        val pages = checkNotNull(app.core.formScreen(job)).pages.filter { it.relevant }
        app.tap("form-pages")
        app.tap("form-page-${pages.indexOfFirst { page -> page.questions.any { it.id == DESCRIPTION } } + 1}")
        app.bring(hasTestTag("form-field-$DESCRIPTION"))
        while (items(job) < 1) add(job, items(job) + 1)
        return job
    }

    private fun add(
        job: String,
        count: Int,
    ) {
        app.tap("form-add-$REPEAT")
        app.waitUntil("it is there") { items(job) == count }
        app.bring(hasTestTag(field(count)))
    }

    private fun remove(place: Int) = app.tap("form-remove-${item(place)}")

    private fun saved(place: Int): SemanticsMatcher =
        hasText(app.word(R.string.form_saved)) and hasAnyAncestor(hasTestTag("form-question-${name(place)}"))

    private fun items(job: String): Int =
        checkNotNull(app.core.formScreen(job)).pages.flatMap { it.entries }.count {
            it is FormEntry.Item && it.reference.startsWith(REPEAT)
        }

    private fun value(
        job: String,
        question: String,
    ): String? = checkNotNull(app.core.formScreen(job)).pages.flatMap { it.questions }.find { it.id == question }?.value

    private fun item(place: Int) = if (place == 1) REPEAT else "$REPEAT[$place]"

    private fun name(place: Int) = "${item(place)}/name"

    private fun field(place: Int) = "form-field-${name(place)}"

    private companion object {
        const val REPEAT = "/visit/work/component"
        const val DESCRIPTION = "/visit/work/description"
        const val SOON = 500L
        val office by lazy { Office.open() }
    }
}
