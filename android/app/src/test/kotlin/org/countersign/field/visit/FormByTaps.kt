package org.countersign.field.visit

import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import org.countersign.core.FormQuestion
import org.countersign.field.R
import org.countersign.field.phone.App
import java.io.File

/** Fills a form in as a person does: by its fields, page after page. */
internal class FormByTaps(
    private val app: App,
    private val job: String,
    private val answers: Map<String, String>,
    private val photos: Map<String, File>,
    private val signature: Set<String> = emptySet(),
    private val dialogs: Set<String> = emptySet(),
) {
    /** Answers every page and closes the form. */
    fun fill() {
        app.see("form")
        do {
            done.clear()
            answerPage()
            val last = !app.sees(hasText(app.word(R.string.form_next)) and hasClickAction())
            app.tap("next-step")
            place += 1
        } while (!last)
        app.see("job")
    }

    /** Answers what is asked here; an answer may ask for more, so it is looked again until nothing is new. */
    private fun answerPage() {
        do {
            val open = here().filter { it.mayAnswer && it.id !in done }
            open.forEach(::answer)
            done += open.map { it.id }
        } while (open.isNotEmpty())
    }

    private val done = mutableSetOf<String>()
    private var place = 0

    private fun pages() = checkNotNull(app.core.formScreen(job)).pages.filter { it.relevant }

    private fun here(): List<FormQuestion> = pages()[place].questions

    private fun answer(question: FormQuestion) {
        val id = question.id
        when {
            id in photos -> photograph(id, photos.getValue(id))
            id in signature -> sign(id)
            id in dialogs -> choose(id, question.kind)
            id in answers -> give(question, answers.getValue(id))
            else -> return
        }
        app.waitUntil("$id is saved") { value(id).isNotEmpty() }
    }

    private fun value(id: String): String =
        checkNotNull(app.core.formScreen(job)).pages.flatMap { it.questions }.first { it.id == id }.value

    private fun give(
        question: FormQuestion,
        value: String,
    ) = when (question.kind) {
        "select_one" -> {
            tick(question, value)
        }

        "select_many" -> {
            value.split(' ').forEach { tick(question, it) }
        }

        else -> {
            app.type("form-field-${question.id}", value)
            app.idle(PAUSE)
        }
    }

    private fun tick(
        question: FormQuestion,
        value: String,
    ) {
        val field = "form-field-${question.id}"
        val word = question.options.first { it.value == value }.label
        app.bring(hasTestTag(field))
        app.tap(hasText(word) and hasClickAction() and hasAnyAncestor(hasTestTag(field)))
    }

    private fun choose(
        id: String,
        kind: String,
    ) {
        when (kind) {
            "date_time" -> {
                app.tap("form-now-$id")
            }

            "date" -> {
                app.tap("form-date-$id")
                app.tap("form-date-choose")
            }

            else -> {
                app.tap("form-time-$id")
                app.tap("form-time-choose")
            }
        }
    }

    private fun photograph(
        id: String,
        file: File,
    ) {
        app.tap("form-photo-$id")
        CaptureByTaps(app).shoot(file)
        app.see("form")
    }

    private fun sign(id: String) {
        app.draw("form-pad-$id")
        app.tap("form-keep-$id")
    }

    private companion object {
        /** What is typed is saved after a pause. */
        const val PAUSE = 2_000L
    }
}

/** Takes photos with the phone's own camera app: here there is no camera that the app can drive. */
internal class CaptureByTaps(
    private val app: App,
) {
    /** Takes these one after the other and goes back. */
    fun shoot(vararg files: File) {
        files.forEachIndexed { index, file ->
            app.tap("capture-other-app")
            app.shoot(file)
            app.seeText(app.activity.resources.getQuantityString(R.plurals.capture_shots, index + 1, index + 1))
        }
        app.tap("next-step")
    }
}
