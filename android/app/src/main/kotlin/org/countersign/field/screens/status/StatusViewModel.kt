package org.countersign.field.screens.status

import androidx.annotation.StringRes
import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.StateFlow
import org.countersign.core.Countersign
import org.countersign.core.StatusScreen
import org.countersign.core.WorkExported
import org.countersign.core.WorkImported
import org.countersign.core.dateTime
import org.countersign.core.size
import org.countersign.field.R
import org.countersign.field.app.Desk
import org.countersign.field.app.Said
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.reader
import java.io.File

/** Files of one kind that are only here. */
@Immutable
data class OnlyHereLine(
    /** The kind. */
    val name: String,
    /** How many. */
    val count: String,
    /** How large. */
    val size: String,
)

/** What is safe and what is only here. */
@Immutable
data class StatusShown(
    /** The core's own screen. */
    val status: StatusScreen,
    /** What is only here. */
    val onlyHere: List<OnlyHereLine>,
    /** The last contact; empty for none yet. */
    val contact: String,
    /** The key that a colleague needs; empty before the device is enrolled. */
    val key: String,
)

/** Status: the one sentence, what is only here, and the ways in which it leaves this phone. */
class StatusViewModel(
    private val desk: Desk,
    saved: SavedStateHandle,
) : ScreenViewModel<StatusShown>(desk.core, saved) {
    /** Nobody looks at this screen any more; on the main thread alone. */
    private var isLeft = false

    /** The key that the colleague's device shows, as typed. */
    val colleague: StateFlow<String> = saved.getStateFlow(COLLEAGUE, "")

    /** Types the colleague's key. */
    fun typeColleague(text: String) {
        saved[COLLEAGUE] = text
    }

    /** Asks for a sync now. */
    fun send() {
        desk.office.sendNow()
        say(Said(R.string.sending))
    }

    /** Frees originals that are safe at the office. */
    fun makeRoom() = order<ULong>(Said(R.string.room_done)) { makeRoom() }

    /** Makes a file for the colleague and offers it to other apps. */
    fun handOver() {
        val key = colleague.value
        file("hand-over", { saved[USED] = key }) { path -> exportForColleague(path, key, emptyList()) }
    }

    /** Whether a key is typed with which no file was made yet. */
    fun unkept(colleague: String): Boolean = colleague.isNotBlank() && colleague != saved.get<String>(USED)

    /** Makes a file for the office and offers it to other apps. */
    fun rescue() = file("rescue") { path -> exportForOffice(path) }

    /**
     * Takes another device's file. [copied] lies in the app's own cache and is removed afterwards. Whoever leaves
     * before its turn came has it taken all the same.
     */
    fun take(copied: File) =
        queue<WorkImported>(done = ::taken, dropped = { core.beyondScreens { core.command { taking(copied) } } }) {
            taking(copied)
        }

    /** Takes a file that was chosen; [copied] brings it here, or `null` where it cannot be read. */
    fun takePicked(copied: suspend () -> File?) {
        core.beyondScreens {
            val file = copied()
            when {
                file != null -> take(file)
                isLeft -> desk.container.telling.tell(R.string.picked_unreadable)
                else -> say(Said(R.string.picked_unreadable))
            }
        }
    }

    private fun Countersign.taking(copied: File): WorkImported =
        try {
            heard(R.string.import_done_meanwhile, R.string.import_failed_meanwhile) { importWork(copied.path) }
        } finally {
            copied.delete()
        }

    /** Does [work]; whoever has left this screen meanwhile hears on another one what it came to. */
    private fun <T> heard(
        @StringRes done: Int,
        @StringRes failed: Int,
        work: () -> T,
    ): T {
        var word = failed
        try {
            return work().also { word = done }
        } finally {
            core.beyondScreens { if (isLeft) desk.container.telling.tell(word) }
        }
    }

    override fun onCleared() {
        isLeft = true
    }

    private fun taken(work: WorkImported) {
        val said =
            if (work.sealed) {
                Said(R.string.import_sealed)
            } else {
                Said(R.string.import_done, listOf(work.personName, work.commands.toString(), work.media.toString()))
            }
        say(said)
    }

    private fun file(
        name: String,
        made: () -> Unit = {},
        write: Countersign.(String) -> WorkExported,
    ) {
        val folder = desk.phone.outside.shareFolder
        val done = { file: Made ->
            made()
            give(file)
        }
        order(done = done) {
            val code = ownScreen().code.filter { it.isLetterOrDigit() }
            val file = File(folder, "$name-$code.bundle").also { it.delete() }
            heard(R.string.file_made_meanwhile, R.string.file_failed_meanwhile) {
                Made(file, write(file.path).leftOut)
            }
        }
    }

    private fun give(made: Made) {
        val without = made.leftOut
        say(if (without.isEmpty()) Said(R.string.file_made) else Said(R.string.file_made_without, listOf(without)))
        if (!desk.phone.outside.share(made.file, "application/zip")) say(Said(R.string.no_app_for_this))
    }

    private class Made(
        val file: File,
        /** What is said of files that are not in it; empty for nothing. */
        val leftOut: String,
    )

    override fun read(core: Countersign): StatusShown {
        val reader = reader(core)
        val status = core.statusScreen()
        return StatusShown(
            status = status,
            onlyHere =
                core.onlyHere().map {
                    OnlyHereLine(it.name, it.files.toString(), size(reader.language, it.bytes))
                },
            contact = status.lastSync?.let { dateTime(reader, it) }.orEmpty(),
            key = if (status.enrolled) core.receiveKey() else "",
        )
    }

    private companion object {
        const val COLLEAGUE = "colleague"
        const val USED = "colleague-used"
    }
}
