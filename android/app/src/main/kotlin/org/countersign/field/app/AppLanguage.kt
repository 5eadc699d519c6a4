package org.countersign.field.app

import androidx.appcompat.app.AppCompatDelegate
import androidx.core.os.LocaleListCompat
import org.countersign.core.Language
import org.countersign.core.languageOf
import org.countersign.core.tagOf

/**
 * One language for the app's own words and for the core's. It can be chosen in the app and in the phone's settings;
 * whichever was used last counts.
 */
class AppLanguage(
    private val preferences: Preferences,
) {
    /** Whether the phone's settings were changed since the app asked for a language. */
    fun wasChangedInSettings(): Boolean = ofSettings()?.let(::tagOf).orEmpty() != preferences.chosen.value.askedLanguage

    /** The language that the phone's settings have for this app; `null` where nobody chose one there. */
    fun ofSettings(): Language? = AppCompatDelegate.getApplicationLocales()[0]?.let { languageOf(it.toLanguageTag()) }

    /** Shows the app in this language from now on. Screens are drawn anew where it is another one. */
    fun show(language: Language) {
        val tag = tagOf(language)
        preferences.choose { it.copy(askedLanguage = tag) }
        if (ofSettings() != language) {
            AppCompatDelegate.setApplicationLocales(LocaleListCompat.forLanguageTags(tag))
        }
    }
}
