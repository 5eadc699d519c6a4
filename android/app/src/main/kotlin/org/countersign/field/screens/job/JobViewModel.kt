package org.countersign.field.screens.job

import androidx.lifecycle.SavedStateHandle
import org.countersign.core.AppException
import org.countersign.core.Countersign
import org.countersign.core.JobScreen
import org.countersign.core.Reader
import org.countersign.core.StepName
import org.countersign.core.StepState
import org.countersign.core.appointment
import org.countersign.core.dateTime
import org.countersign.core.jobStateChip
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.Said
import org.countersign.field.app.mark
import org.countersign.field.app.reader

/** One job: whose machine it is, the steps with the one next button, what was recorded, what the office wants. */
class JobViewModel(
    core: Core,
    saved: SavedStateHandle,
) : OfJobViewModel<JobShown>(core, saved) {
    /** A step that is one press: setting off, arriving, handing in. Other steps have pages. */
    fun press(step: StepName) {
        when (step) {
            StepName.TRAVEL -> order<Unit>(Said(R.string.job_travelling)) { travel(job) }
            StepName.ARRIVE -> order<Unit>(Said(R.string.job_arrived)) { arrive(job) }
            StepName.SUBMIT -> order<Unit>(Said(R.string.job_handed_in)) { submit(job) }
            else -> Unit
        }
    }

    /** Keeps the note that was typed. */
    fun keepNote() {
        val kept = typed.fields.value
        order<Unit>(Said(R.string.job_noted), { typed.forgetKept(kept, NOTE) }) { addNote(job, kept[NOTE].orEmpty()) }
    }

    /** Gives the open amendment up. */
    fun discard() {
        val kept = typed.fields.value
        order<Unit>(Said(R.string.job_discarded), { typed.forgetKept(kept, DISCARD) }) {
            discardAmendment(job, kept[DISCARD].orEmpty())
        }
    }

    /** Does this visit by phone or video, or goes there after all. */
    fun mark(remote: Boolean) {
        val word = if (remote) R.string.job_now_remote else R.string.job_now_on_site
        order<Unit>(Said(word)) { markRemote(job, remote) }
    }

    /** Signs a remote visit on this one. */
    fun collect(visit: String) = order<Unit>(Said(R.string.job_collected)) { collect(job, listOf(visit)) }

    /** A reason to give up an amendment that is gone has no field any more. */
    override fun unkept(
        shown: JobShown?,
        fields: Map<String, String>,
    ): Boolean = super.unkept(shown, if (shown != null && shown.screen.draft == null) fields - DISCARD else fields)

    override fun read(core: Countersign): JobShown {
        val reader = reader(core)
        val screen = core.jobScreen(job)
        val language = reader.language
        val form = answered(core)
        val steps = screen.steps.map { stepLine(screen, it, form) }
        return JobShown(
            head = headOf(screen),
            screen = screen,
            state = jobStateChip(language, screen.state).mark(),
            marks = marksOf(language, screen),
            className = word(language, "class", screen.facts.`class`),
            window =
                screen.facts.window
                    ?.let { appointment(reader, it) }
                    .orEmpty(),
            heardBefore =
                screen.facts.heldBefore
                    ?.heard
                    ?.let { dateTime(reader, it) }
                    .orEmpty(),
            steps = steps,
            next = steps.find { it.state == StepState.NEXT },
            shots = shotsOf(screen),
            parts = partsOf(language, screen),
            times = timesOf(language, screen),
            diagnosis = diagnosis(reader, screen),
            visits = screen.visits.map { visitLine(reader, it) },
            requests = screen.facts.requests.map { requestLine(reader, it) },
            documents = screen.documents.map { documentLine(language, it) },
        )
    }

    private fun diagnosis(
        reader: Reader,
        screen: JobScreen,
    ): List<Fact> = screen.facts.diagnosis.map { Fact(word(reader.language, "laptop-code", it.list), it.name) }

    /** A form that has not reached this device yet is told on its own page; the job is shown all the same. */
    private fun answered(core: Countersign): Answered? =
        try {
            core.formScreen(job)?.let { Answered(it.answered.toInt(), it.total.toInt()) }
        } catch (_: AppException) {
            null
        }

    /** Names of the fields. */
    companion object {
        /** A note. */
        const val NOTE = "note"

        /** Why the amendment is given up. */
        const val DISCARD = "discard"
    }
}
