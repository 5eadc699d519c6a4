package org.countersign.field.border

import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.FfiConverterTypeObserver
import org.countersign.core.Observer
import org.countersign.core.Topic
import org.countersign.field.phone.App
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import java.lang.ref.WeakReference

/** What is on the other side of the border is let go of, and no window outlives its turn. */
@RunWith(AndroidJUnit4::class)
class LeakTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }

    /** Observers that Rust holds. */
    private fun observers(): Int = FfiConverterTypeObserver.handleMap.size

    @Test
    fun `every screen shares one observer, and it ends with the last screen`() {
        val before = observers()
        app.start()
        app.see("next-step")
        app.waitUntil("the screens observe") { observers() == before + 1 }
        app.tap("strip")
        app.see("sentence")
        assertEquals(before + 1, observers())
        app.stop()
        app.waitUntil("the last observer is dropped") {
            app.idle(GRACE)
            observers() == before
        }
    }

    @Test
    fun `a subscription that has ended is not told, and Rust lets the observer go`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val before = observers()
        val subscription =
            app.core.subscribe(
                object : Observer {
                    override fun changed(topics: List<Topic>) = Unit
                },
            )
        assertEquals(before + 1, observers())
        subscription.end()
        subscription.close()
        app.waitUntil("it is dropped") { observers() == before }
    }

    @Test
    fun `a closed core answers no more`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val core = app.core
        app.application.end()
        assertThrows(IllegalStateException::class.java) { core.statusScreen() }
    }

    @Test
    fun `no window is held after a turn of the phone`() {
        app.start()
        app.see("next-step")
        val first = WeakReference(app.activity)
        app.turn()
        app.see("next-step")
        app.waitUntil("the first window is collected") {
            app.idle(GRACE)
            System.gc()
            first.get() == null
        }
    }

    private companion object {
        /** A little longer than a screen keeps its readings after it has gone. */
        const val GRACE = 6_000L
    }
}
