package org.countersign.field.screens.amend

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.RemarkRow
import org.countersign.core.Typing
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.Route
import org.countersign.field.app.isWhole
import org.countersign.field.app.longestOf
import org.countersign.field.app.open
import org.countersign.field.app.rememberLeavingWith
import org.countersign.field.app.rememberOnTop
import org.countersign.field.app.rememberWayBack
import org.countersign.field.app.screenModel
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LinkRow
import org.countersign.field.design.MutedText
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.QuietButton
import org.countersign.field.design.ScrollingScreen
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.TextInput
import org.countersign.field.design.Tone
import org.countersign.field.screens.rememberAfterword

/** Amending what was signed. */
@Composable
fun AmendRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> AmendViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val typed by model.reason.collectAsStateWithLifecycle()
    val say = rememberAfterword()
    val opened = stringResource(R.string.amend_opened)
    val shown = state.shown
    val reason = typed ?: shown?.proposed?.reason.orEmpty()
    val discardReason by model.discardReason.collectAsStateWithLifecycle()
    val back = rememberWayBack(nav, model.unkept(shown, typed, discardReason))
    val onTop = rememberOnTop(nav)
    val begun = {
        if (onTop()) {
            nav.popBackStack()
            nav.open(Route.Form(model.job, shown?.proposed?.question.orEmpty()))
        }
        say(opened)
    }
    ScrollingScreen(
        title = stringResource(R.string.amend),
        onBack = back,
        bottom = {
            if (shown != null && shown.draft.isEmpty()) {
                val ready = !state.busy && isWhole(Typing.Amendment(reason))
                NextStepButton(
                    stringResource(R.string.amend_begin),
                    { model.begin(reason, begun) },
                    icon = "remark",
                    enabled = ready,
                )
            } else {
                NextStepButton(
                    stringResource(R.string.sign_fill_in),
                    { nav.open(Route.Form(model.job)) },
                    icon = "file",
                )
            }
        },
    ) {
        Drawn(state, model, nav) { AmendScreen(it, reason, model::typeReason, nav, model) }
    }
}

@Composable
private fun AmendScreen(
    shown: AmendShown,
    reason: String,
    onReason: (String) -> Unit,
    nav: NavHostController,
    model: AmendViewModel,
) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.medium)) {
        if (shown.draft.isEmpty()) {
            Text(stringResource(R.string.amend_what), color = FieldColours.current.ink)
        } else {
            SectionTitle(stringResource(R.string.amend_open, shown.draft))
            Text(stringResource(R.string.amend_open_what), color = FieldColours.current.ink)
        }
        val toQuestion = { question: String -> nav.open(Route.Form(model.job, question)) }
        if (shown.remarks.isNotEmpty()) Remarks(shown.remarks, toQuestion.takeIf { shown.draft.isNotEmpty() })
        if (shown.draft.isEmpty()) {
            TextInput(
                label = stringResource(R.string.amend_reason),
                value = reason,
                onChange = onReason,
                modifier = Modifier.testTag("amend-reason"),
                lines = 2,
                longest = longestOf("reason"),
            )
        } else {
            val toPages = { nav.open(Route.Sign(model.job)) }
            FieldCard {
                LinkRow(stringResource(R.string.amend_changes), toPages, Modifier.testTag("amend-changes"), "file")
            }
            Discard(nav, model)
        }
    }
}

/** What the office asks; where an amendment is open, with the way to each question. */
@Composable
private fun Remarks(
    remarks: List<RemarkRow>,
    onQuestion: ((String) -> Unit)?,
) {
    FieldCard(Modifier.testTag("amend-remarks"), tone = Tone.ATTENTION) {
        SectionTitle(stringResource(R.string.amend_remarks))
        remarks.forEach { remark ->
            MutedText(listOf(remark.reviewer, remark.label).filter { it.isNotEmpty() }.joinToString(" · "))
            Text(remark.text, color = FieldColours.current.ink)
            if (onQuestion != null && remark.question.isNotEmpty()) {
                val link = Modifier.testTag("amend-to-${remark.question}")
                LinkRow(stringResource(R.string.amend_to_question), { onQuestion(remark.question) }, link)
            }
        }
    }
}

/** Giving it up needs a reason, which is the second gesture. */
@Composable
private fun Discard(
    nav: NavHostController,
    model: AmendViewModel,
) {
    val reason by model.discardReason.collectAsStateWithLifecycle()
    val discarded = rememberLeavingWith(nav, stringResource(R.string.amend_discarded))
    var open by rememberSaveable { mutableStateOf(false) }
    val word = stringResource(R.string.amend_discard)
    QuietButton(word, { open = !open }, Modifier.testTag("amend-discard"), if (open) "up" else "down")
    if (!open) return
    TextInput(
        label = stringResource(R.string.reason),
        value = reason,
        onChange = model::typeDiscardReason,
        modifier = Modifier.testTag("amend-discard-reason"),
        longest = longestOf("reason"),
    )
    SecondButton(
        word,
        { model.discard(discarded) },
        Modifier.fillMaxWidth().testTag("amend-discard-done"),
        enabled = isWhole(Typing.GiveUp(reason)),
        danger = true,
    )
}
