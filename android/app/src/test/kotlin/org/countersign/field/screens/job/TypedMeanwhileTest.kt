package org.countersign.field.screens.job

import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.TimeTyped
import org.countersign.field.office.Office
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.phone.waitFor
import org.countersign.field.screens.times.TimesViewModel
import org.countersign.field.screens.times.TypedTimes
import org.countersign.field.visit.Work
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith

/** What is typed while the words before are being saved stays in its field; what was saved leaves it. */
@RunWith(AndroidJUnit4::class)
class TypedMeanwhileTest {
    private val application: TestApplication = ApplicationProvider.getApplicationContext()

    @Test
    fun `a letter more of a note stays`() {
        val desk = application.openDesk()
        val model = JobViewModel(desk.core, SavedStateHandle(mapOf("job" to begun())))
        desk.core.beyondScreens { model.state.collect { } }
        model.typed[JobViewModel.NOTE] = "Bring the ladder"
        model.keepNote()
        model.typed[JobViewModel.NOTE] = "Bring the ladders"
        waitFor("it is kept") { model.state.value.said != null }
        assertEquals("Bring the ladders", model.typed[JobViewModel.NOTE])
        model.wasSaid()
        model.keepNote()
        waitFor("it is kept") { model.state.value.said != null }
        assertEquals("", model.typed[JobViewModel.NOTE])
    }

    @Test
    fun `minutes that are typed while a time is recorded stay`() {
        val desk = application.openDesk()
        val model = TimesViewModel(desk.core, SavedStateHandle(mapOf("job" to begun())))
        desk.core.beyondScreens { model.state.collect { } }
        val none = TimeTyped("work", "", "")
        model.times.type(TypedTimes.NEW, none, none.copy(minutes = "35"))
        model.record(none.copy(minutes = "35"))
        model.times.type(TypedTimes.NEW, none, none.copy(minutes = "350"))
        waitFor("it is recorded") { model.state.value.said != null }
        assertEquals("350", minutes(model))
        model.wasSaid()
        model.record(none.copy(minutes = "350"))
        waitFor("it is recorded") { model.state.value.said != null }
        assertEquals("", minutes(model))
    }

    private fun minutes(model: TimesViewModel): String =
        model.times.of(model.typed.fields.value, TypedTimes.NEW, TimeTyped("work", "", "")).minutes

    private fun begun(): String {
        val job = office.job("Pump is loud")
        Work(checkNotNull(application.core)).enrol(office).arrive(job)
        return job
    }

    private companion object {
        val office by lazy { Office.open() }
    }
}
