package org.countersign.field.screens.customer

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import org.countersign.core.languageOf
import org.countersign.core.tagOf
import org.countersign.field.screens.pad.Ink
import java.io.DataInputStream
import java.io.DataOutputStream
import java.io.File
import java.io.IOException

/** A device that is in the customer's hands. */
class InCustomersHands(
    /** The job. */
    val job: String,
    /** What was handed over. */
    val handed: Handed,
)

/**
 * Remembers that the device is in the customer's hands until it is given back. The saved state of a screen goes when
 * somebody sweeps the app away; what the customer holds must then still be this document alone, and not the jobs of
 * others. It is known in memory at once; the file follows off the main thread.
 */
class HandedOver(
    private val file: File,
    private val scope: CoroutineScope,
    io: CoroutineDispatcher,
) {
    // One after the other, so that what was given back does not lie there again.
    private val disk = io.limitedParallelism(1)

    @Volatile
    private var now: InCustomersHands? = null

    /** Reads what the process before left behind; called once, off the main thread. */
    fun readBack() {
        now = kept()
    }

    /** What the customer holds; `null` where nobody was handed anything. */
    fun held(): InCustomersHands? = now

    /** The device was handed over. */
    fun begin(held: InCustomersHands) {
        now = held
        scope.launch(disk) { keep(held) }
    }

    /** The device was given back. */
    fun end() {
        now = null
        scope.launch(disk) { file.delete() }
    }

    private fun keep(held: InCustomersHands) {
        val part = File("${file.path}.part")
        try {
            part.parentFile?.mkdirs()
            DataOutputStream(part.outputStream()).use { it.write(held) }
            part.renameTo(file)
        } catch (_: IOException) {
            // Without room for it the mode still holds for as long as the app is not swept away.
            part.delete()
        }
    }

    private fun kept(): InCustomersHands? =
        try {
            if (file.exists()) DataInputStream(file.inputStream()).use { it.held() } else null
        } catch (_: IOException) {
            // Half a file is that of a phone that ended while it was written: before anything was handed over.
            null
        }

    private fun DataOutputStream.write(held: InCustomersHands) {
        val handed = held.handed
        listOf(held.job, handed.content, handed.number, tagOf(handed.language), handed.company, handed.zone)
            .forEach(::writeUTF)
        val ink = handed.engineer.pack()
        writeInt(ink.size)
        write(ink)
    }

    private fun DataInputStream.held(): InCustomersHands {
        val job = readUTF()
        val handed =
            Handed(
                content = readUTF(),
                number = readUTF(),
                language = languageOf(readUTF()),
                company = readUTF(),
                zone = readUTF(),
                engineer = Ink.unpack(bytes()),
            )
        return InCustomersHands(job, handed)
    }

    /** No ink is longer than what is left of its file: a length that a failing disk made up keeps no app shut. */
    private fun DataInputStream.bytes(): ByteArray {
        val length = readInt()
        if (length !in 0..available()) throw IOException("a length of $length")
        return ByteArray(length).also(::readFully)
    }
}
