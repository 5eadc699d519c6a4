package org.countersign.field.visit

import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.R
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.junit.Assert.assertEquals
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
        app.typeInto(R.string.enrol_code, office.invite())
        app.tap("next-step")
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

    companion object {
        private val office by lazy { Office.open() }
    }
}
