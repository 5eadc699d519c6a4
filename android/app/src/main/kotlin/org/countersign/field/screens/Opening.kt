package org.countersign.field.screens

import android.content.ActivityNotFoundException
import androidx.activity.result.ActivityResultLauncher
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.res.stringResource
import org.countersign.field.R

/** Opens the other app (camera, gallery, files); where the phone has none, says so. */
@Composable
internal fun <I> ActivityResultLauncher<I>.opening(): (I) -> Unit {
    val say = rememberAfterword()
    val nobody = stringResource(R.string.no_app_for_this)
    return remember(this, say, nobody) {
        { input ->
            try {
                launch(input)
            } catch (_: ActivityNotFoundException) {
                say(nobody)
            } catch (_: SecurityException) {
                // The camera app does not open to an app that declares the camera and was refused it.
                say(nobody)
            }
        }
    }
}
