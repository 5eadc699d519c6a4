package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import org.countersign.core.Again
import org.countersign.field.R
import org.countersign.field.design.Remedy
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.design.TroublePanel
import org.countersign.field.screens.pad.SignaturePad

/** Width by height of the pad. */
private const val SHAPE = 2.5f

/** A signature as an answer: the core makes a picture of it. */
@Composable
internal fun SignatureKind(asking: Asking) =
    Column(verticalArrangement = Arrangement.spacedBy(Space.small)) {
        Answering(asking)
        if (asking.asked.question.mayAnswer) {
            NotKept(asking)
            Pad(asking)
        }
    }

/** Why a file for this question could not be kept, and the way to try again where that can help. */
@Composable
internal fun NotKept(asking: Asking) {
    val file = asking.unsavedFile ?: return
    val again = Remedy(stringResource(R.string.try_again), file.again)
    TroublePanel(file.trouble.words, remedies = if (file.trouble.again == Again.NEVER) emptyList() else listOf(again))
}

@Composable
private fun Pad(asking: Asking) {
    val pads = asking.ways.drawn
    val ink = pads.of(asking.id)
    val what = stringResource(R.string.pad)
    SignaturePad(
        ink,
        { pads.draw(asking.id, it) },
        Modifier
            .fillMaxWidth()
            .aspectRatio(SHAPE)
            .testTag("form-pad-${asking.id}")
            .semantics { contentDescription = "${asking.label}. $what" },
    )
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
        SecondButton(stringResource(R.string.form_clear), { pads.clear(asking.id) }, enabled = !ink.isEmpty)
        SecondButton(
            stringResource(R.string.form_keep_signature),
            { asking.ways.files.keepInk(asking.id) },
            Modifier.testTag("form-keep-${asking.id}"),
            icon = "sign",
            enabled = !ink.isBlank,
        )
        // A pad takes a hand; a picture of what was signed on paper does not.
        ChooseFile(asking)
    }
}
