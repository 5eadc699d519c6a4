package org.countersign.field.screens.form

import androidx.compose.foundation.gestures.detectTapGestures
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.wrapContentHeight
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.onLongClick
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.countersign.core.Again
import org.countersign.core.KeptAnswer
import org.countersign.field.R
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.NamedIcon
import org.countersign.field.design.PictureButton
import org.countersign.field.design.QuietButton
import org.countersign.field.design.Remedy
import org.countersign.field.design.Space
import org.countersign.field.design.Tone
import org.countersign.field.design.TroublePanel
import org.countersign.field.screens.form.kinds.Asking
import org.countersign.field.screens.form.kinds.NOTE
import org.countersign.field.screens.form.kinds.fieldOf

/** One question: its words, its field, where the answer came from, what is wrong with it. */
@Composable
internal fun QuestionCard(
    asking: Asking,
    answers: AnswerDesk,
    onWhy: (String) -> Unit,
    modifier: Modifier = Modifier,
) {
    val question = asking.asked.question
    if (question.kind == NOTE) return Note(question.label, question.hint, modifier)
    val wrong = question.wrong && asking.value.isNotEmpty()
    FieldCard(modifier.testTag("form-question-${question.id}"), tone = if (wrong) Tone.ATTENTION else Tone.PLAIN) {
        Head(asking, onWhy)
        if (question.hint.isNotEmpty()) MutedText(question.hint)
        Field(asking)
        LastAnswer(asking)
        Foot(asking, answers)
        if (wrong) Problem(question.problem.orEmpty())
        if (question.kept.isNotEmpty()) Kept(question.kept)
    }
}

@Composable
private fun Note(
    label: String,
    hint: String,
    modifier: Modifier,
) = Column(modifier) {
    Text(label, color = FieldColours.current.ink)
    if (hint.isNotEmpty()) MutedText(hint)
}

/** Pressed long, and nothing else: a tap that did nothing would still be offered by a screen reader. */
private fun Modifier.pressedLong(
    what: String,
    label: String,
    onPress: () -> Unit,
): Modifier =
    pointerInput(what) { detectTapGestures(onLongPress = { onPress() }) }
        .semantics {
            onLongClick(label) {
                onPress()
                true
            }
        }

@Composable
private fun Head(
    asking: Asking,
    onWhy: (String) -> Unit,
) {
    val question = asking.asked.question
    val why = stringResource(R.string.form_why)
    val required = stringResource(R.string.required)
    Row(horizontalArrangement = Arrangement.spacedBy(Space.small), verticalAlignment = Alignment.CenterVertically) {
        Text(
            if (question.required) "${question.label} *" else question.label,
            Modifier
                .weight(1f)
                .pressedLong(question.id, why) { onWhy(question.id) }
                .heightIn(min = Space.target)
                .wrapContentHeight()
                .semantics { if (question.required) contentDescription = "${question.label}, $required" },
            style = MaterialTheme.typography.titleSmall,
            color = FieldColours.current.ink,
        )
        PictureButton(
            "info",
            stringResource(R.string.form_why_of, question.label),
            { onWhy(question.id) },
            Modifier.testTag("form-why-${question.id}"),
        )
    }
}

/** A field, or the answer alone where nobody can change it. Files are drawn by their kind in both cases. */
@Composable
private fun Field(asking: Asking) {
    val question = asking.asked.question
    if (!question.mayAnswer && !question.takesFile) {
        val none = question.display.isEmpty()
        Text(
            question.display.ifEmpty { stringResource(R.string.no_answer) },
            Modifier.testTag("form-answer-${question.id}"),
            color = if (none) FieldColours.current.muted else FieldColours.current.ink,
        )
    } else {
        fieldOf(question.kind)(asking)
    }
}

@Composable
private fun LastAnswer(asking: Asking) {
    val last = asking.asked.last?.takeIf { it.value != asking.value } ?: return
    QuietButton(
        stringResource(R.string.form_take_over, last.whenGiven, last.answer),
        { asking.give(last.value, AnswerDesk.COPIED) },
        Modifier.testTag("form-copy-${asking.id}"),
        icon = "return",
    )
}

@Composable
private fun Foot(
    asking: Asking,
    answers: AnswerDesk,
) {
    val keeping = answers.keeping(asking.id, asking.asked.question.value)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.medium)) {
        val from = asking.asked.question.from
        if (from.isNotEmpty() && keeping !is Keeping.Typing) MutedText(from)
        KeepingWord(asking.id, keeping)
    }
    if (keeping is Keeping.Unsaved) {
        val again = Remedy(stringResource(R.string.try_again)) { answers.again(asking.id) }
        val drop = Remedy(stringResource(R.string.undo)) { answers.giveUp(asking.id) }
        val mayPass = keeping.trouble.again != Again.NEVER
        TroublePanel(keeping.trouble.words, remedies = if (mayPass) listOf(again, drop) else listOf(drop))
    }
}

@Composable
private fun KeepingWord(
    id: String,
    keeping: Keeping?,
) {
    val word =
        when (keeping) {
            null, Keeping.Typing -> return
            Keeping.Saving -> R.string.form_saving
            is Keeping.Saved -> R.string.form_saved
            is Keeping.Unsaved -> R.string.form_unsaved
        }
    val colours = FieldColours.current
    val colour =
        when (keeping) {
            is Keeping.Saved -> colours.ok.text
            is Keeping.Unsaved -> colours.danger.text
            else -> colours.muted
        }
    Row(
        Modifier.testTag("form-keeping-$id").semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite },
        horizontalArrangement = Arrangement.spacedBy(Space.tiny),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        if (keeping is Keeping.Saved) NamedIcon("check", null, Modifier.size(16.dp), colour)
        Text(stringResource(word), color = colour, style = MaterialTheme.typography.labelMedium)
    }
}

@Composable
private fun Problem(problem: String) {
    val colour = FieldColours.current.attention.text
    Row(
        Modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite },
        horizontalArrangement = Arrangement.spacedBy(Space.tiny),
    ) {
        NamedIcon("warn", null, Modifier.size(20.dp), colour)
        Text(problem, color = colour)
    }
}

@Composable
private fun Kept(kept: List<KeptAnswer>) {
    var open by rememberSaveable { mutableStateOf(false) }
    val count = kept.size
    QuietButton(
        pluralStringResource(R.plurals.form_kept, count, count),
        { open = !open },
        icon = if (open) "up" else "down",
    )
    if (open) {
        kept.forEach { lost ->
            Text(lost.value, color = FieldColours.current.ink)
            MutedText(lost.author)
        }
    }
}
