package org.countersign.field.screens.asking

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Countersign
import org.countersign.core.FieldToPutRight
import org.countersign.core.Language
import org.countersign.core.Reader
import org.countersign.core.TextValue
import org.countersign.core.choices
import org.countersign.core.fieldsToPutRight
import org.countersign.core.text
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.Said
import org.countersign.field.app.reader
import org.countersign.field.design.Choice
import org.countersign.field.screens.job.JobHead
import org.countersign.field.screens.job.OfJob
import org.countersign.field.screens.job.OfJobViewModel
import org.countersign.field.screens.job.RequestLine
import org.countersign.field.screens.job.headOf
import org.countersign.field.screens.job.requestLine
import org.countersign.field.screens.planning.WindowTyped

/** What the office is asked, and what became of it. */
@Immutable
data class AskShown(
    override val head: JobHead,
    /** Who reads, for the times that are picked. */
    val reader: Reader,
    /** What can be asked. */
    val what: List<Choice<String>>,
    /** What can be put right by asking: kind of record and field. */
    val fields: List<Choice<String>>,
    /** What was asked, the newest first. */
    val requests: List<RequestLine>,
) : OfJob

/** What a person wants, as they typed it. */
internal data class Wanted(
    val what: String,
    val wrong: String,
    val value: String,
    val reason: String,
    val window: WindowTyped,
) {
    /** Whether every field that belongs to it is filled in. */
    fun isWhole(reader: Reader): Boolean =
        reason.isNotBlank() &&
            when (what) {
                AskViewModel.WINDOW -> window.window(reader) != null
                AskViewModel.CHANGE -> wrong.isNotEmpty() && value.isNotBlank()
                else -> true
            }

    companion object {
        fun of(fields: Map<String, String>) =
            Wanted(
                what = fields[AskViewModel.WHAT] ?: AskViewModel.QUESTION,
                wrong = fields[AskViewModel.FIELD].orEmpty(),
                value = fields[AskViewModel.VALUE].orEmpty(),
                reason = fields[AskViewModel.REASON].orEmpty(),
                window = WindowTyped.of(fields),
            )
    }
}

/** Another appointment, parts, a colleague, an answer, a record put right. */
class AskViewModel(
    core: Core,
    saved: SavedStateHandle,
) : OfJobViewModel<AskShown>(core, saved) {
    /** Asks what was typed; the fields are empty afterwards. */
    fun ask(shown: AskShown) {
        val wanted = Wanted.of(typed.fields.value)
        order<String>(Said(R.string.ask_done), { typed.clear() }) {
            val window = wanted.window.window(shown.reader)
            when {
                wanted.what == WINDOW && window != null -> {
                    askForWindow(job, window, wanted.reason)
                }

                wanted.what == CHANGE -> {
                    val (about, field) = wanted.wrong.split('.')
                    askForChange(job, about, field, wanted.value, wanted.reason)
                }

                else -> {
                    askFor(job, wanted.what, wanted.reason)
                }
            }
        }
    }

    override fun read(core: Countersign): AskShown {
        val reader = reader(core)
        val screen = core.jobScreen(job)
        return AskShown(
            head = headOf(screen),
            reader = reader,
            what = choices("wish").map { Choice(it, word(reader.language, "wish", it)) },
            fields = fieldsToPutRight().map { Choice("${it.about}.${it.field}", fieldWords(reader.language, it)) },
            requests =
                screen.facts.requests
                    .asReversed()
                    .map { requestLine(reader, it) },
        )
    }

    private fun fieldWords(
        language: Language,
        wrong: FieldToPutRight,
    ): String {
        val values =
            mapOf(
                "about" to TextValue.Word(word(language, "kind", wrong.about)),
                "field" to TextValue.Word(word(language, "field", wrong.field)),
            )
        return text(language, "console-asked-field", values)
    }

    /** Names of the fields, and what can be in them. */
    companion object {
        /** What is asked. */
        const val WHAT = "what"

        /** Which field of which record. */
        const val FIELD = "field"

        /** How it should be. */
        const val VALUE = "value"

        /** In the person's words. */
        const val REASON = "reason"

        /** Another appointment. */
        const val WINDOW = "window"

        /** An answer. */
        const val QUESTION = "question"

        /** A record put right. */
        const val CHANGE = "change"
    }
}
