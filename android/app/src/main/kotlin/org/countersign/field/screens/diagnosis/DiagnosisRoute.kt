package org.countersign.field.screens.diagnosis

import androidx.annotation.StringRes
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.CodePicker
import org.countersign.core.Countersign
import org.countersign.core.Diagnosis
import org.countersign.core.choices
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.longestOf
import org.countersign.field.app.reader
import org.countersign.field.app.screenModel
import org.countersign.field.design.Choice
import org.countersign.field.design.FieldCard
import org.countersign.field.design.PickField
import org.countersign.field.design.TextInput
import org.countersign.field.screens.LockedNotice
import org.countersign.field.screens.job.JobHead
import org.countersign.field.screens.job.JobPage
import org.countersign.field.screens.job.OfJob
import org.countersign.field.screens.job.OfJobViewModel
import org.countersign.field.screens.job.Verb
import org.countersign.field.screens.job.headOf
import org.countersign.field.screens.job.rememberReturning

/** The diagnosis of a visit. */
@Immutable
data class DiagnosisShown(
    override val head: JobHead,
    /** Symptom, cause and remedy. */
    val pickers: List<Picker>,
    /** What was found, as it is kept. */
    val findings: String,
    /** What the machine can do. */
    val states: List<Choice<String>>,
    /** What it can do, as it is kept. */
    val state: String,
) : OfJob

/** One list of the company to pick from. */
@Immutable
data class Picker(
    /** The list. */
    val list: String,
    /** What is in it; nothing first. */
    val options: List<Choice<String>>,
    /** What is kept; empty for nothing. */
    val chosen: String,
)

/** Symptom, cause and remedy from the company's lists, what was found in words, and what the machine can do now. */
class DiagnosisViewModel(
    core: Core,
    saved: SavedStateHandle,
) : OfJobViewModel<DiagnosisShown>(core, saved) {
    /** Keeps what was changed on the page; [kept] hears when it is done. What nobody touched stays as it is by then. */
    fun keep(
        shown: DiagnosisShown,
        kept: () -> Unit,
    ) = order<Unit>(done = { kept() }) {
        val before = keptOf(shown)
        val changed = { field: String -> typed.touched(field)?.takeIf { it != before[field].orEmpty() } }
        val diagnosis =
            Diagnosis(
                symptom = changed("symptom"),
                cause = changed("cause"),
                remedy = changed("remedy"),
                findings = changed(FINDINGS),
                machineState = changed(STATE),
            )
        diagnose(job, diagnosis)
    }

    override fun unkept(
        shown: DiagnosisShown?,
        fields: Map<String, String>,
    ): Boolean {
        if (shown == null) return super.unkept(shown, fields)
        val kept = keptOf(shown)
        return shown.head.may.diagnose && fields.any { (field, text) -> text != kept[field].orEmpty() }
    }

    private fun keptOf(shown: DiagnosisShown): Map<String, String> =
        shown.pickers.associate { it.list to it.chosen } + mapOf(FINDINGS to shown.findings, STATE to shown.state)

    override fun read(core: Countersign): DiagnosisShown {
        val language = reader(core).language
        val screen = core.jobScreen(job)
        return DiagnosisShown(
            head = headOf(screen),
            pickers = core.codePickers(job).map(::picker),
            findings = screen.facts.findings,
            states = choices("machine").map { Choice(it, word(language, "machine", it)) },
            state = screen.facts.machineState,
        )
    }

    private fun picker(picker: CodePicker) =
        Picker(picker.list, picker.options.map { Choice(it.code, it.name) }, picker.chosen)

    /** Names of the fields. */
    companion object {
        /** What was found. */
        const val FINDINGS = "findings"

        /** What the machine can do. */
        const val STATE = "machine_state"
    }
}

/** The diagnosis. */
@Composable
fun DiagnosisRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> DiagnosisViewModel(desk.core, saved) }
    val keep = stringResource(R.string.verb_keep)
    val returning = rememberReturning(nav)
    JobPage(
        what = stringResource(R.string.job_diagnosis),
        model = model,
        nav = nav,
        verb = { shown ->
            val kept = { returning.backSaying(R.string.job_saved) }
            if (shown.head.may.diagnose) Verb(keep) { model.keep(shown, kept) } else null
        },
    ) { shown ->
        if (!shown.head.may.diagnose) LockedNotice()
        DiagnosisCard(shown, model)
    }
}

@Composable
private fun DiagnosisCard(
    shown: DiagnosisShown,
    model: DiagnosisViewModel,
) = FieldCard {
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val open = shown.head.may.diagnose
    shown.pickers.forEach { picker ->
        PickField(
            label = stringResource(titleOf(picker.list)),
            choices = picker.options,
            chosen = fields[picker.list] ?: picker.chosen,
            onChoose = { model.typed[picker.list] = it },
            modifier = Modifier.testTag("diagnosis-${picker.list}"),
            enabled = open,
        )
    }
    TextInput(
        label = stringResource(R.string.diagnosis_findings),
        value = fields[DiagnosisViewModel.FINDINGS] ?: shown.findings,
        onChange = { model.typed[DiagnosisViewModel.FINDINGS] = it },
        modifier = Modifier.testTag("diagnosis-findings"),
        lines = 4,
        enabled = open,
        longest = longestOf("findings"),
    )
    PickField(
        label = stringResource(R.string.diagnosis_machine),
        choices = shown.states,
        chosen = fields[DiagnosisViewModel.STATE] ?: shown.state,
        onChoose = { model.typed[DiagnosisViewModel.STATE] = it },
        modifier = Modifier.testTag("diagnosis-machine"),
        enabled = open,
    )
}

@StringRes
private fun titleOf(list: String): Int =
    when (list) {
        "symptom" -> R.string.diagnosis_symptom
        "cause" -> R.string.diagnosis_cause
        else -> R.string.diagnosis_remedy
    }
