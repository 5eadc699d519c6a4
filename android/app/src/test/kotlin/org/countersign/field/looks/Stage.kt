package org.countersign.field.looks

import android.content.res.Configuration
import android.os.LocaleList
import android.view.ContextThemeWrapper
import androidx.activity.compose.setContent
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.SnackbarHostState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.test.isHeading
import androidx.compose.ui.unit.Density
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.composable
import androidx.navigation.compose.rememberNavController
import org.countersign.core.Language
import org.countersign.field.app.AppContainer
import org.countersign.field.app.Desk
import org.countersign.field.app.FrameViewModel
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.LocalFrame
import org.countersign.field.app.Office
import org.countersign.field.app.Opening
import org.countersign.field.app.screenModel
import org.countersign.field.app.screens
import org.countersign.field.app.stripOf
import org.countersign.field.design.Brightness
import org.countersign.field.design.CountersignTheme
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LocalMessages
import org.countersign.field.design.LocalStrip
import org.countersign.field.design.StripHost
import org.countersign.field.phone.App
import java.util.Locale

/** In which language, light and size a screen is looked at. */
data class Look(
    /** The language. */
    val language: Language = Language.ENGLISH,
    /** By night. */
    val dark: Boolean = false,
    /** Size of letters. */
    val scale: Float = 1f,
) {
    /** The language's tag. */
    val tag: String get() = TAGS.getValue(language)

    /** A name for files. */
    override fun toString(): String = "$tag-${if (dark) "dark" else "light"}-$scale"

    /** Every look. */
    companion object {
        private val TAGS =
            mapOf(
                Language.ENGLISH to "en",
                Language.SPANISH to "es",
                Language.SIMPLIFIED_CHINESE to "zh-CN",
                Language.TRADITIONAL_CHINESE to "zh-TW",
            )

        /** Those of every run: each language, day and night, small and large letters occur. */
        val everyday: List<Look> =
            listOf(
                Look(),
                Look(Language.SPANISH, scale = 2f),
                Look(Language.SIMPLIFIED_CHINESE, dark = true, scale = 2f),
                Look(Language.TRADITIONAL_CHINESE, dark = true),
            )

        /** All: languages, by day and by night, small and large letters. */
        val all: List<Look> =
            Language.entries.flatMap { language ->
                listOf(false, true).flatMap { dark -> listOf(1f, 2f).map { Look(language, dark, it) } }
            }
    }
}

/** Shows any screen of the app in any look, in one window. */
class Stage(
    private val app: App,
) {
    private var look by mutableStateOf(Look())
    private var act by mutableStateOf<Act?>(null)

    /** Draws in the window of the running app. */
    fun open(): Stage {
        val container = app.application.container
        app.activity.setContent { Staged(container) }
        app.idle()
        return this
    }

    /** Opens a screen anew, in this look. */
    fun show(
        look: Look,
        go: (NavHostController) -> Unit,
    ) {
        if (app.core.language() != look.language) app.core.chooseLanguage(look.language)
        this.look = look
        act = Act(go)
        settle()
    }

    /** Shows the same screen in another light and size. */
    fun relight(look: Look) {
        this.look = look
        settle()
    }

    private fun settle() {
        app.idle(TURN)
        app.waitUntil("the screen stands still") { app.application.busy.quiet(QUIET) && app.sees(isHeading()) }
        app.idle(TURN)
    }

    private class Act(
        val go: (NavHostController) -> Unit,
    )

    @Composable
    private fun Staged(container: AppContainer) {
        val opening by container.opening.collectAsStateWithLifecycle()
        val open = opening as? Opening.Open ?: return
        InLook(look) {
            CountersignTheme(if (look.dark) Brightness.DARK else Brightness.LIGHT) {
                Box(Modifier.fillMaxSize().background(FieldColours.current.canvas)) {
                    val desk = remember(open) { Desk(container, open.core, open.office) }
                    CompositionLocalProvider(LocalDesk provides desk) { key(act) { act?.let { Framed(it) } } }
                }
            }
        }
    }

    @Composable
    private fun Framed(act: Act) {
        val model = screenModel { desk, saved -> FrameViewModel(desk.core, saved) }
        val frame by model.state.collectAsStateWithLifecycle()
        LaunchedEffect(act) { model.forget() }
        val shown = frame.shown ?: return
        if (shown.own.language != look.language) return
        val nav = rememberNavController()
        CompositionLocalProvider(
            LocalStrip provides StripHost(stripOf(shown, Office.NO_CONNECTION.copy(connected = true))) {},
            LocalFrame provides shown,
            LocalMessages provides remember { SnackbarHostState() },
        ) {
            NavHost(nav, NOWHERE) {
                composable(NOWHERE) { Box(Modifier.fillMaxSize()) }
                screens(nav)
            }
            LaunchedEffect(act) { act.go(nav) }
        }
    }

    private companion object {
        const val NOWHERE = "nowhere"
        const val TURN = 800L
        const val QUIET = 60L
    }
}

/** The language and size of letters of a look, for what is drawn inside. */
@Composable
private fun InLook(
    look: Look,
    content: @Composable () -> Unit,
) {
    val around = LocalContext.current
    val density = LocalDensity.current
    val context =
        remember(look.language, look.dark) {
            val night = if (look.dark) Configuration.UI_MODE_NIGHT_YES else Configuration.UI_MODE_NIGHT_NO
            val changed = Configuration(around.resources.configuration)
            changed.setLocales(LocaleList(Locale.forLanguageTag(look.tag)))
            changed.uiMode = (changed.uiMode and Configuration.UI_MODE_NIGHT_MASK.inv()) or night
            object : ContextThemeWrapper(around, around.theme) {}.apply { applyOverrideConfiguration(changed) }
        }
    CompositionLocalProvider(
        LocalContext provides context,
        LocalConfiguration provides context.resources.configuration,
        LocalDensity provides Density(density.density, look.scale),
        content = content,
    )
}
