package org.countersign.field.screens.files

import androidx.compose.runtime.Composable
import org.countersign.core.EvidenceRow
import org.countersign.core.fileSafetyChip
import org.countersign.core.word
import org.countersign.field.app.LocalFrame
import org.countersign.field.app.mark
import org.countersign.field.design.StateMark
import org.countersign.field.design.Tone

/** Whether a file is safe, and what is odd about it. */
@Composable
internal fun fileMarks(row: EvidenceRow): List<StateMark> =
    buildList {
        add(fileSafetyChip(LocalFrame.current.own.language, row.safety).mark())
        row.findings.forEach { add(StateMark(Tone.ATTENTION, "warn", findingWord(it))) }
    }

/** What is odd about a file, in the core's words. */
@Composable
internal fun findingWord(finding: String): String = word(LocalFrame.current.own.language, "laptop-finding", finding)
