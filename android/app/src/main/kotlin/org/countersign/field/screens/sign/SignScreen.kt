package org.countersign.field.screens.sign

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import org.countersign.core.PagesShown
import org.countersign.core.money
import org.countersign.core.tagOf
import org.countersign.core.text
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.LocalFrame
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LinkRow
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.Tone
import org.countersign.field.screens.pad.Ink
import org.countersign.field.screens.pad.SignatureBox
import org.countersign.field.screens.paper.PagesAsText
import org.countersign.field.screens.paper.Paper
import org.countersign.field.screens.paper.pages

/** The pages with what is missing, and the engineer's signature below them. */
@Composable
fun SignScreen(
    shown: SignShown,
    pages: PagesShown,
    paper: Paper,
    ink: Ink,
    actions: SignActions,
    padding: PaddingValues,
) {
    LazyColumn(
        Modifier.testTag("sign"),
        contentPadding = padding,
        verticalArrangement = Arrangement.spacedBy(Space.medium),
    ) {
        item(key = "steps") { SignSteps(current = 1) }
        if (pages.missing.isNotEmpty()) item(key = "missing") { Missing(shown, pages.missing, actions.answer) }
        item(key = "facts") { Facts(shown, pages) }
        item(key = "pages-title") { SectionTitle(stringResource(R.string.sign_pages)) }
        pages(paper, pages.language)
        item(key = "text") { PagesAsText(pages.sections) }
        if (paper.tried) {
            item(key = "open-pdf") {
                SecondButton(
                    stringResource(R.string.paper_open_pdf),
                    actions.openPdf,
                    Modifier.testTag("sign-open-pdf"),
                )
            }
        }
        if (pages.missing.isEmpty()) item(key = "engineer") { Engineer(pages.needsCustomer, ink, actions.draw) }
    }
}

@Composable
private fun Missing(
    shown: SignShown,
    words: List<String>,
    onAnswer: (String) -> Unit,
) {
    FieldCard(Modifier.testTag("sign-missing"), tone = Tone.ATTENTION) {
        SectionTitle(pluralStringResource(R.plurals.sign_missing, words.size, words.size))
        if (shown.missing.isEmpty()) words.forEach { Text(it, color = FieldColours.current.ink) }
        shown.missing.forEachIndexed { index, lack ->
            LinkRow(lack.question, { onAnswer(lack.reference) }, Modifier.testTag("sign-missing-$index"))
        }
        SecondButton(stringResource(R.string.sign_fill_in), { onAnswer("") }, Modifier.testTag("sign-form"))
    }
}

@Composable
private fun Facts(
    shown: SignShown,
    pages: PagesShown,
) {
    val language = shown.reader
    FieldCard {
        FactRow(stringResource(R.string.sign_number), pages.number)
        FactRow(stringResource(R.string.sign_class), word(language, "class", pages.`class`))
        FactRow(stringResource(R.string.sign_language), text(language, "language-${tagOf(pages.language)}", emptyMap()))
        FactRow(stringResource(R.string.sign_engineers), pages.engineers.joinToString())
        FactRow(stringResource(R.string.sign_files), pages.evidence.toString())
        FactRow(stringResource(R.string.parts), pages.parts.toString())
        FactRow(stringResource(R.string.costs_times), pages.times.toString())
        pages.total?.let { FactRow(stringResource(R.string.costs_gross), money(language, it)) }
    }
}

@Composable
private fun Engineer(
    needsCustomer: Boolean,
    ink: Ink,
    onDraw: (Ink) -> Unit,
) {
    FieldCard(Modifier.testTag("sign-engineer")) {
        SectionTitle(stringResource(R.string.sign_engineer))
        val what = if (needsCustomer) R.string.sign_engineer_what else R.string.sign_engineer_alone
        Column(verticalArrangement = Arrangement.spacedBy(Space.small)) {
            Text(stringResource(what), color = FieldColours.current.ink)
            SignatureBox(ink, onDraw, LocalFrame.current.own.person)
        }
    }
}
