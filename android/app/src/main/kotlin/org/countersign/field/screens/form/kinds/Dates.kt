package org.countersign.field.screens.form.kinds

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import org.countersign.core.Picked
import org.countersign.core.picked
import org.countersign.core.pickedFrom
import org.countersign.core.typedMoment
import org.countersign.field.R
import org.countersign.field.design.FieldColours
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import java.time.LocalDate
import java.time.LocalTime
import java.time.format.DateTimeFormatter

/** A date. */
@Composable
internal fun DateKind(asking: Asking) {
    var open by rememberSaveable(asking.id) { mutableStateOf(false) }
    Chosen(asking) { PickButton(asking, Picking.DATE) { open = true } }
    if (open) {
        DateDialog(dayOf(asking.start()), { open = false }) {
            open = false
            asking.give(asking.stored(it.toString()))
        }
    }
}

/** A time of day. */
@Composable
internal fun TimeKind(asking: Asking) {
    var open by rememberSaveable(asking.id) { mutableStateOf(false) }
    Chosen(asking) { PickButton(asking, Picking.TIME) { open = true } }
    if (open) {
        TimeDialog(hourOf(asking.start()), { open = false }) {
            open = false
            asking.give(asking.stored(MINUTES.format(it)))
        }
    }
}

/**
 * A date and a time, by the company's clock; or now. A day alone is no answer: whoever picks one is asked for the time
 * as well.
 */
@Composable
internal fun DateTimeKind(asking: Asking) {
    var open by rememberSaveable(asking.id) { mutableStateOf(Picking.NOTHING) }
    var day by rememberSaveable(asking.id) { mutableStateOf("") }
    val before = picked(asking.reader, asking.value)
    val close = {
        open = Picking.NOTHING
        day = ""
    }
    val give = { date: String, time: String ->
        close()
        asking.give(asking.stored("${date}T$time"))
    }
    Chosen(asking) {
        PickButton(asking, Picking.DATE) { open = Picking.DATE }
        PickButton(asking, Picking.TIME) { open = if (before.date.isEmpty()) Picking.DATE else Picking.TIME }
        SecondButton(
            stringResource(R.string.form_now),
            { asking.give(asking.stored(typedMoment(asking.reader, System.currentTimeMillis()))) },
            Modifier.testTag("form-now-${asking.id}"),
            icon = "wait",
        )
    }
    when (open) {
        Picking.DATE -> {
            DateDialog(dayOf(asking.start()), close) {
                if (before.time.isEmpty()) {
                    day = it.toString()
                    open = Picking.TIME
                } else {
                    give(it.toString(), before.time)
                }
            }
        }

        Picking.TIME -> {
            TimeDialog(hourOf(asking.start()), close) { give(day.ifEmpty { before.date }, MINUTES.format(it)) }
        }

        Picking.NOTHING -> {
            Unit
        }
    }
}

/** What a picker begins with: the answer, or now by the company's clock. */
private fun Asking.start(): Picked = pickedFrom(reader, value, System.currentTimeMillis())

private fun dayOf(picked: Picked): LocalDate = LocalDate.parse(picked.date)

private fun hourOf(picked: Picked): LocalTime = LocalTime.parse(picked.time)

/** A time of day as the border takes it. */
private val MINUTES = DateTimeFormatter.ofPattern("HH:mm")

/** Which dialog is open. */
internal enum class Picking {
    /** None. */
    NOTHING,

    /** That of the date. */
    DATE,

    /** That of the time. */
    TIME,
}

@Composable
private fun PickButton(
    asking: Asking,
    what: Picking,
    onClick: () -> Unit,
) {
    val date = what == Picking.DATE
    val word = stringResource(if (date) R.string.form_choose_date else R.string.form_choose_time)
    SecondButton(
        word,
        onClick,
        Modifier
            .testTag("form-${what.name.lowercase()}-${asking.id}")
            .semantics { contentDescription = "$word: ${asking.label}" },
        icon = if (date) "calendar" else "wait",
    )
}

/** The answer in words, and what changes it. */
@Composable
private fun Chosen(
    asking: Asking,
    buttons: @Composable () -> Unit,
) = Column {
    val stored = asking.asked.question
    val value = asking.value
    if (value.isNotEmpty()) {
        val words = if (value == stored.value) stored.display else value
        Text(words, Modifier.testTag("form-field-${asking.id}"), color = FieldColours.current.ink)
    }
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
        buttons()
        if (value.isNotEmpty()) ClearAnswer(asking)
    }
}
