package org.countersign.field.visit

import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import org.countersign.core.Language
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.phone.App
import org.junit.Assert.assertTrue

/** Signs off as people do: by strokes and taps, the phone handed over and held to be given back. */
internal class SignOffByTaps(
    private val app: App,
) {
    /** The engineer checks the pages, signs, and hands the phone over. */
    fun handOver() {
        app.see("sign")
        assertTrue("no tap through another window", app.activity.window.decorView.filterTouchesWhenObscured)
        app.draw("pad")
        app.tap("next-step")
        app.see("customer-pages")
        assertTrue("nor of the customer's", app.activity.window.decorView.filterTouchesWhenObscured)
    }

    /** The customer says what they think. */
    fun say(
        outcome: String,
        remarks: String,
        name: String,
        language: Language = Language.ENGLISH,
    ) {
        app.tap("next-step")
        val field = hasTestTag("customer-outcome")
        app.bring(field)
        app.tap(hasText(word(language, "outcome", outcome)) and hasClickAction() and hasAnyAncestor(field))
        if (remarks.isNotEmpty()) app.type("customer-remarks", remarks)
        app.type("customer-name", name)
        app.tap("next-step")
    }

    /** The customer signs on the whole screen. */
    fun sign() {
        app.tap("customer-draw")
        app.draw("pad")
        app.tapWord(R.string.pad_keep)
        app.see("customer-draw")
        app.tap("next-step")
        app.see("customer-done")
    }

    /** The engineer takes the phone back. */
    fun takeBack() {
        app.hold("customer-give-back", HOLD)
        app.see("job")
    }

    private companion object {
        const val HOLD = 2_500L
    }
}
