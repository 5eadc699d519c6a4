package org.countersign.field.screens.job

import androidx.compose.runtime.Immutable
import org.countersign.core.EvidenceRow
import org.countersign.core.JobScreen
import org.countersign.core.StepName
import org.countersign.core.StepState
import org.countersign.field.design.StateMark

/** What there is of a step already. */
sealed interface StepNote {
    /** Nothing to say. */
    data object None : StepNote

    /** So many photos. */
    data class Photos(
        /** How many. */
        val count: Int,
    ) : StepNote

    /** So many answers. */
    data class Answered(
        /** Answers that are there. */
        val answered: Int,
        /** Answers that can be given now. */
        val total: Int,
    ) : StepNote

    /** A number, of the open amendment. */
    data class Number(
        /** It. */
        val text: String,
    ) : StepNote
}

/** A step of the visit. */
@Immutable
data class StepLine(
    /** Which one. */
    val step: StepName,
    /** Whether it is done, next, or open. */
    val state: StepState,
    /** Nobody arrives or leaves: it is a session by phone or video. */
    val remote: Boolean,
    /** What there is of it. */
    val note: StepNote,
    /** Whether one press does it, without a page of its own. */
    val onePress: Boolean,
    /** Whether it may be pressed. */
    val mayPress: Boolean,
)

/** A visit of the job. */
@Immutable
data class VisitLine(
    /** Where this person works on it; empty for the one that is shown and for others' visits. */
    val opens: String,
    /** Who leads it, with its number. */
    val title: String,
    /** The agreed window, or why they left; empty for neither. */
    val second: String,
    /** Its states. */
    val marks: List<StateMark>,
    /** Whether it is by phone or video. */
    val remote: Boolean,
)

/** A signed document. */
@Immutable
data class DocumentLine(
    /** Digest of what was sealed. */
    val sealed: String,
    /** Kind and number. */
    val title: String,
    /** What the customer said. */
    val outcome: StateMark?,
    /** Whether an amendment changes it. */
    val amended: Boolean,
)

/** Something that was asked of the office. */
@Immutable
data class RequestLine(
    /** Its id. */
    val request: String,
    /** What it is. */
    val title: String,
    /** What became of it. */
    val mark: StateMark,
    /** The window that was asked for; empty for none. */
    val window: String,
    /** Why, in the person's words. */
    val reason: String,
    /** When it was asked. */
    val whenAsked: String,
    /** What the office says; empty before. */
    val answer: String,
)

/** A name and its value. */
@Immutable
data class Fact(
    /** What it is. */
    val name: String,
    /** How it is. */
    val value: String,
)

/** A job with this person's visit. */
@Immutable
data class JobShown(
    override val head: JobHead,
    /** The core's own screen. */
    val screen: JobScreen,
    /** Where it stands. */
    val state: StateMark,
    /** Class, priority, what the machine can do. */
    val marks: List<StateMark>,
    /** The class in words. */
    val className: String,
    /** The agreed window; empty for none. */
    val window: String,
    /** When the device of who held the visit before was last heard of; empty for never. */
    val heardBefore: String,
    /** The steps in their order. */
    val steps: List<StepLine>,
    /** The one next step; `null` where nothing is left to do. */
    val next: StepLine?,
    /** The newest pictures. */
    val shots: List<EvidenceRow>,
    /** Parts that were used: quantity and code. */
    val parts: List<String>,
    /** Times by person and kind. */
    val times: List<Fact>,
    /** Symptom, cause and remedy, as far as they are chosen. */
    val diagnosis: List<Fact>,
    /** Visits of the job. */
    val visits: List<VisitLine>,
    /** What was asked, the newest first. */
    val requests: List<RequestLine>,
    /** Signed documents. */
    val documents: List<DocumentLine>,
) : OfJob {
    /** The stage whose files a step asks for; empty for one without. */
    fun stageOf(step: StepName): String =
        screen.steps
            .find { it.step == step }
            ?.stage
            .orEmpty()
}

/** How many answers a form has, and how many it wants. */
internal data class Answered(
    val answered: Int,
    val total: Int,
)
