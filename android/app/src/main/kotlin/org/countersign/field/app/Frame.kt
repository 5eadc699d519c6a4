package org.countersign.field.app

import androidx.compose.runtime.Immutable
import androidx.compose.runtime.ProvidableCompositionLocal
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Connection
import org.countersign.core.Countersign
import org.countersign.core.Language
import org.countersign.core.OwnScreen
import org.countersign.core.Reader
import org.countersign.core.StatusScreen
import org.countersign.core.strip
import org.countersign.field.design.StripState

/** What the frame around every screen knows. */
@Immutable
data class FrameShown(
    /** What this device is and for whom. */
    val own: OwnScreen,
    /** What is safe and what is only here. */
    val status: StatusScreen,
    /** Who reads. */
    val reader: Reader,
)

/** The frame around every screen. */
class FrameViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<FrameShown>(core, saved) {
    override fun read(core: Countersign): FrameShown = FrameShown(core.ownScreen(), core.statusScreen(), reader(core))

    /**
     * Keeps the phone's own setting for the app and the core at one language: takes what a person changed in the
     * settings, and else shows the app in the language of [own].
     */
    fun keepLanguage(
        language: AppLanguage,
        own: OwnScreen,
    ) {
        if (language.wasChangedInSettings()) {
            val wanted = language.ofSettings()
            order<Language>(done = language::show) {
                chooseLanguage(wanted)
                language()
            }
        } else if (own.enrolled || own.chosen != null) {
            language.show(own.language)
        }
    }
}

/** The strip of this moment, as the core says it. */
fun stripOf(
    shown: FrameShown,
    connection: Connection,
): StripState {
    val strip = strip(shown.reader, shown.status, connection)
    return StripState(strip.connection.mark(), strip.safety.mark())
}

/** Where screens find what the frame knows. */
val LocalFrame: ProvidableCompositionLocal<FrameShown> = staticCompositionLocalOf { error("there is no frame here") }
