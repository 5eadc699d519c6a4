package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Slider
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import org.countersign.core.ScaleShown
import org.countersign.core.scaleAt
import org.countersign.core.scalePlace
import org.countersign.field.R
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.PictureButton
import org.countersign.field.design.Space
import kotlin.math.roundToInt

/** A number that is chosen on a scale: by sliding, or mark by mark with a glove. */
@Composable
internal fun ScaleKind(
    asking: Asking,
    scale: ScaleShown,
) {
    val last = scale.count.toInt() - 1
    val value = asking.value
    var place by remember(value) { mutableIntStateOf(scalePlace(scale, value)?.toInt() ?: 0) }
    val at = { wanted: Int -> scaleAt(scale, wanted.coerceAtLeast(0).toUInt()) }
    val none = stringResource(R.string.no_answer)
    Column(Modifier.fillMaxWidth()) {
        Row(verticalAlignment = Alignment.CenterVertically, horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            PictureButton(
                "back",
                stringResource(R.string.form_less, asking.label),
                { asking.give(at(place - 1)) },
            )
            Slider(
                value = place.toFloat(),
                onValueChange = { place = it.roundToInt() },
                modifier =
                    Modifier.weight(1f).testTag("form-field-${asking.id}").semantics {
                        contentDescription = asking.label
                        stateDescription = value.ifEmpty { none }
                    },
                valueRange = 0f..last.coerceAtLeast(1).toFloat(),
                steps = (last - 1).coerceIn(0, MOST_TICKS),
                onValueChangeFinished = { asking.give(at(place)) },
            )
            PictureButton(
                "next",
                stringResource(R.string.form_more, asking.label),
                { asking.give(at(place + 1)) },
            )
        }
        Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Alignment.CenterVertically) {
            MutedText(scale.start)
            Text(
                if (value.isEmpty() && place == 0) none else at(place),
                style = MaterialTheme.typography.titleMedium,
                color = FieldColours.current.ink,
            )
            MutedText(scale.end)
        }
    }
}

/** More ticks are a grey line; the value moves in whole marks all the same. */
private const val MOST_TICKS = 100
