package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Checkbox
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import org.countersign.field.R
import org.countersign.field.design.Space
import org.countersign.field.screens.form.AnswerDesk

/** A whole number, or a mark on a scale. */
@Composable
internal fun IntegerKind(asking: Asking) = NumberKind(asking, KeyboardType.Number)

/** A decimal number exactly as it was typed, or a mark on a scale. */
@Composable
internal fun DecimalKind(asking: Asking) = NumberKind(asking, KeyboardType.Decimal)

@Composable
private fun NumberKind(
    asking: Asking,
    keyboard: KeyboardType,
) {
    val scale = asking.asked.question.scale
    if (scale != null) return ScaleKind(asking, scale)
    // Nothing is measured before there is a number; until then the choice waits here.
    var measured by rememberSaveable(asking.id) { mutableStateOf(asking.provenance == AnswerDesk.MEASURED) }
    val provenance = { if (measured) AnswerDesk.MEASURED else AnswerDesk.TYPED }
    Column {
        AnswerField(
            asking,
            KeyboardOptions(keyboardType = keyboard, imeAction = ImeAction.Next),
            onType = { asking.type(asking.stored(it), provenance()) },
        )
        Measured(measured, "form-measured-${asking.id}") {
            measured = it
            if (asking.value.isNotEmpty()) asking.give(asking.value, provenance())
        }
    }
}

@Composable
private fun Measured(
    on: Boolean,
    tag: String,
    onChange: (Boolean) -> Unit,
) = TickRow(
    stringResource(R.string.form_measured),
    Modifier
        .toggleable(on, role = Role.Checkbox, onValueChange = onChange)
        .heightIn(min = Space.target)
        .testTag(tag),
) { Checkbox(on, onCheckedChange = null) }
