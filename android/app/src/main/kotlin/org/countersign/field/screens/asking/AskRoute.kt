package org.countersign.field.screens.asking

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.Typing
import org.countersign.core.lacks
import org.countersign.core.wishAsks
import org.countersign.field.R
import org.countersign.field.app.longestOf
import org.countersign.field.app.screenModel
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.FieldCard
import org.countersign.field.design.MutedText
import org.countersign.field.design.PickField
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.TextInput
import org.countersign.field.screens.job.JobPage
import org.countersign.field.screens.job.RequestBlock
import org.countersign.field.screens.job.RequestLine
import org.countersign.field.screens.job.Verb
import org.countersign.field.screens.planning.WindowFields
import org.countersign.field.screens.planning.WindowTyped

/** What the office is asked. */
@Composable
fun AskRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> AskViewModel(desk.core, saved) }
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val ask = stringResource(R.string.verb_ask)
    JobPage(
        what = stringResource(R.string.job_ask),
        model = model,
        nav = nav,
        verb = { shown ->
            val whole = lacks(shown.reader, Typing.Wish(wantedOf(fields))) == null
            Verb(ask, "send", enabled = whole, act = model::ask)
        },
    ) { shown ->
        FieldCard { AskFields(shown, fields) { field, value -> model.typed[field] = value } }
        Asked(shown.requests)
    }
}

@Composable
private fun ColumnScope.AskFields(
    shown: AskShown,
    fields: Map<String, String>,
    onType: (String, String) -> Unit,
) {
    val wanted = wantedOf(fields)
    val asks = wishAsks(wanted.what)
    ChoiceField(
        label = stringResource(R.string.ask_what),
        choices = shown.what,
        chosen = wanted.what,
        onChoose = { onType(AskViewModel.WHAT, it) },
        modifier = Modifier.testTag("ask-what"),
    )
    if (asks.window) WindowFields(WindowTyped.of(fields), shown.reader, onType)
    if (asks.`field`) {
        PickField(
            label = stringResource(R.string.ask_field),
            choices = shown.fields,
            chosen = wanted.`field`,
            onChoose = { onType(AskViewModel.FIELD, it) },
            modifier = Modifier.testTag("ask-field"),
        )
        TextInput(
            label = stringResource(R.string.ask_value),
            value = wanted.value,
            onChange = { onType(AskViewModel.VALUE, it) },
            modifier = Modifier.testTag("ask-value"),
            longest = longestOf("value"),
        )
    }
    TextInput(
        label = stringResource(R.string.ask_reason),
        value = wanted.reason,
        onChange = { onType(AskViewModel.REASON, it) },
        modifier = Modifier.testTag("ask-reason"),
        hint = stringResource(R.string.ask_reason_hint),
        lines = 3,
        longest = longestOf("reason"),
    )
}

@Composable
private fun Asked(requests: List<RequestLine>) =
    FieldCard(Modifier.testTag("asked")) {
        SectionTitle(stringResource(R.string.job_asked))
        if (requests.isEmpty()) MutedText(stringResource(R.string.ask_nothing))
        requests.forEach { RequestBlock(it) }
    }
