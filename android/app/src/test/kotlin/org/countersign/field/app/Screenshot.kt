package org.countersign.field.app

import android.app.Activity
import android.graphics.Bitmap
import android.os.Handler
import android.os.Looper
import android.view.PixelCopy
import androidx.core.graphics.createBitmap
import androidx.test.core.app.ActivityScenario
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.robolectric.Shadows.shadowOf
import java.io.File

/** Copies the window's pixels into a picture of the folder that the build names; without one nothing is kept. */
fun ActivityScenario<MainActivity>.screenshot(name: String) = picture(name)

/** The same for an activity of a test. */
fun <A : Activity> ActivityScenario<A>.picture(name: String) {
    val folder = System.getProperty("screenshots") ?: return
    onActivity { activity ->
        val view = activity.window.decorView
        val bitmap = createBitmap(view.width, view.height)
        var result = -1
        PixelCopy.request(activity.window, bitmap, { result = it }, Handler(Looper.getMainLooper()))
        shadowOf(Looper.getMainLooper()).idle()
        assertEquals(PixelCopy.SUCCESS, result)
        File(folder, "$name.png").outputStream().use {
            assertTrue(bitmap.compress(Bitmap.CompressFormat.PNG, 100, it))
        }
    }
}
