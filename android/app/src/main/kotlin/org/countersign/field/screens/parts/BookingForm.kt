package org.countersign.field.screens.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.text.KeyboardOptions
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
import androidx.compose.ui.text.input.KeyboardType
import org.countersign.core.Typing
import org.countersign.field.R
import org.countersign.field.app.isWhole
import org.countersign.field.app.longestOf
import org.countersign.field.design.Choice
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.design.TextInput

/** How many of a part, from where, who pays. [part] is null for one that is typed. */
@Composable
internal fun BookingForm(
    fields: Map<String, String>,
    part: ShelfPart?,
    shown: PartsShown,
    busy: Boolean,
    actions: BookingActions,
) {
    val code = fields[Booking.CODE].orEmpty()
    Column(verticalArrangement = Arrangement.spacedBy(Space.small)) {
        if (part == null) {
            TextInput(
                label = stringResource(R.string.parts_code),
                value = code,
                onChange = { actions.type(Booking.CODE, it) },
                modifier = Modifier.testTag("parts-code"),
                longest = longestOf("code"),
            )
        }
        TextInput(
            label = stringResource(R.string.parts_quantity),
            value = fields[Booking.QUANTITY].orEmpty(),
            onChange = { actions.type(Booking.QUANTITY, it) },
            modifier = Modifier.testTag("parts-quantity"),
            longest = longestOf("quantity"),
            keyboard = KeyboardOptions(keyboardType = KeyboardType.Decimal),
        )
        MoreOfBooking(fields, part, shown, actions.type)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            val ready = !busy && isWhole(Typing.Part(moveOf(fields)))
            val name = part?.name ?: code
            val book = stringResource(R.string.parts_book_this, name)
            val back = stringResource(R.string.parts_take_back_this, name)
            SecondButton(
                stringResource(R.string.parts_book),
                actions.book,
                Modifier.testTag("parts-book").semantics { contentDescription = book },
                icon = "new",
                enabled = ready,
            )
            SecondButton(
                stringResource(R.string.parts_take_back),
                actions.takeBack,
                Modifier.testTag("parts-take-back").semantics { contentDescription = back },
                icon = "return",
                enabled = ready,
            )
            QuietButton(stringResource(R.string.close), actions.close, Modifier.testTag("parts-close"))
        }
    }
}

@Composable
private fun MoreOfBooking(
    fields: Map<String, String>,
    part: ShelfPart?,
    shown: PartsShown,
    type: (String, String) -> Unit,
) {
    var open by rememberSaveable(part?.id) { mutableStateOf(false) }
    QuietButton(
        stringResource(R.string.parts_details),
        { open = !open },
        Modifier.testTag("parts-details"),
        icon = if (open) "up" else "down",
    )
    if (!open) return
    TextInput(
        label = stringResource(R.string.parts_batch),
        value = fields[Booking.BATCH].orEmpty(),
        onChange = { type(Booking.BATCH, it) },
        modifier = Modifier.testTag("parts-batch"),
        longest = longestOf("batch"),
    )
    val places =
        (part?.places ?: shown.places).map {
            val words =
                if (it.quantity.isEmpty()) {
                    it.name
                } else {
                    stringResource(
                        R.string.parts_stock_place,
                        it.name,
                        it.quantity,
                    )
                }
            Choice(it.place, words)
        }
    PlaceField(places + Choice(ELSEWHERE, stringResource(R.string.parts_elsewhere)), fields, type)
    val byClass = Choice("", stringResource(R.string.parts_payer_by_class))
    ChoiceField(
        label = stringResource(R.string.parts_payer),
        choices = listOf(byClass) + shown.payers,
        chosen = fields[Booking.PAYER].orEmpty(),
        onChoose = { type(Booking.PAYER, it) },
        modifier = Modifier.testTag("parts-payer"),
    )
}

@Composable
private fun PlaceField(
    places: List<Choice<String>>,
    fields: Map<String, String>,
    type: (String, String) -> Unit,
) = ChoiceField(
    label = stringResource(R.string.parts_from),
    choices = places,
    chosen = fields[Booking.FROM].orEmpty(),
    onChoose = { type(Booking.FROM, it) },
    modifier = Modifier.testTag("parts-from"),
)
