package org.countersign.field.app

import androidx.annotation.StringRes
import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.flow.onSubscription
import kotlinx.coroutines.flow.scan
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.countersign.core.Countersign
import org.countersign.core.Topic

/** A word about what was just done; said once. */
@Immutable
class Said(
    /** The word. */
    @param:StringRes val word: Int,
    /** What stands in for its variables. */
    val arguments: List<Any> = emptyList(),
    /** Takes it back, where that can be done. */
    val undo: (Countersign.() -> Unit)? = null,
)

/** What a screen shows. */
@Immutable
data class ScreenState<S>(
    /** The snapshot; `null` before the first answer of the core. */
    val shown: S? = null,
    /** Why it could not be read, or why the last command did not happen. */
    val trouble: Trouble? = null,
    /** A command is under way; its button waits, nothing else does. */
    val busy: Boolean = false,
    /** What is to be said once. */
    val said: Said? = null,
    /** How many commands did not happen: a second one may fail for the very same reason, and is told as well. */
    val failures: Int = 0,
)

/**
 * One for each screen. Reads the core's snapshot, reads it again when something changed while the screen is shown, and
 * carries out one command at a time. What a person typed and where they are lives in [saved], which outlives the
 * process; all else comes from the core again.
 */
abstract class ScreenViewModel<S : Any>(
    protected val core: Core,
    protected val saved: SavedStateHandle,
) : ViewModel() {
    private val again = MutableSharedFlow<Unit>(extraBufferCapacity = 1, onBufferOverflow = BufferOverflow.DROP_OLDEST)
    private val doing = MutableStateFlow(Doing())

    /** What the screen shows. */
    val state: StateFlow<ScreenState<S>> by lazy {
        combine(readings(), doing) { reading, doing ->
            ScreenState(reading.shown, doing.trouble ?: reading.trouble, doing.busy, doing.said, doing.failures)
        }.stateIn(viewModelScope, SharingStarted.WhileSubscribed(STAY), ScreenState())
    }

    /** Reads the snapshot; called off the main thread. */
    protected abstract fun read(core: Countersign): S

    /** Whether a change of these may be seen on this screen; any may, unless a screen says otherwise. */
    protected open fun concerns(topics: Set<Topic>): Boolean = true

    /** What a change of something typed (a search, a filter) reads again by. */
    protected fun readAgain() {
        again.tryEmit(Unit)
    }

    /**
     * Carries out a command and says [said] when it is done. A second tap while it runs does nothing. What went wrong
     * stays on the screen until the next command or [forget].
     */
    protected fun <T> order(
        said: Said? = null,
        done: (T) -> Unit = {},
        command: Countersign.() -> T,
    ) {
        if (!begin()) return
        viewModelScope.launch { carryOut(said, done, command) }
    }

    /**
     * The same for what no tap can bring again, as the answer of a camera app: while another command runs it waits for
     * its turn. [dropped] is called where the screen goes before that.
     */
    protected fun <T> queue(
        done: (T) -> Unit = {},
        dropped: () -> Unit = {},
        command: Countersign.() -> T,
    ) {
        var begun = false
        viewModelScope
            .launch {
                while (!begin()) doing.first { !it.busy }
                begun = true
                carryOut(null, done, command)
            }.invokeOnCompletion { if (!begun) dropped() }
    }

    private suspend fun <T> carryOut(
        said: Said?,
        done: (T) -> Unit,
        command: Countersign.() -> T,
    ) {
        when (val answer = core.command(command)) {
            is Answer.Done -> {
                doing.update { it.copy(busy = false, said = said) }
                readAgain()
                done(answer.value)
            }

            is Answer.Failed -> {
                doing.update { it.copy(busy = false, trouble = answer.trouble, failures = it.failures + 1) }
                readAgain()
            }
        }
    }

    /** Says a word that no command gives. */
    protected fun say(said: Said) = doing.update { it.copy(said = said) }

    /** The word was said. */
    fun wasSaid() = doing.update { it.copy(said = null) }

    /** Takes back what [Said.undo] says. */
    fun undo(said: Said) {
        val undo = said.undo ?: return
        order<Unit> { undo() }
    }

    /** The trouble was read. */
    open fun forget() {
        doing.update { it.copy(trouble = null) }
        readAgain()
    }

    private fun begin(): Boolean {
        val before = doing.value
        return !before.busy && doing.compareAndSet(before, Doing(busy = true, failures = before.failures))
    }

    /** The last good snapshot stays when a later reading fails: the trouble stands above it. */
    private fun readings(): Flow<Reading<S>> =
        merge(core.changes.onSubscription { emit(emptySet()) }.filter { it.isEmpty() || concerns(it) }, again)
            .conflate()
            .map { core.read { read(this) } }
            .scan(Reading()) { before, answer ->
                when (answer) {
                    is Answer.Done -> Reading(answer.value)
                    is Answer.Failed -> Reading(before.shown.takeIf { keeps(answer) }, answer.trouble)
                }
            }

    private fun keeps(failed: Answer.Failed): Boolean = !failed.trouble.hides

    private data class Reading<S>(
        val shown: S? = null,
        val trouble: Trouble? = null,
    )

    private data class Doing(
        val busy: Boolean = false,
        val trouble: Trouble? = null,
        val said: Said? = null,
        val failures: Int = 0,
    )

    private companion object {
        /** A turn of the phone takes less; then nothing is read twice. */
        const val STAY = 5_000L
    }
}
