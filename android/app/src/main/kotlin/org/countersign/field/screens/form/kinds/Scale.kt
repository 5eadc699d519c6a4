package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Slider
import androidx.compose.material3.SliderDefaults
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
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
import org.countersign.core.scaleMark
import org.countersign.core.scalePlace
import org.countersign.field.R
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.PictureButton
import org.countersign.field.design.Space
import kotlin.math.roundToInt

/**
 * A number that is chosen on a scale: by sliding, or mark by mark with a glove. An answer that lies beside the marks is
 * shown as it is stored, with no mark chosen; one mark more or less leads to the mark next to it. Where there is no
 * answer yet, either leads to the first mark.
 */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun ScaleKind(
    asking: Asking,
    scale: ScaleShown,
) {
    val last = scale.count.toInt() - 1
    val value = asking.value
    val mark = remember(value) { scaleMark(scale, value)?.toInt() }
    var place by remember(value) { mutableStateOf(mark) }
    val at = { wanted: Int -> scaleAt(scale, wanted.coerceAtLeast(0).toUInt()) }
    val beside = if (mark == null) scalePlace(scale, value)?.toInt() else null
    val give = { way: Int -> asking.give(at(beside ?: place?.plus(way) ?: 0)) }
    val touched = remember { MutableInteractionSource() }
    val none = stringResource(R.string.no_answer)
    Column(Modifier.fillMaxWidth()) {
        Row(verticalAlignment = Alignment.CenterVertically, horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            PictureButton(
                "back",
                stringResource(R.string.form_less, asking.label),
                { give(-1) },
            )
            Slider(
                value = (place ?: 0).toFloat(),
                onValueChange = { place = it.roundToInt() },
                modifier =
                    Modifier.weight(1f).testTag("form-field-${asking.id}").semantics {
                        contentDescription = asking.label
                        stateDescription = value.ifEmpty { none }
                    },
                valueRange = 0f..last.coerceAtLeast(1).toFloat(),
                steps = (last - 1).coerceIn(0, MOST_TICKS),
                onValueChangeFinished = { asking.give(at(place ?: 0)) },
                interactionSource = touched,
                thumb = {
                    if (place !=
                        null
                    ) {
                        SliderDefaults.Thumb(touched, Modifier.testTag("form-mark-${asking.id}"))
                    }
                },
            )
            PictureButton(
                "next",
                stringResource(R.string.form_more, asking.label),
                { give(1) },
            )
        }
        Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Alignment.CenterVertically) {
            MutedText(scale.start)
            Text(
                place?.let(at) ?: value.ifEmpty { none },
                Modifier.testTag("form-chosen-${asking.id}"),
                style = MaterialTheme.typography.titleMedium,
                color = FieldColours.current.ink,
            )
            MutedText(scale.end)
        }
    }
}

/** More ticks are a grey line; the value moves in whole marks all the same. */
private const val MOST_TICKS = 100
