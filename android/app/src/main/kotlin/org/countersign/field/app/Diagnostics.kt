package org.countersign.field.app

import android.content.Context
import android.os.Build
import org.countersign.core.Countersign
import java.io.File
import java.io.IOException
import java.util.concurrent.TimeUnit

/** What a supporter asks for: versions, counts, and what the app noted of itself. Nothing of a customer is in it. */
class Diagnostics(
    private val context: Context,
    private val phone: Phone,
) {
    /** Writes it into a file that other apps may be given. */
    fun write(core: Countersign): File {
        val file = File(phone.outside.shareFolder, "countersign-diagnostics.txt")
        file.writeText((facts(core) + "" + notes()).joinToString("\n"))
        return file
    }

    private fun facts(core: Countersign): List<String> {
        val own = core.ownScreen()
        val status = core.statusScreen()
        val battery = phone.battery.state()
        return listOf(
            "app: ${version(context)}",
            "android: ${Build.VERSION.RELEASE} (${Build.VERSION.SDK_INT})",
            "phone: ${Build.MANUFACTURER} ${Build.MODEL}",
            "device: ${own.code}",
            "language: ${own.language}",
            "network: ${phone.connectivity.now()}",
            "battery: ${battery.percent} charging=${battery.charging} saving=${battery.saving}",
            "free bytes: ${phone.space.at(context.filesDir.path)}",
            "entries only here: ${status.pendingCommands}",
            "files only here: ${status.unconfirmedMedia} (${status.unconfirmedBytes} bytes)",
            "attention: ${status.attention}",
            "last contact: ${status.lastSync}",
            "sync problem: ${status.problem}",
            "office log changed: ${status.logChanged}",
            "scopes fetched anew: ${status.scopesFetchedAnew}",
        )
    }

    /** What this app itself noted in this process, and nothing that the system or a library says there. */
    @Suppress("SpreadOperator")
    private fun notes(): String =
        try {
            val reading =
                ProcessBuilder(
                    "logcat",
                    "-d",
                    "-t",
                    LINES,
                    "--pid",
                    android.os.Process
                        .myPid()
                        .toString(),
                    *OWN,
                ).start()
            val text = reading.inputStream.bufferedReader().use { it.readText() }
            reading.waitFor(PATIENCE, TimeUnit.SECONDS)
            text
        } catch (none: IOException) {
            "no log: ${none.message}"
        }

    /** The app itself. */
    companion object {
        private const val LINES = "2000"

        /** The names under which this app notes anything; all else is silent. */
        private val OWN =
            arrayOf("Core:V", "AppContainer:V", "KeystoreSigner:V", "KeystoreVault:V", "PhoneImages:V", "*:S")
        private const val PATIENCE = 5L

        /** The version that is installed. */
        fun version(context: Context): String =
            context.packageManager
                .getPackageInfo(context.packageName, 0)
                .versionName
                .orEmpty()
    }
}
