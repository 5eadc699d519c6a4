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
import org.junit.Assert.assertEquals
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
        val second = name(job, 2)
        app.type("form-field-$second", "Seal kit")
        app.waitUntil("it is saved") { value(job, second) == "Seal kit" }
        app.see(saved(second))
        remove(job, 2)
        app.waitUntil("it is gone") { items(job).size == 1 }
        add(job, 2)
        val other = name(job, 2)
        app.bring(hasTestTag("form-field-$other"))
        app.seeNo(hasTestTag("form-field-$other") and hasText("Seal kit"))
        assertFalse("nothing was given for it", app.sees(saved(other)))
        app.stop()
    }

    @Test
    fun `what was typed behind an item stays with its own`() {
        val job = onWorkPage()
        add(job, 2)
        val second = name(job, 2)
        app.type("form-field-$second", "Seal kit")
        app.waitUntil("it is saved") { value(job, second) == "Seal kit" }
        remove(job, 1)
        app.waitUntil("it moved up") { items(job).size == 1 && value(job, name(job, 1)) == "Seal kit" }
        app.bring(hasTestTag("form-field-$second") and hasText("Seal kit"))
        app.stop()
    }

    @Test
    fun `what is typed while a colleague takes out the item before goes to its own item`() {
        val job = onWorkPage()
        add(job, 2)
        add(job, 3)
        val (first, second, third) = items(job)
        app.type("form-field-$second/name", "Seal kit")
        // As a sync would bring it, between a letter and its save.
        app.core.removeItem(job, first)
        app.waitUntil("it is saved") { value(job, "$second/name") == "Seal kit" }
        app.bring(hasTestTag("form-field-$second/name") and hasText("Seal kit"))
        assertEquals("", value(job, "$third/name"))
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
        while (items(job).isEmpty()) add(job, 1)
        return job
    }

    private fun add(
        job: String,
        count: Int,
    ) {
        app.tap("form-add-$REPEAT")
        app.waitUntil("it is there") { items(job).size == count }
        app.bring(hasTestTag("form-field-${name(job, count)}"))
    }

    private fun remove(
        job: String,
        place: Int,
    ) = app.tap("form-remove-${items(job)[place - 1]}")

    private fun saved(question: String): SemanticsMatcher =
        hasText(app.word(R.string.form_saved)) and hasAnyAncestor(hasTestTag("form-question-$question"))

    private fun items(job: String): List<String> =
        checkNotNull(app.core.formScreen(job))
            .pages
            .flatMap { it.entries }
            .filterIsInstance<FormEntry.Item>()
            .map { it.id }
            .filter { it.startsWith(REPEAT) }

    private fun name(
        job: String,
        place: Int,
    ) = "${items(job)[place - 1]}/name"

    private fun value(
        job: String,
        question: String,
    ): String? = checkNotNull(app.core.formScreen(job)).pages.flatMap { it.questions }.find { it.id == question }?.value

    private companion object {
        const val REPEAT = "/visit/work/component"
        const val DESCRIPTION = "/visit/work/description"
        const val SOON = 500L
        val office by lazy { Office.open() }
    }
}
