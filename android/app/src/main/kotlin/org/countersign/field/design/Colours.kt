package org.countersign.field.design

import androidx.compose.material3.ColorScheme
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.graphics.Color

/** What a state says by its colour; the word and the icon beside it say the same. */
enum class Tone {
    /** Approved, safe, kept. */
    OK,

    /** Planned, on the way, sending. */
    INFO,

    /** Returned, runs out soon, only on this phone. */
    ATTENTION,

    /** Missed, refused, machine down. */
    DANGER,

    /** Nothing to point out. */
    PLAIN,
    ;

    /** Reads the token that the core gives with a chip. */
    companion object {
        /** The tone of a token; an unknown or empty one is plain. */
        fun of(token: String): Tone =
            when (token) {
                "ok" -> OK
                "info" -> INFO
                "attention" -> ATTENTION
                "danger" -> DANGER
                else -> PLAIN
            }
    }
}

/** Text and ground of a tone. */
@Immutable
data class ToneColours(
    /** Text and icons. */
    val text: Color,
    /** What they stand on. */
    val ground: Color,
)

/** The colours that every shell shares; contrast of each pair is at least 5.9 : 1. */
@Immutable
data class FieldColours(
    /** Text. */
    val ink: Color,
    /** Cards and sheets. */
    val paper: Color,
    /** What cards lie on. */
    val canvas: Color,
    /** Secondary text. */
    val muted: Color,
    /** Hairlines. */
    val line: Color,
    /** Borders of fields. */
    val field: Color,
    /** Primary action, links, focus. */
    val accent: Color,
    /** Text on the accent. */
    val onAccent: Color,
    /** Good. */
    val ok: ToneColours,
    /** Under way. */
    val info: ToneColours,
    /** Needs a person before long. */
    val attention: ToneColours,
    /** Went wrong. */
    val danger: ToneColours,
) {
    /** The pair of a tone. */
    fun of(tone: Tone): ToneColours =
        when (tone) {
            Tone.OK -> ok
            Tone.INFO -> info
            Tone.ATTENTION -> attention
            Tone.DANGER -> danger
            Tone.PLAIN -> ToneColours(ink, canvas)
        }

    /** The colours of this moment. */
    companion object {
        /** The colours of the theme around. */
        val current: FieldColours
            @Composable
            @ReadOnlyComposable
            get() = LocalFieldColours.current
    }
}

/** By day. */
val LightColours: FieldColours =
    FieldColours(
        ink = Color(0xFF17212B),
        paper = Color(0xFFFFFFFF),
        canvas = Color(0xFFF4F6F8),
        muted = Color(0xFF52606D),
        line = Color(0xFFD5DBE1),
        field = Color(0xFF7B8794),
        accent = Color(0xFF0B6470),
        onAccent = Color(0xFFFFFFFF),
        ok = ToneColours(Color(0xFF17603A), Color(0xFFE3F4E9)),
        info = ToneColours(Color(0xFF1D4E89), Color(0xFFE5EFFA)),
        attention = ToneColours(Color(0xFF7A4B00), Color(0xFFFFF1D6)),
        danger = ToneColours(Color(0xFF9B1C24), Color(0xFFFDE8E8)),
    )

/** By night. */
val DarkColours: FieldColours =
    FieldColours(
        ink = Color(0xFFE6EBF0),
        paper = Color(0xFF12181F),
        canvas = Color(0xFF0B1015),
        muted = Color(0xFFA3B0BD),
        line = Color(0xFF2C3742),
        field = Color(0xFF738291),
        accent = Color(0xFF5CC8D3),
        onAccent = Color(0xFF06282C),
        ok = ToneColours(Color(0xFF8FDBAC), Color(0xFF10301E)),
        info = ToneColours(Color(0xFFA9CDF5), Color(0xFF13294A)),
        attention = ToneColours(Color(0xFFFFCF7A), Color(0xFF3A2A08)),
        danger = ToneColours(Color(0xFFFFB3B0), Color(0xFF431518)),
    )

internal val LocalFieldColours = staticCompositionLocalOf { LightColours }

/** Material's colours out of ours, so that Material's own components look like the rest. */
internal fun materialColours(
    colours: FieldColours,
    dark: Boolean,
): ColorScheme {
    val base = if (dark) darkColorScheme() else lightColorScheme()
    return base.copy(
        primary = colours.accent,
        onPrimary = colours.onAccent,
        primaryContainer = colours.info.ground,
        onPrimaryContainer = colours.info.text,
        secondary = colours.accent,
        onSecondary = colours.onAccent,
        secondaryContainer = colours.info.ground,
        onSecondaryContainer = colours.info.text,
        tertiary = colours.accent,
        onTertiary = colours.onAccent,
        error = colours.danger.text,
        onError = colours.danger.ground,
        errorContainer = colours.danger.ground,
        onErrorContainer = colours.danger.text,
        background = colours.canvas,
        onBackground = colours.ink,
        surface = colours.paper,
        onSurface = colours.ink,
        surfaceVariant = colours.canvas,
        onSurfaceVariant = colours.muted,
        surfaceContainerLowest = colours.paper,
        surfaceContainerLow = colours.paper,
        surfaceContainer = colours.paper,
        surfaceContainerHigh = colours.paper,
        surfaceContainerHighest = colours.canvas,
        outline = colours.field,
        outlineVariant = colours.line,
        surfaceTint = colours.paper,
    )
}

/** The person's own wallpaper colours for actions and grounds; the colours of states stay ours. */
internal fun followMaterial(
    colours: FieldColours,
    scheme: ColorScheme,
): FieldColours =
    colours.copy(
        ink = scheme.onSurface,
        paper = scheme.surface,
        canvas = scheme.surfaceContainer,
        muted = scheme.onSurfaceVariant,
        line = scheme.outlineVariant,
        field = scheme.outline,
        accent = scheme.primary,
        onAccent = scheme.onPrimary,
    )
