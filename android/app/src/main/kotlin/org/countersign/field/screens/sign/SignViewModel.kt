package org.countersign.field.screens.sign

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.launch
import org.countersign.core.Countersign
import org.countersign.core.FormScreen
import org.countersign.core.Language
import org.countersign.core.PagesShown
import org.countersign.core.Signature
import org.countersign.core.Signed
import org.countersign.core.Topic
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.screens.pad.Ink
import org.countersign.field.screens.pad.SavedInk

/** A question that waits for an answer. */
@Immutable
data class MissingAnswer(
    /** What the form screen opens at. */
    val reference: String,
    /** The question. */
    val question: String,
)

/** The pages, ready to be checked. */
@Immutable
data class SignShown(
    /** The pages; `null` once they are signed. */
    val pages: PagesShown?,
    /** Questions that are missing. */
    val missing: List<MissingAnswer>,
    /** The reader's language. */
    val reader: Language,
)

/** The first step of signing off, in the engineer's hands: the pages, what is missing, the engineer's own signature. */
class SignViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<SignShown>(core, saved) {
    /** The job or visit that is signed. */
    val job: String = Route.argument(saved, "job")

    /** The engineer's signature. */
    val signature = SavedInk(saved, "engineer")

    /** What was shown last. Looking at pages makes them: they are made once, and anew only when somebody asks. */
    @Volatile
    private var content: String? = saved[SIGNED]

    /** Makes the pages anew, after something in them changed. Who signed the pages before did not sign these. */
    fun showAgain() {
        content = null
        saved.remove<String>(SIGNED)
        signature.clear()
        forget()
    }

    /** Whether this [ink] stands for a signature that nothing was sealed with yet. */
    fun unkept(
        shown: SignShown?,
        ink: Ink,
    ): Boolean = !ink.isBlank && (shown == null || shown.pages != null)

    /** The engineer has signed: [ready] hears the pages, unless something changed since they were shown. */
    fun handOver(ready: (PagesShown) -> Unit) {
        val shown = content ?: return
        order<PagesShown>(done = ready) { previewShown(job, shown, language()) }
    }

    /** Seals what nobody else signs. */
    fun signAlone(signed: (Signed) -> Unit) {
        val shown = content ?: return
        val engineer = signature.ink.value.strokes
        order<Signed>(done = signed) {
            val alone = Signature(shown, word = null, strokes = null, engineerStrokes = engineer, stamp = null)
            sign(job, alone, language())
        }
    }

    override fun concerns(topics: Set<Topic>): Boolean = topics.any { it is Topic.Job || it is Topic.References }

    override fun read(core: Countersign): SignShown {
        val pages = if (isOver(core)) null else pages(core)
        return SignShown(
            pages = pages,
            missing = if (pages == null || pages.missing.isEmpty()) emptyList() else missing(core.formScreen(job)),
            reader = core.language(),
        )
    }

    /** Whether these very pages are signed; before any were made, whether there is anything to sign at all. */
    private fun isOver(core: Countersign): Boolean =
        content?.let { core.isSigned(job, it, core.language()) } ?: !core.jobScreen(job).may.sign

    private fun pages(core: Countersign): PagesShown =
        content?.let { core.previewShown(job, it, core.language()) } ?: core.preview(job).also(::showing)

    /** The process may end: what was signed then are these pages, and a signature never goes over to others. */
    private fun showing(pages: PagesShown) {
        content = pages.contentSha256
        viewModelScope.launch { saved[SIGNED] = pages.contentSha256 }
    }

    private fun missing(form: FormScreen?): List<MissingAnswer> {
        val questions =
            form
                ?.pages
                .orEmpty()
                .flatMap { it.questions }
                .associateBy { it.id }
        return form?.missing.orEmpty().map { MissingAnswer(it, questions[it]?.label ?: it) }
    }

    private companion object {
        /** The pages that are being signed. */
        const val SIGNED = "signed-pages"
    }
}
