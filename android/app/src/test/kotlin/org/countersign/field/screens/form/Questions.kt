package org.countersign.field.screens.form

import org.countersign.core.FormQuestion
import org.countersign.core.KeptAnswer
import org.countersign.core.LastAnswerShown
import org.countersign.core.OptionShown
import org.countersign.core.ScaleShown

/** A question of a kind, as the core shows it. */
internal fun question(
    kind: String,
    value: String = "",
    last: String = "",
) = FormQuestion(
    id = "/visit/$kind",
    reference = "/visit/$kind",
    label = "Question of the kind $kind",
    hint = if (kind == "decimal") "bar, with the engine warm" else "",
    kind = kind,
    required = kind == "decimal",
    relevant = kind != "time",
    readOnly = false,
    mayAnswer = true,
    hasPlace = true,
    takesFile = kind == "photo" || kind == "signature",
    value = value,
    display = value,
    files = emptyList(),
    candidates = emptyList(),
    provenance = if (value.isEmpty()) null else "measured",
    from = if (value.isEmpty()) "" else "measured",
    problem = if (kind == "decimal") "outside 150-180: say why" else null,
    wrong = kind == "decimal",
    options = offered(kind).map { OptionShown(it, it) },
    longest = 500u,
    multiline = kind == "text",
    appearance = if (kind == "text") "multiline" else "",
    scale = if (kind == "integer") ScaleShown("0", "10", "1", 11u) else null,
    seen = null,
    kept = if (kind == "decimal") listOf(KeptAnswer("148", "Ana")) else emptyList(),
    last = if (last.isEmpty()) null else LastAnswerShown(last, last, "V-26-0100", null),
    stage = "other",
)

private fun offered(kind: String) = if (kind == "acknowledge") listOf("OK") else listOf("pump", "hose", "other")
