package org.countersign.field.faults

import android.os.Build
import android.os.SystemClock
import android.view.MotionEvent
import android.view.View
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.core.net.toUri
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.R
import org.countersign.field.app.DeepLink
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.countersign.field.visit.Work
import org.junit.AfterClass
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.BeforeClass
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.shadows.ShadowToast
import org.robolectric.util.ReflectionHelpers

/** Links, codes and taps that somebody else made up: clear words, nothing done, nothing lost. */
@RunWith(AndroidJUnit4::class)
class HostileTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }

    @Test
    fun `a link that is none of ours opens nothing`() {
        val others =
            listOf(
                "",
                "https://job/1",
                "file:///data/data/org.countersign.field/no_backup/device/store.db",
                "content://org.countersign.field.files/share/x",
                "javascript:alert(1)",
                "intent://job/1#Intent;scheme=countersign;end",
                "countersign://job",
                "countersign://job/",
                "countersign://elsewhere/1",
                "countersign://",
                "COUNTERSIGN://job/1",
            )
        others.forEach { assertNull(it.take(90), DeepLink.of(it.toUri())) }
        assertNull(DeepLink.of(null))
    }

    @Test
    fun `a link that is longer than any of ours opens nothing`() {
        enrolled()
        val huge = "9".repeat(100_000)
        for (link in listOf("countersign://job/$huge", "countersign:1:https://hub.example|$huge|00|-")) {
            app.start(link)
            app.see("jobs")
            app.idle(SOON)
            assertFalse(app.sees(hasTestTag("trouble")))
            assertTrue(app.sees(hasTestTag("jobs")))
            app.stop()
        }
    }

    @Test
    fun `a link to a job that is not ours says so and leads back`() {
        enrolled()
        val huge = "x".repeat(1_900)
        val others = listOf("J-99-9999", "..%2F..%2Fetc%2Fpasswd", "%00%F0%9F%9B%A0", "1'%20OR%201=1--", huge)
        for (reference in others) {
            app.start("countersign://job/$reference")
            app.see("trouble")
            app.stop()
        }
        app.start()
        app.see("jobs")
    }

    @Test
    fun `a link that offers a made-up invitation enrols nobody`() {
        enrolled()
        val key = "ab".repeat(32)
        val disguised = "countersign:1:https://hub.example@evil.example|C|$key|-"
        for (text in listOf("countersign:nothing", disguised, "countersign:1:|||")) {
            app.start(text)
            app.tap("enrol-again-meant")
            app.next(R.string.enrol_look)
            app.see("trouble")
            assertFalse(app.sees(hasTestTag("enrol-seen")))
            app.stop()
        }
        assertEquals(Office.ENGINEER, app.core.ownScreen().person)
    }

    @Test
    fun `a tap through another app's window does not count while somebody signs, and says why`() {
        app.start("countersign://status")
        val overlays = app.activity.overlays
        assertFalse("elsewhere it counts", overlays.refuses(touch(MotionEvent.FLAG_WINDOW_IS_OBSCURED)))
        overlays.begin()
        overlays.begin()
        assertTrue(app.activity.window.decorView.filterTouchesWhenObscured)
        assertFalse(overlays.refuses(touch(0)))
        assertTrue("it goes nowhere", app.activity.dispatchTouchEvent(touch(MotionEvent.FLAG_WINDOW_IS_OBSCURED)))
        assertEquals(app.word(R.string.tap_covered), ShadowToast.getTextOfLatestToast())
        overlays.end()
        assertTrue("still guarded", overlays.refuses(touch(MotionEvent.FLAG_WINDOW_IS_OBSCURED)))
        overlays.end()
        assertFalse(overlays.refuses(touch(MotionEvent.FLAG_WINDOW_IS_OBSCURED)))
        assertFalse(app.activity.window.decorView.filterTouchesWhenObscured)
    }

    @Test
    fun `where such windows cannot be hidden, one beside the finger counts as well`() {
        app.start("countersign://status")
        val overlays = app.activity.overlays
        val beside = touch(MotionEvent.FLAG_WINDOW_IS_PARTIALLY_OBSCURED)
        overlays.begin()
        assertFalse("this phone hides them", overlays.refuses(beside))
        val younger = Build.VERSION.SDK_INT
        try {
            ReflectionHelpers.setStaticField(Build.VERSION::class.java, "SDK_INT", Build.VERSION_CODES.R)
            assertTrue("Android 11 shows them", overlays.refuses(beside))
            assertTrue("it goes nowhere", app.activity.dispatchTouchEvent(beside))
            assertFalse(overlays.refuses(touch(0)))
            overlays.end()
            assertFalse("elsewhere it counts", overlays.refuses(beside))
        } finally {
            ReflectionHelpers.setStaticField(Build.VERSION::class.java, "SDK_INT", younger)
        }
    }

    @Test
    fun `a page where nobody signs or enrols is not guarded`() {
        val work = enrolled()
        val job = office.job("To be signed")
        work.sync()
        app.start("countersign://job/$job")
        app.see("job")
        assertFalse(decor().filterTouchesWhenObscured)
        app.stop()
        app.start("countersign:nothing")
        app.see("next-step")
        assertTrue("whoever enrols", decor().filterTouchesWhenObscured)
    }

    private fun decor(): View = app.activity.window.decorView

    private fun touch(flags: Int): MotionEvent {
        val now = SystemClock.uptimeMillis()
        val properties = arrayOf(MotionEvent.PointerProperties().apply { id = 0 })
        val where = arrayOf(MotionEvent.PointerCoords())
        return MotionEvent.obtain(now, now, MotionEvent.ACTION_DOWN, 1, properties, where, 0, 0, 1f, 1f, 0, 0, 0, flags)
    }

    private fun enrolled(): Work {
        app.waitUntil("the store opens") { app.application.core != null }
        return Work(app.core).enrol(office)
    }

    companion object {
        private const val SOON = 500L
        private lateinit var office: Office

        @BeforeClass
        @JvmStatic
        fun open() {
            office = Office.open()
        }

        @AfterClass
        @JvmStatic
        fun close() = office.close()
    }
}
