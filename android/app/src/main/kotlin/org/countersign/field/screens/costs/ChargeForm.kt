package org.countersign.field.screens.costs

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.input.KeyboardType
import org.countersign.field.R
import org.countersign.field.app.UnkeptDialog
import org.countersign.field.app.longestOf
import org.countersign.field.design.Choice
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.TextInput

/** What is typed for a charge. */
@Immutable
data class ChargeTyped(
    /** The charge that is corrected, or a new one; empty for none. */
    val open: String,
    /** The words. */
    val fields: Map<String, String>,
    /** What is wrong with the price. */
    val priceProblem: String,
    /** A command is under way. */
    val busy: Boolean,
    /** Whether these words are kept nowhere yet. */
    val unkept: Boolean = false,
)

/** What the form of a charge does. */
@Immutable
class ChargeActions(
    /** Types into a field. */
    val type: (String, String) -> Unit,
    /** Charges. */
    val charge: () -> Unit,
    /** Closes the form. */
    val close: () -> Unit,
)

/** A charge that is added or put right. */
@Composable
internal fun ChargeForm(
    shown: CostsShown,
    typed: ChargeTyped,
    actions: ChargeActions,
) {
    val isNew = typed.open == ChargeDraft.NEW
    Column(verticalArrangement = Arrangement.spacedBy(Space.small)) {
        SectionTitle(stringResource(if (isNew) R.string.costs_charge else R.string.costs_correct_charge))
        ChoiceField(
            label = stringResource(R.string.costs_kind),
            choices = shown.kinds,
            chosen = typed.fields[ChargeDraft.KIND].orEmpty(),
            onChoose = { actions.type(ChargeDraft.KIND, it) },
            modifier = Modifier.testTag("charge-kind"),
        )
        ChargeFields(shown, typed, actions.type)
        val byClass = Choice("", stringResource(R.string.parts_payer_by_class))
        ChoiceField(
            label = stringResource(R.string.parts_payer),
            choices = listOf(byClass) + shown.payers,
            chosen = typed.fields[ChargeDraft.PAYER].orEmpty(),
            onChoose = { actions.type(ChargeDraft.PAYER, it) },
            modifier = Modifier.testTag("charge-payer"),
        )
        FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            val word = stringResource(if (isNew) R.string.costs_add_charge else R.string.costs_put_right)
            SecondButton(word, actions.charge, Modifier.testTag("charge-done"), icon = "check", enabled = !typed.busy)
            Close(typed.unkept, actions.close)
        }
    }
}

/** Closes the form; whoever typed into it is asked whether that may go. */
@Composable
private fun Close(
    unkept: Boolean,
    onClose: () -> Unit,
) {
    var asks by rememberSaveable { mutableStateOf(false) }
    val close = { if (unkept) asks = true else onClose() }
    QuietButton(stringResource(R.string.close), close, Modifier.testTag("charge-close"))
    if (unkept && asks) {
        UnkeptDialog("charge", onStay = { asks = false }, onGiveUp = onClose)
    }
}

@Composable
private fun ChargeFields(
    shown: CostsShown,
    typed: ChargeTyped,
    type: (String, String) -> Unit,
) {
    TextInput(
        label = stringResource(R.string.costs_description),
        value = typed.fields[ChargeDraft.DESCRIPTION].orEmpty(),
        onChange = { type(ChargeDraft.DESCRIPTION, it) },
        modifier = Modifier.testTag("charge-description"),
        longest = longestOf("description"),
    )
    TextInput(
        label = stringResource(R.string.costs_quantity),
        value = typed.fields[ChargeDraft.QUANTITY].orEmpty(),
        onChange = { type(ChargeDraft.QUANTITY, it) },
        modifier = Modifier.testTag("charge-quantity"),
        longest = longestOf("quantity"),
        keyboard = KeyboardOptions(keyboardType = KeyboardType.Decimal),
    )
    TextInput(
        label = stringResource(R.string.costs_unit_price, shown.currency),
        value = typed.fields[ChargeDraft.PRICE].orEmpty(),
        onChange = { type(ChargeDraft.PRICE, it) },
        modifier = Modifier.testTag("charge-price"),
        problem = typed.priceProblem,
        longest = longestOf("sum"),
        keyboard = KeyboardOptions(keyboardType = KeyboardType.Decimal),
    )
}
