package org.countersign.field.screens.settings

import android.Manifest.permission.POST_NOTIFICATIONS
import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.os.Build
import android.provider.Settings
import android.util.Log
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.LifecycleResumeEffect
import org.countersign.field.R
import org.countersign.field.design.FieldCard
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.platform.Notices
import org.countersign.field.platform.rememberPermissions

/** Asked for here, not at the first start: nobody knows then what it is good for. */
@Composable
internal fun NoticesCard(notices: Notices) {
    val context = LocalContext.current
    var allowed by remember { mutableStateOf(notices.allowed()) }
    LifecycleResumeEffect(notices) {
        allowed = notices.allowed()
        onPauseOrDispose { }
    }
    if (allowed) return
    val permission =
        rememberPermissions(POST_NOTIFICATIONS) { given ->
            // The phone asks twice at most; then only its settings can change it.
            if (given) allowed = notices.allowed() else openNoticeSettings(context)
        }
    FieldCard {
        SectionTitle(stringResource(R.string.notices))
        Text(stringResource(R.string.notices_off))
        SecondButton(
            stringResource(R.string.notices_on),
            {
                val asks = Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU && !permission.granted()
                if (asks) permission.ask() else openNoticeSettings(context)
            },
        )
    }
}

private fun openNoticeSettings(context: Context) =
    try {
        context.startActivity(
            Intent(Settings.ACTION_APP_NOTIFICATION_SETTINGS).putExtra(Settings.EXTRA_APP_PACKAGE, context.packageName),
        )
    } catch (none: ActivityNotFoundException) {
        // A phone without that page has another way to it, which only its maker knows.
        Log.i("Settings", "no settings of notifications", none)
        Unit
    }
