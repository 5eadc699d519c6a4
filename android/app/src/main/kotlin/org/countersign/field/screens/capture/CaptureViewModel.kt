package org.countersign.field.screens.capture

import androidx.annotation.StringRes
import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.countersign.core.Countersign
import org.countersign.core.EvidenceRow
import org.countersign.core.Topic
import org.countersign.core.size
import org.countersign.core.usualChoice
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.Answer
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.Telling
import org.countersign.field.design.Choice
import org.countersign.field.platform.Places
import org.countersign.field.platform.camera.CameraSession
import org.countersign.field.screens.files.filesOf
import java.io.File

/** What stands around the camera. */
@Immutable
internal data class CaptureShown(
    /** The stage of the next shot. */
    val stage: String,
    /** The stages. */
    val stages: List<Choice<String>>,
    /** The question that the shots answer, in words; empty for none. */
    val question: String,
    /** Photos that can lie over the picture while this stage is photographed. */
    val found: List<EvidenceRow>,
    /** Small pictures of what was kept, by evidence. */
    val thumbnails: Map<String, String>,
    /** Whether files may be added now. */
    val mayAttach: Boolean,
    /** A number of bytes in words. */
    val sized: (ULong) -> String,
)

/** What did not work at the camera. */
internal enum class CaptureTrouble {
    /** The camera gave no photo. */
    NO_PHOTO,

    /** What another app offered cannot be read. */
    UNREADABLE,
}

