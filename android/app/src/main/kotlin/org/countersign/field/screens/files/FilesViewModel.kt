package org.countersign.field.screens.files

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.AppException
import org.countersign.core.Countersign
import org.countersign.core.EvidenceRow
import org.countersign.core.JobScreen
import org.countersign.core.Reader
import org.countersign.core.StageRow
import org.countersign.core.Topic
import org.countersign.core.size
import org.countersign.core.usualChoice
import org.countersign.core.word
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.reader
import org.countersign.field.design.TroubleWords
import org.countersign.field.screens.capture.Captured

/** A file as a card. */
@Immutable
data class FileCard(
    /** The file as the core shows it. */
    val row: EvidenceRow,
    /** Its stage in words. */
    val stage: String,
    /** How large it is, in words. */
    val size: String,
    /** When it was recorded, in words. */
    val whenRecorded: String,
)

/** The files of a stage. */
@Immutable
data class StageShown(
    /** The stage. */
    val stage: String,
    /** Its word. */
    val title: String,
    /** Its files. */
    val cards: List<FileCard>,
    /** Whether it is shown while it is empty. */
    val expected: Boolean,
)

/** Photos and files of a visit. */
@Immutable
data class FilesShown(
    /** By stage. */
    val stages: List<StageShown>,
    /** The stage of what is photographed next. */
    val next: String,
    /** Whether files may be added now. */
    val mayAttach: Boolean,
    /** Why nothing more can be kept; `null` where there is room. */
    val full: TroubleWords?,
)

/** Photos and files of a visit. */
class FilesViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<FilesShown>(core, saved) {
    /** The job. */
    val job: String = Route.argument(saved, "job")

    override fun concerns(topics: Set<Topic>): Boolean = topics.any { it is Topic.Jobs || it is Topic.Job }

    override fun read(core: Countersign): FilesShown {
        val screen = core.jobScreen(job)
        val reader = reader(core)
        return FilesShown(
            stages = screen.stages.map { stage -> stageShown(screen, reader, stage) },
            next = saved.get<String>(STAGE) ?: Route.argument(saved, "stage").ifEmpty { screen.nextStage },
            mayAttach = screen.may.attach,
            full = full(core),
        )
    }

    /** What is photographed next. */
    fun choose(stage: String) {
        saved[STAGE] = stage
        readAgain()
    }

    private fun stageShown(
        screen: JobScreen,
        reader: Reader,
        row: StageRow,
    ) = StageShown(
        row.stage,
        word(reader.language, "stage", row.stage),
        screen.filesOf(row.evidence).map { card(it, reader) },
        row.expected,
    )

    private fun full(core: Countersign): TroubleWords? =
        try {
            core.checkReserve()
            null
        } catch (error: AppException.Space) {
            TroubleWords(error.trouble.what, error.trouble.safe, error.trouble.todo, error.trouble.details)
        }

    /** Making of cards. */
    companion object {
        private const val STAGE = "next-stage"

        /** A file as a card. */
        internal fun card(
            row: EvidenceRow,
            reader: Reader,
        ) = FileCard(
            row = row,
            stage = word(reader.language, "stage", row.stage.ifEmpty { usualChoice("stage") }),
            size = size(reader.language, row.bytes),
            whenRecorded = row.taken,
        )
    }
}

/** The files of these ids, in the order of the ids. */
internal fun JobScreen.filesOf(ids: List<String>): List<EvidenceRow> =
    ids.mapNotNull { id -> evidence.find { it.evidence == id } }
