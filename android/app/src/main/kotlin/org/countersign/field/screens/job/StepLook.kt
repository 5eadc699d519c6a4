package org.countersign.field.screens.job

import androidx.annotation.StringRes
import org.countersign.core.StepName
import org.countersign.field.R

/** How a step is called and drawn. */
internal class StepLook(
    @param:StringRes val label: Int,
    @param:StringRes val verb: Int,
    val icon: String,
)

/** How this step is called: a session by phone begins and ends, nobody arrives or leaves. */
internal fun lookOf(line: StepLine): StepLook =
    when (line.step) {
        StepName.TRAVEL -> {
            StepLook(R.string.step_travel, R.string.verb_travel, "road")
        }

        StepName.ARRIVE -> {
            if (line.remote) {
                StepLook(R.string.step_begin, R.string.verb_begin, "call")
            } else {
                StepLook(R.string.step_arrive, R.string.verb_arrive, "place")
            }
        }

        StepName.AS_FOUND -> {
            StepLook(R.string.step_as_found, R.string.verb_as_found, "camera")
        }

        StepName.FORM -> {
            StepLook(R.string.step_form, R.string.verb_form, "file")
        }

        StepName.AS_LEFT -> {
            StepLook(R.string.step_as_left, R.string.verb_as_left, "camera")
        }

        StepName.AMEND -> {
            StepLook(R.string.step_amend, R.string.verb_amend, "remark")
        }

        StepName.SIGN -> {
            StepLook(R.string.step_sign, R.string.verb_sign, "sign")
        }

        StepName.SUBMIT -> {
            StepLook(R.string.step_submit, R.string.verb_submit, "inbox")
        }

        StepName.LEAVE -> {
            if (line.remote) {
                StepLook(R.string.step_end, R.string.verb_end, "call")
            } else {
                StepLook(R.string.step_leave, R.string.verb_leave, "road")
            }
        }
    }
