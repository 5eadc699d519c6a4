package org.countersign.field.screens.classes

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import org.countersign.core.ClassMeaning
import org.countersign.core.Countersign
import org.countersign.core.Typing
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.isWhole
import org.countersign.field.app.longestOf
import org.countersign.field.app.reader
import org.countersign.field.app.screenModel
import org.countersign.field.design.Choice
import org.countersign.field.design.ChoiceField
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.TextInput
import org.countersign.field.screens.LockedNotice
import org.countersign.field.screens.job.JobHead
import org.countersign.field.screens.job.JobPage
import org.countersign.field.screens.job.OfJob
import org.countersign.field.screens.job.OfJobViewModel
import org.countersign.field.screens.job.Verb
import org.countersign.field.screens.job.headOf
import org.countersign.field.screens.job.rememberReturning

/** How a visit is paid. */
@Immutable
data class ClassShown(
    override val head: JobHead,
    /** The class as it is. */
    val chosen: String,
    /** Why it is that one; empty where it is the proposed one. */
    val reason: String,
    /** The class that warranty and contract propose. */
    val proposed: String?,
    /** Every class with what it means. */
    val choices: List<ClassLine>,
) : OfJob

/** One class. */
@Immutable
data class ClassLine(
    /** Its name. */
    val name: String,
    /** What it means. */
    val meaning: ClassMeaning,
)

/** Another class of the voucher: what each class means stands beside it before anybody chooses. */
class ClassViewModel(
    core: Core,
    saved: SavedStateHandle,
) : OfJobViewModel<ClassShown>(core, saved) {
    /** Sets it; [done] hears when it is set. */
    fun set(
        shown: ClassShown,
        done: () -> Unit,
    ) = order<Unit>(done = { done() }) {
        setClass(job, typed.touched(CLASS) ?: shown.chosen, typed[REASON])
    }

    override fun unkept(
        shown: ClassShown?,
        fields: Map<String, String>,
    ): Boolean {
        if (shown == null) return super.unkept(shown, fields)
        val another = (fields[CLASS] ?: shown.chosen) != shown.chosen
        return shown.head.may.setClass && (another || fields[REASON].orEmpty().isNotBlank())
    }

    override fun read(core: Countersign): ClassShown {
        val language = reader(core).language
        val screen = core.classScreen(job)
        return ClassShown(
            head = headOf(core.jobScreen(job)),
            chosen = screen.`class`,
            reason = screen.reason,
            proposed = screen.proposed,
            choices = screen.choices.map { ClassLine(word(language, "class", it.`class`), it) },
        )
    }

    /** Names of the fields. */
    companion object {
        /** The class. */
        const val CLASS = "class"

        /** Why. */
        const val REASON = "reason"
    }
}

/** The class. */
@Composable
fun ClassRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> ClassViewModel(desk.core, saved) }
    val fields by model.typed.fields.collectAsStateWithLifecycle()
    val reason = fields[ClassViewModel.REASON].orEmpty()
    val word = stringResource(R.string.verb_class)
    val returning = rememberReturning(nav)
    JobPage(
        what = stringResource(R.string.class_title),
        model = model,
        nav = nav,
        verb = { shown ->
            val done = { returning.backSaying(R.string.class_set) }
            val whole = isWhole(Typing.Class(reason))
            if (shown.head.may.setClass) Verb(word, enabled = whole) { model.set(shown, done) } else null
        },
    ) { shown ->
        WhyNow(shown)
        if (!shown.head.may.setClass) LockedNotice()
        FieldCard {
            ChoiceField(
                label = stringResource(R.string.class_which),
                choices =
                    shown.choices.map {
                        Choice(
                            it.meaning.`class`,
                            it.name,
                            explained(it.meaning, shown.proposed),
                        )
                    },
                chosen = fields[ClassViewModel.CLASS] ?: shown.chosen,
                onChoose = { model.typed[ClassViewModel.CLASS] = it },
                modifier = Modifier.testTag("class-choice"),
                enabled = shown.head.may.setClass,
            )
            if (shown.head.may.setClass) {
                TextInput(
                    label = stringResource(R.string.class_reason),
                    value = reason,
                    onChange = { model.typed[ClassViewModel.REASON] = it },
                    modifier = Modifier.testTag("class-reason"),
                    hint = stringResource(R.string.class_reason_hint),
                    lines = 2,
                    longest = longestOf("reason"),
                )
            }
        }
    }
}

@Composable
private fun ColumnScope.WhyNow(shown: ClassShown) {
    if (shown.reason.isEmpty()) return
    MutedText(stringResource(R.string.class_why_now))
    Text(shown.reason, color = FieldColours.current.ink)
}

/** What a class means, sentence by sentence. */
@Composable
private fun explained(
    meaning: ClassMeaning,
    proposed: String?,
): String =
    listOfNotNull(
        if (meaning.`class` == proposed) stringResource(R.string.class_proposed) else null,
    ).plus(meaning.sentences).joinToString("\n")
