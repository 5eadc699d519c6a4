package org.countersign.field.screens.customer

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.countersign.core.outcomeAsks
import org.countersign.field.R
import org.countersign.field.app.ScreenState
import org.countersign.field.app.Trouble
import org.countersign.field.app.WayOut
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.NamedIcon
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.design.TroublePanel
import org.countersign.field.platform.Outside
import org.countersign.field.screens.paper.PagesAsText
import org.countersign.field.screens.paper.Paper
import org.countersign.field.screens.paper.pages
import org.countersign.field.screens.sign.SignSteps

/** Everything that a customer sees. */
@Composable
fun CustomerScreen(
    state: ScreenState<CustomerShown>,
    hands: InHands,
    paper: Paper,
    actions: CustomerActions,
    outside: Outside,
) {
    val shown = state.shown
    Column(
        Modifier
            .fillMaxSize()
            .background(FieldColours.current.canvas)
            .safeDrawingPadding()
            .imePadding()
            .padding(horizontal = Space.large, vertical = Space.small)
            .testTag("customer"),
        Arrangement.spacedBy(Space.small),
        Alignment.CenterHorizontally,
    ) {
        Box(Modifier.weight(1f).widthIn(max = 720.dp).fillMaxWidth()) {
            when {
                shown == null -> state.trouble?.let { CustomerTrouble(it) }
                shown.signed -> DonePage(hands.handed.number)
                else -> Page(state, shown, hands, paper, actions, outside)
            }
        }
        Column(Modifier.widthIn(max = 720.dp).fillMaxWidth(), Arrangement.spacedBy(Space.small)) {
            if (shown != null && !shown.signed) Next(state.busy, hands, actions.steps)
            // The pad alone fills the screen; where it cannot be drawn, somebody must still be able to give back.
            if (hands.page != CustomerPage.PAD || shown == null || shown.signed) {
                HoldButton(
                    stringResource(R.string.customer_hold),
                    Consequence(
                        stringResource(R.string.customer_hold_back_what),
                        stringResource(R.string.customer_hold_back),
                    ),
                    actions.steps.giveBack,
                    Modifier.testTag("customer-give-back"),
                )
            }
        }
    }
}

@Composable
private fun Page(
    state: ScreenState<CustomerShown>,
    shown: CustomerShown,
    hands: InHands,
    paper: Paper,
    actions: CustomerActions,
    outside: Outside,
) {
    val language = hands.handed.language
    when (hands.page) {
        CustomerPage.PAGES -> {
            PagesPage(state.trouble, shown, hands.handed, paper)
        }

        CustomerPage.OUTCOME -> {
            Scrolling(state.trouble) { OutcomePage(hands.fields, language, actions.type) }
        }

        CustomerPage.SIGN -> {
            Scrolling(state.trouble) {
                SignPage(hands.fields, language, shown.today, hands.ink, actions.steps.go) {
                    StampField(hands.stamp, outside, state.busy, actions.stamp)
                }
            }
        }

        CustomerPage.PAD -> {
            PadPage(hands.fields, shown.today, hands.ink, actions.draw) { actions.steps.go(CustomerPage.SIGN) }
        }
    }
}

@Composable
private fun PagesPage(
    trouble: Trouble?,
    shown: CustomerShown,
    handed: Handed,
    paper: Paper,
) {
    LazyColumn(Modifier.testTag("customer-pages"), verticalArrangement = Arrangement.spacedBy(Space.medium)) {
        item(key = "steps") { SignSteps(current = 1) }
        if (trouble != null) item(key = "trouble") { CustomerTrouble(trouble) }
        item(key = "title") {
            Title(stringResource(R.string.customer_title, handed.number))
            Text(stringResource(R.string.customer_intro, handed.company), color = FieldColours.current.ink)
            MutedText(shown.engineers)
        }
        pages(paper, handed.language)
        item(key = "text") { PagesAsText(shown.sections) }
    }
}

@Composable
private fun Scrolling(
    trouble: Trouble?,
    content: @Composable () -> Unit,
) {
    Column(Modifier.fillMaxSize().verticalScroll(rememberScrollState()), Arrangement.spacedBy(Space.medium)) {
        if (trouble != null) CustomerTrouble(trouble)
        content()
    }
}

/** What went wrong. Only holding the button leads out of customer mode: pages that changed are the engineer's. */
@Composable
private fun CustomerTrouble(trouble: Trouble) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.small)) {
        TroublePanel(trouble.words)
        val changed = trouble.wayOut == WayOut.SHOW_AGAIN
        if (changed) Text(stringResource(R.string.customer_changed_what), color = FieldColours.current.ink)
    }
}

@Composable
private fun DonePage(number: String) {
    Column(
        Modifier.fillMaxSize().verticalScroll(rememberScrollState()).testTag("customer-done"),
        Arrangement.spacedBy(Space.large, Alignment.CenterVertically),
        Alignment.CenterHorizontally,
    ) {
        NamedIcon("lock", null, Modifier.size(64.dp), FieldColours.current.accent)
        Title(stringResource(R.string.customer_signed, number))
        Text(stringResource(R.string.customer_signed_what), color = FieldColours.current.ink)
    }
}

@Composable
private fun Title(text: String) =
    Text(
        text,
        Modifier.semantics { heading() },
        color = FieldColours.current.ink,
        style = MaterialTheme.typography.headlineMedium,
    )

/** The way on and the way back. */
@Composable
private fun Next(
    busy: Boolean,
    hands: InHands,
    steps: CustomerSteps,
) {
    when (hands.page) {
        CustomerPage.PAGES -> {
            val on = { steps.go(CustomerPage.OUTCOME) }
            NextStepButton(stringResource(R.string.customer_next), on, enabled = !busy)
        }

        CustomerPage.OUTCOME -> {
            BackAnd(steps.back) {
                val chosen = !hands.fields[CustomerSaid.OUTCOME].isNullOrEmpty()
                NextStepButton(stringResource(R.string.customer_next), steps.say, enabled = !busy && chosen)
            }
        }

        CustomerPage.SIGN -> {
            BackAnd(steps.back) { SignButton(busy, hands, steps.sign) }
        }

        CustomerPage.PAD -> {
            Unit
        }
    }
}

/** Drawing and pressing are two gestures; where nothing is drawn, the button is held. */
@Composable
private fun SignButton(
    busy: Boolean,
    hands: InHands,
    onSign: () -> Unit,
) {
    val asks = outcomeAsks(hands.fields[CustomerSaid.OUTCOME].orEmpty())
    val drawn = asks.mayDraw && !hands.ink.isBlank
    if (!drawn && !asks.mustDraw) {
        val word = stringResource(R.string.customer_hold_to_seal)
        val sealing =
            Consequence(stringResource(R.string.customer_hold_seal_what), stringResource(R.string.customer_hold_seal))
        HoldButton(word, sealing, onSign, Modifier.testTag("customer-seal"), enabled = !busy)
    } else {
        NextStepButton(stringResource(R.string.customer_sign), onSign, icon = "sign", enabled = !busy && drawn)
    }
}

/** The way on, and beside it the way back. */
@Composable
internal fun BackAnd(
    onBack: () -> Unit,
    main: @Composable () -> Unit,
) {
    Row(
        Modifier.fillMaxWidth(),
        Arrangement.spacedBy(Space.small),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        SecondButton(stringResource(R.string.customer_previous), onBack, Modifier.testTag("customer-back"))
        Box(Modifier.weight(1f)) { main() }
    }
}
