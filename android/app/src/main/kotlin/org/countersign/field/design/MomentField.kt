package org.countersign.field.design

import android.text.format.DateFormat
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
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
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import org.countersign.field.R
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.LocalTime
import java.time.format.DateTimeFormatter
import java.time.format.DateTimeParseException

/**
 * A date with its time, picked in two steps. [value] is local time as `2026-11-29T14:03`, empty for none; [shown] is
 * the same in words. [today] is the day with which picking begins where there is none yet.
 */
@Composable
fun MomentField(
    label: String,
    value: String,
    shown: String,
    onChange: (String) -> Unit,
    tag: String,
    today: LocalDate,
) {
    var picking by rememberSaveable { mutableStateOf(Picking.NOTHING) }
    var date by rememberSaveable { mutableStateOf("") }
    Row(Modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
        LinkRow(
            label,
            { picking = Picking.DATE },
            Modifier.weight(1f).testTag(tag),
            icon = "calendar",
            second = shown.ifEmpty { stringResource(R.string.window_choose) },
        )
        if (value.isNotEmpty()) PictureButton("clear", stringResource(R.string.window_clear, label), { onChange("") })
    }
    val before = momentOf(value)
    when (picking) {
        Picking.NOTHING -> {
            Unit
        }

        Picking.DATE -> {
            DateDialog(before?.toLocalDate() ?: today, { picking = Picking.NOTHING }) {
                date = it.toString()
                picking = Picking.TIME
            }
        }

        Picking.TIME -> {
            TimeDialog(label, before?.toLocalTime() ?: MORNING, { picking = Picking.NOTHING }) { time ->
                picking = Picking.NOTHING
                onChange(LocalDate.parse(date).atTime(time).format(MINUTES))
            }
        }
    }
}

private enum class Picking { NOTHING, DATE, TIME }

private val MINUTES: DateTimeFormatter = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm")
private val MORNING: LocalTime = LocalTime.of(9, 0)
private const val MILLISECONDS_PER_DAY = 86_400_000L

private fun momentOf(value: String): LocalDateTime? =
    try {
        if (value.isEmpty()) null else LocalDateTime.parse(value)
    } catch (_: DateTimeParseException) {
        null
    }

@OptIn(ExperimentalMaterial3Api::class)
@Composable
private fun DateDialog(
    start: LocalDate,
    onClose: () -> Unit,
    onPicked: (LocalDate) -> Unit,
) {
    val state = rememberDatePickerState(start.toEpochDay() * MILLISECONDS_PER_DAY)
    val picked = state.selectedDateMillis?.let { LocalDate.ofEpochDay(it / MILLISECONDS_PER_DAY) }
    DatePickerDialog(
        onDismissRequest = onClose,
        confirmButton = {
            val go = stringResource(R.string.go_on)
            QuietButton(go, { picked?.let(onPicked) }, Modifier.testTag("date-picked"), enabled = picked != null)
        },
        dismissButton = { QuietButton(stringResource(R.string.close), onClose) },
    ) { DatePicker(state, Modifier.verticalScroll(rememberScrollState())) }
}

@OptIn(ExperimentalMaterial3Api::class)
@Composable
private fun TimeDialog(
    label: String,
    start: LocalTime,
    onClose: () -> Unit,
    onPicked: (LocalTime) -> Unit,
) {
    val wholeDay = DateFormat.is24HourFormat(LocalContext.current)
    val state = rememberTimePickerState(start.hour, start.minute, wholeDay)
    AlertDialog(
        onDismissRequest = onClose,
        confirmButton = {
            val pick = { onPicked(LocalTime.of(state.hour, state.minute)) }
            QuietButton(stringResource(R.string.keep), pick, Modifier.testTag("time-picked"))
        },
        dismissButton = { QuietButton(stringResource(R.string.close), onClose) },
        title = { SectionTitle(label) },
        text = { TimePicker(state, Modifier.verticalScroll(rememberScrollState())) },
    )
}
