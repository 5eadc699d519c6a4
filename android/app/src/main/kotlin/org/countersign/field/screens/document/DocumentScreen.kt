package org.countersign.field.screens.document

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.Language
import org.countersign.field.R
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.SaidOnce
import org.countersign.field.app.TroubleHere
import org.countersign.field.app.back
import org.countersign.field.app.screenModel
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.FieldScreen
import org.countersign.field.design.MutedText
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.design.StateChips
import org.countersign.field.design.StateMark
import org.countersign.field.design.Tone
import org.countersign.field.screens.paper.Paper
import org.countersign.field.screens.paper.pages
import org.countersign.field.screens.paper.rememberPaper
import org.countersign.field.screens.rememberSharing

/** A signed document. */
@Composable
fun DocumentRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> DocumentViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val shown = state.shown
    val document = shown?.document
    val sharing = rememberSharing(LocalDesk.current.phone.outside)
    FieldScreen(
        title = document?.number ?: stringResource(R.string.document),
        onBack = { nav.back() },
        bottom = {
            if (document != null && document.pdf.isNotEmpty()) {
                val share = { sharing.share(document.pdf, document.number) }
                NextStepButton(stringResource(R.string.document_share_pdf), share, icon = "share")
            }
        },
    ) { padding ->
        SaidOnce(state.said, model)
        Column {
            state.trouble?.let { TroubleHere(it, nav, model::forget, Modifier.padding(padding)) }
            if (shown == null || document == null) return@Column
            val actions =
                DocumentActions(
                    open = { sharing.show(document.pdf, document.number) },
                    shareBundle = { model.bundle { sharing.share(it, document.number) } },
                )
            DocumentScreen(document, shown.language, rememberPaper(document.pdf), actions, padding)
        }
    }
}

/** The pages with their state, and who may be given them. */
@Composable
fun DocumentScreen(
    document: SignedDocument,
    language: Language,
    paper: Paper,
    actions: DocumentActions,
    padding: PaddingValues,
) {
    LazyColumn(
        Modifier.testTag("document"),
        contentPadding = padding,
        verticalArrangement = Arrangement.spacedBy(Space.medium),
    ) {
        item(key = "state") { StateChips(marks(document)) }
        if (document.pdf.isEmpty()) {
            item(key = "unsigned") {
                FieldCard(Modifier.testTag("document-unsigned"), tone = Tone.ATTENTION) {
                    Text(document.advice, color = FieldColours.current.ink)
                }
            }
        } else {
            item(key = "actions") { Others(document, actions) }
            pages(paper, language)
        }
        item(key = "sealed") {
            MutedText(stringResource(R.string.document_sha256))
            SelectionContainer { MutedText(document.sealed, Modifier.testTag("document-sealed")) }
        }
    }
}

@Composable
private fun Others(
    document: SignedDocument,
    actions: DocumentActions,
) {
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
        SecondButton(stringResource(R.string.paper_open_pdf), actions.open, Modifier.testTag("document-open"), "file")
        if (document.bundle) {
            val bundle = stringResource(R.string.document_share_bundle)
            SecondButton(bundle, actions.shareBundle, Modifier.testTag("document-bundle"), "share")
        }
    }
}

@Composable
private fun marks(document: SignedDocument): List<StateMark> =
    buildList {
        add(StateMark(Tone.OK, "lock", stringResource(R.string.document_signed)))
        document.outcome?.let { add(it) }
        if (document.amended) add(StateMark(Tone.PLAIN, "remark", stringResource(R.string.document_amended)))
        if (document.unsigned) {
            add(StateMark(Tone.ATTENTION, "wait", stringResource(R.string.document_unsigned_by_device)))
        }
    }
