package org.countersign.field.screens.capture

import android.net.Uri
import kotlinx.coroutines.sync.Mutex
import org.countersign.core.Fix
import org.countersign.core.Origin
import org.countersign.core.originOfFile
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
        /** Whether a camera app writes it, or a person has not said yet what becomes of what it left. */
        val undecided: Boolean = false,
    ) {
        /** How it came to be on this phone, where nobody remembers where it was captured. */
        val origin: Origin get() = originFrom(null)

        /** The same of a shot that was made at this place. */
        internal fun originFrom(place: Fix?): Origin =
            if (chosen) Origin.Chosen else originOfFile(System.currentTimeMillis() - file.lastModified(), place)
    }

    /** A place for the next file. */
    fun next(
        job: String,
        stage: String,
        question: String,
        ending: String,
    ): Waiting {
        val file = at(newName(ending), job, stage, question)
        return Waiting(file, job, stage.ifEmpty { usualStage() }, question, chosen = false)
    }

    /**
     * A place where a camera app may write. What lies there is filed by nobody before [decided]: it may be half of a
     * film, or a photo that a person does not want.
     */
    fun lent(
        job: String,
        stage: String,
        question: String,
        ending: String,
    ): Waiting {
        val file = at("$UNDECIDED/${newName(ending)}", job, stage, question)
        return Waiting(file, job, stage.ifEmpty { usualStage() }, question, chosen = false, undecided = true)
    }

    /** The file of this path; `null` where there is none, or nothing in it. */
    fun found(path: String): Waiting? = File(path).takeIf { it.isFile && it.length() > 0 }?.let(::read)

    /** It is to be kept: from now on it lies where it is found like any other. */
    fun decided(waiting: Waiting): Waiting {
        val folder = waiting.file.parentFile?.parentFile
        if (!waiting.undecided || folder == null) return waiting
        val decided = waiting.copy(file = File(folder, waiting.file.name), undecided = false)
        return if (waiting.file.renameTo(decided.file)) decided else waiting
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
    fun left(job: String): List<Waiting> = under(folderOf(job)).filter { !it.undecided }

    /** What a camera app left behind for a job without saying that it is to be kept, the oldest first. */
    fun undecided(job: String): List<Waiting> =
        under(folderOf(job)).filter { it.undecided }.sortedBy { it.file.lastModified() }

    /**
     * What a crash left behind for any job, but for what another app may still be writing. A file that says of no job
     * where it belongs has an empty one: only a person knows.
     */
    fun left(): List<Waiting> {
        val now = System.currentTimeMillis()
        removeUseless(now)
        return under(root).filter { it.file.lastModified() < now - settling(it) }
    }

    private fun settling(waiting: Waiting): Long =
        if (waiting.job.isEmpty() || waiting.undecided) LONG_SETTLED else SETTLED

    private fun removeUseless(now: Long) =
        root.walkTopDown().filter { it.isFile && isUseless(it, now) }.forEach { it.delete() }

    /** What broke off while it was written, and where a camera app wrote nothing, is nothing that anybody can use. */
    private fun isUseless(
        file: File,
        now: Long,
    ): Boolean {
        val age = now - file.lastModified()
        val brokenOff = file.extension == PART && age > SETTLED
        val unused = file.parentFile?.name == UNDECIDED && file.length() == 0L && age > LONG_SETTLED
        return brokenOff || unused
    }

    private fun folderOf(job: String) = File(root, Uri.encode(job))

    private fun newName(ending: String) = "IMG_${LocalDateTime.now().format(NAME)}.$ending"

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
                val undecided = parts.size > PARTS && parts[PARTS - 1] == UNDECIDED
                val chosen = parts.size > PARTS && !undecided
                Waiting(file, parts[0], parts[1], questionOf(parts[2]), chosen, undecided)
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
        private const val UNDECIDED = "undecided"
        private const val NONE = "-"
        private const val PARTS = 4
        private const val SETTLED = 60_000L

        /** A camera app may stay open longer, and so may a question that it left behind. */
        private const val LONG_SETTLED = 3_600_000L

        /** One file at a time in the whole process: none is kept twice. */
        internal val turn = Mutex()
        private val NAME = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss_SSS")
    }
}
