package org.countersign.field.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import org.countersign.field.R
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.NamedIcon
import org.countersign.field.design.Space
import org.countersign.field.design.Tone

/** Says that a signed visit takes nothing any more, and what to do about it. */
@Composable
internal fun LockedNotice(modifier: Modifier = Modifier) {
    val colours = FieldColours.current
    FieldCard(modifier.testTag("locked"), tone = Tone.INFO) {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            NamedIcon("lock", null, tint = colours.of(Tone.INFO).text)
            Text(stringResource(R.string.locked_what), Modifier.weight(1f), color = colours.ink)
        }
    }
}
