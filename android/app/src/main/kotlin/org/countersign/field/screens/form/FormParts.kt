package org.countersign.field.screens.form

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.ModalBottomSheet
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.countersign.core.OrphanShown
import org.countersign.field.R
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LinkRow
import org.countersign.field.design.MutedText
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space

/** How far a line is moved in for each level. */
internal val Indent = 12.dp

/** How much is answered, the list of pages, and the way to what is missing. */
@Composable
internal fun FormHead(
    form: FormShown,
    onPages: () -> Unit,
    onMissing: () -> Unit,
) = Column {
    val progress = stringResource(R.string.form_progress, form.answered, form.total)
    LinearProgressIndicator(
        progress = { if (form.total == 0) 0f else form.answered.toFloat() / form.total },
        modifier = Modifier.fillMaxWidth().semantics { contentDescription = progress },
        color = FieldColours.current.accent,
        trackColor = FieldColours.current.line,
    )
    FlowRow(
        Modifier.fillMaxWidth(),
        horizontalArrangement = Arrangement.SpaceBetween,
        itemVerticalAlignment = Alignment.CenterVertically,
    ) {
        MutedText(progress, Modifier.testTag("form-progress"))
        QuietButton(stringResource(R.string.form_pages), onPages, Modifier.testTag("form-pages"), icon = "down")
        if (form.missing.isNotEmpty() && form.mayAnswer) {
            val count = form.missing.size
            val word = pluralStringResource(R.plurals.form_missing, count, count)
            QuietButton(word, onMissing, Modifier.testTag("form-missing"), icon = "warn")
        }
    }
}

/** The list of pages. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun PagesSheet(
    form: FormShown,
    onClose: () -> Unit,
    onOpen: (Int) -> Unit,
) = ModalBottomSheet(onClose) {
    LazyColumn(Modifier.padding(horizontal = Space.large)) {
        item { SectionTitle(stringResource(R.string.form_pages)) }
        itemsIndexed(form.pages) { place, page ->
            val state = stringResource(if (page.complete) R.string.form_complete else R.string.form_incomplete)
            val progress = stringResource(R.string.form_progress, page.answered, page.total)
            LinkRow(
                page.title.ifEmpty { stringResource(R.string.form_page_number, place + 1) },
                { onOpen(place) },
                Modifier.testTag("form-page-${place + 1}"),
                icon = if (page.complete) "check" else "dot",
                second = "$progress · $state",
            )
        }
    }
}

/** What is missing, each a way to its question. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun MissingSheet(
    missing: List<MissingAnswer>,
    onClose: () -> Unit,
    onOpen: (String) -> Unit,
) = ModalBottomSheet(onClose) {
    LazyColumn(Modifier.padding(horizontal = Space.large)) {
        item { SectionTitle(stringResource(R.string.form_missing_title)) }
        items(missing.size) { place ->
            val lack = missing[place]
            LinkRow(lack.label, { onOpen(lack.id) }, Modifier.testTag("form-missing-${lack.id}"))
        }
    }
}

/** The heading of a group. */
@Composable
internal fun GroupLine(line: FormLine.Group) =
    Text(
        line.title,
        Modifier.padding(start = Indent * line.depth, top = Space.small).semantics { heading() },
        style = MaterialTheme.typography.titleMedium,
        color = FieldColours.current.ink,
    )

/** The heading of something that can be there several times, with what adds one. */
@Composable
internal fun RepeatLine(
    line: FormLine.Repeat,
    onAdd: (String) -> Unit,
) = FlowRow(
    Modifier.fillMaxWidth().padding(start = Indent * line.depth, top = Space.small),
    horizontalArrangement = Arrangement.SpaceBetween,
    itemVerticalAlignment = Alignment.CenterVertically,
) {
    Row(horizontalArrangement = Arrangement.spacedBy(Space.small), verticalAlignment = Alignment.CenterVertically) {
        Text(
            line.title,
            Modifier.semantics { heading() },
            style = MaterialTheme.typography.titleMedium,
            color = FieldColours.current.ink,
        )
        MutedText(line.count.toString())
    }
    if (line.canAdd) {
        val label = stringResource(R.string.form_add_item_to, line.title)
        SecondButton(
            stringResource(R.string.form_add_item),
            { onAdd(line.id) },
            Modifier.testTag("form-add-${line.id}").semantics { contentDescription = label },
            icon = "new",
        )
    }
}

/** The heading of one of several, with what removes it. */
@Composable
internal fun ItemLine(
    line: FormLine.Item,
    onRemove: (String) -> Unit,
) = Row(
    Modifier.fillMaxWidth().padding(start = Indent * line.depth),
    verticalAlignment = Alignment.CenterVertically,
) {
    Text(
        stringResource(R.string.form_item, line.title, line.ordinal),
        Modifier.weight(1f).semantics { heading() },
        style = MaterialTheme.typography.titleSmall,
        color = FieldColours.current.ink,
    )
    if (line.canRemove) {
        val label = stringResource(R.string.form_remove_item_of, line.title, line.ordinal)
        QuietButton(
            stringResource(R.string.form_remove_item),
            { onRemove(line.id) },
            Modifier.testTag("form-remove-${line.id}").semantics { contentDescription = label },
            icon = "cross",
        )
    }
}

/** A question that does not apply now, and why. */
@Composable
internal fun HiddenLine(
    line: FormLine.Hidden,
    onWhy: (String) -> Unit,
) = Column {
    MutedText(line.label)
    QuietButton(
        stringResource(R.string.form_why_hidden),
        { onWhy(line.key) },
        Modifier.testTag("form-why-${line.key}"),
        icon = "info",
    )
}

/** Answers of an earlier form: kept, and no longer asked. */
@Composable
internal fun Orphans(
    orphans: List<OrphanShown>,
    open: Boolean,
    onToggle: () -> Unit,
) = Column {
    QuietButton(stringResource(R.string.form_orphans), onToggle, icon = if (open) "up" else "down")
    if (open) orphans.forEach { FactRow(it.path, it.value) }
}
