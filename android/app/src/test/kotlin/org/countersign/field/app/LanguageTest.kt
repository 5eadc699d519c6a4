package org.countersign.field.app

import android.app.LocaleManager
import android.os.LocaleList
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Language
import org.countersign.field.R
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.countersign.field.visit.Work
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment

/** One language for the app's own words and the core's, wherever it is chosen. */
@RunWith(AndroidJUnit4::class)
class LanguageTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }
    private val settings: LocaleManager by lazy { app.application.getSystemService(LocaleManager::class.java) }

    @Test
    fun `what the phone's settings choose for the app is taken, and what the app chooses stands in the settings`() {
        app.waitUntil("the store opens") { app.application.core != null }
        Office.open().use { office ->
            office.job("Pump is loud")
            Work(app.core).enrol(office)
            app.start()
            app.see("jobs")
            assertEquals(Language.ENGLISH, app.core.language())

            inSettings("es")
            app.waitUntil("the core speaks Spanish") { app.core.language() == Language.SPANISH }
            assertEquals("Trabajos", app.word(R.string.jobs))
            app.seeText(app.word(R.string.jobs))

            app.core.chooseLanguage(Language.TRADITIONAL_CHINESE)
            app.waitUntil("the settings say so") { settings.applicationLocales.toLanguageTags().startsWith("zh-Hant") }
        }
    }

    /** What the system does where somebody chooses a language for this app: it says so, and draws the window anew. */
    private fun inSettings(tag: String) {
        settings.applicationLocales = LocaleList.forLanguageTags(tag)
        RuntimeEnvironment.setQualifiers("+$tag")
        app.turn()
    }
}
