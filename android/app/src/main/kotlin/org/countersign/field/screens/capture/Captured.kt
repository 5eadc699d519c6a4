package org.countersign.field.screens.capture

import android.net.Uri
import kotlinx.coroutines.sync.Mutex
import org.countersign.core.Origin
import org.countersign.core.usualChoice
import java.io.File
import java.io.IOException
import java.time.LocalDateTime
import java.time.format.DateTimeFormatter

/**
 * Files that were captured and are not in the store yet. Where each of them belongs is written in its path, so that
 * one that a crash left behind is still filed. No place has an empty part: its path would be that of another one.
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
        return Waiting(at(name, job, stage, question), job, stage.ifEmpty { usualStage() }, question, chosen = false)
    }

    /** A place for a file that was chosen, and has a name already. */
    fun named(
        job: String,
        stage: String,
        question: String,
        name: String,
    ): Waiting {
        val file = at("${System.nanoTime()}/$name", job, stage, question)
        return Waiting(file, job, stage.ifEmpty { usualStage() }, question, chosen = true)
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

    /**
     * What a crash left behind for any job, but for what another app may still be writing. A file that says of no job
     * where it belongs has an empty one: only a person knows.
     */
    fun left(): List<Waiting> {
        val now = System.currentTimeMillis()
        removeParts(now - SETTLED)
        return under(root).filter { it.file.lastModified() < now - if (it.job.isEmpty()) LONG_SETTLED else SETTLED }
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

    private fun at(
        name: String,
        job: String,
        stage: String,
        question: String,
    ): File {
        val parts = listOf(job, stage.ifEmpty { usualStage() }, question.ifEmpty { NONE })
        return File(root, parts.joinToString("/", postfix = "/$name", transform = Uri::encode))
            .apply { parentFile?.mkdirs() }
    }

    private fun read(file: File): Waiting? {
        val parts = file.relativeTo(root).invariantSeparatorsPath.split('/').map { Uri.decode(it) }
        return when {
            parts == listOf(STAMP) -> {
                null
            }

            parts.size >= PARTS -> {
                Waiting(file, parts[0], parts[1], questionOf(parts[2]), chosen = parts.size > PARTS)
            }

            // An app of before left the stage out where none was chosen.
            parts.size == PARTS - 1 -> {
                Waiting(file, parts[0], usualStage(), questionOf(parts[1]), chosen = false)
            }

            // A nameplate that nobody made a job with, or what an app of before left: where it was made nobody knows.
            else -> {
                Waiting(file, "", usualStage(), "", chosen = true)
            }
        }
    }

    private fun usualStage(): String = usualChoice("stage")

    private fun questionOf(part: String): String = if (part == NONE) "" else part

    /** Names. */
    companion object {
        /** The ending of a file that is still being written. */
        const val PART = "part"

        /** The photo of a company stamp, which is a part of a signature and never a file of a job. */
        const val STAMP = "stamp.jpg"
        private const val NONE = "-"
        private const val PARTS = 4
        private const val SETTLED = 60_000L

        /** A camera app that was opened for no job yet may stay open longer. */
        private const val LONG_SETTLED = 3_600_000L

        /** One file at a time in the whole process: none is kept twice. */
        internal val turn = Mutex()
        private val NAME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss_SSS")
    }
}
