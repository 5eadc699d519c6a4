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
    private val drawn: DrawnInk,
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

    /** Keeps the signature as it is drawn now; its pad is emptied once it is in the store, and not before. */
    fun keepInk(question: String) {
        if (question in drawing) return
        val ink = drawn.of(question)
        // It was taken off the pad after it could not be kept: nothing is left to try again.
        if (ink.isBlank) return giveUp(question)
        val keeping =
            core.beyondScreens {
                val answer = core.command { answerWithSignature(job, question, ink.strokes) }
                heard(question, answer) { keepInk(question) }
                if (answer is Answer.Done) {
                    drawn.kept(question, ink)
                } else if (closed) {
                    telling.tell(R.string.form_ink_unkept)
                }
                onKept()
            }
        drawing[question] = keeping
        keeping.invokeOnCompletion { drawing -= question }
    }

    /** Waits for signatures that are being kept; answers the question of a file that could not be, `null` for none. */
    suspend fun settled(): String? {
        drawing.values.toList().joinAll()
        return left.value?.question
    }

    /** What became of a file; one of another question that could not be kept still waits. */
    private fun heard(
        question: String,
        answer: Answer<*>,
        again: () -> Unit,
    ) {
        if (answer is Answer.Failed) left.value = UnsavedFile(question, answer.trouble, again) else giveUp(question)
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
        heard(waiting.question, answer) { core.beyondScreens { keep(waiting) } }
        if (closed && answer is Answer.Failed) telling.tell(R.string.file_waits)
        onKept()
    }
}
