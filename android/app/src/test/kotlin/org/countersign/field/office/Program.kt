package org.countersign.field.office

import org.json.JSONObject
import java.io.File
import java.util.concurrent.TimeUnit

/** The real program: its command line, and what it serves. */
object Program {
    private val binary: String = System.getProperty("countersign.program") ?: error("countersign.program is not set")

    /** Runs a command and returns what it printed, one object a line. */
    fun run(vararg words: String): List<JSONObject> {
        val (code, lines) = lines(*words)
        check(code == 0) { "${words.joinToString(" ")} ended with $code: $lines" }
        return lines.map { JSONObject(it) }
    }

    /** Runs a command and returns the last object that it printed. */
    fun answer(vararg words: String): JSONObject = run(*words).last()

    /** Runs a command that may fail; its code and its lines. */
    fun lines(vararg words: String): Pair<Int, List<String>> {
        val process =
            ProcessBuilder(
                listOf(binary, *words, "--json"),
            ).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val lines = process.inputStream.bufferedReader().readLines().filter { it.isNotBlank() }
        return process.waitFor() to lines
    }

    /** Starts a command that stays, and waits until it has said its first line. */
    fun start(vararg words: String): Pair<Process, JSONObject> {
        val process =
            ProcessBuilder(
                listOf(binary, *words, "--json"),
            ).redirectError(ProcessBuilder.Redirect.DISCARD).start()
        val first =
            process.inputStream.bufferedReader().readLine() ?: error("${words.first()} ended with ${process.waitFor()}")
        return process to JSONObject(first)
    }

    /** Writes a photo with the facts that a camera writes. */
    fun photo(
        file: File,
        seed: Int,
    ): File {
        file.parentFile?.mkdirs()
        answer("sample-photo", file.path, "--seed", seed.toString())
        return file
    }

    /** Ends what [start] started. */
    fun stop(process: Process) {
        process.destroy()
        if (!process.waitFor(GRACE, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
    }

    private const val GRACE = 10L
}
