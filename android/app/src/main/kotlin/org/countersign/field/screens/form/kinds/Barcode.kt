package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import org.countersign.field.R
import org.countersign.field.design.PictureButton

/** A code: read by the camera, or typed. */
@Composable
internal fun BarcodeKind(asking: Asking) =
    AnswerField(
        asking,
        KeyboardOptions(keyboardType = KeyboardType.Ascii, autoCorrectEnabled = false, imeAction = ImeAction.Next),
        trailing = {
            PictureButton(
                "scan",
                stringResource(R.string.form_scan_for, asking.label),
                { asking.ways.scan(asking.id) },
                Modifier.testTag("form-scan-${asking.id}"),
            )
        },
    )
