package org.countersign.field.design

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp

/** A sentence to know before anything is done. */
@Composable
fun Notice(
    icon: String,
    text: String,
    modifier: Modifier = Modifier,
    tone: Tone = Tone.INFO,
) {
    val pair = FieldColours.current.of(tone)
    Row(
        modifier
            .fillMaxWidth()
            .background(pair.ground, Corners)
            .padding(Space.medium)
            .semantics(mergeDescendants = true) {},
        horizontalArrangement = Arrangement.spacedBy(Space.small),
    ) {
        NamedIcon(icon, null, Modifier.size(20.dp), pair.text)
        Text(text, color = pair.text)
    }
}
