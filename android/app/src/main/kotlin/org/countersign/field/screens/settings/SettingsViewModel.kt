package org.countersign.field.screens.settings

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Countersign
import org.countersign.core.Language
import org.countersign.core.OwnScreen
import org.countersign.core.ownNameOf
import org.countersign.core.size
import org.countersign.field.R
import org.countersign.field.app.Desk
import org.countersign.field.app.Diagnostics
import org.countersign.field.app.Said
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.reader
import org.countersign.field.design.Choice
import java.io.File

/** The settings. */
@Immutable
data class SettingsShown(
    /** What this device is and for whom. */
    val own: OwnScreen,
    /** The languages, each as its speakers call it. */
    val languages: List<Choice<Language?>>,
    /** Free space, in words; empty where unknown. */
    val free: String,
)

/** Settings. What is chosen for this phone alone goes into the preferences at once, all else to the core. */
class SettingsViewModel(
    private val desk: Desk,
    saved: SavedStateHandle,
) : ScreenViewModel<SettingsShown>(desk.core, saved) {
    /** Chooses the language of the screens; `null` follows the person's. */
    fun choose(language: Language?) = order<Unit> { chooseLanguage(language) }

    /** Frees originals that are safe at the office. */
    fun makeRoom() = order<ULong>(Said(R.string.room_done)) { makeRoom() }

    /** Writes diagnostics and offers them to other apps. */
    fun share(diagnostics: Diagnostics) = order<File>(done = ::give) { diagnostics.write(this) }

    private fun give(file: File) {
        if (!desk.phone.outside.share(file, "text/plain")) say(Said(R.string.no_app_for_this))
    }

    override fun read(core: Countersign): SettingsShown =
        SettingsShown(
            own = core.ownScreen(),
            languages = Language.entries.map { Choice(it, ownNameOf(it)) },
            free =
                desk.phone.space
                    .at(core.folder())
                    ?.let { size(reader(core).language, it) }
                    .orEmpty(),
        )
}
