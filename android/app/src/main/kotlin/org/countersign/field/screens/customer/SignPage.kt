package org.countersign.field.screens.customer

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.countersign.core.Language
import org.countersign.core.outcomeAsks
import org.countersign.core.outcomeChip
import org.countersign.field.R
import org.countersign.field.app.mark
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.design.StateChip
import org.countersign.field.screens.namedChoices
import org.countersign.field.screens.pad.Ink
import org.countersign.field.screens.pad.SignatureBox
import org.countersign.field.screens.pad.SignaturePicture
import org.countersign.field.screens.sign.SignSteps

/** What was said once more, the signature, the stamp. */
@Composable
internal fun SignPage(
    fields: Map<String, String>,
    language: Language,
    today: String,
    ink: Ink,
    go: (CustomerPage) -> Unit,
    stamp: @Composable () -> Unit,
) {
    val outcome = fields[CustomerSaid.OUTCOME].orEmpty()
    val remarks = fields[CustomerSaid.REMARKS].orEmpty()
    Column(verticalArrangement = Arrangement.spacedBy(Space.large)) {
        SignSteps(current = 3)
        StateChip(outcomeChip(language, outcome).mark())
        if (remarks.isNotBlank()) Text(remarks, color = FieldColours.current.ink)
        val asks = outcomeAsks(outcome)
        if (asks.mayDraw) {
            Signature(fields, today, ink) { go(CustomerPage.PAD) }
            if (asks.mustDraw && ink.isBlank) Undrawn(language) { go(CustomerPage.OUTCOME) }
        } else {
            Text(stringResource(R.string.customer_nobody), color = FieldColours.current.ink)
        }
        if (asks.rates) stamp()
        MutedText(stringResource(R.string.customer_sign_means))
    }
}

@Composable
private fun Signature(
    fields: Map<String, String>,
    today: String,
    ink: Ink,
    onPad: () -> Unit,
) {
    FieldCard {
        if (!ink.isBlank) SignaturePicture(ink, Modifier.fillMaxWidth().height(140.dp))
        MutedText(signatureLine(fields, today))
        val word = if (ink.isBlank) R.string.customer_sign_here else R.string.customer_sign_anew
        SecondButton(
            stringResource(word),
            onPad,
            Modifier.fillMaxWidth().testTag("customer-draw"),
            icon = "sign",
        )
    }
}

/** Whoever cannot draw learns which outcomes need no drawing, and comes to them. */
@Composable
private fun Undrawn(
    language: Language,
    onOutcome: () -> Unit,
) = Column {
    val others = namedChoices(language, "outcome").filterNot { outcomeAsks(it.value).mustDraw }
    MutedText(stringResource(R.string.customer_undrawn, others.joinToString(" / ") { it.word }))
    QuietButton(stringResource(R.string.customer_other_outcome), onOutcome, Modifier.testTag("customer-undrawn"))
}

/** The whole screen to sign on. */
@Composable
internal fun PadPage(
    fields: Map<String, String>,
    today: String,
    ink: Ink,
    onDraw: (Ink) -> Unit,
    onBack: () -> Unit,
) {
    Column(Modifier.fillMaxSize(), Arrangement.spacedBy(Space.small)) {
        SignatureBox(ink, onDraw, signatureLine(fields, today), Modifier.weight(1f), height = null)
        // Whoever cannot draw must come out of here as well.
        BackAnd(onBack) {
            NextStepButton(stringResource(R.string.pad_keep), onBack, icon = "check", enabled = !ink.isBlank)
        }
    }
}

private fun signatureLine(
    fields: Map<String, String>,
    today: String,
): String = listOf(fields[CustomerSaid.NAME].orEmpty(), today).filter { it.isNotBlank() }.joinToString(" · ")
