package org.countersign.field.app

import android.app.Activity
import android.content.pm.PackageManager
import android.os.Build
import android.view.MotionEvent
import android.widget.Toast
import androidx.activity.compose.LocalActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.core.content.ContextCompat
import org.countersign.field.R

/**
 * Refuses taps that came through another app's window. Such a window can show other pages than those that are signed,
 * or lie unseen over them, and let the finger through.
 */
class Overlays(
    private val activity: Activity,
) {
    private var guards = 0
    private var told = false

    /** Guards the window until [end] was called as often. */
    fun begin() {
        guards += 1
        apply()
    }

    /** Ends one guard. */
    fun end() {
        guards -= 1
        apply()
    }

    /** Whether this tap must not count; says once why, for each time that the guard is on. */
    fun refuses(event: MotionEvent): Boolean {
        val through = guards > 0 && event.flags and covered() != 0
        if (through && !told) {
            told = true
            Toast.makeText(activity, R.string.tap_covered, Toast.LENGTH_LONG).show()
        }
        return through
    }

    /**
     * What says of a tap that another window lay there. A window beside the finger counts too where such windows cannot
     * be hidden: it can show a sum of its own, and leave the button free. The views look at the finger's place alone.
     */
    private fun covered(): Int =
        MotionEvent.FLAG_WINDOW_IS_OBSCURED or if (hides()) 0 else MotionEvent.FLAG_WINDOW_IS_PARTIALLY_OBSCURED

    private fun hides(): Boolean = Build.VERSION.SDK_INT >= Build.VERSION_CODES.S && mayHide()

    private fun apply() {
        val on = guards > 0
        if (!on) told = false
        // The views refuse them as well, whichever way a tap comes to them.
        activity.window.decorView.filterTouchesWhenObscured = on
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S && hides()) activity.window.setHideOverlayWindows(on)
    }

    /** Given at installation; a phone that keeps it back still refuses the taps. */
    private fun mayHide(): Boolean =
        ContextCompat.checkSelfPermission(activity, HIDE_OVERLAY_WINDOWS) == PackageManager.PERMISSION_GRANTED

    private companion object {
        const val HIDE_OVERLAY_WINDOWS = "android.permission.HIDE_OVERLAY_WINDOWS"
    }
}

/** While this is drawn no tap counts that came through another app's window; Android 12 shows no such windows. */
@Composable
fun NoOverlays() {
    val overlays = (LocalActivity.current as? MainActivity)?.overlays ?: return
    DisposableEffect(overlays) {
        overlays.begin()
        onDispose { overlays.end() }
    }
}
