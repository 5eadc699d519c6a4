package org.countersign.field.design

import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.sizeIn
import androidx.compose.foundation.layout.width
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp

/** The one next step of a screen, named by its verb. */
@Composable
fun NextStepButton(
    word: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    icon: String? = null,
    enabled: Boolean = true,
) {
    Button(
        onClick = onClick,
        modifier = modifier.fillMaxWidth().heightIn(min = Space.step).testTag("next-step"),
        enabled = enabled,
        shape = Corners,
    ) { IconAndWord(icon, word) }
}

/** Another thing that can be done here. */
@Composable
fun SecondButton(
    word: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    icon: String? = null,
    enabled: Boolean = true,
    danger: Boolean = false,
) {
    val colours = FieldColours.current
    OutlinedButton(
        onClick = onClick,
        modifier = modifier.heightIn(min = Space.target),
        enabled = enabled,
        shape = Corners,
        colors =
            ButtonDefaults.outlinedButtonColors(
                contentColor = if (danger) colours.danger.text else colours.accent,
            ),
    ) { IconAndWord(icon, word) }
}

/** A thing that is done seldom, or a way to somewhere else. */
@Composable
fun QuietButton(
    word: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    icon: String? = null,
    enabled: Boolean = true,
) {
    TextButton(onClick, modifier.heightIn(min = Space.target), enabled, shape = Corners) { IconAndWord(icon, word) }
}

/** A button that is only an icon; its label is what a screen reader says. */
@Composable
fun PictureButton(
    icon: String,
    label: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
) {
    IconButton(onClick, modifier.sizeIn(Space.target, Space.target), enabled) {
        NamedIcon(icon, label, Modifier.size(24.dp))
    }
}

@Composable
private fun RowScope.IconAndWord(
    icon: String?,
    word: String,
) {
    if (icon != null) {
        NamedIcon(icon, null, Modifier.size(20.dp))
        Spacer(Modifier.width(Space.small))
    }
    Text(
        word,
        Modifier.weight(1f, fill = false),
        style = MaterialTheme.typography.labelLarge,
        textAlign = TextAlign.Center,
    )
}
