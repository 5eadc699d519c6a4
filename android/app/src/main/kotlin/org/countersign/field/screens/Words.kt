package org.countersign.field.screens

import org.countersign.core.Language
import org.countersign.core.Typing
import org.countersign.core.choices
import org.countersign.core.lacks
import org.countersign.core.word
import org.countersign.field.app.phoneClock
import org.countersign.field.design.Choice

/** What can be chosen of a kind, each word as stored with its name in the reader's language, in the core's order. */
internal fun namedChoices(
    language: Language,
    kind: String,
): List<Choice<String>> = choices(kind).map { Choice(it, word(language, kind, it)) }

/** What the words that a person typed for a command still lack, in the reader's language; empty for nothing. */
internal fun lacking(
    language: Language,
    typing: Typing,
): String = lacks(phoneClock().copy(language = language), typing).orEmpty()
