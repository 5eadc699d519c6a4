package org.countersign.field.app

import androidx.compose.runtime.Immutable
import org.countersign.core.Again
import org.countersign.core.AppException
import org.countersign.core.Language
import org.countersign.core.text
import org.countersign.field.design.TroubleWords

/** What a person can do about a trouble: which button stands below it. */
enum class WayOut {
    /** Correct what was typed. */
    CORRECT,

    /** Go back to the list. */
    BACK,

    /** Show the pages again. */
    SHOW_AGAIN,

    /** Enrol the device. */
    ENROL,

    /** Sync with the office. */
    SYNC,

    /** Free space. */
    FREE_SPACE,

    /** Update the app. */
    UPDATE,

    /** Try again. */
    TRY_AGAIN,

    /** Nothing but to ask the office. */
    ASK,
}

/** Why something did not happen, already in the person's words. */
@Immutable
data class Trouble(
    /** The sentences. */
    val words: TroubleWords,
    /** What can be done. */
    val wayOut: WayOut,
    /** Whether the same may be tried again. */
    val again: Again = Again.NEVER,
    /** Whether what is shown must not be looked at any longer. */
    val hides: Boolean = false,
    /** Questions that are missing, in words. */
    val missing: List<String> = emptyList(),
)

/** What a command or a reading of the core came to. */
sealed interface Answer<out T> {
    /** It is done. */
    data class Done<T>(
        /** What it gave. */
        val value: T,
    ) : Answer<T>

    /** It did not happen; nothing of it was saved. */
    data class Failed(
        /** Why. */
        val trouble: Trouble,
    ) : Answer<Nothing>
}

/**
 * The error of the core as a trouble; the words are the core's, and so is whether the same may be tried again. A table:
 * one line an error.
 */
@Suppress("CyclomaticComplexMethod")
internal fun troubleOf(error: AppException): Trouble =
    when (error) {
        is AppException.Refused -> triedAgain(error.trouble, WayOut.CORRECT)
        is AppException.Input -> trouble(error.trouble, WayOut.CORRECT)
        is AppException.NotFound -> trouble(error.trouble, WayOut.BACK)
        is AppException.ShownChanged -> trouble(error.trouble, WayOut.SHOW_AGAIN)
        is AppException.Incomplete -> trouble(error.trouble, WayOut.CORRECT).copy(missing = error.missing)
        is AppException.Enrol -> trouble(error.trouble, WayOut.ENROL)
        is AppException.Locked -> trouble(error.trouble, WayOut.SYNC)
        is AppException.Space -> trouble(error.trouble, WayOut.FREE_SPACE)
        is AppException.Update -> trouble(error.trouble, WayOut.UPDATE)
        is AppException.Environment -> triedAgain(error.trouble, WayOut.ASK)
        is AppException.NotReached -> triedAgain(error.trouble, WayOut.ASK)
        is AppException.Invitation -> trouble(error.trouble, WayOut.CORRECT)
        is AppException.Untrusted -> trouble(error.trouble, WayOut.ASK)
        is AppException.Report -> triedAgain(error.trouble, WayOut.ASK)
    }

/** What nobody foresaw, in the core's words for it; what it was is for a supporter. */
internal fun troubleToReport(
    language: Language,
    error: Exception,
): Trouble {
    val word = { part: String -> text(language, "trouble-report-$part", emptyMap()) }
    val words = TroubleWords(word("what"), word("safe"), word("todo"), error.toString())
    return Trouble(words, WayOut.TRY_AGAIN, Again.AFTERWARDS)
}

/** A trouble from which trying again leads out, where the core says that it may; else [never] does. */
private fun triedAgain(
    words: org.countersign.core.Trouble,
    never: WayOut,
) = trouble(
    words,
    when (words.again) {
        Again.BY_ITSELF, Again.AFTERWARDS -> WayOut.TRY_AGAIN
        Again.AFTER_LOOKING -> WayOut.SHOW_AGAIN
        Again.NEVER -> never
    },
)

private fun trouble(
    words: org.countersign.core.Trouble,
    wayOut: WayOut,
) = Trouble(TroubleWords(words.what, words.safe, words.todo, words.details), wayOut, words.again, words.hides)
