package org.countersign.field.platform

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Context
import android.content.ContextWrapper
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.net.Uri
import android.provider.Settings
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.RequestMultiplePermissions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.platform.LocalContext
import androidx.core.app.ActivityCompat
import androidx.core.content.ContextCompat
import androidx.lifecycle.compose.LifecycleResumeEffect

/** Asks for permissions at the moment when they are needed. */
class PermissionAsker(
    private val context: Context,
    private val names: List<String>,
    private val launch: (Array<String>) -> Unit,
    private val answered: (Boolean) -> Unit,
    private val button: PermissionButton = PermissionButton(),
) {
    /** Whether any of them is given; one of several places is enough. */
    fun granted(): Boolean = names.any { ContextCompat.checkSelfPermission(context, it) == PERMISSION_GRANTED }

    /** Goes on at once where it is given, asks else. */
    fun ask() {
        if (granted()) answered(true) else launch(names.toTypedArray())
    }

    /**
     * The same for somebody who pressed a button for it: where the system asks no more, because the answer was "never",
     * the app's own page in the system's settings opens in its place. A button that does nothing helps nobody.
     */
    fun askByButton() {
        button.pressed = !granted() && !explains()
        ask()
    }

    /** The system answered; where it did so without asking, its settings are the only way. */
    internal fun heard(given: Boolean) {
        val silent = button.pressed && !given && !explains()
        button.pressed = false
        if (silent) openSettings()
        answered(given)
    }

    /** Back from the system's settings the answer may be another one, and nobody tells of it. */
    internal fun cameBack() {
        if (!button.inSettings) return
        button.inSettings = false
        answered(granted())
    }

    private fun explains(): Boolean {
        val activity = context.activity() ?: return false
        return names.any { ActivityCompat.shouldShowRequestPermissionRationale(activity, it) }
    }

    private fun openSettings() {
        val own = Uri.fromParts("package", context.packageName, null)
        try {
            button.inSettings = true
            context.startActivity(Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, own))
        } catch (_: ActivityNotFoundException) {
            // A phone whose owner hides its settings: nothing is left to open.
        }
    }
}

/** How far a question is that a button asked. */
class PermissionButton {
    /** Whether a button asked the question that is open, and the system had nothing to explain. */
    internal var pressed: Boolean = false

    /** Whether the system's settings were opened for it. */
    internal var inSettings: Boolean = false

    /** Who asks. */
    internal var asker: PermissionAsker? = null
}

private tailrec fun Context.activity(): Activity? =
    when (this) {
        is Activity -> this
        is ContextWrapper -> baseContext.activity()
        else -> null
    }

/** An asker for these; [onAnswer] hears whether one of them was given. A "no" never stops the work. */
@Composable
fun rememberPermissions(
    vararg names: String,
    onAnswer: (Boolean) -> Unit,
): PermissionAsker {
    val context = LocalContext.current
    val answer by rememberUpdatedState(onAnswer)
    val button = remember { PermissionButton() }
    val launcher =
        rememberLauncherForActivityResult(RequestMultiplePermissions()) { answers ->
            val given = answers.values.any { it }
            button.asker?.heard(given) ?: answer(given)
        }
    LifecycleResumeEffect(button) {
        button.asker?.cameBack()
        onPauseOrDispose { }
    }
    return remember(context, *names) {
        PermissionAsker(context, names.toList(), launcher::launch, { answer(it) }, button).also { button.asker = it }
    }
}
