package org.countersign.field.app

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.countersign.core.Connection
import org.countersign.core.FilesToSend
import org.countersign.core.Network
import org.countersign.core.SyncDone
import org.countersign.core.SyncHandle
import org.countersign.core.SyncListener
import org.countersign.core.SyncState
import org.countersign.core.Topic
import org.countersign.core.connectionAfter
import org.countersign.core.filesOver
import org.countersign.field.platform.NetworkKind
import kotlin.coroutines.cancellation.CancellationException

/** Which files may go now, over a [network] of this kind. */
fun filesFor(
    network: NetworkKind,
    overMobileData: FilesToSend?,
): FilesToSend = filesOver(costOf(network), overMobileData)

private fun costOf(network: NetworkKind): Network =
    when (network) {
        NetworkKind.NONE -> Network.NONE
        NetworkKind.METERED -> Network.METERED
        NetworkKind.ROAMING -> Network.ROAMING
        NetworkKind.UNMETERED -> Network.UNMETERED
    }

/**
 * Stays in touch with the office for as long as the app is looked at, and tells the strip how it goes. While the app is
 * not looked at, [org.countersign.field.platform.Schedule] does the same from time to time.
 */
class Office(
    private val core: Core,
    private val phone: Phone,
    private val preferences: Preferences,
    private val news: News,
    private val scope: CoroutineScope,
) {
    private val state = MutableStateFlow(NO_CONNECTION)
    private var staying: Job? = null
    private var looking = false

    /** The sync that runs now; `null` where it ended by itself and waits for a person. */
    @Volatile
    private var handle: SyncHandle? = null

    /** How the connection is. */
    val connection: StateFlow<Connection> = state.asStateFlow()

    /** The app is looked at. */
    fun shown() {
        looking = true
        if (staying?.isActive != true) stay()
    }

    /** The app is not looked at any more: what waits goes by the phone's own schedule. */
    fun hidden() {
        looking = false
        staying?.cancel()
        scope.launch {
            core.command { flush() }
            val status = core.read { statusScreen() } as? Answer.Done
            // What cannot be read (a lease that is over) may wait all the same, and a sync is what opens it again.
            if (status?.value?.uniqueOnThisDevice != false) phone.schedule.sendSoon()
        }
    }

    /** A person asks for a sync. */
    fun sendNow() {
        val running = handle
        when {
            running != null -> running.syncNow()
            looking -> stay()
            else -> phone.schedule.sendSoon()
        }
    }

    /** The device was enrolled: sync begins, or begins again. */
    fun enrolled() {
        state.value = NO_CONNECTION
        stay()
        phone.schedule.keepInSync()
    }

    private fun stay() {
        val before = staying
        staying =
            scope.launch {
                before?.cancelAndJoin()
                launch { core.changes.collect { if (Topic.Outbox in it) handle?.saved() } }
                launch { news.watch() }
                files().collectLatest { stay(it) }
            }
    }

    private suspend fun stay(files: FilesToSend) {
        val mine = SyncHandle()
        handle = mine
        try {
            val ended = run(mine) { stayInSync(files, Listener(), it) }
            if (ended is Answer.Failed) state.update { it.copy(working = false, problem = ended.trouble.words.what) }
        } finally {
            handle = null
        }
    }

    /** Syncs once, until nothing is left to do; ends early when the caller is cancelled. */
    suspend fun once(
        files: FilesToSend,
        told: (SyncState) -> Unit,
    ): Answer<SyncDone> = run(SyncHandle()) { sync(files, Listener(told), it) }

    private fun files() =
        combine(phone.connectivity.changes, preferences.chosen) { network, chosen ->
            network to filesFor(network, chosen.overMobileData)
        }.distinctUntilChanged().map { (_, files) -> files }

    /** Rust does not hear of a cancelled coroutine: its own handle ends it, and only then is it over here too. */
    private suspend fun <T> run(
        handle: SyncHandle,
        sync: org.countersign.core.Countersign.(SyncHandle) -> T,
    ): Answer<T> =
        coroutineScope {
            val running = async { core.command { sync(handle) } }
            try {
                running.await()
            } catch (cancelled: CancellationException) {
                handle.end()
                throw cancelled
            }
        }

    private inner class Listener(
        private val told: (SyncState) -> Unit = {},
    ) : SyncListener {
        override fun syncIs(state: SyncState) {
            take(state)
            told(state)
        }
    }

    private fun take(told: SyncState) = state.update { connectionAfter(it, told, phone.clocks.wall()) }

    /** What is known before the first call. */
    companion object {
        /** Nothing. */
        val NO_CONNECTION = Connection(cut = false, connected = null, since = null, working = false, problem = null)
    }
}
