package org.countersign.field.screens.capture

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.countersign.core.Again
import org.countersign.core.WaitingFile
import org.countersign.field.app.Answer
import org.countersign.field.app.Core
import java.io.File

/**
 * Files that were captured when the process ended and are not in the store. They are filed where they belong as soon
 * as the app is looked at again; one that cannot be filed there, or that a camera app left without saying that it is to
 * be kept, needs a person.
 */
class Leftovers(
    folder: File,
) {
    private val captured = Captured(folder)
    private val left = MutableStateFlow(emptyList<Captured.Waiting>())

    /** The one of this path that could not be filed; `null` where there is none. */
    internal fun refused(path: String): Captured.Waiting? = left.value.find { it.file.path == path }

    /** Files what can be filed. */
    suspend fun file(core: Core) {
        val waiting = withContext(Dispatchers.IO) { captured.left() }
        left.value = waiting.filter { needsPerson(core, it) }
        if (waiting.isNotEmpty()) core.lookAgain()
    }

    /** Those that the store should have had long ago, for the core's counts of what is only on this phone. */
    fun waiting(): List<WaitingFile> {
        val refused = left.value.map { it.file }.toSet()
        return captured.left().map { (file) ->
            WaitingFile(file.path, file.name, file.length().toULong(), needsPerson = file in refused)
        }
    }

    /** A person filed or removed this one. */
    fun dealtWith(file: File) {
        file.delete()
        left.update { all -> all.filter { it.file != file } }
    }

    /** Files it where that can be done. What another moment can mend is tried again when the app is looked at again. */
    private suspend fun needsPerson(
        core: Core,
        waiting: Captured.Waiting,
    ): Boolean =
        Captured.turn.withLock {
            if (waiting.job.isEmpty() || waiting.undecided) return true
            val question = waiting.question.ifEmpty { null }
            val answer =
                core.command {
                    // It is gone where the screen that took it was faster.
                    if (waiting.file.exists()) {
                        attachLate(waiting.job, waiting.file.path, question, waiting.stage, waiting.origin)
                        waiting.file.delete()
                    }
                }
            answer is Answer.Failed && answer.trouble.again == Again.NEVER
        }
}
