package org.countersign.field.screens.costs

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.Route
import org.countersign.field.app.open
import org.countersign.field.app.rememberWayBack
import org.countersign.field.app.screenModel
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LinkRow
import org.countersign.field.design.MutedText
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.Notice
import org.countersign.field.design.QuietButton
import org.countersign.field.design.ScrollingScreen
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.StateChip
import org.countersign.field.design.StateMark
import org.countersign.field.design.Tone
import org.countersign.field.screens.LockedNotice

/** What a visit costs. */
@Composable
fun CostsRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> CostsViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val open by model.draft.open.collectAsStateWithLifecycle()
    val fields by model.draft.typed.fields
        .collectAsStateWithLifecycle()
    val problem by model.draft.priceProblem.collectAsStateWithLifecycle()
    val actions =
        CostsActions(
            add = model.draft::add,
            correct = model.draft::correct,
            remove = model::remove,
            takeProposed = model::takeProposed,
            open = nav::open,
            form = ChargeActions(model.draft::type, model::charge, model.draft::close),
        )
    val unkept = model.unkept(state.shown, open, fields)
    val back = rememberWayBack(nav, unkept)
    ScrollingScreen(
        title = stringResource(R.string.costs),
        onBack = back,
        bottom = { NextStepButton(stringResource(R.string.back_to_job), back) },
    ) {
        Drawn(state, model, nav) { CostsScreen(it, ChargeTyped(open, fields, problem, state.busy, unkept), actions) }
    }
}

/** Times, charges, proposals and totals. */
@Composable
fun CostsScreen(
    shown: CostsShown,
    typed: ChargeTyped,
    actions: CostsActions,
) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.medium)) {
        Column {
            Text(shown.classWord, color = FieldColours.current.ink)
            val prices = if (shown.pricesShown) R.string.costs_prices_shown else R.string.costs_prices_hidden
            MutedText(stringResource(prices))
            FactRow(stringResource(R.string.costs_payer), shown.payer)
        }
        if (!shown.may.charge) LockedNotice()
        Times(shown, { actions.open(Route.Times(shown.job)) })
        Charges(shown, typed, actions)
        if (shown.may.charge && shown.proposed.isNotEmpty()) Proposed(shown.proposed, typed.busy, actions.takeProposed)
        if (shown.totals.isNotEmpty()) Totals(shown.totals)
        FieldCard(Modifier.testTag("costs-cash")) {
            val count = if (shown.receipts == 0) "" else shown.receipts.toString()
            LinkRow(stringResource(R.string.cash), {
                actions.open(Route.Cash(shown.job))
            }, Modifier.testTag("costs-to-cash"), second = count)
        }
    }
}

@Composable
private fun Times(
    shown: CostsShown,
    onTimes: () -> Unit,
) {
    FieldCard(Modifier.testTag("costs-times")) {
        SectionTitle(stringResource(R.string.costs_times))
        if (shown.times.isEmpty()) MutedText(stringResource(R.string.costs_no_times))
        shown.times.forEach { Line(it) }
        if (shown.may.recordTime) {
            LinkRow(
                stringResource(R.string.costs_record_time),
                onTimes,
                Modifier.testTag("costs-to-times"),
                icon = "wait",
            )
        }
    }
}

@Composable
private fun Charges(
    shown: CostsShown,
    typed: ChargeTyped,
    actions: CostsActions,
) {
    FieldCard(Modifier.testTag("costs-charges")) {
        SectionTitle(stringResource(R.string.costs_charges))
        if (shown.charges.isEmpty()) MutedText(stringResource(R.string.costs_no_charges))
        shown.charges.forEach { charge ->
            Line(charge.line)
            if (typed.open == charge.id) {
                ChargeForm(shown, typed, actions.form)
            } else if (shown.may.charge) {
                ChargeButtons(charge, typed, actions)
            }
        }
        if (shown.may.charge && typed.open == ChargeDraft.NEW) ChargeForm(shown, typed, actions.form)
        if (shown.may.charge && shown.isGone(typed.open)) Gone(actions.form.close)
        if (shown.may.charge && typed.open.isEmpty()) {
            val add = stringResource(R.string.costs_add_charge)
            SecondButton(add, actions.add, Modifier.fillMaxWidth().testTag("costs-add"), icon = "new")
        }
    }
}

/** Whoever corrected a charge that somebody took away meanwhile is told so, and led back. */
@Composable
private fun Gone(onBack: () -> Unit) =
    Column(Modifier.testTag("costs-gone"), Arrangement.spacedBy(Space.small)) {
        Notice("warn", stringResource(R.string.costs_gone), tone = Tone.ATTENTION)
        val word = stringResource(R.string.costs_gone_back)
        SecondButton(word, onBack, Modifier.fillMaxWidth().testTag("costs-gone-back"))
    }

@Composable
private fun ChargeButtons(
    charge: ChargeShown,
    typed: ChargeTyped,
    actions: CostsActions,
) {
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
        val correct = stringResource(R.string.costs_correct_this, charge.line.label)
        val remove = stringResource(R.string.costs_remove_this, charge.line.label)
        QuietButton(
            stringResource(R.string.costs_correct),
            { actions.correct(charge) },
            Modifier.testTag("costs-correct").semantics { contentDescription = correct },
            icon = "remark",
            // There is one form: opened here it would lose what is typed into it elsewhere.
            enabled = !typed.busy && !typed.unkept,
        )
        QuietButton(
            stringResource(R.string.costs_remove),
            { actions.remove(charge) },
            Modifier.testTag("costs-remove").semantics { contentDescription = remove },
            icon = "cross",
            enabled = !typed.busy,
        )
    }
}

@Composable
private fun Proposed(
    lines: List<CostLine>,
    busy: Boolean,
    onTake: () -> Unit,
) {
    FieldCard(Modifier.testTag("costs-proposed"), tone = Tone.INFO) {
        SectionTitle(stringResource(R.string.costs_proposed))
        lines.forEach { Line(it) }
        val word = stringResource(R.string.costs_take_all)
        SecondButton(word, onTake, Modifier.fillMaxWidth().testTag("costs-take-all"), icon = "check", enabled = !busy)
    }
}

@Composable
private fun Totals(sums: List<String>) {
    val names = listOf(R.string.costs_net, R.string.costs_tax, R.string.costs_gross)
    FieldCard(Modifier.testTag("costs-totals")) {
        SectionTitle(stringResource(R.string.costs_totals))
        names.zip(sums) { name, sum -> FactRow(stringResource(name), sum) }
    }
}

@Composable
private fun Line(line: CostLine) {
    Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.medium)) {
        Column(Modifier.weight(1f)) {
            Text(line.label, color = FieldColours.current.ink)
            if (line.second.isNotEmpty()) MutedText(line.second)
            if (line.corrects) MutedText(stringResource(R.string.costs_corrects))
            if (line.late) StateChip(StateMark(Tone.ATTENTION, "warn", stringResource(R.string.costs_late)))
        }
        Text(line.amount, color = FieldColours.current.ink)
    }
}
