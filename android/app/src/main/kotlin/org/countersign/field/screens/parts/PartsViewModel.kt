package org.countersign.field.screens.parts

import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.StateFlow
import org.countersign.core.Countersign
import org.countersign.core.Id
import org.countersign.core.PartFilter
import org.countersign.core.PartsScreen
import org.countersign.core.dateTime
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.Said
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.reader
import org.countersign.field.screens.namedChoices

/** Parts of a visit: the catalogue, what lies where, what was booked. */
class PartsViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<PartsShown>(core, saved) {
    private val job = Route.argument(saved, "job")

    /** What is searched for. */
    val search: StateFlow<String> = saved.getStateFlow(SEARCH, "")

    /** The booking that is being typed. */
    val booking = Booking(saved)

    /** Searches. */
    fun search(text: String) {
        saved[SEARCH] = text
        saved[PAGES] = 1
        readAgain()
    }

    /** Shows more of the catalogue. */
    fun more() {
        saved[PAGES] = pages() + 1
        readAgain()
    }

    /** A code was scanned: it is looked up and ready to be booked, listed or not. */
    fun scanned(code: String) {
        search(code)
        queue<PartsScreen>(done = { found(code, it) }) { partsScreen(job, PartFilter(code, null, PAGE.toUInt())) }
    }

    private fun found(
        code: String,
        screen: PartsScreen,
    ) {
        val usual = usualOf(screen)
        val part = screen.parts.find { it.part == screen.exact }
        if (part == null) booking.openUnlisted(code, usual) else booking.open(part.part, part.code, usual)
    }

    /** Whether the booking that is [open] says something in its [fields] that could still be booked. */
    fun unkept(
        shown: PartsShown?,
        open: String,
        fields: Map<String, String>,
    ): Boolean = open.isNotEmpty() && shown?.mayBook != false && booking.typed.isTouched(fields)

    /** Books what is typed. */
    fun book() {
        val typed = booking.move()
        send(R.string.parts_done) { bookPart(job, typed) }
    }

    /** Takes back as many as are typed. */
    fun takeBack() {
        val typed = booking.move()
        send(R.string.parts_done_back) { takeBackPart(job, typed) }
    }

    private fun send(
        word: Int,
        move: Countersign.() -> Id,
    ) {
        var moved: Id? = null
        val undo: Countersign.() -> Unit = { moved?.let { reversePart(job, it) } }
        val close = booking.closing()
        order<Unit>(Said(word, undo = undo), { close() }) { moved = move() }
    }

    override fun read(core: Countersign): PartsShown {
        val reader = reader(core)
        val language = reader.language
        val screen = core.jobScreen(job)
        val pages = catalogue(core)
        return PartsShown(
            booked = screen.parts.map { booked(it, language) },
            shelf = pages.flatMap { it.parts }.map { shelfPart(it, language) },
            more = pages.last().more,
            stockAsOf =
                pages
                    .last()
                    .stockAsOf
                    ?.let { dateTime(reader, it) }
                    .orEmpty(),
            places = pages.last().places.map { PlaceOfPart(it.depot, it.name, "") },
            usual = usualOf(pages.last()),
            payers = namedChoices(language, "payer"),
            mayBook = screen.may.bookPart,
        )
    }

    /** As many pages as were asked for, each beginning after the last part of the one before. */
    private fun catalogue(core: Countersign): List<PartsScreen> {
        val page = { after: String? -> core.partsScreen(job, PartFilter(search.value, after, PAGE.toUInt())) }
        return generateSequence(page(null)) { last -> if (last.more) page(last.parts.last().part) else null }
            .take(pages())
            .toList()
    }

    private fun pages(): Int = saved[PAGES] ?: 1

    private companion object {
        const val SEARCH = "search"
        const val PAGES = "pages"
        const val PAGE = 50
    }
}
