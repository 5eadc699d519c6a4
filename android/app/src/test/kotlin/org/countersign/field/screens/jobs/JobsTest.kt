package org.countersign.field.screens.jobs

import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.JobChoice
import org.countersign.field.office.Office
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.phone.waitFor
import org.countersign.field.visit.Work
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

@RunWith(AndroidJUnit4::class)
class JobsTest {
    private val application: TestApplication = ApplicationProvider.getApplicationContext()
    private val desk by lazy { application.openDesk() }
    private val model by lazy { JobsViewModel(desk.core, SavedStateHandle()) }
    private val shown get() = model.state.value.shown

    @Test
    fun `a job that came waits, one that was made here does not`() {
        val work = looking()
        val mine = checkNotNull(application.core).newJob("H7-3391", "Made on site").job
        waitFor("the own one stands there") { shown?.cards.orEmpty().any { it.job == mine } }
        assertEquals(0, shown?.came)
        val came = office.job("It came meanwhile")
        work.sync()
        waitFor("it waits") { shown?.came == 1 }
        assertFalse(shown?.cards.orEmpty().any { it.job == came })
        model.showWhatCame()
        waitFor("it stands there") { shown?.cards.orEmpty().any { it.job == came } }
        assertEquals(0, shown?.came)
    }

    @Test
    fun `a list that leaves jobs out is not one in which every job is seen`() {
        looking()
        assertTrue(shown?.isWhole == true)
        model.search("pump")
        waitFor("it is searched") { shown?.isWhole == false }
        model.search("")
        waitFor("it is whole again") { shown?.isWhole == true }
        model.choose(JobChoice.MINE)
        waitFor("others are left out") { shown?.isWhole == false }
    }

    /** Enrols, with a job in the list, and looks at the list. */
    private fun looking(): Work {
        desk
        val work = Work(checkNotNull(application.core)).enrol(office)
        office.job("Pump is loud")
        work.sync()
        desk.core.beyondScreens { model.state.collect { } }
        waitFor("the list is there") { shown?.cards.orEmpty().isNotEmpty() }
        return work
    }

    private companion object {
        val office by lazy { Office.open() }
    }
}
