package org.countersign.field.screens.form

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.ModalBottomSheet
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import org.countersign.core.Effect
import org.countersign.core.Input
import org.countersign.core.Reason
import org.countersign.core.Why
import org.countersign.field.R
import org.countersign.field.design.Details
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space

/** Why a question is asked, hidden, required or filled in, and what the rule looks at. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun WhySheet(
    why: Why,
    onClose: () -> Unit,
) = ModalBottomSheet(onClose, Modifier.testTag("form-why")) {
    Column(
        Modifier.verticalScroll(rememberScrollState()).padding(Space.large),
        verticalArrangement = Arrangement.spacedBy(Space.medium),
    ) {
        val hidden = why.reasons.any { it.effect == Effect.HIDDEN }
        SectionTitle(stringResource(if (hidden) R.string.form_why_hidden else R.string.form_why))
        Text(why.label, style = MaterialTheme.typography.titleSmall, color = FieldColours.current.ink)
        if (why.reasons.isEmpty()) Text(stringResource(R.string.form_why_nothing))
        why.reasons.forEach { ReasonCard(it, ofGroup = it.carrier != why.key) }
    }
}

@Composable
private fun ReasonCard(
    reason: Reason,
    ofGroup: Boolean,
) = FieldCard {
    Text(stringResource(effectWord(reason.effect)), color = FieldColours.current.ink)
    if (ofGroup) Text(stringResource(R.string.form_why_carrier, reason.carrierLabel))
    if (reason.inputs.isNotEmpty()) {
        MutedText(stringResource(R.string.form_why_looked))
        reason.inputs.forEach { Looked(it) }
    }
    Details(reason.expression)
}

@Composable
private fun Looked(input: Input) =
    FactRow(input.label.ifEmpty { input.reference }, input.shownValue.ifEmpty { stringResource(R.string.no_answer) })

@StringRes
private fun effectWord(effect: Effect): Int =
    when (effect) {
        Effect.HIDDEN -> R.string.form_effect_hidden
        Effect.REQUIRED -> R.string.form_effect_required
        Effect.READ_ONLY -> R.string.form_effect_read_only
        Effect.VIOLATED -> R.string.form_effect_violated
        Effect.CALCULATED -> R.string.form_effect_calculated
    }
