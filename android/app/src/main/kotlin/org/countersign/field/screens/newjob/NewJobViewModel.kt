package org.countersign.field.screens.newjob

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.AppException
import org.countersign.core.Countersign
import org.countersign.core.Nameplate
import org.countersign.core.NewJob
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.Typed
import org.countersign.field.design.TroubleWords
import java.io.File

/** A machine that is registered. */
@Immutable
data class KnownMachine(
    /** Its serial number as it is registered. */
    val serial: String,
    /** Model, customer and site. */
    val about: String,
)

/** What there is to say before a job is made on site. */
@Immutable
data class NewJobShown(
    /** The machine of the serial number that is typed, where it is registered. */
    val known: KnownMachine?,
    /** Why no photo can be taken now; `null` where one can. */
    val noSpace: TroubleWords?,
)

/** A job that is made on site: by the serial number, or from a photo of the nameplate. */
class NewJobViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<NewJobShown>(core, saved) {
    private val given = Route.argument(saved, "serial")

    /** What was typed. */
    val typed: Typed = Typed(saved)

    /** The serial number: typed, scanned, or of the machine from which one came. */
    fun serial(fields: Map<String, String>): String = fields[SERIAL] ?: given

    /** Types or scans the serial number. */
    fun typeSerial(text: String) {
        typed[SERIAL] = text
        readAgain()
    }

    /** Where the camera app writes the photo; it is remembered, because the process may end meanwhile. */
    fun photographInto(file: File) {
        saved[PHOTO] = file.path
    }

    /** The camera app is done; [kept] hears the photo that is on this device now. */
    fun photographed(
        taken: Boolean,
        kept: (String) -> Unit,
    ) {
        val photo = saved.remove<String>(PHOTO)?.let(::File) ?: return
        if (!taken) {
            photo.delete()
            return
        }
        queue<Nameplate>(done = { kept(it.sha256) }) {
            holdNameplate(photo.path).also { photo.delete() }
        }
    }

    /** Makes it; [made] hears its id. */
    fun make(made: (String) -> Unit) =
        order<NewJob>(done = { made(it.job) }) {
            newJob(serial(typed.fields.value), typed[FAULT])
        }

    override fun read(core: Countersign) = NewJobShown(known(core), noSpace(core))

    private fun known(core: Countersign): KnownMachine? =
        core.knownMachine(serial(typed.fields.value))?.let { found ->
            val about = listOf(found.model, found.customer, found.site).filter { it.isNotEmpty() }
            KnownMachine(found.serial, about.joinToString(" · "))
        }

    private fun noSpace(core: Countersign): TroubleWords? =
        try {
            core.checkReserve()
            null
        } catch (full: AppException.Space) {
            TroubleWords(full.trouble.what, full.trouble.safe, full.trouble.todo, full.trouble.details)
        }

    /** Names of the fields. */
    companion object {
        /** The serial number. */
        const val SERIAL = "serial-typed"

        /** The fault. */
        const val FAULT = "fault"

        private const val PHOTO = "photo-file"
    }
}
