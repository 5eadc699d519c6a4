package org.countersign.field.design

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.semantics
import org.countersign.field.R

/** Exactly one of a few, each row a whole target. */
@Composable
fun <T> ChoiceField(
    label: String,
    choices: List<Choice<T>>,
    chosen: T?,
    onChoose: (T) -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
) {
    Column(modifier.fillMaxWidth().selectableGroup()) {
        if (label.isNotEmpty()) Text(label, style = MaterialTheme.typography.titleSmall)
        choices.forEach { choice ->
            Row(
                Modifier
                    .fillMaxWidth()
                    .selectable(choice.value == chosen, enabled, Role.RadioButton) { onChoose(choice.value) }
                    .heightIn(min = Space.target),
                horizontalArrangement = Arrangement.spacedBy(Space.small),
                verticalAlignment = Alignment.CenterVertically,
            ) {
                RadioButton(choice.value == chosen, onClick = null, enabled = enabled)
                Column(Modifier.weight(1f)) {
                    Text(choice.word, color = FieldColours.current.ink)
                    if (choice.second.isNotEmpty()) MutedText(choice.second)
                }
            }
        }
    }
}

/** On or off, the whole row a target. */
@Composable
fun SwitchField(
    label: String,
    on: Boolean,
    onChange: (Boolean) -> Unit,
    modifier: Modifier = Modifier,
    second: String = "",
) {
    Row(
        modifier
            .fillMaxWidth()
            .toggleable(on, role = Role.Switch, onValueChange = onChange)
            .heightIn(min = Space.target),
        horizontalArrangement = Arrangement.spacedBy(Space.medium),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Column(Modifier.weight(1f)) {
            Text(label, color = FieldColours.current.ink)
            if (second.isNotEmpty()) MutedText(second)
        }
        Switch(on, onCheckedChange = null)
    }
}

/** A field to type in; what is wrong stands below it in place of the hint. */
@Composable
fun TextInput(
    label: String,
    value: String,
    onChange: (String) -> Unit,
    modifier: Modifier = Modifier,
    hint: String = "",
    problem: String = "",
    lines: Int = 1,
    enabled: Boolean = true,
    longest: Int = Int.MAX_VALUE,
    keyboard: KeyboardOptions = KeyboardOptions.Default,
    actions: KeyboardActions = KeyboardActions.Default,
    trailing: (@Composable () -> Unit)? = null,
) {
    // What is too long stays and is said: text that was cut in silence is lost, and nobody saw it go.
    val tooLong = if (isLonger(value, longest)) stringResource(R.string.text_too_long, longest) else ""
    val wrong = problem.ifEmpty { tooLong }
    val below = wrong.ifEmpty { hint }
    OutlinedTextField(
        value = value,
        onValueChange = { onChange(whole(it)) },
        modifier = modifier.fillMaxWidth().semantics { if (wrong.isNotEmpty()) error(wrong) },
        enabled = enabled,
        label = if (label.isEmpty()) null else ({ Text(label) }),
        supportingText = if (below.isEmpty()) null else ({ Text(below, Modifier.padding(top = Space.tiny)) }),
        isError = wrong.isNotEmpty(),
        singleLine = lines == 1,
        minLines = lines,
        maxLines = if (lines == 1) 1 else lines * 2,
        keyboardOptions = keyboard,
        keyboardActions = actions,
        trailingIcon = trailing,
        shape = Corners,
    )
}

/** Whether a text has more letters than that, counted as the core counts them. */
internal fun isLonger(
    text: String,
    longest: Int,
): Boolean = text.length > longest && text.codePointCount(0, text.length) > longest

/** Without halves of letters: a pasted text may be cut in the middle of one, and nothing can store half a letter. */
internal fun whole(text: String): String =
    if (text.none(Char::isSurrogate)) {
        text
    } else {
        text.filterIndexed { place, letter ->
            when {
                letter.isHighSurrogate() -> text.getOrNull(place + 1)?.isLowSurrogate() == true
                letter.isLowSurrogate() -> text.getOrNull(place - 1)?.isHighSurrogate() == true
                else -> true
            }
        }
    }
