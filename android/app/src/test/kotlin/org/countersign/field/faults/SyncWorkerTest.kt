package org.countersign.field.faults

import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.work.ListenableWorker.Result
import androidx.work.testing.TestListenableWorkerBuilder
import androidx.work.workDataOf
import kotlinx.coroutines.runBlocking
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.countersign.field.platform.NetworkKind
import org.countersign.field.platform.SyncWorker
import org.countersign.field.visit.Work
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** What is sent while nobody looks. */
@RunWith(AndroidJUnit4::class)
class SyncWorkerTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }

    @Test
    fun `what was saved is sent, news is told, and without the office it is tried again`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val work = Work(app.core)
        val job = office.job("Pump is loud")
        work.enrol(office)
        app.core.addNote(job, "Bring the long ladder")
        work.photo(job, "found", seed = 5)
        assertEquals(Result.success(), run())
        assertEquals(0uL, app.core.statusScreen().pendingCommands)
        assertEquals(0uL, app.core.statusScreen().unconfirmedMedia)

        val planned = office.job("Valve leaks")
        assertEquals(Result.success(), run())
        assertEquals(listOf("new $planned"), app.phone.notices.told)

        office.stop()
        app.core.addNote(job, "Nobody hears this yet")
        assertEquals(Result.retry(), run())
        assertEquals(1uL, app.core.statusScreen().pendingCommands)
        office.start()
        assertEquals(Result.success(), run())
        assertEquals(0uL, app.core.statusScreen().pendingCommands)
    }

    @Test
    fun `over a network that costs by the byte files wait for a better one`() {
        app.waitUntil("the store opens") { app.application.core != null }
        val work = Work(app.core)
        val job = office.job("Seal is worn")
        work.enrol(office)
        app.phone.network.become(NetworkKind.ROAMING)
        work.photo(job, "found", seed = 6)
        assertEquals(Result.success(), run())
        assertEquals(0uL, app.core.statusScreen().pendingCommands)
        assertEquals(1uL, app.core.statusScreen().unconfirmedMedia)
        app.phone.network.become(NetworkKind.UNMETERED)
        assertEquals(Result.success(), run(files = true))
        assertEquals(0uL, app.core.statusScreen().unconfirmedMedia)
    }

    private fun run(files: Boolean = false): Result =
        runBlocking {
            TestListenableWorkerBuilder<SyncWorker>(app.application)
                .setInputData(workDataOf(SyncWorker.FILES to files))
                .build()
                .doWork()
        }

    companion object {
        private val office by lazy { Office.open() }
    }
}
