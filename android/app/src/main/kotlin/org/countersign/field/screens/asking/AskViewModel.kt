package org.countersign.field.screens.asking

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Countersign
import org.countersign.core.Reader
import org.countersign.core.Wanted
import org.countersign.core.fieldsToPutRight
import org.countersign.core.usualChoice
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
import org.countersign.field.screens.namedChoices
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
internal fun wantedOf(fields: Map<String, String>) =
    Wanted(
        what = fields[AskViewModel.WHAT] ?: usualChoice("wish"),
        from = fields[WindowTyped.FROM].orEmpty(),
        to = fields[WindowTyped.TO].orEmpty(),
        `field` = fields[AskViewModel.FIELD].orEmpty(),
        value = fields[AskViewModel.VALUE].orEmpty(),
        reason = fields[AskViewModel.REASON].orEmpty(),
    )

/** Another appointment, parts, a colleague, an answer, a record put right. */
class AskViewModel(
    core: Core,
    saved: SavedStateHandle,
) : OfJobViewModel<AskShown>(core, saved) {
    /** Asks what was typed; the fields are empty afterwards. */
    fun ask() {
        val wanted = wantedOf(typed.fields.value)
        order<String>(Said(R.string.ask_done), { typed.clear() }) { askWanted(job, wanted) }
    }

    /** What is asked for is one tap; the rest is typed or looked up. */
    override fun unkept(
        shown: AskShown?,
        fields: Map<String, String>,
    ): Boolean = super.unkept(shown, fields - WHAT)

    override fun read(core: Countersign): AskShown {
        val reader = reader(core)
        val screen = core.jobScreen(job)
        return AskShown(
            head = headOf(screen),
            reader = reader,
            what = namedChoices(reader.language, "wish"),
            fields = fieldsToPutRight(reader.language).map { Choice(it.key, it.name) },
            requests = screen.facts.requests.map { requestLine(reader, it) },
        )
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
    }
}
