package org.countersign.field.design

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Checkbox
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role

/** One of several that may be ticked together, the whole row a target. */
@Composable
fun CheckField(
    label: String,
    on: Boolean,
    onChange: (Boolean) -> Unit,
    modifier: Modifier = Modifier,
    second: String = "",
    enabled: Boolean = true,
) {
    Row(
        modifier
            .fillMaxWidth()
            .toggleable(on, enabled, role = Role.Checkbox, onValueChange = onChange)
            .heightIn(min = Space.target),
        horizontalArrangement = Arrangement.spacedBy(Space.medium),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Checkbox(on, onCheckedChange = null, enabled = enabled)
        Column(Modifier.weight(1f)) {
            Text(label, color = FieldColours.current.ink)
            if (second.isNotEmpty()) MutedText(second)
        }
    }
}
