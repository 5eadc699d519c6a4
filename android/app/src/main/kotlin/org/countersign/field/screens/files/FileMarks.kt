package org.countersign.field.screens.files

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.countersign.core.EvidenceRow
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.LocalFrame
import org.countersign.field.design.StateMark
import org.countersign.field.design.Tone

/** Whether a file is safe, and what is odd about it. */
@Composable
internal fun fileMarks(row: EvidenceRow): List<StateMark> =
    buildList {
        if (row.confirmed) {
            add(StateMark(Tone.OK, "check", stringResource(R.string.files_safe)))
        } else {
            add(StateMark(Tone.ATTENTION, "phone", stringResource(R.string.files_only_here)))
        }
        row.findings.forEach { add(StateMark(Tone.ATTENTION, "warn", findingWord(it))) }
    }

/** What is odd about a file, in the core's words. */
@Composable
internal fun findingWord(finding: String): String = word(LocalFrame.current.own.language, "laptop-finding", finding)
