package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Checkbox
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import org.countersign.field.design.Space

/** "I have read this", or nothing: the one option says what that is. */
@Composable
internal fun AcknowledgeKind(asking: Asking) {
    val on = asking.value.isNotEmpty()
    asking.asked.question.options.forEach { read ->
        TickRow(
            read.label,
            Modifier
                .toggleable(on, role = Role.Checkbox) { asking.give(asking.toggled(read)) }
                .heightIn(min = Space.target)
                .testTag("form-field-${asking.id}"),
        ) { Checkbox(on, onCheckedChange = null) }
    }
}
