package org.countersign.field.screens.people

import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.R
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.countersign.field.visit.Work
import org.junit.Assert.assertFalse
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

@RunWith(AndroidJUnit4::class)
class PeopleTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }

    @Test
    fun `only who was changed is said to be changed`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val job = office.job("Two hands are needed")
        Work(app.core).enrol(office)
        app.start("countersign://job/$job")
        app.tap("job-people")
        app.next(R.string.verb_keep)
        app.see("job")
        app.idle()
        assertFalse(app.sees(changed()))
        app.tap("job-people")
        app.tapAt("helper", 0)
        app.next(R.string.verb_keep)
        app.see("job")
        app.see(changed())
    }

    private fun changed() = hasText(app.word(R.string.people_changed))

    private companion object {
        val office by lazy { Office.open() }
    }
}
