package org.countersign.field.screens.customer

import android.content.Context
import android.content.ContextWrapper
import android.content.res.Configuration
import android.content.res.Resources
import android.os.LocaleList
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.remember
import androidx.compose.ui.platform.LocalConfiguration
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalResources
import androidx.compose.ui.unit.Density
import org.countersign.core.Language
import org.countersign.core.tagOf
import java.util.Locale

/** Everything inside speaks the signer's language, in large type. The rest of the app stays as it is. */
@Composable
internal fun InSignersHands(
    language: Language,
    content: @Composable () -> Unit,
) {
    val context = LocalContext.current
    val before = LocalConfiguration.current
    val configuration =
        remember(before, language) {
            Configuration(before).apply { setLocales(LocaleList(Locale.forLanguageTag(tagOf(language)))) }
        }
    val spoken = remember(context, configuration) { Spoken(context, configuration) }
    val density = LocalDensity.current
    val large = remember(density) { Density(density.density, maxOf(density.fontScale, larger(density.fontScale))) }
    CompositionLocalProvider(
        LocalContext provides spoken,
        LocalResources provides spoken.resources,
        LocalConfiguration provides configuration,
        LocalDensity provides large,
        content = content,
    )
}

/** A quarter larger; who has the largest type already needs no larger one. */
private fun larger(scale: Float): Float = (scale * LARGER).coerceAtMost(LARGEST)

/** The same context with words in another language: whatever looks for the window still finds it. */
private class Spoken(
    base: Context,
    configuration: Configuration,
) : ContextWrapper(base) {
    private val words: Resources = base.createConfigurationContext(configuration).resources

    override fun getResources(): Resources = words
}

private const val LARGER = 1.25f
private const val LARGEST = 2f
