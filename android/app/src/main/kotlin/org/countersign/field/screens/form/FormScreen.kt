package org.countersign.field.screens.form

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import org.countersign.field.R
import org.countersign.field.design.EmptyState
import org.countersign.field.design.FieldScreen
import org.countersign.field.design.MutedText
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.screens.form.kinds.Asking
import org.countersign.field.screens.form.kinds.Ways

/** One page of a form. */
@Composable
internal fun FormScreen(
    form: FormShown?,
    answers: AnswerDesk,
    target: String,
    unsavedFile: UnsavedFile?,
    ways: Ways,
    actions: FormActions,
    around: @Composable (@Composable (FormShown) -> Unit) -> Unit,
) {
    val title = form?.page?.title?.ifEmpty { form.title }.orEmpty().ifEmpty { stringResource(R.string.form) }
    FieldScreen(
        title = title,
        onBack = actions.leave,
        bottom = form?.page?.let { { PageButtons(form, actions) } },
    ) { padding ->
        around { shown ->
            val page = shown.page
            if (page == null) {
                Box(Modifier.padding(padding)) {
                    EmptyState(stringResource(R.string.form_none), stringResource(R.string.form_none_what))
                }
            } else {
                Page(shown, page, padding, target, actions) { asked ->
                    val trouble = unsavedFile?.takeIf { it.question == asked.question.id }
                    QuestionCard(Asking(asked, answers, ways, trouble, shown.reader), answers, actions.askWhy)
                }
            }
        }
    }
}

/** Side by side, or with large letters one below the other: no word is broken for want of room. */
@Composable
private fun PageButtons(
    form: FormShown,
    actions: FormActions,
) {
    if (LocalDensity.current.fontScale <= BESIDE) {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            if (form.here > 0) Previous(form, actions, Modifier.weight(1f))
            Next(form, actions, Modifier.weight(2f))
        }
    } else {
        Next(form, actions)
        if (form.here > 0) Previous(form, actions, Modifier.fillMaxWidth())
    }
}

/** Up to this size of letters two buttons stand side by side. */
private const val BESIDE = 1.3f

@Composable
private fun Previous(
    form: FormShown,
    actions: FormActions,
    modifier: Modifier,
) = SecondButton(
    stringResource(R.string.form_previous),
    { actions.open(form.here - 1) },
    modifier.heightIn(min = Space.step).testTag("form-previous"),
)

@Composable
private fun Next(
    form: FormShown,
    actions: FormActions,
    modifier: Modifier = Modifier,
) = if (form.here + 1 < form.pages.size) {
    NextStepButton(stringResource(R.string.form_next), { actions.open(form.here + 1) }, modifier)
} else {
    NextStepButton(stringResource(R.string.form_done), actions.leave, modifier)
}

@Composable
private fun Page(
    form: FormShown,
    page: PageShown,
    padding: PaddingValues,
    target: String,
    actions: FormActions,
    question: @Composable (AskedQuestion) -> Unit,
) {
    val list = rememberLazyListState()
    var pages by rememberSaveable { mutableStateOf(false) }
    var missing by rememberSaveable { mutableStateOf(false) }
    var orphans by rememberSaveable { mutableStateOf(false) }
    var last by rememberSaveable { mutableIntStateOf(form.here) }
    // Another page begins at its top; a turn of the phone or the way back from the camera keeps the place.
    LaunchedEffect(form.here) {
        if (last != form.here && target.isEmpty()) list.scrollToItem(0)
        last = form.here
    }
    LaunchedEffect(target, page) {
        val place = page.lines.indexOfFirst { it.key == target || (it is FormLine.Asks && it.isCalled(target)) }
        if (target.isNotEmpty() && place >= 0) {
            list.scrollToItem(place + BEFORE_LINES)
            actions.arrived(form.here)
        }
    }
    LazyColumn(
        Modifier.testTag("form"),
        state = list,
        contentPadding = padding,
        verticalArrangement = Arrangement.spacedBy(Space.medium),
    ) {
        item(key = "head") {
            FormHead(form, { pages = true }, { missing = true })
            if (!form.mayAnswer) MutedText(stringResource(R.string.form_locked))
        }
        lines(page.lines, actions, question)
        if (page.hidden > 0) item(key = "hidden") { ShowHidden(page.hidden, actions.showHidden) }
        if (form.orphans.isNotEmpty()) {
            item(key = "orphans") { Orphans(form.orphans, orphans) { orphans = !orphans } }
        }
    }
    if (pages) {
        PagesSheet(form, { pages = false }) {
            pages = false
            actions.open(it)
        }
    }
    if (missing) {
        MissingSheet(form.missing, { missing = false }) {
            missing = false
            actions.goTo(it)
        }
    }
}

/** Lines of the list before the first of the page. */
private const val BEFORE_LINES = 1

private fun LazyListScope.lines(
    lines: List<FormLine>,
    actions: FormActions,
    question: @Composable (AskedQuestion) -> Unit,
) = items(lines, key = { it.key }) { line ->
    when (line) {
        is FormLine.Group -> GroupLine(line)
        is FormLine.Repeat -> RepeatLine(line, actions.addItem)
        is FormLine.Item -> ItemLine(line, actions.removeItem)
        is FormLine.Asks -> question(line.asked)
        is FormLine.Hidden -> HiddenLine(line, actions.askWhy)
    }
}

@Composable
private fun ShowHidden(
    count: Int,
    onShow: () -> Unit,
) = QuietButton(
    pluralStringResource(R.plurals.form_show_hidden, count, count),
    onShow,
    Modifier.testTag("form-show-hidden"),
    icon = "down",
)
