package org.countersign.field.visit

import org.countersign.core.Countersign
import org.countersign.core.CustomerWord
import org.countersign.core.FilesToSend
import org.countersign.core.Origin
import org.countersign.core.Point
import org.countersign.core.Signature
import org.countersign.core.Signed
import org.countersign.core.SyncDone
import org.countersign.core.SyncHandle
import org.countersign.core.SyncListener
import org.countersign.core.SyncState
import org.countersign.core.TimeTyped
import org.countersign.field.office.Office
import org.countersign.field.office.Program
import java.io.File
import java.nio.file.Files

/** An engineer's work by the core's own commands: how a store comes to a state that a test begins with. */
internal class Work(
    private val core: Countersign,
) {
    private val folder: File = Files.createTempDirectory("countersign-photos").toFile()

    /** Enrols and syncs. */
    fun enrol(office: Office): Work {
        val invitation = office.invite()
        core.enrol(invitation, core.lookAtHub(invitation).invitation, "Test phone")
        sync()
        return this
    }

    /** Syncs until nothing is left to do. */
    fun sync(): SyncDone = core.sync(FilesToSend.ALL, Silent, SyncHandle())

    /** Sets off and arrives. */
    fun arrive(job: String) {
        core.travel(job)
        core.arrive(job)
    }

    /** Answers everything but the photos. */
    fun answer(job: String) = ANSWERS.forEach { (question, value) -> core.answer(job, question, value, "typed") }

    /** Keeps a photo. */
    fun photo(
        job: String,
        stage: String,
        seed: Int,
        question: String? = null,
    ): String {
        val file = Program.photo(File(folder, "$job-$stage-$seed.jpg"), seed)
        return core.attach(job, file.path, question, stage, Origin.Captured(null)).evidence
    }

    /** Everything up to the signature. */
    fun complete(job: String) {
        arrive(job)
        photo(job, "found", seed = 3, question = PHOTO_FOUND)
        answer(job)
        photo(job, "left", seed = 4, question = PHOTO_LEFT)
        core.recordTime(job, TimeTyped("work", minutes = "105", kilometres = ""))
    }

    /** Has the customer sign. */
    fun sign(job: String): Signed {
        val pages = core.preview(job)
        check(pages.missing.isEmpty()) { "missing: ${pages.missing}" }
        val word = CustomerWord("Maria Lindqvist", "customer", "accepted", "", satisfaction = 5u, aspects = emptyMap())
        return core.sign(
            job,
            Signature(pages.contentSha256, word, scribble(), scribble(), stamp = null),
            pages.language,
        )
    }

    /** Hands in and sends. */
    fun handIn(job: String) {
        core.leave(job, "solved")
        core.submit(job)
        sync()
    }

    /** Removes what was photographed. */
    fun tidy() {
        folder.deleteRecursively()
    }

    private object Silent : SyncListener {
        override fun syncIs(state: SyncState) = Unit
    }

    private companion object {
        /** A line as a pad records it. */
        fun scribble(): List<List<Point>> =
            listOf(
                List(40) { Point(x = 200 + it * 60, y = 600 + it % 5 * 40, t = (it * 12).toUInt(), pressure = 150u) },
            )
    }
}
