package org.countersign.field.screens.customer

import android.Manifest
import android.graphics.BitmapFactory
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.TakePicture
import androidx.compose.foundation.Image
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.produceState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.countersign.core.StampTaken
import org.countersign.field.R
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.platform.Outside
import org.countersign.field.platform.rememberPermissions
import org.countersign.field.screens.capture.Captured
import org.countersign.field.screens.opening
import java.io.File

/** A photo of the company stamp, beside the signature. */
@Composable
internal fun StampField(
    stamp: StampTaken?,
    outside: Outside,
    busy: Boolean,
    actions: StampActions,
) {
    var refused by rememberSaveable { mutableStateOf(false) }
    val photograph = rememberCamera(outside, actions.take) { refused = true }
    FieldCard(Modifier.testTag("customer-stamp")) {
        SectionTitle(stringResource(R.string.customer_stamp))
        Text(stringResource(R.string.customer_stamp_what), color = FieldColours.current.ink)
        if (stamp != null) StampPicture(stamp)
        if (refused) Text(stringResource(R.string.customer_no_camera), color = FieldColours.current.ink)
        FlowRow {
            SecondButton(
                stringResource(R.string.customer_stamp_take),
                photograph,
                Modifier.testTag("customer-stamp-take"),
                icon = "camera",
                enabled = !busy,
            )
            if (stamp != null) {
                val remove = stringResource(R.string.customer_stamp_remove)
                QuietButton(remove, actions.remove, Modifier.testTag("customer-stamp-remove"), enabled = !busy)
            }
        }
    }
}

/** Opens the phone's camera for one photo; it lies in the folder that the camera may write to until it is kept. */
@Composable
private fun rememberCamera(
    outside: Outside,
    onTake: (File) -> Unit,
    onRefused: () -> Unit,
): () -> Unit {
    val context = LocalContext.current
    // One name: the camera may outlive this app's process, and its answer names no file.
    val photo = File(File(context.filesDir, "capture"), Captured.STAMP)
    val camera =
        rememberLauncherForActivityResult(TakePicture()) { taken -> if (taken) onTake(photo) else photo.delete() }
    val take = camera.opening()
    val permission =
        rememberPermissions(Manifest.permission.CAMERA) { allowed ->
            if (allowed) {
                photo.parentFile?.mkdirs()
                take(outside.writable(photo))
            } else {
                onRefused()
            }
        }
    return permission::ask
}

@Composable
private fun StampPicture(stamp: StampTaken) {
    val picture by produceState<ImageBitmap?>(null, stamp.sha256) {
        val bytes = stamp.picture ?: return@produceState
        value =
            withContext(Dispatchers.Default) {
                BitmapFactory.decodeByteArray(bytes, 0, bytes.size)?.asImageBitmap()
            }
    }
    val drawn = picture
    if (drawn != null) {
        val label = stringResource(R.string.customer_stamp_alt)
        Image(drawn, label, Modifier.fillMaxWidth().heightIn(max = 200.dp).testTag("customer-stamp-picture"))
        MutedText(stringResource(R.string.customer_stamp_saved))
    } else if (stamp.picture == null) {
        MutedText(stringResource(R.string.customer_stamp_undrawn))
    }
}
