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
import org.countersign.field.app.Answer
import org.countersign.field.app.Core
import org.countersign.field.app.Trouble
import org.countersign.field.app.troubleToReport
import org.countersign.field.screens.capture.Captured
import org.countersign.field.screens.form.kinds.Ink
import java.io.File
import java.io.IOException

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
            val waiting = captured.next(job, question.stage, question.id, "png")
            val trouble = written(ink, waiting.file)
            if (trouble == null) {
                if (keep(waiting, onSafe)) onSafe()
            } else {
                left.value = UnsavedFile(question.id, trouble) { keepInk(question, ink, onSafe) }
            }
            drawing -= question.id
        }
    }

    /** What is under way is still finished. */
    fun close() {
        scope.launch {
            Captured.turn.withLock { }
            scope.cancel()
        }
    }

    private suspend fun written(
        ink: Ink,
        file: File,
    ): Trouble? {
        val full = core.read { checkReserve() }
        if (full is Answer.Failed) return full.trouble
        return withContext(Dispatchers.IO) {
            try {
                ink.writeInto(file)
                null
            } catch (error: IOException) {
                file.delete()
                error
            }
        }?.let { error -> reported(error) }
    }

    private suspend fun reported(error: IOException): Trouble? =
        when (val language = core.read { language() }) {
            is Answer.Done -> troubleToReport(language.value, error)
            is Answer.Failed -> language.trouble
        }

    private suspend fun keep(
        waiting: Captured.Waiting,
        onSafe: () -> Unit = {},
    ): Boolean {
        val answer =
            Captured.turn.withLock {
                core
                    .command { attach(job, waiting.file.path, waiting.question, waiting.stage, null) }
                    .also { if (it is Answer.Done) waiting.file.delete() }
            }
        left.value =
            (answer as? Answer.Failed)?.let { failed ->
                UnsavedFile(waiting.question, failed.trouble) {
                    scope.launch { if (keep(waiting, onSafe)) onSafe() }
                }
            }
        onKept()
        return answer is Answer.Done
    }
}
