package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import org.countersign.field.design.FieldColours
import org.countersign.field.design.Space

/** A mark and its words, one target over the whole width. */
@Composable
internal fun TickRow(
    word: String,
    modifier: Modifier = Modifier,
    mark: @Composable () -> Unit,
) = Row(
    Modifier.fillMaxWidth().then(modifier),
    horizontalArrangement = Arrangement.spacedBy(Space.small),
    verticalAlignment = Alignment.CenterVertically,
) {
    mark()
    Text(word, Modifier.weight(1f), color = FieldColours.current.ink)
}
