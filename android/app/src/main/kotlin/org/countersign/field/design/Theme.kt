package org.countersign.field.design

import android.os.Build
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.material3.Typography
import androidx.compose.material3.dynamicDarkColorScheme
import androidx.compose.material3.dynamicLightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.TextUnit
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp

/** Light, dark, or as the phone has it. */
enum class Brightness {
    /** As the phone has it. */
    SYSTEM,

    /** By day. */
    LIGHT,

    /** By night. */
    DARK,
}

/** Distances in steps of four. */
object Space {
    /** Between an icon and its word. */
    val tiny = 4.dp

    /** Between things that belong together. */
    val small = 8.dp

    /** Inside cards. */
    val medium = 12.dp

    /** At the edges of a screen. */
    val large = 16.dp

    /** Between sections. */
    val huge = 24.dp

    /** The smallest thing that a gloved finger hits. */
    val target = 48.dp

    /** Height of the one next step. */
    val step = 56.dp

    /** From this width on there is room for two panes. */
    val twoPanes = 840.dp
}

/** Corners of everything. */
val Corners: RoundedCornerShape = RoundedCornerShape(8.dp)

private fun style(
    size: Int,
    weight: FontWeight = FontWeight.Normal,
    line: Float = 1.5f,
): TextStyle {
    val height: TextUnit = (size * line).sp
    return TextStyle(fontSize = size.sp, lineHeight = height, fontWeight = weight)
}

/** 13 / 16 / 20 / 25 / 31 in the platform's own type. */
private val FieldTypography: Typography =
    Typography(
        displayLarge = style(31, FontWeight.SemiBold, 1.25f),
        displayMedium = style(31, FontWeight.SemiBold, 1.25f),
        displaySmall = style(25, FontWeight.SemiBold, 1.25f),
        headlineLarge = style(31, FontWeight.SemiBold, 1.25f),
        headlineMedium = style(25, FontWeight.SemiBold, 1.25f),
        headlineSmall = style(20, FontWeight.SemiBold, 1.25f),
        titleLarge = style(20, FontWeight.SemiBold, 1.25f),
        titleMedium = style(16, FontWeight.SemiBold, 1.25f),
        titleSmall = style(16, FontWeight.Medium, 1.25f),
        bodyLarge = style(16),
        bodyMedium = style(16),
        bodySmall = style(13),
        labelLarge = style(16, FontWeight.Medium, 1.25f),
        labelMedium = style(13, FontWeight.Medium, 1.25f),
        labelSmall = style(13, FontWeight.Normal, 1.25f),
    )

private val FieldShapes = Shapes(Corners, Corners, Corners, Corners, Corners)

/** Dresses everything inside. [dynamic] takes the phone's own colours for all but the states. */
@Composable
fun CountersignTheme(
    brightness: Brightness = Brightness.SYSTEM,
    dynamic: Boolean = false,
    content: @Composable () -> Unit,
) {
    val dark = isDark(brightness)
    val own = if (dark) DarkColours else LightColours
    val context = LocalContext.current
    val (scheme, colours) =
        if (dynamic && Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
            val scheme = if (dark) dynamicDarkColorScheme(context) else dynamicLightColorScheme(context)
            scheme to followMaterial(own, scheme)
        } else {
            materialColours(own, dark) to own
        }
    CompositionLocalProvider(LocalFieldColours provides colours) {
        MaterialTheme(colorScheme = scheme, shapes = FieldShapes, typography = FieldTypography) {
            // Words that name no colour of their own are ink, not Material's black, which nobody sees by night.
            CompositionLocalProvider(LocalContentColor provides colours.ink, content = content)
        }
    }
}

/** Whether this brightness is dark at this moment. */
@Composable
fun isDark(brightness: Brightness): Boolean =
    when (brightness) {
        Brightness.SYSTEM -> isSystemInDarkTheme()
        Brightness.LIGHT -> false
        Brightness.DARK -> true
    }
