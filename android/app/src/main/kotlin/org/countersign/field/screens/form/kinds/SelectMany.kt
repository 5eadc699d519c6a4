package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.selection.toggleable
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
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import org.countersign.core.OptionShown
import org.countersign.core.valuesOf
import org.countersign.field.R
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space

/** Any number of the options. */
@Composable
internal fun SelectManyKind(asking: Asking) {
    val options = asking.asked.question.options
    val chosen = valuesOf(asking.value).toSet()
    val toggle = { option: OptionShown -> asking.give(asking.toggled(option)) }
    val tagged = Modifier.testTag("form-field-${asking.id}")
    if (options.size > LONG_LIST) {
        ManySheet(asking, options, chosen, tagged, toggle)
    } else {
        Column(tagged.fillMaxWidth().semantics { contentDescription = asking.label }) {
            options.forEach { option ->
                val on = option.value in chosen
                TickRow(
                    option.label,
                    Modifier
                        .toggleable(on, role = Role.Checkbox) { toggle(option) }
                        .heightIn(min = Space.target)
                        .testTag("form-option-${option.value}"),
                ) { Checkbox(on, onCheckedChange = null) }
            }
        }
    }
}

@Composable
private fun ManySheet(
    asking: Asking,
    options: List<OptionShown>,
    chosen: Set<String>,
    modifier: Modifier,
    onToggle: (OptionShown) -> Unit,
) {
    var open by rememberSaveable(asking.id) { mutableStateOf(false) }
    val labels = options.filter { it.value in chosen }.joinToString(", ") { it.label }
    val label = labels.ifEmpty { stringResource(R.string.form_choose) }
    SecondButton(
        label,
        { open = true },
        modifier.fillMaxWidth().semantics { contentDescription = "${asking.label}: $label" },
        icon = "search",
    )
    if (open) {
        OptionSheet(asking.label, options, { it.value in chosen }, { open = false }, Role.Checkbox, onToggle)
    }
}