/** Taking photos and choosing files for a visit; it stays open for many. */
internal class CaptureViewModel(
    core: Core,
    saved: SavedStateHandle,
    places: Places,
    folder: File,
    private val telling: Telling,
) : ScreenViewModel<CaptureShown>(core, saved) {
    private val job: String = Route.argument(saved, "job")
    private val question: String = Route.argument(saved, "question")
    private val captured = Captured(folder)
    private val trouble = MutableStateFlow<CaptureTrouble?>(null)
    private val taking = MutableStateFlow(false)
    private var gone = false

    /** The shots. */
    val shots = Shots(core, places, ::after)

    /** A photo of a camera app that was called off, by its path; `null` for none. */
    val doubtful: StateFlow<String?> = saved.getStateFlow(DOUBTFUL, null)

    /** What did not work. */
    val problem: StateFlow<CaptureTrouble?> = trouble.asStateFlow()

    /** Whether the camera is taking a photo at this moment. */
    val shooting: StateFlow<Boolean> = taking.asStateFlow()

    init {
        viewModelScope.launch {
            withContext(Dispatchers.IO) { captured.left(job) }.forEach(shots::keep)
            askNext()
        }
    }

    override fun concerns(topics: Set<Topic>): Boolean = topics.any { it is Topic.Jobs || it is Topic.Job }

    override fun read(core: Countersign): CaptureShown {
        // Nobody takes a photo that cannot be kept: the core's refusal stands in place of the camera.
        core.checkReserve()
        val screen = core.jobScreen(job)
        val language = core.language()
        val stage = asked().ifEmpty { screen.nextStage }
        return CaptureShown(
            stage = stage,
            stages = screen.stages.map { Choice(it.stage, word(language, "stage", it.stage)) },
            question = if (question.isEmpty()) "" else label(core),
            found = screen.filesOf(screen.stages.find { it.stage == stage }?.overCamera.orEmpty()),
            thumbnails = screen.evidence.mapNotNull { row -> row.thumbnail?.let { row.evidence to it } }.toMap(),
            mayAttach = screen.may.attach,
            sized = { size(language, it) },
        )
    }

    /** The next shots show this. */
    fun choose(stage: String) {
        saved[STAGE] = stage
        readAgain()
    }

    /** Takes a photo and keeps it. */
    fun shoot(
        session: CameraSession,
        turn: Int,
    ) {
        if (!taking.compareAndSet(expect = false, update = true)) return
        trouble.value = null
        viewModelScope.launch {
            val stage = stage()
            val next = withContext(Dispatchers.IO) { captured.next(job, stage, question, "jpg") }
            val part = File(next.file.path + "." + Captured.PART)
            var there = false
            try {
                there = session.photo(part, turn) && withContext(Dispatchers.IO) { part.renameTo(next.file) }
            } finally {
                taking.value = false
                trouble.value = if (there) null else CaptureTrouble.NO_PHOTO
            }
            if (there) shots.keepNew(next)
        }
    }

    /** A place where another camera app writes. */
    fun place(ending: String): Captured.Waiting =
        captured.lent(job, chosen(), question, ending).also { saved[PLACE] = it.file.path }

    /**
     * Another camera app came back. Some say that they were called off though they wrote a photo, as when the phone
     * ended them: whether that is to be kept only the person knows.
     */
    fun cameBack(
        path: String,
        taken: Boolean,
    ) {
        trouble.value = null
        core.beyondScreens {
            val waiting = found(path)
            when {
                waiting == null && taken -> fails(CaptureTrouble.NO_PHOTO, R.string.capture_failed)
                waiting == null -> withContext(Dispatchers.IO) { File(path).delete() }
                taken -> keepDecided(waiting)
                else -> saved[DOUBTFUL] = path
            }
            if (saved.get<String>(PLACE) == path) saved.remove<String>(PLACE)
        }
    }

    /** Keeps the photo of a camera app that was called off. */
    fun keepDoubtful() = decide { path -> found(path)?.let { keepDecided(it) } }

    /** Removes it. */
    fun removeDoubtful() =
        decide { path ->
            withContext(Dispatchers.IO) { File(path).delete() }
            core.lookAgain()
        }

    /** Set to nothing rather than removed: a removed key is watched by nobody any more. */
    private fun decide(onPath: suspend (String) -> Unit) {
        val path = doubtful.value ?: return
        saved[DOUBTFUL] = null
        core.beyondScreens {
            onPath(path)
            askNext()
        }
    }

    /** Asks about what a camera app left behind, one after the other: also what nobody answered when the app ended. */
    private suspend fun askNext() {
        // What another camera app may still be writing, nobody can be asked about yet.
        val written = saved.get<String>(PLACE)
        val left = withContext(Dispatchers.IO) { captured.undecided(job) }.map { it.file.path }
        if (doubtful.value !in left) saved[DOUBTFUL] = left.find { it != written }
    }

    private suspend fun keepDecided(waiting: Captured.Waiting) =
        shots.keepNew(withContext(Dispatchers.IO) { captured.decided(waiting) })

    private suspend fun found(path: String): Captured.Waiting? = withContext(Dispatchers.IO) { captured.found(path) }

    /**
     * Keeps files that were chosen, one after the other, also where the screen is left meanwhile; each is copied here
     * first, `null` where it cannot be read. They show what was chosen on the screen when they were picked.
     */
    fun keepPicked(files: List<suspend () -> File?>) {
        trouble.value = null
        core.beyondScreens {
            val stage = stage()
            files.forEach { copied -> keepChosen(copied(), stage) }
        }
    }

    private suspend fun keepChosen(
        file: File?,
        stage: String,
    ) {
        val next = file?.let { withContext(Dispatchers.IO) { takenOver(it, stage) } }
        when {
            next != null -> shots.keepNew(next)
            else -> fails(CaptureTrouble.UNREADABLE, R.string.picked_unreadable)
        }
    }

    /** Says it here, or in these [words] on whichever screen is there when this one has gone. */
    private fun fails(
        what: CaptureTrouble,
        @StringRes words: Int,
    ) = if (gone) telling.tell(words) else trouble.value = what

    private fun takenOver(
        file: File,
        stage: String,
    ): Captured.Waiting? = captured.named(job, stage, question, file.name).takeIf { captured.takeOver(file, it) }

    private fun after(kept: Boolean) {
        if (gone && !kept) telling.tell(R.string.file_waits)
        readAgain()
    }

    /** Tries again to keep one. */
    fun again(shot: Shot) = shots.keep(shot.waiting)

    override fun onCleared() {
        gone = true
    }

    /** The stage that was chosen or that the screen was opened with; empty for neither. */
    private fun asked(): String = saved.get<String>(STAGE) ?: Route.argument(saved, "stage")

    /** The stage that the screen shows as chosen. */
    private fun chosen(): String = asked().ifEmpty { state.value.shown?.stage ?: usualChoice("stage") }

    /** The stage of the next shot. What comes from another app may be here before the screen is. */
    private suspend fun stage(): String =
        asked().ifEmpty {
            state.value.shown?.stage
                ?: (core.read { jobScreen(job).nextStage } as? Answer.Done)?.value
                ?: usualChoice("stage")
        }

    private fun label(core: Countersign): String =
        core
            .formScreen(job)
            ?.pages
            .orEmpty()
            .flatMap { it.questions }
            .find { it.id == question }
            ?.label
            .orEmpty()

    private companion object {
        /** The argument is what the screen was opened with; this is what was chosen since. */
        const val STAGE = "chosen-stage"

        /** Where another camera app writes. */
        const val PLACE = "camera-app-writes"
        const val DOUBTFUL = "doubtful"
    }
}
