package org.countersign.field.screens.scan

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.countersign.core.AppException
import org.countersign.core.Countersign
import org.countersign.core.OwnScreen
import org.countersign.core.readCode
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.platform.camera.Frame
import java.util.concurrent.atomic.AtomicBoolean

/** Where a screen finds the text that was read for it. */
const val SCANNED: String = "scanned"

/** What a code is read for. */
enum class ScanPurpose(
    /** Its word in the address. */
    val word: String,
    /** The field that says how long what is typed may be. */
    val field: String,
) {
    /** The answer to a question. */
    ANSWER("answer", "value"),

    /** A part. */
    PART("part", "code"),

    /** An invitation of the office. */
    INVITATION("invitation", "invitation"),

    /** The machine that stands here. */
    MACHINE("machine", "serial"),
    ;

    /** Reading of words. */
    companion object {
        /** The purpose of a word; the text of an unknown one is handed back. */
        fun of(word: String): ScanPurpose = entries.find { it.word == word } ?: ANSWER
    }
}

/** What reading came to. */
sealed interface ScanResult {
    /** Nothing yet. */
    data object Nothing : ScanResult

    /** A text for whoever asked. */
    data class Text(
        /** It. */
        val text: String,
    ) : ScanResult

    /** A machine that is on this phone. */
    data class Machine(
        /** Its id. */
        val machine: String,
    ) : ScanResult

    /** A number of a machine that is not on this phone. */
    data class Unknown(
        /** The number. */
        val serial: String,
    ) : ScanResult

    /** The photo showed no code. */
    data object NoCode : ScanResult
}

/** Reading a code: by the camera, from a photo, or typed. */
class ScanViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<OwnScreen>(core, saved) {
    /** What for. */
    val purpose: ScanPurpose = ScanPurpose.of(Route.argument(saved, "purpose"))

    /** What is typed. */
    val typed: StateFlow<String> = saved.getStateFlow(TYPED, "")

    private val outcome = MutableStateFlow<ScanResult>(ScanResult.Nothing)
    private val reader = CodeReader()
    private val found = AtomicBoolean(false)

    /** What it came to. */
    val result: StateFlow<ScanResult> = outcome.asStateFlow()

    override fun read(core: Countersign): OwnScreen = core.ownScreen()

    /** Types. */
    fun type(text: String) {
        saved[TYPED] = text
    }

    /** Takes what was typed. */
    fun useTyped() {
        readCode(typed.value)?.let(::take)
    }

    /** A frame of the camera; called off the main thread. The first code counts. */
    fun look(frame: Frame) {
        if (found.get()) return
        val code = reader.read(frame)?.let(::readCode) ?: return
        if (found.compareAndSet(false, true)) viewModelScope.launch { take(code) }
    }

    /** A photo that was chosen; `null` for one that cannot be read. */
    fun lookAt(photo: Frame?) {
        viewModelScope.launch {
            val text = photo?.let { withContext(Dispatchers.Default) { CodeReader().read(it, thorough = true) } }
            val code = text?.let(::readCode)
            if (code == null) outcome.value = ScanResult.NoCode else take(code)
        }
    }

    /** Looks for another one. */
    fun again() {
        outcome.value = ScanResult.Nothing
        found.set(false)
    }

    private fun take(code: String) {
        if (purpose == ScanPurpose.MACHINE) find(code) else outcome.value = ScanResult.Text(code)
    }

    override fun forget() {
        super.forget()
        again()
    }

    /** A lease that is over, a store that cannot be read: said in the core's words. */
    private fun find(serial: String) =
        queue<ScanResult>(done = { outcome.value = it }) {
            try {
                ScanResult.Machine(machineScreen(serial).machine)
            } catch (_: AppException.NotFound) {
                ScanResult.Unknown(serial)
            }
        }

    private companion object {
        const val TYPED = "typed"
    }
}
