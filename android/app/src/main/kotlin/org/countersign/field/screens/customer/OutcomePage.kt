package org.countersign.field.screens.customer

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import org.countersign.core.Language
import org.countersign.core.aspects
import org.countersign.core.outcomeAsks
import org.countersign.core.usualChoice
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.longestOf
import org.countersign.field.design.Choice
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.FieldColours
import org.countersign.field.design.QuietButton
import org.countersign.field.design.Space
import org.countersign.field.design.TextInput
import org.countersign.field.screens.namedChoices
import org.countersign.field.screens.sign.SignSteps

/** What the customer says about the work. */
@Composable
internal fun OutcomePage(
    fields: Map<String, String>,
    language: Language,
    type: (String, String) -> Unit,
) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.large)) {
        SignSteps(current = 2)
        Text(
            stringResource(R.string.customer_outcome_title),
            Modifier.semantics { heading() },
            color = FieldColours.current.ink,
            style = MaterialTheme.typography.titleLarge,
        )
        Chosen(R.string.customer_outcome, CustomerSaid.OUTCOME, fields, namedChoices(language, "outcome"), type)
        TextInput(
            label = stringResource(R.string.customer_remarks),
            value = fields[CustomerSaid.REMARKS].orEmpty(),
            onChange = { type(CustomerSaid.REMARKS, it) },
            modifier = Modifier.testTag("customer-remarks"),
            lines = 3,
            longest = longestOf("remarks"),
        )
        val asks = outcomeAsks(fields[CustomerSaid.OUTCOME].orEmpty())
        if (asks.names) Signer(fields, language, type)
        if (asks.rates) Ratings(fields, language, type)
    }
}

/** Who signs. */
@Composable
private fun Signer(
    fields: Map<String, String>,
    language: Language,
    type: (String, String) -> Unit,
) {
    TextInput(
        label = stringResource(R.string.customer_name),
        value = fields[CustomerSaid.NAME].orEmpty(),
        onChange = { type(CustomerSaid.NAME, it) },
        modifier = Modifier.testTag("customer-name"),
        longest = longestOf("name"),
    )
    val roles = namedChoices(language, "signer")
    val chosen = mapOf(CustomerSaid.ROLE to usualChoice("signer")) + fields
    Chosen(R.string.customer_role, CustomerSaid.ROLE, chosen, roles, type)
}

/** How they found it. */
@Composable
private fun Ratings(
    fields: Map<String, String>,
    language: Language,
    type: (String, String) -> Unit,
) {
    val scores = namedChoices(language, "score")
    Chosen(R.string.customer_satisfaction, CustomerSaid.SATISFACTION, fields, scores.reversed(), type)
    Aspects(fields, language, scores, type)
}

@Composable
private fun Aspects(
    fields: Map<String, String>,
    language: Language,
    scores: List<Choice<String>>,
    type: (String, String) -> Unit,
) {
    val rated =
        fields.any { (field, score) ->
            field.startsWith(CustomerSaid.aspectField("")) && score.isNotEmpty()
        }
    var open by rememberSaveable { mutableStateOf(rated) }
    val icon = if (open) "up" else "down"
    QuietButton(stringResource(R.string.customer_aspects), { open = !open }, Modifier.testTag("customer-aspects"), icon)
    if (!open) return
    Text(stringResource(R.string.customer_aspects_what), color = FieldColours.current.ink)
    val none = Choice("", stringResource(R.string.customer_no_rating))
    aspects().forEach { aspect ->
        val field = CustomerSaid.aspectField(aspect)
        ChoiceField(
            label = word(language, "aspect", aspect),
            choices = listOf(none) + scores,
            chosen = fields[field].orEmpty(),
            onChoose = { type(field, it) },
            modifier = Modifier.testTag("customer-$field"),
        )
    }
}

@Composable
private fun Chosen(
    label: Int,
    field: String,
    fields: Map<String, String>,
    choices: List<Choice<String>>,
    type: (String, String) -> Unit,
) = ChoiceField(
    label = stringResource(label),
    choices = choices,
    chosen = fields[field],
    onChoose = { type(field, it) },
    modifier = Modifier.testTag("customer-$field"),
)
