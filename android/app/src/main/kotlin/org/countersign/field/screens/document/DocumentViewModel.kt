package org.countersign.field.screens.document

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Countersign
import org.countersign.core.DocumentRow
import org.countersign.core.Language
import org.countersign.core.outcomeChip
import org.countersign.core.text
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.mark
import org.countersign.field.design.StateMark

/** A signed document. */
@Immutable
data class SignedDocument(
    /** Its number. */
    val number: String,
    /** What the customer said; `null` where nobody but the engineer signed. */
    val outcome: StateMark?,
    /** Whether an amendment changed it. */
    val amended: Boolean,
    /** The file; empty while the device has not signed it. */
    val pdf: String,
    /** What there is to do while the device has not signed it. */
    val unsigned: String,
    /** The document's own name: the hash of what is sealed. */
    val sealed: String,
)

/** The document screen. */
@Immutable
data class DocumentShown(
    /** The document; `null` where this job has none of this name. */
    val document: SignedDocument?,
    /** The reader's language. */
    val language: Language,
)

/** One signed document. */
class DocumentViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<DocumentShown>(core, saved) {
    private val job = Route.argument(saved, "job")
    private val sealed = Route.argument(saved, "sealed")

    /** Makes the bundle with which anybody can verify the document. */
    fun bundle(made: (ByteArray) -> Unit) = order<ByteArray>(done = made) { verifyBundle(sealed) }

    override fun read(core: Countersign): DocumentShown {
        val language = core.language()
        val row = core.jobScreen(job).documents.find { it.sealed == sealed }
        return DocumentShown(row?.let { signed(it, language) }, language)
    }

    private fun signed(
        row: DocumentRow,
        language: Language,
    ) = SignedDocument(
        number = row.number,
        outcome = row.outcome?.let { outcomeChip(language, it).mark() },
        amended = row.amended,
        pdf = row.pdf.orEmpty(),
        unsigned = if (row.pdf == null) text(language, "attention-unattested", emptyMap()) else "",
        sealed = row.sealed,
    )
}
