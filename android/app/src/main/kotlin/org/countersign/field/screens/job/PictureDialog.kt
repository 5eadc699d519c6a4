package org.countersign.field.screens.job

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.window.Dialog
import androidx.compose.ui.window.DialogProperties
import org.countersign.core.EvidenceRow
import org.countersign.field.R
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LARGE_PICTURE
import org.countersign.field.design.Picture
import org.countersign.field.design.PictureButton
import org.countersign.field.screens.annotate.layersOver

/** One picture as large as the screen; the best that is on this device. */
@Composable
internal fun PictureDialog(
    row: EvidenceRow,
    onClose: () -> Unit,
) {
    Dialog(onClose, DialogProperties(usePlatformDefaultWidth = false)) {
        Box(
            Modifier
                .fillMaxSize()
                .background(FieldColours.current.paper)
                .safeDrawingPadding()
                .testTag("picture"),
        ) {
            Picture(
                path = row.preview ?: row.thumbnail,
                description = row.name,
                modifier = Modifier.fillMaxSize(),
                name = row.name,
                edge = LARGE_PICTURE,
                scale = ContentScale.Fit,
                over = layersOver(row),
            )
            PictureButton("clear", stringResource(R.string.close), onClose, Modifier.align(Alignment.TopEnd))
        }
    }
}
