package org.countersign.field.screens.reading

import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.input.KeyboardType
import org.countersign.core.Typing
import org.countersign.field.R
import org.countersign.field.app.isWhole
import org.countersign.field.app.longestOf
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.TextInput

/** The meter of a machine on a visit. */
@Immutable
data class MeterShown(
    /** The reading before this visit; empty where there is none. */
    val before: String,
    /** Readings of this visit. */
    val readings: List<MeterReading>,
)

/** One reading. */
@Immutable
data class MeterReading(
    /** What the meter showed. */
    val value: String,
    /** Less than before: kept, not taken over. */
    val backward: Boolean,
) {
    /** Typing. */
    companion object {
        /** Name of the field. */
        const val VALUE = "meter"
    }
}

/** Reading the meter. */
@Composable
internal fun MeterCard(
    meter: MeterShown,
    value: String,
    busy: Boolean,
    onType: (String) -> Unit,
    onRead: () -> Unit,
) = FieldCard {
    SectionTitle(stringResource(R.string.meter))
    if (meter.before.isNotEmpty()) FactRow(stringResource(R.string.meter_before), meter.before)
    meter.readings.forEach { reading ->
        val shown = if (reading.backward) stringResource(R.string.machine_backward, reading.value) else reading.value
        FactRow(stringResource(R.string.meter_now), shown)
    }
    TextInput(
        label = stringResource(R.string.meter_value),
        value = value,
        onChange = onType,
        modifier = Modifier.testTag("meter-value"),
        longest = longestOf("reading"),
        keyboard = KeyboardOptions(keyboardType = KeyboardType.Decimal),
    )
    val read = stringResource(R.string.verb_meter)
    SecondButton(read, onRead, Modifier.testTag("meter-read"), enabled = isWhole(Typing.Meter(value)) && !busy)
}
