package org.countersign.field.visit

import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.R
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** A new phone: from the invitation to the job list. */
@RunWith(AndroidJUnit4::class)
class EnrolTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }

    @Test
    fun `a typed code enrols and the job that the office planned is listed`() {
        val job = office.job("Oil under the machine")
        app.start()
        val invitation = office.invite()
        app.typeInto(R.string.enrol_code, invitation)
        app.next(R.string.enrol_look)
        app.see("enrol-seen")
        app.bring(hasText(print(invitation), substring = true))
        assertFalse("nothing is enrolled before a person compared", app.core.ownScreen().enrolled)
        app.next(R.string.enrol)
        app.seeText(app.word(R.string.enrol_done))
        app.seeText("Oil under the machine").assertIsDisplayed()
        assertEquals(listOf(job), app.core.jobList(every()).rows.map { it.job })
        assertEquals(Office.ENGINEER, app.core.ownScreen().person)
    }

    @Test
    fun `what is no invitation is explained and kept`() {
        app.start()
        app.typeInto(R.string.enrol_code, "not an invitation")
        app.tap("next-step")
        app.see("trouble")
        app.seeText("not an invitation").assertIsDisplayed()
    }

    @Test
    fun `another invitation is looked at anew`() {
        app.start()
        app.typeInto(R.string.enrol_code, office.invite())
        app.next(R.string.enrol_look)
        app.see("enrol-seen")
        app.typeInto(R.string.enrol_code, office.invite())
        app.seeNo(hasTestTag("enrol-seen"))
        app.see(hasTestTag("next-step") and hasText(app.word(R.string.enrol_look)))
    }

    @Test
    fun `an office with another key than the invitation names is not gone on with`() {
        app.start()
        val parts = office.invite().split('|').toMutableList()
        parts[2] = "0".repeat(64)
        app.typeInto(R.string.enrol_code, parts.joinToString("|"))
        app.next(R.string.enrol_look)
        app.see("trouble")
        assertFalse(app.core.ownScreen().enrolled)
    }

    @Test
    fun `a phone that is locked keeps its invitation and enrols once it is unlocked`() {
        app.start()
        app.phone.vault.locked = true
        app.typeInto(R.string.enrol_code, office.invite())
        app.next(R.string.enrol_look)
        app.see("enrol-seen")
        app.next(R.string.enrol)
        app.see("trouble")
        app.phone.vault.locked = false
        app.next(R.string.enrol)
        app.see("jobs")
    }

    /** The print of the key that an invitation names, as the office shows it. */
    private fun print(invitation: String): String =
        invitation
            .split('|')[2]
            .take(DIGITS)
            .chunked(GROUP)
            .joinToString(" ")

    companion object {
        private const val DIGITS = 32
        private const val GROUP = 4
        private val office by lazy { Office.open() }
    }
}
