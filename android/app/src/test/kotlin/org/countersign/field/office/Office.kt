package org.countersign.field.office

import org.json.JSONArray
import org.json.JSONObject
import java.io.File
import java.net.ServerSocket
import java.nio.file.Files

/** A real hub with the sample company, on this machine alone, with a TLS key that its invitations name. */
class Office private constructor(
    /** Its data. */
    val folder: File,
) : AutoCloseable {
    private val port = ServerSocket(0).use { it.localPort }
    private var serving: Process? = null

    /** Its address. */
    val url = "https://127.0.0.1:$port"

    init {
        start()
    }

    /** Starts to serve, at the same address as before. */
    fun start() {
        if (serving != null) return
        val words = arrayOf("hub", "serve", folder.path, "--listen", "127.0.0.1:$port", "--tls-self-signed")
        serving = Program.start(*words).first
    }

    /** Is not there any more. */
    fun stop() {
        serving?.let(Program::stop)
        serving = null
    }

    /** An invitation, as a person types it. */
    fun invite(person: String = ENGINEER): String =
        Program.answer("hub", "invite", folder.path, "--person", person, "--url", url).getString("code")

    /** A job with a visit; its id. */
    fun job(
        fault: String,
        serial: String = "H7-3391",
        engineer: String = ENGINEER,
        window: String? = null,
    ): String {
        val machine = list("machines").single { it.getString("serial") == serial }
        val words = listOf("hub", "job", folder.path, "--customer", machine.getString("customer"), "--machine", serial)
        val more = listOf("--fault", fault, "--assign", engineer, "--priority", "high", "--class", "A")
        val at = window?.let { listOf("--at", it) }.orEmpty()
        return Program.answer(*(words + more + at).toTypedArray()).getString("job")
    }

    /** Records. */
    fun list(what: String): List<JSONObject> = Program.run("hub", "list", folder.path, what)

    /** Lets a device do nothing any more. */
    fun revoke(device: String) {
        Program.answer("hub", "revoke", folder.path, device)
    }

    /** A browser in which a person is signed in. */
    fun console(person: String = MANAGER): Console {
        val link = Program.answer("hub", "password-link", folder.path, "--person", person)
        return Console(url).apply { enter(link.getString("path")) }
    }

    /** Every hash, every invariant and the log. */
    fun check(): JSONObject = Program.answer("hub", "check", folder.path)

    override fun close() {
        stop()
        folder.deleteRecursively()
    }

    /** Making. */
    companion object {
        /** An engineer of the sample company, whose language is English. */
        const val ENGINEER = "Tom Becker"

        /** Who reviews. */
        val MANAGER: String by lazy {
            val people = Program.run("hub", "list", template.path, "people")
            people.first { "manager" in it.getJSONArray("roles").strings() }.getString("name")
        }

        /** The sample company, made once; each office is a copy. */
        private val template: File by lazy {
            val folder = Files.createTempDirectory("countersign-company").toFile()
            Runtime.getRuntime().addShutdownHook(Thread { folder.deleteRecursively() })
            val office = File(folder, "office")
            Program.answer("hub", "init", office.path, "--company", "Meridian Machine Service", "--sample")
            office
        }

        /** A new office. It ends with the tests' process, if not before. */
        fun open(): Office {
            val folder = Files.createTempDirectory("countersign-office").toFile()
            template.copyRecursively(folder, overwrite = true)
            val office = Office(folder)
            // Neither a class whose tests share it nor one that is ended from outside leaves a hub behind.
            Runtime.getRuntime().addShutdownHook(Thread { office.close() })
            return office
        }

        private fun JSONArray.strings(): List<String> = List(length()) { getString(it) }
    }
}
