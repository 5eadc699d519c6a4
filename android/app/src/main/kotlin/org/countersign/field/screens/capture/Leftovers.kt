package org.countersign.field.screens.capture

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.countersign.field.app.Answer
import org.countersign.field.app.Core
import java.io.File

/**
 * Files that were captured when the process ended and are not in the store. They are filed where they belong as soon
 * as the app is looked at again; one that cannot be filed there needs a person.
 */
class Leftovers(
    folder: File,
) {
    private val captured = Captured(folder)
    private val left = MutableStateFlow(emptyList<File>())

    /** Those that could not be filed. */
    val refused: StateFlow<List<File>> = left.asStateFlow()

    /** Files what can be filed. */
    suspend fun file(core: Core) {
        val waiting = withContext(Dispatchers.IO) { captured.left() }
        left.value = waiting.filterNot { filed(core, it) }.map { it.file }
    }

    /** A person filed or removed this one. */
    fun dealtWith(file: File) {
        left.value -= file
    }

    private suspend fun filed(
        core: Core,
        waiting: Captured.Waiting,
    ): Boolean =
        Captured.turn.withLock {
            if (waiting.job.isEmpty()) return false
            val question = waiting.question.ifEmpty { null }
            val answer =
                core.command {
                    // It is gone where the screen that took it was faster.
                    if (waiting.file.exists()) {
                        attach(waiting.job, waiting.file.path, question, waiting.stage, null)
                        waiting.file.delete()
                    }
                }
            answer is Answer.Done
        }
}
