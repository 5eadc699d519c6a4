package org.countersign.field.screens.form

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.countersign.core.FormQuestion
import org.countersign.core.Origin
import org.countersign.field.R
import org.countersign.field.app.Answer
import org.countersign.field.app.Core
import org.countersign.field.app.Telling
import org.countersign.field.app.Trouble
import org.countersign.field.screens.capture.Captured
import org.countersign.field.screens.pad.Ink
import java.io.File

/** A file that answers a question and could not be kept. */
@Immutable
class UnsavedFile(
    /** The question. */
    val question: String,
    /** Why. */
    val trouble: Trouble,
    /** Tries again. */
    val again: () -> Unit,
)

/**
 * Files that answer questions: signatures that are drawn here, and what is picked. Leaving the screen stops none of
 * them, and one that could not be kept lies where the app finds it when it begins again.
 */
internal class FormFiles(
    private val core: Core,
    private val job: String,
    private val captured: Captured,
    private val telling: Telling,
    private val onKept: () -> Unit,
) {
    private val left = MutableStateFlow<UnsavedFile?>(null)
    private val drawing = mutableMapOf<String, Job>()
    private var closed = false

    /** The last one that could not be kept. */
    val unsaved: StateFlow<UnsavedFile?> = left.asStateFlow()

    /** Keeps a file that was picked; [copied] brings it here, or `null` where it cannot be read. */
    fun keepPicked(
        question: FormQuestion,
        copied: suspend () -> File?,
    ) {
        core.beyondScreens {
            val waiting = copied()?.let { takenOver(question, it) }
            if (waiting == null) telling.tell(R.string.picked_unreadable) else keep(waiting)
        }
    }

    private suspend fun takenOver(
        question: FormQuestion,
        file: File,
    ): Captured.Waiting? =
        withContext(Dispatchers.IO) {
            captured.named(job, question.stage, question.id, file.name).takeIf { captured.takeOver(file, it) }
        }

    /** Keeps a signature that was drawn; [onSafe] is called once it is in the store, and not before. */
    fun keepInk(
        question: FormQuestion,
        ink: Ink,
        onSafe: () -> Unit,
    ) {
        if (question.id in drawing) return
        val keeping =
            core.beyondScreens {
                val answer = core.command { answerWithSignature(job, question.id, ink.strokes) }
                left.value =
                    (answer as? Answer.Failed)?.let { failed ->
                        UnsavedFile(question.id, failed.trouble) { keepInk(question, ink, onSafe) }
                    }
                if (answer is Answer.Done) {
                    onSafe()
                } else if (closed) {
                    telling.tell(R.string.form_ink_unkept)
                }
                onKept()
            }
        drawing[question.id] = keeping
        keeping.invokeOnCompletion { drawing -= question.id }
    }

    /** Waits for signatures that are being kept; answers the question of a file that could not be, `null` for none. */
    suspend fun settled(): String? {
        drawing.values.toList().joinAll()
        return left.value?.question
    }

    /** Nobody asks this question any more. */
    fun giveUp(question: String) {
        if (left.value?.question == question) left.value = null
    }

    /** The screen has gone. What is under way is still finished, and what fails is said on another one. */
    fun close() {
        closed = true
    }

    private suspend fun keep(waiting: Captured.Waiting) {
        val answer =
            Captured.turn.withLock {
                core.command {
                    // It is gone where it was filed already, when the app was looked at again.
                    if (waiting.file.exists()) {
                        attach(job, waiting.file.path, waiting.question, waiting.stage, Origin.Chosen)
                        waiting.file.delete()
                    }
                }
            }
        left.value =
            (answer as? Answer.Failed)?.let { failed ->
                UnsavedFile(waiting.question, failed.trouble) { core.beyondScreens { keep(waiting) } }
            }
        if (closed && answer is Answer.Failed) telling.tell(R.string.file_waits)
        onKept()
    }
}
