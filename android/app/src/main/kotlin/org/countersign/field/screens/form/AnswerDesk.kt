package org.countersign.field.screens.form

import androidx.compose.runtime.Immutable
import androidx.compose.runtime.mutableStateMapOf
import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.delay
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import org.countersign.core.AnswerGiven
import org.countersign.core.isWithin
import org.countersign.field.R
import org.countersign.field.app.Answer
import org.countersign.field.app.Core
import org.countersign.field.app.Telling
import org.countersign.field.app.Trouble
import java.util.concurrent.atomic.AtomicInteger

/** How far an answer that was given on this screen has come. */
sealed interface Keeping {
    /** It is being typed. */
    data object Typing : Keeping

    /** The core has been asked to save it. */
    data object Saving : Keeping

    /** The core has saved it. */
    data class Saved(
        /** How many answers were saved on this screen until then, it included. */
        val count: Int,
    ) : Keeping

    /** It was not saved; it is still in the field. */
    data class Unsaved(
        /** Why. */
        val trouble: Trouble,
    ) : Keeping
}

/** What a person gave as an answer on this screen. */
@Immutable
data class Given(
    /** The value as the form stores it. */
    val value: String,
    /** Where it came from. */
    val provenance: String,
    /** How far it has come. */
    val keeping: Keeping,
)

/**
 * Saves answers, one after the other for each question, the newest last. What is typed outlives the process until the
 * core has saved it: nothing that stands in a field can be lost. Once a snapshot has what was saved, the snapshot alone
 * counts: what a colleague or the office changes afterwards is shown, and what the core does not have is never called
 * saved.
 */
class AnswerDesk(
    private val core: Core,
    private val saved: SavedStateHandle,
    private val telling: Telling,
    private val onSaved: () -> Unit,
) {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)
    private val given = mutableStateMapOf<String, Given>()

    /** What was saved here and is in the snapshot; it is called saved for as long as the snapshot says the same. */
    private val settled = mutableStateMapOf<String, Given>()
    private val saves = AtomicInteger()
    private val pauses = mutableMapOf<String, Job>()
    private val running = mutableMapOf<String, Job>()

    /** The job whose form it is. */
    private val job: String = org.countersign.field.app.Route.argument(saved, "job")

    init {
        restore()
    }

    /** What was given to this question on this screen and no snapshot has yet; `null` for nothing. */
    fun of(question: String): Given? = given[question]

    /** How far what was given here has come; `null` where the [value] of the snapshot was not given here. */
    fun keeping(
        question: String,
        value: String,
    ): Keeping? = (given[question] ?: settled[question]?.takeIf { it.value == value })?.keeping

    /** How many answers were saved here; asked before a snapshot is read, it says which of them the snapshot has. */
    val savedSoFar: Int get() = saves.get()

    /** A snapshot is there that was read after so many answers had been saved here. */
    fun caughtUp(count: Int) {
        val done = given.filterValues { own -> (own.keeping as? Keeping.Saved)?.let { it.count <= count } == true }
        settled.putAll(done)
        given.keys.removeAll(done.keys)
    }

    /** Whether everything that was given here is saved. */
    val isSaved: Boolean get() = given.values.all { it.keeping is Keeping.Saved }

    /** The value to show: what was given here, until a snapshot has it. */
    fun shown(
        question: String,
        value: String,
    ): String = given[question]?.value ?: value

    /** A letter more: saved after a pause. */
    fun type(
        question: String,
        value: String,
        provenance: String = TYPED,
    ) {
        hold(question, Given(value, provenance, Keeping.Typing))
        pauses.remove(question)?.cancel()
        pauses[question] =
            scope.launch {
                delay(PAUSE)
                save(question)
            }
    }

    /** A whole answer: saved at once. */
    fun give(
        question: String,
        value: String,
        provenance: String = TYPED,
    ) {
        hold(question, Given(value, provenance, Keeping.Typing))
        save(question)
    }

    /** The field was left: what was typed is saved without waiting. */
    fun leave(question: String) {
        if (given[question]?.keeping is Keeping.Typing) save(question)
    }

    /** Tries again to save what was not. */
    fun again(question: String) = save(question)

    /** Gives up what was not saved: the field shows the saved answer again. */
    fun giveUp(question: String) {
        given.remove(question)
        remember()
    }

    /** Saves what is left and waits; the question that could not be saved, if any. */
    suspend fun everything(): String? {
        given.filterValues { it.keeping is Keeping.Typing }.keys.toList().forEach(::save)
        running.values.toList().joinAll()
        return given.entries.firstOrNull { it.value.keeping is Keeping.Unsaved }?.key
    }

    /** An item is taken out, and what was given for its questions with it. */
    internal fun takenOut(item: String) {
        val gone = (given.keys + settled.keys).filter { isWithin(it, item) }
        gone.forEach { pauses.remove(it)?.cancel() }
        given.keys.removeAll(gone.toSet())
        settled.keys.removeAll(gone.toSet())
        remember()
    }

    /** The screen is gone: what is left is still saved, and what cannot be is said on another one. */
    fun close() {
        scope.launch {
            given.filterValues { it.keeping is Keeping.Unsaved }.keys.forEach(::save)
            if (everything() != null) telling.tell(R.string.form_answer_unkept)
            scope.cancel()
        }
    }

    private fun hold(
        question: String,
        own: Given,
    ) {
        settled.remove(question)
        given[question] = own
        remember()
    }

    private fun save(question: String) {
        pauses.remove(question)?.cancel()
        if (running[question]?.isActive == true) return
        running[question] = scope.launch { run(question) }
    }

    private suspend fun run(question: String) {
        while (true) {
            val now = given[question] ?: return
            given[question] = now.copy(keeping = Keeping.Saving)
            val answer = core.command { answer(job, question, now.value, now.provenance) }
            val held = given[question]
            if (held != null && (held.value != now.value || held.provenance != now.provenance)) continue
            // Nobody waits for it where it was given up, or its item taken out.
            if (held != null) settle(question, now, answer)
            return
        }
    }

    private fun settle(
        question: String,
        now: Given,
        answer: Answer<AnswerGiven>,
    ) {
        given[question] =
            when (answer) {
                is Answer.Done -> now.copy(answer.value.value, keeping = Keeping.Saved(saves.incrementAndGet()))
                is Answer.Failed -> now.copy(keeping = Keeping.Unsaved(answer.trouble))
            }
        remember()
        onSaved()
    }

    private fun remember() {
        val unsaved = given.filterValues { it.keeping !is Keeping.Saved }
        saved[GIVEN] = HashMap(unsaved.mapValues { (_, own) -> arrayListOf(own.value, own.provenance) })
    }

    private fun restore() {
        val before: Map<String, ArrayList<String>> = saved[GIVEN] ?: return
        before.forEach { (question, parts) ->
            val (value, provenance) = parts
            given[question] = Given(value, provenance, Keeping.Typing)
            save(question)
        }
    }

    /** The words for where an answer came from. */
    companion object {
        /** Typed or chosen. */
        const val TYPED = "typed"

        /** Read from a code. */
        const val SCANNED = "scanned"

        /** Read from an instrument. */
        const val MEASURED = "measured"

        /** Taken over from the last visit: whatever value comes along, the core takes that visit's. */
        const val COPIED = "copied"

        private const val GIVEN = "given"

        /** Whoever pauses this long over a text has a thought that is worth keeping. */
        private const val PAUSE = 1_500L
    }
}
