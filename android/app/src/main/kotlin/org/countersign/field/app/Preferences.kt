package org.countersign.field.app

import android.content.Context
import androidx.core.content.edit
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.countersign.core.FilesToSend
import org.countersign.field.design.Brightness

/** What a person chose for this phone alone. What belongs to their work is in the core. */
data class Chosen(
    /** Light, dark or as the phone has it. */
    val brightness: Brightness = Brightness.SYSTEM,
    /** The phone's own colours for all but the states. */
    val dynamicColour: Boolean = false,
    /** Which files go over a network that costs by the byte; `null` before the person said so. */
    val overMobileData: FilesToSend? = null,
    /** The tag of the language that the app asked the phone for last; empty before. */
    val askedLanguage: String = "",
)

/** Keeps [Chosen]. */
interface Preferences {
    /** What is chosen now. */
    val chosen: StateFlow<Chosen>

    /** Chooses. */
    fun choose(change: (Chosen) -> Chosen)
}

/** In a file of the app. Unreadable words count as not chosen. */
class StoredPreferences(
    context: Context,
) : Preferences {
    private val store = context.getSharedPreferences("chosen", Context.MODE_PRIVATE)
    private val state = MutableStateFlow(load())

    override val chosen: StateFlow<Chosen> = state.asStateFlow()

    override fun choose(change: (Chosen) -> Chosen) {
        val chosen = change(state.value)
        state.value = chosen
        store.edit {
            putString(BRIGHTNESS, chosen.brightness.name)
            putBoolean(DYNAMIC, chosen.dynamicColour)
            putString(MOBILE, chosen.overMobileData?.name)
            putString(LANGUAGE, chosen.askedLanguage)
        }
    }

    private fun load(): Chosen {
        val usual = Chosen()
        return Chosen(
            Brightness.entries.find { it.name == store.getString(BRIGHTNESS, null) } ?: usual.brightness,
            store.getBoolean(DYNAMIC, usual.dynamicColour),
            FilesToSend.entries.find { it.name == store.getString(MOBILE, null) },
            store.getString(LANGUAGE, null) ?: usual.askedLanguage,
        )
    }

    private companion object {
        const val BRIGHTNESS = "brightness"
        const val DYNAMIC = "dynamic-colour"
        const val MOBILE = "over-mobile-data"
        const val LANGUAGE = "asked-language"
    }
}
