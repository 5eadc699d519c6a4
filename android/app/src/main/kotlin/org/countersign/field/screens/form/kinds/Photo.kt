package org.countersign.field.screens.form.kinds

import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.OpenDocument
import androidx.compose.foundation.clickable
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.selectable
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.countersign.core.EvidenceRow
import org.countersign.field.R
import org.countersign.field.design.Corners
import org.countersign.field.design.MutedText
import org.countersign.field.design.Picture
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.screens.annotate.layersOver
import org.countersign.field.screens.opening

private val ShotSize = 96.dp

/** A photo: taken, chosen from the phone, or one that was taken already. */
@Composable
internal fun PhotoKind(asking: Asking) =
    Column(verticalArrangement = Arrangement.spacedBy(Space.small)) {
        Answering(asking)
        if (asking.asked.question.mayAnswer) {
            Ways(asking)
            NotKept(asking)
            if (asking.asked.candidates.isNotEmpty()) Taken(asking)
        }
    }

/** The files that answer a question. */
@Composable
internal fun Answering(asking: Asking) {
    val files = asking.asked.files
    if (files.isEmpty()) {
        if (!asking.asked.question.mayAnswer) MutedText(stringResource(R.string.no_answer))
        return
    }
    Row(Modifier.horizontalScroll(rememberScrollState()), Arrangement.spacedBy(Space.small)) {
        files.forEach { row ->
            Shot(row, Modifier.clickable(role = Role.Button) { asking.ways.files.open(row.evidence) })
        }
    }
}

@Composable
private fun Shot(
    row: EvidenceRow,
    modifier: Modifier = Modifier,
) = Picture(
    row.thumbnail,
    row.name,
    Modifier.size(ShotSize).clip(Corners).then(modifier),
    name = row.name,
    over = layersOver(row),
)

/** Chooses a file of the phone as the answer. */
@Composable
internal fun ChooseFile(asking: Asking) {
    val picker =
        rememberLauncherForActivityResult(OpenDocument()) { picked ->
            if (picked != null) asking.ways.files.keepPicked(asking.asked.question, picked)
        }
    val choose = picker.opening()
    val press = Modifier.testTag("form-file-${asking.id}")
    QuietButton(stringResource(R.string.form_choose_file), { choose(arrayOf("*/*")) }, press, icon = "file")
}

@Composable
private fun Ways(asking: Asking) {
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
        SecondButton(
            stringResource(R.string.form_take_photo),
            { asking.ways.photograph(asking.asked.question) },
            Modifier.testTag("form-photo-${asking.id}"),
            icon = "camera",
        )
        ChooseFile(asking)
    }
}

@Composable
private fun Taken(asking: Asking) {
    var open by rememberSaveable(asking.id) { mutableStateOf(false) }
    QuietButton(
        stringResource(R.string.form_choose_taken),
        { open = !open },
        Modifier.testTag("form-taken-${asking.id}"),
        icon = if (open) "up" else "down",
    )
    if (!open) return
    Row(
        Modifier.horizontalScroll(rememberScrollState()).semantics { contentDescription = asking.label },
        Arrangement.spacedBy(Space.small),
    ) {
        asking.asked.candidates.forEach { row ->
            val chosen = row.sha256 in asking.asked.question.files
            val press =
                Modifier.selectable(chosen, role = Role.RadioButton) {
                    asking.ways.files.answerWith(asking.id, row.evidence)
                }
            Column {
                Shot(row, press)
                androidx.compose.material3.RadioButton(chosen, onClick = null)
            }
        }
    }
}
