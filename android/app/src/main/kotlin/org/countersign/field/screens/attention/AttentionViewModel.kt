package org.countersign.field.screens.attention

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Attached
import org.countersign.core.AttentionAction
import org.countersign.core.AttentionItem
import org.countersign.core.Countersign
import org.countersign.core.Remedy
import org.countersign.core.Topic
import org.countersign.core.usualChoice
import org.countersign.field.R
import org.countersign.field.app.Desk
import org.countersign.field.app.Said
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.Typed
import org.countersign.field.design.Choice

/** What needs a person. */
@Immutable
data class AttentionShown(
    /** The things. */
    val cards: List<AttentionItem>,
    /** Entries that wait to be sent. */
    val pending: Int,
    /** Entries that wait at the office. */
    val waiting: Int,
    /** Jobs that a found file may belong to. */
    val jobs: List<Choice<String>>,
)

/** What the office refuses, or what this phone cannot do alone, with what can be done about it. */
class AttentionViewModel(
    private val desk: Desk,
    saved: SavedStateHandle,
) : ScreenViewModel<AttentionShown>(desk.core, saved) {
    /** What is typed on the cards, by [valueOf] and [reasonOf]. */
    val typed = Typed(saved, "attention")

    private val leftovers get() = desk.container.leftovers

    /** Whether something is typed on a card that still stands there. */
    fun unkept(
        shown: AttentionShown?,
        fields: Map<String, String>,
    ): Boolean {
        val typed = shown?.cards.orEmpty().flatMap { listOf(valueOf(it), reasonOf(it)) }
        return typed.any { !fields[it].isNullOrBlank() }
    }

    /** Sends it again, keeps its words as a note, or gives it up. */
    fun remedy(
        id: String,
        remedy: Remedy,
    ) = deal { remedy(id, remedy) }

    /** Lets the work of the device before go under this one. */
    fun confirm() = deal { confirmHeldWork() }

    /** Signs what waits for the key. */
    fun unlock() = deal { resumeAttestations() }

    /** Files it with this job. */
    fun file(
        id: String,
        job: String,
    ) {
        val left = leftovers.refused(id)
        if (left == null) {
            order<Attached>(DEALT_WITH) { fileFound(id, job, usualChoice("stage")) }
        } else {
            order<Attached>(DEALT_WITH, { desk.core.lookAgain() }) {
                // It keeps what it shows and how it came here; a question of another job it does not answer.
                attach(job, left.file.path, null, left.stage, left.origin).also { leftovers.dealtWith(left.file) }
            }
        }
    }

    /** It was read. */
    fun acknowledge(id: String) = deal { acknowledge(id) }

    /** Asks for a sync now. */
    fun sync() = desk.office.sendNow()

    override fun concerns(topics: Set<Topic>): Boolean = topics.any { it is Topic.Outbox || it is Topic.Status }

    override fun read(core: Countersign): AttentionShown {
        val screen = core.outboxScreen()
        val asksForJob = screen.attention.any { AttentionAction.FILE in it.actions }
        return AttentionShown(
            cards = screen.attention,
            pending = screen.pending.toInt(),
            waiting = screen.waiting.toInt(),
            jobs = if (asksForJob) core.jobsForFiles().map { Choice(it.job, it.name, it.fault) } else emptyList(),
        )
    }

    private fun deal(command: Countersign.() -> Any) = order<Any>(DEALT_WITH, command = command)

    /** Names of what is typed. */
    companion object {
        private val DEALT_WITH = Said(R.string.dealt_with)

        /** The field for another value on this card. */
        fun valueOf(card: AttentionItem): String = "value-${card.kind}-${card.id}"

        /** The field for why this card's entry is given up. */
        fun reasonOf(card: AttentionItem): String = "reason-${card.kind}-${card.id}"
    }
}
