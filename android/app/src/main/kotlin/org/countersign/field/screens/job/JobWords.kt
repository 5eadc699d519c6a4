package org.countersign.field.screens.job

import org.countersign.core.DocumentRow
import org.countersign.core.JobScreen
import org.countersign.core.Language
import org.countersign.core.Reader
import org.countersign.core.RequestRow
import org.countersign.core.Step
import org.countersign.core.StepName
import org.countersign.core.VisitRow
import org.countersign.core.appointment
import org.countersign.core.classChip
import org.countersign.core.duration
import org.countersign.core.machineStateChip
import org.countersign.core.number
import org.countersign.core.outcomeChip
import org.countersign.core.priorityChip
import org.countersign.core.recorded
import org.countersign.core.requestChip
import org.countersign.core.visitStateChip
import org.countersign.core.voucherStateChip
import org.countersign.core.word
import org.countersign.field.app.mark
import org.countersign.field.design.StateMark
import org.countersign.field.screens.files.filesOf

internal fun stepLine(
    screen: JobScreen,
    step: Step,
    form: Answered?,
): StepLine {
    val note =
        when (step.step) {
            StepName.AS_FOUND, StepName.AS_LEFT -> StepNote.Photos(step.files.toInt())
            StepName.FORM -> form?.let { StepNote.Answered(it.answered, it.total) }
            StepName.AMEND -> screen.draft?.let { StepNote.Number(it) }
            else -> null
        }
    return StepLine(step.step, step.state, step.remote, note ?: StepNote.None, step.onePress, step.mayPress)
}

/** Class, priority and what the machine can do, each only where it says something. */
internal fun marksOf(
    language: Language,
    screen: JobScreen,
): List<StateMark> =
    listOfNotNull(
        classChip(language, screen.facts.`class`).mark(),
        priorityChip(language, screen.facts.priority)?.mark(),
        machineStateChip(language, screen.facts.machineState)?.mark(),
    )

/** The newest pictures of the visit, in the order of capture. */
internal fun shotsOf(screen: JobScreen) = screen.filesOf(screen.newest)

internal fun timesOf(
    language: Language,
    screen: JobScreen,
): List<Fact> =
    screen.times.map { time ->
        val kind = word(language, "time", time.kind)
        Fact(listOf(time.person, kind).filter { it.isNotEmpty() }.joinToString(" · "), duration(language, time.minutes))
    }

internal fun partsOf(
    language: Language,
    screen: JobScreen,
): List<String> = screen.parts.map { "${number(language, it.quantity)} × ${it.code}" }

internal fun visitLine(
    reader: Reader,
    visit: VisitRow,
): VisitLine {
    val language = reader.language
    val states =
        listOfNotNull(
            visitStateChip(language, visit.state).mark(),
            visit.voucher?.let { voucherStateChip(language, it).mark() },
        )
    val window = visit.window?.let { appointment(reader, it) }
    val reason = visit.leaveReason.takeIf { it.isNotEmpty() }?.let { word(language, "leave", it) }
    return VisitLine(
        opens = if (visit.opens) visit.visit else "",
        title = listOf(visit.lead, visit.number).filter { it.isNotEmpty() }.joinToString(" · "),
        second = listOfNotNull(window, reason).joinToString(" · "),
        marks = states.distinct(),
        remote = visit.remote,
    )
}

internal fun documentLine(
    language: Language,
    document: DocumentRow,
) = DocumentLine(
    sealed = document.sealed,
    title = "${word(language, "word", document.kind)} ${document.number}",
    outcome = document.outcome?.let { outcomeChip(language, it).mark() },
    amended = document.amended,
)

/** A request with what became of it. */
internal fun requestLine(
    reader: Reader,
    row: RequestRow,
) = RequestLine(
    request = row.request,
    title = word(reader.language, "wish", row.what),
    mark = requestChip(reader.language, row.what, row.state).mark(),
    window = row.window?.let { appointment(reader, it) }.orEmpty(),
    reason = row.reason,
    whenAsked = recorded(reader, row.time),
    answer = row.answer,
)
