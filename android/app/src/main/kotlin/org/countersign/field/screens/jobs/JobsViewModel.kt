package org.countersign.field.screens.jobs

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.StateFlow
import org.countersign.core.Countersign
import org.countersign.core.JobChoice
import org.countersign.core.JobFilter
import org.countersign.core.Topic
import org.countersign.core.jobChoices
import org.countersign.core.usualChoice
import org.countersign.core.word
import org.countersign.field.app.Core
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.reader
import org.countersign.field.design.Choice
import java.util.concurrent.atomic.AtomicInteger

/** The job list. */
@Immutable
data class JobsShown(
    /** The cards. */
    val cards: List<JobCard>,
    /** Jobs that came while the list was looked at; they wait, so that no row jumps under a finger. */
    val came: Int,
    /** Whether there are more. */
    val more: Boolean,
    /** What is listed. */
    val choice: JobChoice,
    /** What can be listed. */
    val choices: List<Choice<JobChoice>>,
    /** Every open job is among them: nothing is searched for, others are not chosen, and no more follow. */
    val isWhole: Boolean,
)

/** The job list with its search. */
class JobsViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<JobsShown>(core, saved) {
    /** What is searched for. */
    val search: StateFlow<String> = saved.getStateFlow(SEARCH, "")

    /** Counts what the person asked the list for; a reading that began before they did is none of what they see. */
    private val asked = AtomicInteger()

    /** The jobs that the person has seen since they last asked; `null` takes whatever comes. */
    @Volatile
    private var seen: Seen? = null

    private class Seen(
        val asked: Int,
        val jobs: Set<String>,
    )

    /** Searches. */
    fun search(text: String) = from { saved[SEARCH] = text }

    /** Lists others. */
    fun choose(choice: JobChoice) = from { saved[CHOICE] = choice.name }

    /** Shows more. */
    fun more() = from { saved[PAGES] = pages() + 1 }

    /** Shows those that came meanwhile. */
    fun showWhatCame() = from { }

    override fun concerns(topics: Set<Topic>): Boolean =
        topics.any { it is Topic.Jobs || it is Topic.Job || it is Topic.Status }

    override fun read(core: Countersign): JobsShown {
        val now = asked.get()
        val choice = choice()
        val text = search.value
        val limit = (PAGE * pages()).toUInt()
        val screen = core.jobList(JobFilter(choice, text, openOnly = false, after = null, limit = limit))
        val before = seen?.takeIf { it.asked == now && it.jobs.isNotEmpty() }?.jobs
        // What is not sent yet was made here: nobody waits for their own job.
        val shown = screen.rows.filter { before == null || it.job in before || it.unsentEntries > 0u }
        seen = Seen(now, shown.map { it.job }.toSet())
        val reader = reader(core)
        return JobsShown(
            cards = shown.map { cardOf(it, reader) },
            came = screen.rows.size - shown.size,
            more = screen.more,
            choice = choice,
            choices = jobChoices().map { Choice(it, word(reader.language, "job-choice", it.name.lowercase())) },
            isWhole = text.isBlank() && choice == usual() && !screen.more,
        )
    }

    private fun from(change: () -> Unit) {
        change()
        asked.incrementAndGet()
        readAgain()
    }

    private fun pages(): Int = saved[PAGES] ?: 1

    private fun choice(): JobChoice = saved.get<String>(CHOICE)?.let(::choiceOf) ?: usual()

    private fun usual(): JobChoice = choiceOf(usualChoice("job-choice"))

    private fun choiceOf(word: String): JobChoice = JobChoice.entries.first { it.name.equals(word, ignoreCase = true) }

    private companion object {
        const val SEARCH = "search"
        const val CHOICE = "choice"
        const val PAGES = "pages"
        const val PAGE = 50
    }
}
