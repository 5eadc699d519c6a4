package org.countersign.field.screens.capture

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import org.countersign.core.Attached
import org.countersign.core.Fix
import org.countersign.field.app.Answer
import org.countersign.field.app.Core
import org.countersign.field.app.Trouble
import org.countersign.field.platform.Places

/** How far a shot has come. */
internal sealed interface ShotState {
    /** The core has been asked to keep it. */
    data object Saving : ShotState

    /** Its bytes are durable. */
    data class Saved(
        /** What it became. */
        val attached: Attached,
    ) : ShotState

    /** It could not be kept; the file is still there. */
    data class Failed(
        /** Why. */
        val trouble: Trouble,
    ) : ShotState
}

/** A shot of this visit to the camera. */
@Immutable
internal data class Shot(
    /** The file before it is in the store. */
    val waiting: Captured.Waiting,
    /** How far it has come. */
    val state: ShotState,
)

/** Keeps shots, one after the other. Leaving the screen stops none of them. */
internal class Shots(
    private val core: Core,
    private val places: Places,
    private val onDone: (kept: Boolean) -> Unit,
) {
    private val taken = MutableStateFlow(emptyList<Shot>())
    private val new = mutableSetOf<Captured.Waiting>()
    private val shotAt = mutableMapOf<Captured.Waiting, Fix?>()

    /** The shots, the newest first. */
    val all: StateFlow<List<Shot>> = taken.asStateFlow()

    /** Keeps a file that was captured or chosen a moment ago. */
    fun keepNew(waiting: Captured.Waiting) {
        new += waiting
        keep(waiting)
    }

    /** Keeps a file; one that is being kept already is not kept twice. */
    fun keep(waiting: Captured.Waiting) {
        if (taken.value.any { it.waiting == waiting && it.state is ShotState.Saving }) return
        taken.update { listOf(Shot(waiting, ShotState.Saving)) + it.filter { shot -> shot.waiting != waiting } }
        core.beyondScreens { Captured.turn.withLock { attach(waiting) } }
    }

    private suspend fun attach(waiting: Captured.Waiting) {
        if (!withContext(Dispatchers.IO) { waiting.file.exists() }) {
            // Kept already, when the app began.
            taken.update { all -> all.filter { it.waiting != waiting } }
            return
        }
        val question = waiting.question.ifEmpty { null }
        val isFirst = new.remove(waiting)
        if (isFirst && !waiting.chosen) shotAt[waiting] = places.here(PATIENCE)
        val origin = waiting.originFrom(shotAt[waiting])
        val answer =
            core.command {
                if (isFirst) {
                    attach(waiting.job, waiting.file.path, question, waiting.stage, origin)
                } else {
                    attachLate(waiting.job, waiting.file.path, question, waiting.stage, origin)
                }
            }
        if (answer is Answer.Done) {
            waiting.file.delete()
            shotAt -= waiting
        }
        taken.update { all -> all.map { if (it.waiting == waiting) it.copy(state = stateOf(answer)) else it } }
        onDone(answer is Answer.Done)
    }

    private fun stateOf(answer: Answer<Attached>): ShotState =
        when (answer) {
            is Answer.Done -> ShotState.Saved(answer.value)
            is Answer.Failed -> ShotState.Failed(answer.trouble)
        }

    private companion object {
        /** A photo is kept without a place rather than late. */
        const val PATIENCE = 1_500L
    }
}
