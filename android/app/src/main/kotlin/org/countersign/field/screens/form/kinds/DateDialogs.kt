package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.DatePicker
import androidx.compose.material3.DatePickerDialog
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.TimePicker
import androidx.compose.material3.rememberDatePickerState
import androidx.compose.material3.rememberTimePickerState
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import org.countersign.field.R
import org.countersign.field.design.QuietButton
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime
import java.time.ZoneOffset

/** Chooses a day; it can be typed as well. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun DateDialog(
    begin: LocalDate,
    onClose: () -> Unit,
    onChoose: (LocalDate) -> Unit,
) {
    // The picker counts in days of UTC, whatever zone the phone is in.
    val day = begin.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
    val state = rememberDatePickerState(day)
    DatePickerDialog(
        onDismissRequest = onClose,
        confirmButton = {
            QuietButton(
                stringResource(R.string.form_choose_date),
                {
                    val chosen = state.selectedDateMillis
                    if (chosen == null) onClose() else onChoose(dayOf(chosen))
                },
                Modifier.testTag("form-date-choose"),
            )
        },
        dismissButton = { QuietButton(stringResource(R.string.close), onClose) },
    ) { DatePicker(state, Modifier.verticalScroll(rememberScrollState())) }
}

private fun dayOf(milliseconds: Long): LocalDate =
    Instant.ofEpochMilli(milliseconds).atZone(ZoneOffset.UTC).toLocalDate()

/** Chooses a time of day, on a clock as the phone has it. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun TimeDialog(
    begin: LocalTime,
    onClose: () -> Unit,
    onChoose: (LocalTime) -> Unit,
) {
    val whole = android.text.format.DateFormat.is24HourFormat(LocalContext.current)
    val state = rememberTimePickerState(begin.hour, begin.minute, whole)
    AlertDialog(
        onDismissRequest = onClose,
        confirmButton = {
            QuietButton(
                stringResource(R.string.form_choose_time),
                { onChoose(LocalTime.of(state.hour, state.minute)) },
                Modifier.testTag("form-time-choose"),
            )
        },
        dismissButton = { QuietButton(stringResource(R.string.close), onClose) },
        text = {
            Column(Modifier.verticalScroll(rememberScrollState()).padding()) { TimePicker(state) }
        },
    )
}
