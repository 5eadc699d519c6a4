package org.countersign.field.phone

import android.os.Looper
import androidx.lifecycle.ViewModel
import androidx.lifecycle.ViewModelStore
import org.countersign.field.app.Desk
import org.countersign.field.app.Opening
import org.robolectric.Shadows.shadowOf

/** Waits for what comes by way of the main thread, in tests without a window. */
internal fun waitFor(
    what: String,
    met: () -> Boolean,
) {
    val end = System.nanoTime() + PATIENCE
    while (!met()) {
        check(System.nanoTime() < end) { "$what: in vain" }
        shadowOf(Looper.getMainLooper()).idle()
        Thread.sleep(TICK)
    }
}

/** What screens share, once the store is open. */
internal fun TestApplication.openDesk(): Desk {
    waitFor("the store opens") { container.opening.value is Opening.Open }
    val open = container.opening.value as Opening.Open
    return Desk(container, open.core, open.office)
}

/** A screen that is open until it is left. */
internal class OpenScreen<T : ViewModel>(
    /** Its model. */
    val model: T,
) {
    private val store = ViewModelStore().apply { put("model", model) }

    /** Leaves it. */
    fun leave() = store.clear()
}

private const val PATIENCE = 20_000_000_000L
private const val TICK = 10L
