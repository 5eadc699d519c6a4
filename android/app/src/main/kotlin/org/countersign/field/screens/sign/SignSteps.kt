package org.countersign.field.screens.sign

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.text.font.FontWeight
import org.countersign.field.R
import org.countersign.field.design.FieldColours
import org.countersign.field.design.Space

/** The three steps of signing off and where one is, from 1 on. */
@Composable
internal fun SignSteps(
    current: Int,
    modifier: Modifier = Modifier,
) {
    val names = listOf(R.string.sign_step_1, R.string.sign_step_2, R.string.sign_step_3).map { stringResource(it) }
    val spoken = stringResource(R.string.sign_step_of, current, names[current - 1])
    FlowRow(
        modifier.clearAndSetSemantics { contentDescription = spoken },
        horizontalArrangement = Arrangement.spacedBy(Space.large),
    ) {
        names.forEachIndexed { index, name ->
            val here = index + 1 == current
            Text(
                "${index + 1} $name",
                color = if (here) FieldColours.current.accent else FieldColours.current.muted,
                fontWeight = if (here) FontWeight.Bold else null,
            )
        }
    }
}
