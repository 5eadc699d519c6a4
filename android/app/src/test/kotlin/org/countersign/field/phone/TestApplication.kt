package org.countersign.field.phone

import android.os.Looper
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.ProcessLifecycleOwner
import androidx.startup.AppInitializer
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancel
import org.countersign.core.Countersign
import org.countersign.core.languageOf
import org.countersign.field.R
import org.countersign.field.app.AppContainer
import org.countersign.field.app.CoreImages
import org.countersign.field.app.CoreKey
import org.countersign.field.app.CorePlatform
import org.countersign.field.app.CoreVault
import org.countersign.field.app.CountersignApplication
import org.countersign.field.app.MainActivity
import org.countersign.field.app.Opening
import org.countersign.field.app.Phone
import org.countersign.field.screens.capture.Leftovers
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import java.time.Duration

/** The app's own process, on a [TestPhone]. */
class TestApplication : CountersignApplication() {
    private lateinit var scope: CoroutineScope

    /** The phone. */
    lateinit var test: TestPhone
        private set

    /** The core of this process, once it is open. */
    @Volatile
    var core: Countersign? = null
        private set

    /** The window that a test opened. */
    var window: ActivityController<MainActivity>? = null

    /** How busy the core is. */
    val busy = Busy()

    override fun onCreate() {
        beginLikeAProcess()
        super.onCreate()
    }

    override fun make(scope: CoroutineScope): AppContainer {
        this.scope = scope
        if (!::test.isInitialized) test = next?.invoke(this) ?: TestPhone(this)
        next = null
        return AppContainer(this, test.phone, test.preferences, scope, busy, ::open)
    }

    /**
     * The first application of a JVM begins before Android's own watch over whether the app is looked at: a test of
     * what happens then begins it, before it opens a window.
     */
    fun beWatched() {
        if (ProcessLifecycleOwner.get().lifecycle.currentState != Lifecycle.State.INITIALIZED) return
        val watch: Any = ProcessLifecycleOwner.Companion
        watch.javaClass.methods
            .single { it.name.startsWith("init") }
            .invoke(watch, this)
    }

    /** The process dies: what is in memory is gone, and another one begins over the same store. */
    fun die() {
        end()
        onCreate()
    }

    /** Lets go of the store. */
    fun end() {
        val open = core ?: return
        (container.opening.value as? Opening.Open)?.office?.hidden()
        // What was begun is finished: nobody asks a core that is closed.
        var turns = 0
        do {
            shadowOf(Looper.getMainLooper()).idle()
            Thread.sleep(TICK)
            turns += 1
        } while ((busy.now || turns < LEAST) && turns < MOST)
        core = null
        open.close()
    }

    override fun onTerminate() {
        window?.close()
        window = null
        // The framework waits a moment before it says that nobody looks any more; the next test begins unseen.
        shadowOf(Looper.getMainLooper()).idleFor(Duration.ofSeconds(1))
        end()
        scope.cancel()
        test.folder.deleteRecursively()
        super.onTerminate()
    }

    /**
     * What begins with a process begins once for all tests of a JVM: whoever watches whether the app is looked at would
     * watch the application of the first test for ever.
     */
    private fun beginLikeAProcess() {
        val starter = AppInitializer.getInstance(this)
        val first = starter.javaClass.getDeclaredField("mContext").apply { isAccessible = true }.get(starter)
        if (first === this || ::test.isInitialized) return
        val watch: Any = ProcessLifecycleOwner.Companion
        watch.javaClass.methods.single { it.name.startsWith("init") }.invoke(watch, this)
    }

    private fun open(
        phone: Phone,
        leftovers: Leftovers,
    ): Countersign {
        val folder = test.folder.apply { mkdirs() }.path
        val language = languageOf(getString(R.string.language_tag))
        val (key, vault) = CoreKey(phone.signer) to CoreVault(phone.vault)
        return Countersign
            .open(folder, key, vault, CorePlatform(phone, leftovers), CoreImages(phone.images), language)
            .also { core = it }
    }

    /** The next process. */
    companion object {
        /** Makes the phone of the next test's process. */
        var next: ((TestApplication) -> TestPhone)? = null

        private const val TICK = 10L
        private const val LEAST = 3
        private const val MOST = 1_000
    }
}
