package org.countersign.field.screens.customer

import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Language
import org.countersign.core.PagesShown
import org.countersign.core.languageOf
import org.countersign.core.tagOf
import org.countersign.field.screens.pad.Ink

/** What the engineer handed to the customer. It lies in the saved state of the screen, so it outlives the process. */
data class Handed(
    /** Digest of the pages that the engineer saw and signed. */
    val content: String,
    /** Number of the document. */
    val number: String,
    /** The signer's language. */
    val language: Language,
    /** The company. */
    val company: String,
    /** The zone in which times are written. */
    val zone: String,
    /** The engineer's signature. */
    val engineer: Ink,
) {
    constructor(pages: PagesShown, engineer: Ink) :
        this(pages.contentSha256, pages.number, pages.language, pages.company, pages.zone, engineer)

    /** Puts it into the saved state of a screen. */
    fun into(saved: SavedStateHandle) {
        saved[CONTENT] = content
        saved[NUMBER] = number
        saved[LANGUAGE] = tagOf(language)
        saved[COMPANY] = company
        saved[ZONE] = zone
        saved[ENGINEER] = engineer.pack()
    }

    /** Reading. */
    companion object {
        private const val CONTENT = "content"
        private const val NUMBER = "number"
        private const val LANGUAGE = "language"
        private const val COMPANY = "company"
        private const val ZONE = "zone"
        private const val ENGINEER = "engineer"

        /** What was put into the saved state of a screen; `null` where nothing was. */
        fun of(saved: SavedStateHandle): Handed? {
            val content: String = saved[CONTENT] ?: return null
            return Handed(
                content = content,
                number = saved[NUMBER] ?: "",
                language = languageOf(saved[LANGUAGE] ?: ""),
                company = saved[COMPANY] ?: "",
                zone = saved[ZONE] ?: "",
                engineer = Ink.unpack(saved[ENGINEER]),
            )
        }
    }
}
