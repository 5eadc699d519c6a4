package org.countersign.field.faults

import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.countersign.core.Language
import org.countersign.field.R
import org.countersign.field.app.Opening
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.countersign.field.screens.customer.Handed
import org.countersign.field.screens.customer.InCustomersHands
import org.countersign.field.screens.pad.Ink
import org.countersign.field.visit.Work
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** What comes while a customer holds the device is told once they gave it back, and not before. */
@RunWith(AndroidJUnit4::class)
class InHandsNewsTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }
    private val told get() = app.phone.notices.told.filterNot { it.startsWith("seen") }
    private val open get() = app.application.container.opening.value as Opening.Open

    @Test
    fun `what a sync in the background brought is told by the next one`() {
        val work = enrolled()
        val looking = app.application.container.looking
        looking.handOver()
        val job = office.job("Came in the customer's hands")
        runBlocking { open.news.of { work.sync() } }
        runBlocking { open.news.of { work.sync() } }
        assertEquals(emptyList<String>(), told)
        looking.takeBack()
        runBlocking { open.news.of { work.sync() } }
        assertEquals(listOf("new $job"), told)
    }

    @Test
    fun `nothing is told in a process that began after the customer's was ended`() {
        val work = enrolled()
        val handedOver = app.application.container.handedOver
        val handed = Handed("5f0c", "V-1", Language.ENGLISH, "Meridian", "Europe/Madrid", Ink())
        handedOver.begin(InCustomersHands("V-1", handed))
        val job = office.job("Came while nothing was drawn")
        runBlocking { open.news.of { work.sync() } }
        assertEquals(emptyList<String>(), told)
        handedOver.end()
        runBlocking { open.news.of { work.sync() } }
        assertEquals(listOf("new $job"), told)
    }

    @Test
    fun `what came is told when the device is given back, also where the watch began anew meanwhile`() {
        val work = enrolled()
        app.start()
        app.tap(hasContentDescription(app.word(R.string.settings)))
        app.see("language")
        val looking = app.application.container.looking
        looking.handOver()
        val job = office.job("Came while the screen was locked")
        runBlocking { open.news.of { work.sync() } }
        open.office.hidden()
        open.office.shown()
        app.idle(SOON)
        assertEquals(emptyList<String>(), told)
        looking.takeBack()
        app.waitUntil("it is told") { "new $job" in told }
        app.stop()
    }

    private fun enrolled(): Work {
        app.waitUntil("the store opens") { app.application.core != null }
        return Work(app.core).enrol(office)
    }

    private companion object {
        const val SOON = 500L
        val office by lazy { Office.open() }
    }
}
