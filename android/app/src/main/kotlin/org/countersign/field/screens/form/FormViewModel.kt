package org.countersign.field.screens.form

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import org.countersign.core.AnswerGiven
import org.countersign.core.Countersign
import org.countersign.core.FormQuestion
import org.countersign.core.Topic
import org.countersign.core.Why
import org.countersign.field.R
import org.countersign.field.app.Answer
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.Said
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.Telling
import org.countersign.field.app.reader
import org.countersign.field.screens.capture.Captured
import java.io.File

/** The form of a visit, page by page. */
class FormViewModel(
    core: Core,
    saved: SavedStateHandle,
    captures: File,
    telling: Telling,
) : ScreenViewModel<FormShown>(core, saved) {
    /** The job. */
    val job: String = Route.argument(saved, "job")

    /** The answers that are given here. */
    val answers = AnswerDesk(core, saved, telling) { readAgain() }

    private val reasons = MutableStateFlow<Why?>(null)
    private val unsaved = MutableStateFlow("")

    /** The question whose answer is not saved while somebody leaves; empty for none. */
    val leaving: StateFlow<String> = unsaved.asStateFlow()

    /** Why a question is asked or hidden, while somebody wants to know. */
    val why: StateFlow<Why?> = reasons.asStateFlow()

    /** The question that is to be brought into view; empty for none. */
    val target: StateFlow<String> = saved.getStateFlow(TARGET, Route.argument(saved, "question"))

    /** What is drawn and not kept yet. */
    val drawn = DrawnInk(saved)

    /** Files that answer questions. */
    internal val files = FormFiles(core, job, Captured(captures), drawn, telling) { readAgain() }

    /** Whether leaving would lose an answer, this [file], or something that is drawn. */
    fun isUnkept(file: UnsavedFile?): Boolean = !answers.isSaved || file != null || drawn.unkept() != null

    override fun concerns(topics: Set<Topic>): Boolean = topics.any { it is Topic.Jobs || it is Topic.Job }

    override fun read(core: Countersign): FormShown {
        val savedSoFar = answers.savedSoFar
        val screen = core.jobScreen(job)
        val form = core.formScreen(job) ?: return FormShown(screen.may.answer, reader(core), savedSoFar)
        val here = saved.get<Int>(PAGE) ?: FormPages.holder(form, target.value)
        val pages = FormPages(form, screen.evidence, screen.may.answer, reader(core), saved[ALL] ?: false)
        return pages.at(here).copy(savedSoFar = savedSoFar)
    }

    /** Opens a page; what was typed on this one is saved first. */
    fun open(page: Int) =
        afterSaving {
            saved[PAGE] = page
            saved[ALL] = false
            readAgain()
        }

    /** Opens the page of a question and brings it into view. */
    fun goTo(question: String) =
        afterSaving {
            saved[TARGET] = question
            saved.remove<Int>(PAGE)
            readAgain()
        }

    /** The question is in view. */
    fun arrived(page: Int) {
        saved[PAGE] = page
        saved[TARGET] = ""
    }

    /** Shows the questions that do not apply now. */
    fun showHidden() {
        saved[ALL] = true
        readAgain()
    }

    /** Goes on once everything is saved; what cannot be saved is brought into view instead of being left behind. */
    fun afterSaving(then: () -> Unit) {
        viewModelScope.launch {
            val left = answers.everything()
            if (left == null) {
                then()
            } else if (!givenUp(left)) {
                bring(left)
            } else {
                afterSaving(then)
            }
        }
    }

    /**
     * Leaves the form. An answer that cannot be saved, or a signature that nobody kept, is brought into view, and
     * whoever leaves is asked first.
     */
    fun leave(then: () -> Unit) {
        viewModelScope.launch {
            val left = answers.everything() ?: files.settled() ?: drawn.unkept()
            if (left == null) {
                then()
            } else if (!givenUp(left)) {
                bring(left)
                unsaved.value = left
            } else {
                leave(then)
            }
        }
    }

    /** Stays with the answer that is not saved. */
    fun stay() {
        unsaved.value = ""
    }

    /** Leaves without the answer that is not saved; the next one is asked about in its turn. */
    fun leaveWithout(then: () -> Unit) {
        letGo(unsaved.value)
        unsaved.value = ""
        leave(then)
    }

    private fun letGo(question: String) {
        answers.giveUp(question)
        files.giveUp(question)
        drawn.clear(question)
    }

    /** Brings a question into view, on whatever page it stands. */
    private fun bring(question: String) {
        saved[TARGET] = question
        saved.remove<Int>(PAGE)
        readAgain()
    }

    /**
     * An answer that was not saved holds nobody up once nobody asks for it: its item was removed, or another answer
     * hid its question. There is no field any more in which it could be put right; that it is gone is said.
     */
    private suspend fun givenUp(question: String): Boolean {
        val asked = core.read { asks(job, question) }
        if (asked !is Answer.Done || asked.value) return false
        letGo(question)
        say(Said(R.string.form_given_up))
        return true
    }

    /** Adds an item. */
    fun addItem(repeat: String) =
        afterSaving {
            order<String>(Said(R.string.form_item_added)) { addItem(job, repeat) }
        }

    /** Takes an item out. */
    fun removeItem(item: String) =
        afterSaving {
            order<Unit>(Said(R.string.form_item_removed), { takenOut(item) }) { removeItem(job, item) }
        }

    private fun takenOut(item: String) {
        answers.takenOut(item)
        drawn.takenOut(item)
    }

    /** Asks why. */
    fun askWhy(question: String) {
        viewModelScope.launch {
            val answer = core.read { why(job, question) }
            if (answer is Answer.Done) reasons.value = answer.value
        }
    }

    /** Nobody wants to know any more. */
    fun closeWhy() {
        reasons.value = null
    }

    /** Answers a question with a file that the visit has already. */
    fun answerWith(
        question: String,
        evidence: String,
    ) = order<AnswerGiven> { answerWithFile(job, question, evidence) }

    /** Keeps a file that was picked as the answer to a question; [copied] brings it here. */
    fun keepPicked(
        question: FormQuestion,
        copied: suspend () -> File?,
    ) = files.keepPicked(question, copied)

    /** Keeps the signature that is drawn for a question; the pad is emptied once it is safe. */
    fun keepInk(question: String) = files.keepInk(question)

    /** Remembers which question a code is being read for. */
    fun scanFor(question: String) {
        saved[SCANNING] = question
    }

    /** A code was read for the question that asked for one. */
    fun scanned(text: String) {
        val question = saved.remove<String>(SCANNING) ?: return
        answers.give(question, text, AnswerDesk.SCANNED)
    }

    override fun onCleared() {
        answers.close()
        files.close()
    }

    private companion object {
        const val PAGE = "page"
        const val TARGET = "target"
        const val ALL = "all"
        const val SCANNING = "scanning"
    }
}
