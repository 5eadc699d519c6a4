package org.countersign.field.design

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.ExposedDropdownMenuAnchorType
import androidx.compose.material3.ExposedDropdownMenuBox
import androidx.compose.material3.ExposedDropdownMenuDefaults
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier

/** One of many, from a menu. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun <T> PickField(
    label: String,
    choices: List<Choice<T>>,
    chosen: T?,
    onChoose: (T) -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
) {
    var open by rememberSaveable { mutableStateOf(false) }
    val word = choices.find { it.value == chosen }?.word.orEmpty()
    ExposedDropdownMenuBox(open, { open = it && enabled }, modifier.fillMaxWidth()) {
        OutlinedTextField(
            value = word,
            onValueChange = {},
            modifier =
                Modifier
                    .fillMaxWidth()
                    .menuAnchor(ExposedDropdownMenuAnchorType.PrimaryNotEditable, enabled),
            enabled = enabled,
            readOnly = true,
            label = { Text(label) },
            trailingIcon = { ExposedDropdownMenuDefaults.TrailingIcon(open) },
            shape = Corners,
        )
        ExposedDropdownMenu(open, { open = false }) {
            choices.forEach { choice ->
                DropdownMenuItem(
                    text = { Text(choice.word) },
                    onClick = {
                        open = false
                        onChoose(choice.value)
                    },
                    trailingIcon = { if (choice.value == chosen) NamedIcon("check", null) },
                )
            }
        }
    }
}
