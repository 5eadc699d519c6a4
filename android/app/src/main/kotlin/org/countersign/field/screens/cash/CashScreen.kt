package org.countersign.field.screens.cash

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardType
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.usualChoice
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.LocalFrame
import org.countersign.field.app.longestOf
import org.countersign.field.app.rememberWayBack
import org.countersign.field.app.screenModel
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.ScrollingScreen
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.TextInput
import org.countersign.field.screens.pad.Ink
import org.countersign.field.screens.pad.SignatureBox

/** What is typed for a receipt. */
@Immutable
data class CashTyped(
    /** The words. */
    val fields: Map<String, String>,
    /** What is wrong with the sum. */
    val sumProblem: String,
    /** The engineer's signature. */
    val ink: Ink,
)

/** What can be done on the cash screen. */
@Immutable
class CashActions(
    /** Types into a field. */
    val type: (String, String) -> Unit,
    /** Draws. */
    val draw: (Ink) -> Unit,
    /** Hands over the cash of a receipt. */
    val handOver: (String) -> Unit,
)

/** Cash of a visit. */
@Composable
fun CashRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> CashViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val problem by model.sumProblem.collectAsStateWithLifecycle()
    val ink by model.signature.ink.collectAsStateWithLifecycle()
    val back = rememberWayBack(nav, model.unkept(fields, ink))
    ScrollingScreen(
        title = stringResource(R.string.cash),
        onBack = back,
        bottom = {
            val drawn = !state.busy && !ink.isBlank
            NextStepButton(stringResource(R.string.cash_give), model::take, icon = "sign", enabled = drawn)
        },
    ) {
        Drawn(state, model, nav) {
            val typed = CashTyped(fields, problem, ink)
            CashScreen(it, typed, CashActions(model::type, model.signature::draw, model::handOver))
        }
    }
}

/** What was taken, and the next receipt. */
@Composable
fun CashScreen(
    shown: CashShown,
    typed: CashTyped,
    actions: CashActions,
) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.medium)) {
        if (shown.lines.isEmpty()) MutedText(stringResource(R.string.cash_none))
        shown.lines.forEach { Taken(it, actions.handOver) }
        FieldCard {
            SectionTitle(stringResource(R.string.cash_take))
            CashFields(shown, typed, actions.type)
            SignatureBox(typed.ink, actions.draw, LocalFrame.current.own.person)
        }
    }
}

@Composable
private fun Taken(
    line: CashShownLine,
    onHandOver: (String) -> Unit,
) {
    FieldCard(Modifier.testTag("cash-${line.number}")) {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.medium)) {
            Column(Modifier.weight(1f)) {
                Text("${line.number} · ${line.from}", color = FieldColours.current.ink)
                MutedText(line.second)
            }
            Text(line.amount, color = FieldColours.current.ink)
        }
        if (line.here) {
            val label = stringResource(R.string.cash_hand_over_this, line.number)
            SecondButton(
                stringResource(R.string.cash_hand_over),
                { onHandOver(line.number) },
                Modifier.testTag("cash-hand-over").semantics { contentDescription = label },
            )
        }
    }
}

@Composable
private fun CashFields(
    shown: CashShown,
    typed: CashTyped,
    type: (String, String) -> Unit,
) {
    TextInput(
        label = stringResource(R.string.cash_from),
        value = typed.fields[CashViewModel.FROM].orEmpty(),
        onChange = { type(CashViewModel.FROM, it) },
        modifier = Modifier.testTag("cash-from"),
        longest = longestOf("received_from"),
    )
    TextInput(
        label = stringResource(R.string.cash_sum, shown.currency),
        value = typed.fields[CashViewModel.SUM].orEmpty(),
        onChange = { type(CashViewModel.SUM, it) },
        modifier = Modifier.testTag("cash-sum"),
        hint = stringResource(R.string.cash_sum_hint),
        problem = typed.sumProblem,
        longest = longestOf("sum"),
        keyboard = KeyboardOptions(keyboardType = KeyboardType.Decimal),
    )
    ChoiceField(
        label = stringResource(R.string.cash_method),
        choices = shown.methods,
        chosen = typed.fields[CashViewModel.METHOD] ?: usualChoice("cash"),
        onChoose = { type(CashViewModel.METHOD, it) },
        modifier = Modifier.testTag("cash-method"),
    )
    TextInput(
        label = stringResource(R.string.cash_note),
        value = typed.fields[CashViewModel.NOTE].orEmpty(),
        onChange = { type(CashViewModel.NOTE, it) },
        modifier = Modifier.testTag("cash-note"),
        longest = longestOf("note"),
    )
}
