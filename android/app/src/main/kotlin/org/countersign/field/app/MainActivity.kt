package org.countersign.field.app

import android.content.Intent
import android.os.Bundle
import android.view.MotionEvent
import android.view.WindowManager
import androidx.activity.compose.LocalActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import androidx.appcompat.app.AppCompatActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import kotlinx.coroutines.flow.MutableStateFlow
import org.countersign.field.platform.PhoneNotices

/** The one window. */
class MainActivity : AppCompatActivity() {
    private val link = MutableStateFlow<DeepLink?>(null)

    /** What refuses taps that came through another app's window. */
    internal val overlays = Overlays(this)

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        // After a turn, the end of the process or from the list of recent apps the link was followed already.
        val again = intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY != 0
        if (savedInstanceState == null && !again) link.value = DeepLink.of(intent.data)
        // Another language draws the window anew: the phone's list of notifications follows.
        PhoneNotices(applicationContext).nameChannels()
        val container = (application as CountersignApplication).container
        setContent { CountersignApp(container, link) }
    }

    override fun dispatchTouchEvent(event: MotionEvent): Boolean =
        overlays.refuses(event) || super.dispatchTouchEvent(event)

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        DeepLink.of(intent.data)?.let { link.value = it }
    }
}

/** While this is drawn the window is in no screenshot and in no list of recent apps: in the customer's hands. */
@Composable
fun SecureWindow() {
    val window = LocalActivity.current?.window ?: return
    DisposableEffect(window) {
        window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
        onDispose { window.clearFlags(WindowManager.LayoutParams.FLAG_SECURE) }
    }
}
