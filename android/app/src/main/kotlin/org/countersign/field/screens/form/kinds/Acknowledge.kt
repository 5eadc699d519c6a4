package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Checkbox
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import org.countersign.field.R
import org.countersign.field.design.Space

/** What the form stores for "I have read this". */
private const val READ = "OK"

/** "I have read this", or nothing. */
@Composable
internal fun AcknowledgeKind(asking: Asking) {
    val on = asking.value.isNotEmpty()
    TickRow(
        stringResource(R.string.form_acknowledge),
        Modifier
            .toggleable(on, role = Role.Checkbox) { asking.give(if (it) READ else "") }
            .heightIn(min = Space.target)
            .testTag("form-field-${asking.id}"),
    ) { Checkbox(on, onCheckedChange = null) }
}
