package org.countersign.field.screens.form

import androidx.compose.runtime.Immutable
import org.countersign.core.EvidenceRow
import org.countersign.core.FormQuestion
import org.countersign.core.OrphanShown
import org.countersign.core.Reader

/** A question with what stands around it on a page. */
@Immutable
data class AskedQuestion(
    /** The question as the core shows it. */
    val question: FormQuestion,
    /** The last visit's answer and when that was; `null` where there is none to take over. */
    val last: LastVisit?,
    /** Files that answer it. */
    val files: List<EvidenceRow>,
    /** Files that may answer it. */
    val candidates: List<EvidenceRow>,
)

/** What was answered on the last visit. */
@Immutable
data class LastVisit(
    /** The value as the form stores it. */
    val value: String,
    /** The answer as a person reads it. */
    val answer: String,
    /** When it was given, in words. */
    val whenGiven: String,
)

/** What stands on a page. */
sealed interface FormLine {
    /** Name of it among the lines of its page. */
    val key: String

    /** A heading. */
    data class Group(
        override val key: String,
        /** Its title. */
        val title: String,
        /** How deep it lies. */
        val depth: Int,
    ) : FormLine

    /** Something that can be there several times. */
    data class Repeat(
        override val key: String,
        /** What adds an item. */
        val id: String,
        /** Its title. */
        val title: String,
        /** How many there are. */
        val count: Int,
        /** Whether a person may add one. */
        val canAdd: Boolean,
        /** How deep it lies. */
        val depth: Int,
    ) : FormLine

    /** One of several. */
    data class Item(
        override val key: String,
        /** What removes it. */
        val id: String,
        /** Its title. */
        val title: String,
        /** 1 for the first. */
        val ordinal: Int,
        /** Whether a person may remove it. */
        val canRemove: Boolean,
        /** How deep it lies. */
        val depth: Int,
    ) : FormLine

    /** A question. */
    data class Asks(
        /** It. */
        val asked: AskedQuestion,
    ) : FormLine {
        override val key: String get() = asked.question.id

        /** Whether this is what the question is called, by its id or by its place as a review names it. */
        fun isCalled(name: String): Boolean = asked.question.isCalled(name)
    }

    /** A question that does not apply now. */
    data class Hidden(
        override val key: String,
        /** The question. */
        val label: String,
    ) : FormLine
}

/** An entry of the list of pages. */
@Immutable
data class PageEntry(
    /** Its title; empty for a page without one. */
    val title: String,
    /** Answered. */
    val answered: Int,
    /** To be answered. */
    val total: Int,
    /** Nothing on it is missing or wrong. */
    val complete: Boolean,
)

/** A question without its answer, and the page that it stands on. */
@Immutable
data class MissingAnswer(
    /** The question. */
    val id: String,
    /** Its words. */
    val label: String,
)

/** The page that is looked at. */
@Immutable
data class PageShown(
    /** Its title. */
    val title: String,
    /** What stands on it. */
    val lines: List<FormLine>,
    /** Questions that do not apply now and are not shown. */
    val hidden: Int,
)

/** The form of a visit. */
@Immutable
data class FormShown(
    /** Its title. */
    val title: String,
    /** Answered. */
    val answered: Int,
    /** To be answered. */
    val total: Int,
    /** What is missing. */
    val missing: List<MissingAnswer>,
    /** The pages that apply. */
    val pages: List<PageEntry>,
    /** Which of them is shown. */
    val here: Int,
    /** The page; `null` where the form is not on this device. */
    val page: PageShown?,
    /** Answers of an earlier form. */
    val orphans: List<OrphanShown>,
    /** Whether it may be answered now. */
    val mayAnswer: Boolean,
    /** Who answers. */
    val reader: Reader,
    /** How many answers of this screen were saved before it was read: it has those. */
    val savedSoFar: Int = 0,
) {
    /** No form is on this device. */
    constructor(mayAnswer: Boolean, reader: Reader, savedSoFar: Int) :
        this("", 0, 0, emptyList(), emptyList(), 0, null, emptyList(), mayAnswer, reader, savedSoFar)
}

/** Whether this is what the question is called, by its id or by its place as a review names it. */
internal fun FormQuestion.isCalled(name: String): Boolean = id == name || reference == name
