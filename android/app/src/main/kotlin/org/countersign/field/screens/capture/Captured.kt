package org.countersign.field.screens.capture

import android.net.Uri
import kotlinx.coroutines.sync.Mutex
import org.countersign.core.Origin
import java.io.File
import java.io.IOException
import java.time.LocalDateTime
import java.time.format.DateTimeFormatter

/**
 * Files that were captured and are not in the store yet. Where each of them belongs is written in its path, so that
 * one that a crash left behind is still filed.
 */
internal class Captured(
    private val root: File,
) {
    /** One of them. */
    data class Waiting(
        /** The file. */
        val file: File,
        /** The job. */
        val job: String,
        /** The stage. */
        val stage: String,
        /** The question that it answers; empty for none. */
        val question: String,
        /** Whether it lay among the files of the phone before; else it was captured for this place. */
        val chosen: Boolean,
    ) {
        /** How it came to be on this phone, where nobody remembers where it was captured. */
        val origin: Origin get() = if (chosen) Origin.Chosen else Origin.Captured(null)
    }

    /** A place for the next file. */
    fun next(
        job: String,
        stage: String,
        question: String,
        ending: String,
    ): Waiting {
        val name = "IMG_${LocalDateTime.now().format(NAME)}.$ending"
        return Waiting(File(folder(job, stage, question), name), job, stage, question, chosen = false)
    }

    /** A place for a file that was chosen, and has a name already. */
    fun named(
        job: String,
        stage: String,
        question: String,
        name: String,
    ): Waiting {
        val folder = File(folder(job, stage, question), System.nanoTime().toString()).apply { mkdirs() }
        return Waiting(File(folder, name), job, stage, question, chosen = true)
    }

    /**
     * Moves a file here and tells whether it is. A copy that breaks off must never look like the whole file: it gets
     * its name only when it is complete.
     */
    fun takeOver(
        from: File,
        to: Waiting,
    ): Boolean {
        if (from.renameTo(to.file)) return true
        val part = File("${to.file.path}.$PART")
        val whole =
            try {
                from.copyTo(part, overwrite = true)
                part.renameTo(to.file)
            } catch (_: IOException) {
                false
            }
        from.delete()
        part.delete()
        return whole
    }

    /** What a crash left behind for a job. */
    fun left(job: String): List<Waiting> = under(File(root, Uri.encode(job)))

    /** What a crash left behind for any job, but for what another app may still be writing. */
    fun left(): List<Waiting> {
        val settled = System.currentTimeMillis() - SETTLED
        removeParts(settled)
        return under(root).filter { it.file.lastModified() < settled }
    }

    /** What broke off while it was written is nothing that anybody can use. */
    private fun removeParts(settled: Long) =
        root
            .walkTopDown()
            .filter { it.isFile && it.extension == PART && it.lastModified() < settled }
            .forEach { it.delete() }

    private fun under(folder: File): List<Waiting> =
        folder
            .walkTopDown()
            .filter { it.isFile && it.length() > 0 && it.extension != PART }
            .mapNotNull { read(it) }
            .toList()

    private fun folder(
        job: String,
        stage: String,
        question: String,
    ): File =
        File(
            root,
            "${Uri.encode(job)}/${Uri.encode(stage)}/${Uri.encode(question.ifEmpty { NONE })}",
        ).apply { mkdirs() }

    private fun read(file: File): Waiting? {
        val parts = file.relativeTo(root).invariantSeparatorsPath.split('/').map { Uri.decode(it) }
        if (parts.size < PARTS) return null
        val (job, stage, question) = parts
        return Waiting(file, job, stage, if (question == NONE) "" else question, chosen = parts.size > PARTS)
    }

    /** Names. */
    companion object {
        /** The ending of a file that is still being written. */
        const val PART = "part"
        private const val NONE = "-"
        private const val PARTS = 4
        private const val SETTLED = 60_000L

        /** One file at a time in the whole process: none is kept twice. */
        internal val turn = Mutex()
        private val NAME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss_SSS")
    }
}
