package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.ModalBottomSheet
import androidx.compose.material3.RadioButton
import androidx.compose.material3.rememberModalBottomSheetState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import org.countersign.core.OptionShown
import org.countersign.field.R
import org.countersign.field.design.Choice
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.MutedText
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.TextInput

/** More options than that are searched, not read. */
internal const val LONG_LIST = 12

/** One of the options. */
@Composable
internal fun SelectOneKind(asking: Asking) {
    val options = asking.asked.question.options
    Column(Modifier.fillMaxWidth()) {
        if (options.size <= LONG_LIST) {
            ChoiceField(
                label = "",
                choices = options.map { Choice(it.value, it.label) },
                chosen = asking.value,
                onChoose = { asking.give(it) },
                modifier =
                    Modifier
                        .testTag("form-field-${asking.id}")
                        .semantics { contentDescription = asking.label },
            )
        } else {
            LongList(asking, options)
        }
        if (asking.value.isNotEmpty()) ClearAnswer(asking)
    }
}

/** Takes the answer away. */
@Composable
internal fun ClearAnswer(asking: Asking) {
    val label = stringResource(R.string.form_clear_of, asking.label)
    QuietButton(
        stringResource(R.string.form_clear),
        { asking.give("") },
        Modifier.testTag("form-clear-${asking.id}").semantics { contentDescription = label },
        icon = "clear",
    )
}

@Composable
private fun LongList(
    asking: Asking,
    options: List<OptionShown>,
) {
    var open by rememberSaveable(asking.id) { mutableStateOf(false) }
    val chosen = options.find { it.value == asking.value }?.label
    val label = chosen ?: stringResource(R.string.form_choose)
    SecondButton(
        label,
        { open = true },
        Modifier
            .fillMaxWidth()
            .testTag("form-field-${asking.id}")
            .semantics { contentDescription = "${asking.label}: $label" },
        icon = "search",
    )
    if (open) {
        OptionSheet(asking.label, options, { it.value == asking.value }, { open = false }) {
            asking.give(it.value)
            open = false
        }
    }
}

/** A long list with a search above it. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun OptionSheet(
    title: String,
    options: List<OptionShown>,
    isChosen: (OptionShown) -> Boolean,
    onClose: () -> Unit,
    role: Role = Role.RadioButton,
    onChoose: (OptionShown) -> Unit,
) {
    var words by rememberSaveable { mutableStateOf("") }
    val hits = options.filter { it.label.contains(words.trim(), ignoreCase = true) }
    ModalBottomSheet(onClose, sheetState = rememberModalBottomSheetState(skipPartiallyExpanded = true)) {
        Column(Modifier.padding(horizontal = Space.large)) {
            SectionTitle(title)
            TextInput(stringResource(R.string.search), words, { words = it }, Modifier.testTag("form-option-search"))
            if (hits.isEmpty()) MutedText(stringResource(R.string.form_no_option))
            LazyColumn(Modifier.fillMaxWidth()) {
                // By their places: a list that names a value twice is shown as it is.
                items(hits) { OptionRow(it, isChosen(it), role, onChoose) }
            }
        }
    }
}

/** A radio button is selected, a check box is ticked: a screen reader says what its role says, and says it once. */
private fun Modifier.chooses(
    chosen: Boolean,
    role: Role,
    onChoose: () -> Unit,
): Modifier =
    if (role == Role.Checkbox) {
        toggleable(chosen, role = role) { onChoose() }
    } else {
        selectable(chosen, role = role, onClick = onChoose)
    }

@Composable
private fun OptionRow(
    option: OptionShown,
    chosen: Boolean,
    role: Role,
    onChoose: (OptionShown) -> Unit,
) {
    TickRow(
        option.label,
        Modifier
            .chooses(chosen, role) { onChoose(option) }
            .heightIn(min = Space.target)
            .testTag("form-option-${option.value}"),
    ) {
        if (role == Role.Checkbox) {
            androidx.compose.material3.Checkbox(chosen, onCheckedChange = null)
        } else {
            RadioButton(chosen, onClick = null)
        }
    }
}
