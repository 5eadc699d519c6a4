package org.countersign.field.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.ProvidableCompositionLocal
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.ConnectionState
import org.countersign.core.Countersign
import org.countersign.core.Language
import org.countersign.core.OwnScreen
import org.countersign.core.Reader
import org.countersign.core.StatusScreen
import org.countersign.core.connectionState
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
    val left = status.pendingCommands + status.unconfirmedMedia
    return when (connectionState(status.enrolled, connection.connected, connection.working, left, connection.problem)) {
        ConnectionState.NOT_ENROLLED -> {
            StateMark(Tone.PLAIN, "dot", stringResource(R.string.strip_not_enrolled))
        }

        ConnectionState.STRANGER -> {
            StateMark(Tone.ATTENTION, "warn", stringResource(R.string.strip_stranger))
        }

        ConnectionState.LOCKED -> {
            StateMark(Tone.ATTENTION, "lock", stringResource(R.string.strip_locked))
        }

        ConnectionState.OFFLINE -> {
            val time = connection.since?.let { timeOfDay(shown.reader, it) }.orEmpty()
            StateMark(Tone.PLAIN, "offline", stringResource(R.string.strip_offline_since, time))
        }

        ConnectionState.HELD_UP -> {
            StateMark(Tone.ATTENTION, "warn", stringResource(R.string.strip_held_up))
        }

        ConnectionState.SENDING -> {
            val count = left.coerceAtMost(Int.MAX_VALUE.toULong()).toInt()
            StateMark(Tone.INFO, "send", pluralStringResource(R.plurals.strip_sending, count, count))
        }

        ConnectionState.ONLINE -> {
            StateMark(Tone.OK, "online", stringResource(R.string.strip_online))
        }

        ConnectionState.CONNECTING -> {
            StateMark(Tone.PLAIN, "wait", stringResource(R.string.strip_connecting))
        }
    }
}

/** Where screens find what the frame knows. */
val LocalFrame: ProvidableCompositionLocal<FrameShown> = staticCompositionLocalOf { error("there is no frame here") }
