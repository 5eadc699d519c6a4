package org.countersign.field.screens.jobs

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
class JobsToldTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }

    @Test
    fun `a job that comes while the list is searched is told, for it does not stand there`() {
        app.application.beWatched()
        app.waitUntil("the store opens") { app.application.core != null }
        val work = Work(app.core).enrol(office)
        app.start()
        app.see("jobs")
        val seen = office.job("Seen in the list")
        work.sync()
        app.seeText("Seen in the list")
        app.idle(SOON)
        assertFalse("new $seen" in app.phone.notices.told)

        app.typeInto(R.string.search, "nothing is called this")
        app.seeText(app.word(R.string.jobs_no_hits))
        val told = office.job("Not in the list")
        app.waitUntil("it is told") {
            work.sync()
            "new $told" in app.phone.notices.told
        }
        app.stop()
    }

    private companion object {
        const val SOON = 500L
        val office by lazy { Office.open() }
    }
}
