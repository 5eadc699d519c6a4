package org.countersign.field.app

import android.app.Application
import androidx.lifecycle.DefaultLifecycleObserver
import androidx.lifecycle.LifecycleOwner
import androidx.lifecycle.ProcessLifecycleOwner
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.launch
import org.countersign.field.platform.PassingFiles
import org.countersign.field.platform.PhoneNotices

/** The process: opens the core once, and stays in touch with the office while the app is looked at. */
open class CountersignApplication : Application() {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)

    /** What every screen shares. */
    lateinit var container: AppContainer
        private set

    override fun onCreate() {
        super.onCreate()
        container = make(scope)
        container.openStore()
        scope.launch(Dispatchers.IO) { PassingFiles(cacheDir).remove() }
        PhoneNotices(this).nameChannels()
        ProcessLifecycleOwner.get().lifecycle.addObserver(Watch())
    }

    /** The container of this process; tests bring another. */
    protected open fun make(scope: CoroutineScope): AppContainer =
        AppContainer(this, Phone.real(this), StoredPreferences(this), scope)

    /** While the app is looked at, a store that did not open may do so at a second try. */
    private inner class Watch : DefaultLifecycleObserver {
        private var looking: Job? = null

        override fun onStart(owner: LifecycleOwner) {
            looking = scope.launch { container.opening.filterIsInstance<Opening.Open>().collect { begin(it) } }
        }

        override fun onStop(owner: LifecycleOwner) {
            looking?.cancel()
            (container.opening.value as? Opening.Open)?.office?.hidden()
        }

        private fun begin(open: Opening.Open) {
            open.office.shown()
            // Whoever looks away meanwhile does not leave half of the files unfiled.
            scope.launch { container.leftovers.file(open.core) }
        }
    }
}
