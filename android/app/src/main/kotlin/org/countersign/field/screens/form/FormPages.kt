package org.countersign.field.screens.form

import org.countersign.core.EvidenceRow
import org.countersign.core.FormEntry
import org.countersign.core.FormPage
import org.countersign.core.FormQuestion
import org.countersign.core.FormScreen
import org.countersign.core.Reader
import org.countersign.core.date

/** Lays the core's form out as one page and the ways to the others. */
internal class FormPages(
    private val form: FormScreen,
    private val evidence: List<EvidenceRow>,
    private val mayAnswer: Boolean,
    private val reader: Reader,
    private val all: Boolean,
) {
    private val pages: List<FormPage> = form.pages.filter { it.relevant }

    /** The form with this page open. */
    fun at(wanted: Int): FormShown {
        val here = wanted.coerceIn(0, (pages.size - 1).coerceAtLeast(0))
        return FormShown(
            title = form.title,
            answered = form.answered.toInt(),
            total = form.total.toInt(),
            missing = form.missing.map { MissingAnswer(it, label(it)) },
            pages = pages.map(::entry),
            here = here,
            page = pages.getOrNull(here)?.let(::page),
            orphans = form.orphans,
            mayAnswer = mayAnswer,
            reader = reader,
        )
    }

    private fun label(id: String): String = form.pages.flatMap { it.questions }.find { it.id == id }?.label ?: id

    private fun entry(page: FormPage) =
        PageEntry(
            title = page.title,
            answered = page.answered.toInt(),
            total = page.total.toInt(),
            complete = page.complete,
        )

    private fun page(page: FormPage): PageShown {
        val lines = page.entries.mapIndexedNotNull { place, entry -> line(page, place, entry) }
        return PageShown(page.title, lines, if (all) 0 else page.hidden.toInt())
    }

    private fun line(
        page: FormPage,
        place: Int,
        entry: FormEntry,
    ): FormLine? =
        when (entry) {
            is FormEntry.Group -> {
                FormLine.Group("group-$place", entry.title, entry.depth.toInt())
            }

            is FormEntry.Repeat -> {
                FormLine.Repeat(
                    key = "repeat-${entry.id}",
                    id = entry.id,
                    title = entry.title,
                    count = entry.count.toInt(),
                    canAdd = entry.canChange,
                    depth = entry.depth.toInt(),
                )
            }

            is FormEntry.Item -> {
                FormLine.Item(
                    key = "item-${entry.id}",
                    id = entry.id,
                    title = entry.title,
                    ordinal = entry.ordinal.toInt(),
                    canRemove = entry.canRemove,
                    depth = entry.depth.toInt(),
                )
            }

            is FormEntry.Question -> {
                page.questions.getOrNull(entry.index.toInt())?.let(::question)
            }
        }

    private fun question(question: FormQuestion): FormLine? =
        when {
            !question.hasPlace -> null
            question.relevant -> FormLine.Asks(asked(question))
            all -> FormLine.Hidden(question.id, question.label)
            else -> null
        }

    private fun asked(question: FormQuestion) =
        AskedQuestion(
            question = question,
            last = last(question),
            files = evidence.filter { it.sha256 in question.files },
            candidates = evidence.filter { it.evidence in question.candidates },
        )

    private fun last(question: FormQuestion): LastVisit? {
        val last = question.last ?: return null
        return LastVisit(last.value, last.display, last.at?.let { date(reader, it) } ?: last.number)
    }

    /** Finding of pages. */
    companion object {
        /** The place of the page that a question stands on, among those that apply; 0 where none has it. */
        fun holder(
            form: FormScreen,
            question: String,
        ): Int =
            form.pages
                .filter { it.relevant }
                .indexOfFirst { page -> page.questions.any { it.isCalled(question) } }
                .coerceAtLeast(0)
    }
}
