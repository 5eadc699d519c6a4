package org.countersign.field.app

import android.app.Application
import androidx.lifecycle.DefaultLifecycleObserver
import androidx.lifecycle.LifecycleOwner
import androidx.lifecycle.ProcessLifecycleOwner
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
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

    private inner class Watch : DefaultLifecycleObserver {
        private var looking = false

        override fun onStart(owner: LifecycleOwner) {
            looking = true
            scope.launch {
                val open = container.whenOpen() ?: return@launch
                if (looking) open.office.shown()
                container.leftovers.file(open.core)
            }
        }

        override fun onStop(owner: LifecycleOwner) {
            looking = false
            (container.opening.value as? Opening.Open)?.office?.hidden()
        }
    }
}
