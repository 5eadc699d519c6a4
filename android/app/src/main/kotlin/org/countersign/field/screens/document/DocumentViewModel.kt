package org.countersign.field.screens.document

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Countersign
import org.countersign.core.DocumentScreen
import org.countersign.core.Language
import org.countersign.core.outcomeChip
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
    /** The file; empty while the device has not signed it, and where it is not on this device. */
    val pdf: String,
    /** Why there is no file; empty where it is here. */
    val advice: String,
    /** Whether the device has not signed it yet. */
    val unsigned: Boolean,
    /** Whether this device can pack the bundle that verifies it. */
    val bundle: Boolean,
    /** The document's own name: the hash of what is sealed. */
    val sealed: String,
)

/** The document screen. */
@Immutable
data class DocumentShown(
    /** The document. */
    val document: SignedDocument,
    /** The reader's language. */
    val language: Language,
)

/** One signed document. */
class DocumentViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<DocumentShown>(core, saved) {
    private val sealed = Route.argument(saved, "sealed")

    /** Makes the bundle with which anybody can verify the document. */
    fun bundle(made: (ByteArray) -> Unit) = order<ByteArray>(done = made) { verifyBundle(sealed) }

    override fun read(core: Countersign): DocumentShown {
        val language = core.language()
        return DocumentShown(signed(core.documentOf(sealed), language), language)
    }

    private fun signed(
        screen: DocumentScreen,
        language: Language,
    ) = SignedDocument(
        number = screen.number,
        outcome = screen.outcome?.let { outcomeChip(language, it).mark() },
        amended = screen.amended,
        pdf = screen.pdf.orEmpty(),
        advice = screen.advice.orEmpty(),
        unsigned = screen.unsigned,
        bundle = screen.bundle,
        sealed = screen.sealed,
    )
}
