package org.countersign.field.screens.files

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.AnswerGiven
import org.countersign.core.Countersign
import org.countersign.core.EvidenceRow
import org.countersign.core.JobScreen
import org.countersign.core.Topic
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.Said
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.reader
import org.countersign.field.design.Choice

/** One file and what stands beside it. */
@Immutable
data class FileShown(
    /** It. */
    val card: FileCard,
    /** Files of the other stage, to look at side by side. */
    val beside: List<FileCard>,
    /** The question that it answers, in words; empty for none. */
    val answers: String,
    /** The same question by its id; empty for none. */
    val answering: String,
    /** Questions that take a file. */
    val questions: List<Choice<String>>,
    /** Who drew over it, as a sentence; empty for nobody. */
    val drawnBy: String,
    /** Whether this person may draw over it. */
    val canDraw: Boolean,
)

/** One file, or nothing where it is not among those of the job. */
@Immutable
data class FileState(
    /** It. */
    val file: FileShown?,
)

/** One file of a visit. */
class FileViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<FileState>(core, saved) {
    /** The job. */
    val job: String = Route.argument(saved, "job")

    /** The file. */
    val evidence: String = Route.argument(saved, "evidence")

    override fun concerns(topics: Set<Topic>): Boolean = topics.any { it is Topic.Jobs || it is Topic.Job }

    override fun read(core: Countersign): FileState {
        val screen = core.jobScreen(job)
        return FileState(find(screen, evidence)?.let { shown(core, screen, it) })
    }

    private fun shown(
        core: Countersign,
        screen: JobScreen,
        row: EvidenceRow,
    ): FileShown {
        val reader = reader(core)
        val asks = core.questionsForFile(job, row.evidence)
        return FileShown(
            card = FilesViewModel.card(row, reader),
            beside = screen.filesOf(row.beside).map { FilesViewModel.card(it, reader) },
            answers = asks.answers?.label.orEmpty(),
            answering = asks.answers?.id.orEmpty(),
            questions = asks.mayAnswer.map { Choice(it.id, it.label) },
            drawnBy = row.drawnBy,
            canDraw = row.mayDraw,
        )
    }

    /** The file answers this question from now on. */
    fun assign(question: String) =
        order<AnswerGiven>(Said(R.string.files_assigned)) { answerWithFile(job, question, evidence) }

    /** Finding of files. */
    companion object {
        /** The file of this id. */
        internal fun find(
            screen: JobScreen,
            evidence: String,
        ): EvidenceRow? = screen.evidence.find { it.evidence == evidence }
    }
}
