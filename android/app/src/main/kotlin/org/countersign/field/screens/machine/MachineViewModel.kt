package org.countersign.field.screens.machine

import androidx.annotation.StringRes
import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import org.countersign.core.Countersign
import org.countersign.core.EvidenceRow
import org.countersign.core.HistoryVisit
import org.countersign.core.Language
import org.countersign.core.MachineScreen
import org.countersign.core.Reader
import org.countersign.core.date
import org.countersign.core.day
import org.countersign.core.number
import org.countersign.core.visitStateChip
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.reader
import org.countersign.field.screens.job.DocumentLine
import org.countersign.field.screens.job.Fact
import org.countersign.field.screens.job.documentLine

/** Something known of a machine. */
@Immutable
data class MachineFact(
    /** What it is called. */
    @param:StringRes val name: Int,
    /** How it is. */
    val value: String,
)

/** A part that wears. */
@Immutable
data class WearLine(
    /** Code and name. */
    val name: String,
    /** When it was last used here; empty for never. */
    val used: String,
)

/** A reading of an earlier visit. */
@Immutable
data class PastReading(
    /** When. */
    val day: String,
    /** What the meter showed. */
    val value: String,
    /** Less than before. */
    val backward: Boolean,
)

/** An earlier visit. */
@Immutable
data class PastVisit(
    /** The visit. */
    val visit: String,
    /** Its job. */
    val job: String,
    /** Its day and number. */
    val title: String,
    /** Who led it, and why they left. */
    val second: String,
    /** The fault. */
    val fault: String,
    /** What was found and done. */
    val findings: String,
    /** As found. */
    val found: List<EvidenceRow>,
    /** As left. */
    val left: List<EvidenceRow>,
    /** Neither. */
    val other: List<EvidenceRow>,
    /** Parts that were used: quantity and code. */
    val parts: List<String>,
    /** Answers as they were signed. */
    val answers: List<Fact>,
    /** Readings of the meter. */
    val readings: List<PastReading>,
    /** What was signed. */
    val documents: List<DocumentLine>,
)

/** A machine with its earlier visits. */
@Immutable
data class MachineShown(
    /** Its serial number. */
    val serial: String,
    /** What is known of it. */
    val facts: List<MachineFact>,
    /** Parts that wear. */
    val wear: List<WearLine>,
    /** Whether every earlier visit is on this device. */
    val complete: Boolean,
    /** Earlier visits, the newest first. */
    val visits: List<PastVisit>,
)

/** A machine and what happened to it. */
class MachineViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<MachineShown>(core, saved) {
    private val machine = Route.argument(saved, "machine")

    override fun read(core: Countersign): MachineShown {
        val reader = reader(core)
        val screen = core.machineScreen(machine)
        return MachineShown(
            serial = screen.serial,
            facts = factsOf(reader.language, screen),
            wear =
                screen.wearParts.map { part ->
                    WearLine("${part.code} ${part.name}".trim(), part.lastUsed?.let { date(reader, it) }.orEmpty())
                },
            complete = screen.complete,
            visits = screen.visits.map { pastVisit(reader, it) },
        )
    }
}

private fun factsOf(
    language: Language,
    screen: MachineScreen,
): List<MachineFact> =
    listOf(
        MachineFact(R.string.machine_model, screen.model),
        MachineFact(R.string.machine_serial, screen.serial),
        MachineFact(R.string.machine_customer, screen.customer),
        MachineFact(R.string.machine_site, joined(screen.site, screen.place)),
        MachineFact(R.string.machine_warranty, day(language, screen.warrantyUntil)),
        MachineFact(R.string.machine_contract, screen.contract),
        MachineFact(R.string.machine_installed, day(language, screen.installed)),
        MachineFact(R.string.machine_software, screen.software),
        MachineFact(R.string.machine_meter, meterOf(language, screen)),
        MachineFact(R.string.machine_class, word(language, "class", screen.proposedClass)),
    ).filter { it.value.isNotEmpty() }

private fun meterOf(
    language: Language,
    screen: MachineScreen,
): String = if (screen.meter.isEmpty()) "" else "${number(language, screen.meter)} ${screen.meterUnit}".trim()

private fun joined(vararg parts: String): String = parts.filter { it.isNotEmpty() }.joinToString(" · ")

private fun pastVisit(
    reader: Reader,
    visit: HistoryVisit,
): PastVisit {
    val language = reader.language
    val day = visit.at?.let { date(reader, it) } ?: visitStateChip(language, visit.state).word
    val reason = if (visit.leaveReason.isEmpty()) "" else word(language, "leave", visit.leaveReason)
    return PastVisit(
        visit = visit.visit,
        job = visit.job,
        title = joined(day, visit.number),
        second = joined(visit.lead, reason),
        fault = visit.fault,
        findings = visit.findings,
        found = visit.found,
        left = visit.left,
        other = visit.other,
        parts = visit.parts.map { "${number(language, it.quantity)} × ${it.code}" },
        answers = visit.answers.flatMap { it.answers }.map { Fact(it.question, it.display) },
        readings = visit.readings.map { PastReading(date(reader, it.at), number(language, it.value), it.backward) },
        documents = visit.documents.map { documentLine(language, it) },
    )
}
