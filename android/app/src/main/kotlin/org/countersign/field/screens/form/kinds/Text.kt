package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.platform.LocalFocusManager
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import org.countersign.field.R
import org.countersign.field.design.MutedText
import org.countersign.field.design.TextInput

/** How many lines a long text begins with. */
private const val LINES = 3

/** Any text; several lines where the form wants them. */
@Composable
internal fun TextKind(asking: Asking) {
    val many = asking.asked.question.multiline
    AnswerField(
        asking,
        KeyboardOptions(
            capitalization = KeyboardCapitalization.Sentences,
            imeAction = if (many) ImeAction.Default else ImeAction.Next,
        ),
        lines = if (many) LINES else 1,
    )
}

/** A kind of a newer form: it can still be typed. */
@Composable
internal fun NewerKind(asking: Asking) =
    Column {
        MutedText(stringResource(R.string.form_newer_kind))
        AnswerField(asking, KeyboardOptions(imeAction = ImeAction.Next))
    }

/** A field to type an answer in: saved after a pause and when it is left. */
@Composable
internal fun AnswerField(
    asking: Asking,
    keyboard: KeyboardOptions,
    modifier: Modifier = Modifier,
    lines: Int = 1,
    shown: String = asking.value,
    onType: (String) -> Unit = { asking.type(it) },
    trailing: (@Composable () -> Unit)? = null,
) {
    val focus = LocalFocusManager.current
    var held by remember { mutableStateOf(false) }
    TextInput(
        label = "",
        value = shown,
        onChange = onType,
        modifier =
            modifier
                .testTag("form-field-${asking.id}")
                .semantics { contentDescription = asking.label }
                .onFocusChanged {
                    if (held && !it.isFocused) asking.leave()
                    held = it.isFocused
                },
        lines = lines,
        longest = asking.asked.question.longest.toInt(),
        keyboard = keyboard,
        actions =
            KeyboardActions(onNext = {
                asking.leave()
                focus.moveFocus(androidx.compose.ui.focus.FocusDirection.Next)
            }),
        trailing = trailing,
    )
}
