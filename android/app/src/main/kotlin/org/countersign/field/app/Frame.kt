package org.countersign.field.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.ProvidableCompositionLocal
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Countersign
import org.countersign.core.Language
import org.countersign.core.OwnScreen
import org.countersign.core.Reader
import org.countersign.core.StatusScreen
import org.countersign.core.timeOfDay
import org.countersign.field.R
import org.countersign.field.design.StateMark
import org.countersign.field.design.StripState
import org.countersign.field.design.Tone

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

/** The strip of this moment. Offline is a state like another. */
@Composable
fun stripOf(
    shown: FrameShown,
    connection: Connection,
): StripState = StripState(connectionMark(shown, connection), safetyMark(shown.status))

private fun safetyMark(status: StatusScreen): StateMark =
    if (status.uniqueOnThisDevice) {
        StateMark(Tone.ATTENTION, "phone", status.sentence)
    } else {
        StateMark(Tone.OK, "check", status.sentence)
    }

@Composable
private fun connectionMark(
    shown: FrameShown,
    connection: Connection,
): StateMark {
    val status = shown.status
    val since = connection.since
    val left = status.pendingCommands + status.unconfirmedMedia
    return when {
        !status.enrolled -> {
            StateMark(Tone.PLAIN, "dot", stringResource(R.string.strip_not_enrolled))
        }

        connection.connected == false && since != null -> {
            val time = timeOfDay(shown.reader, since)
            StateMark(Tone.PLAIN, "offline", stringResource(R.string.strip_offline_since, time))
        }

        connection.problem != null && connection.problem != "offline" -> {
            StateMark(Tone.ATTENTION, "warn", stringResource(R.string.strip_held_up))
        }

        connection.connected == true && connection.working && left > 0u -> {
            val count = left.coerceAtMost(Int.MAX_VALUE.toULong()).toInt()
            StateMark(Tone.INFO, "send", pluralStringResource(R.plurals.strip_sending, count, count))
        }

        connection.connected == true -> {
            StateMark(Tone.OK, "online", stringResource(R.string.strip_online))
        }

        else -> {
            StateMark(Tone.PLAIN, "wait", stringResource(R.string.strip_connecting))
        }
    }
}

/** Where screens find what the frame knows. */
val LocalFrame: ProvidableCompositionLocal<FrameShown> = staticCompositionLocalOf { error("there is no frame here") }
