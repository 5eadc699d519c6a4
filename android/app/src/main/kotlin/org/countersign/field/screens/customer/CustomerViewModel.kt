package org.countersign.field.screens.customer

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import org.countersign.core.Countersign
import org.countersign.core.PageSection
import org.countersign.core.Reader
import org.countersign.core.Signature
import org.countersign.core.Signed
import org.countersign.core.StampTaken
import org.countersign.core.Topic
import org.countersign.core.date
import org.countersign.field.app.Core
import org.countersign.field.app.Phone
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.screens.pad.SavedInk
import java.io.File

/** Where the customer is. */
enum class CustomerPage {
    /** Reading the pages. */
    PAGES,

    /** Saying what they think of the work. */
    OUTCOME,

    /** Signing. */
    SIGN,

    /** The whole screen is the pad. */
    PAD,
}

/** What the customer holds in their hands. */
@Immutable
data class CustomerShown(
    /** The pages as a PDF; empty once they are signed. */
    val pdf: String,
    /** Whether they are signed. */
    val signed: Boolean,
    /** Engineers as they stand on the pages. */
    val engineers: String,
    /** What the pages say, as text. */
    val sections: List<PageSection>,
    /** Today, as the pages would write it. */
    val today: String,
)

/**
 * Customer mode: the device is in the customer's hands. What they said and drew outlives the process, and so does the
 * mode itself; the core says whether the pages are signed.
 */
class CustomerViewModel(
    core: Core,
    saved: SavedStateHandle,
    private val handed: Handed,
    private val phone: Phone,
) : ScreenViewModel<CustomerShown>(core, saved) {
    /** The job. */
    val job: String = Route.argument(saved, "job")

    /** Where the customer is. */
    val page: StateFlow<String> = saved.getStateFlow(PAGE, CustomerPage.PAGES.name)

    /** What they said. */
    val said = CustomerSaid(saved)

    /** Their signature. */
    val signature = SavedInk(saved, "customer")

    private val held = MutableStateFlow<StampTaken?>(null)

    /** The photo of the company stamp that was taken. */
    val stamp: StateFlow<StampTaken?> = held.asStateFlow()

    init {
        // The process ended after it was taken: the core still has it.
        saved.get<String>(STAMP)?.let { taken -> order<StampTaken>(done = ::hold) { heldStamp(taken) } }
    }

    /** Goes to another page. */
    fun go(to: CustomerPage) {
        saved[PAGE] = to.name
        forget()
    }

    /** Goes a page back; the first one leads nowhere. */
    fun back() =
        when (CustomerPage.valueOf(page.value)) {
            CustomerPage.PAGES -> Unit
            CustomerPage.OUTCOME -> go(CustomerPage.PAGES)
            CustomerPage.SIGN -> go(CustomerPage.OUTCOME)
            CustomerPage.PAD -> go(CustomerPage.SIGN)
        }

    /** Asks the rule that decides at signing now, so that nobody draws a signature for nothing. */
    fun say() =
        order<Unit>(done = { go(CustomerPage.SIGN) }) {
            checkCustomerWord(job, handed.content, said.word(), handed.language)
        }

    /** Keeps a photo of the company stamp in the place of the one before. */
    fun takeStamp(photo: File) {
        queue<StampTaken>(done = ::hold, dropped = { photo.delete() }) {
            // Asked when it is its turn: what ran before may have brought one back.
            val before = held.value
            try {
                takeStamp(photo.path, handed.language).also { new ->
                    if (before != null && before.sha256 != new.sha256) dropStamp(before.sha256)
                }
            } finally {
                photo.delete()
            }
        }
    }

    /** Lets the photo of the stamp go. */
    fun removeStamp() {
        val before = held.value ?: return
        order<Unit>(done = { hold(null) }) { dropStamp(before.sha256) }
    }

    private fun hold(stamp: StampTaken?) {
        held.value = stamp
        saved[STAMP] = stamp?.sha256
    }

    /** Signs exactly what was shown. All or nothing. */
    fun sign() {
        val drawn = signature.ink.value.takeIf { !it.isBlank }
        val signature =
            Signature(
                contentSha256 = handed.content,
                word = said.word(),
                strokes = drawn?.strokes,
                engineerStrokes = handed.engineer.strokes,
                stamp = held.value?.sha256,
            )
        order<Signed> { sign(job, signature, handed.language) }
    }

    /** The engineer took the device back. A stamp that nobody signed with goes; what was signed keeps its own. */
    fun givenBack() {
        val stamp = held.value ?: return
        viewModelScope.launch { core.command { dropStamp(stamp.sha256) } }
    }

    override fun concerns(topics: Set<Topic>): Boolean = topics.any { it is Topic.Job || it is Topic.References }

    override fun read(core: Countersign): CustomerShown {
        val now = phone.clocks.wall()
        val today = date(Reader(handed.language, handed.zone, phone.clocks.offsetMinutes()), now)
        val signed = core.isSigned(job, handed.content, handed.language)
        if (signed) return CustomerShown("", signed = true, "", emptyList(), today)
        val pages = core.previewShown(job, handed.content, handed.language)
        return CustomerShown(pages.pdf, signed = false, pages.engineers.joinToString(), pages.sections, today)
    }

    private companion object {
        const val PAGE = "page"
        const val STAMP = "stamp"
    }
}
