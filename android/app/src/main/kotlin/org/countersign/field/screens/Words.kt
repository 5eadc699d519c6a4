package org.countersign.field.screens

import org.countersign.core.Language
import org.countersign.core.TextValue
import org.countersign.core.choices
import org.countersign.core.text
import org.countersign.core.word
import org.countersign.field.design.Choice

/** What can be chosen of a kind, each word as stored with its name in the reader's language, in the core's order. */
internal fun namedChoices(
    language: Language,
    kind: String,
): List<Choice<String>> = choices(kind).map { Choice(it, word(language, kind, it)) }

/** What the core says about a sum that is none. */
internal fun noNumber(
    language: Language,
    typed: String,
): String =
    text(
        language,
        "refusal-wrong_answer",
        mapOf("value" to TextValue.Word(typed), "expected" to TextValue.Word("decimal")),
    )
