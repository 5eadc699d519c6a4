package org.countersign.field.screens.form

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.countersign.core.FormQuestion
import org.countersign.core.Origin
import org.countersign.field.app.Answer
import org.countersign.field.app.Core
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
    private val onKept: () -> Unit,
) {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)
    private val left = MutableStateFlow<UnsavedFile?>(null)
    private val drawing = mutableSetOf<String>()

    /** The last one that could not be kept. */
    val unsaved: StateFlow<UnsavedFile?> = left.asStateFlow()

    /** Keeps a file that was picked; [copied] brings it here, or `null` where it cannot be read. */
    fun keepPicked(
        question: FormQuestion,
        copied: suspend () -> File?,
        onUnreadable: () -> Unit,
    ) {
        scope.launch {
            val file = copied()
            val waiting = file?.let { captured.named(job, question.stage, question.id, it.name) }
            if (waiting != null && withContext(Dispatchers.IO) { captured.takeOver(file, waiting) }) {
                keep(waiting)
            } else {
                onUnreadable()
            }
        }
    }

    /** Keeps a signature that was drawn; [onSafe] is called once it is in the store, and not before. */
    fun keepInk(
        question: FormQuestion,
        ink: Ink,
        onSafe: () -> Unit,
    ) {
        if (!drawing.add(question.id)) return
        scope.launch {
            val answer = core.command { answerWithSignature(job, question.id, ink.strokes) }
            drawing -= question.id
            left.value =
                (answer as? Answer.Failed)?.let { failed ->
                    UnsavedFile(question.id, failed.trouble) { keepInk(question, ink, onSafe) }
                }
            if (answer is Answer.Done) onSafe()
            onKept()
        }
    }

    /** What is under way is still finished. */
    fun close() {
        scope.launch {
            Captured.turn.withLock { }
            scope.cancel()
        }
    }

    private suspend fun keep(waiting: Captured.Waiting) {
        val answer =
            Captured.turn.withLock {
                core
                    .command { attach(job, waiting.file.path, waiting.question, waiting.stage, Origin.Chosen) }
                    .also { if (it is Answer.Done) waiting.file.delete() }
            }
        left.value =
            (answer as? Answer.Failed)?.let { failed ->
                UnsavedFile(waiting.question, failed.trouble) { scope.launch { keep(waiting) } }
            }
        onKept()
    }
}
