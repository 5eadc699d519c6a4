package org.countersign.field.looks

import androidx.navigation.NavHostController
import org.countersign.core.Language
import org.countersign.core.Point
import org.countersign.field.app.Route
import org.countersign.field.app.Screen
import org.countersign.field.app.open
import org.countersign.field.office.Console
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.countersign.field.screens.customer.Handed
import org.countersign.field.screens.pad.Ink
import org.countersign.field.visit.PRESSURE
import org.countersign.field.visit.Work

/** One picture of a screen. */
class Picture(
    /** Its name. */
    val name: String,
    /** Which screen it shows. */
    val screen: Screen,
    /** Goes there. */
    val go: (NavHostController) -> Unit,
)

/** A phone in the middle of its week, and every screen of it. */
class Gallery(
    private val app: App,
    office: Office,
) {
    private val work = Work(app.core)
    private val planned: String = office.job("Pump is loud and vibrates", window = "2031-03-04T08:00/2031-03-04T10:00")
    private val begun: String = office.job("Oil under the machine since Monday", serial = "H7-3407")
    private val returned: String = office.job("Press loses pressure when it is warm", serial = "M5-0218")
    private val evidence: String
    private val sealed: String

    init {
        work.enrol(office)
        work.complete(begun)
        evidence = app.core.jobScreen(begun).evidence.first().evidence
        work.complete(returned)
        sealed = work.sign(returned).sealed
        work.handIn(returned)
        val console: Console = office.console()
        console.returnWith(returned, PRESSURE, "148 bar is low: was the oil warm?")
        work.sync()
        work.tidy()
    }

    /** Every screen of the app at least once. */
    val pictures: List<Picture> =
        listOf(
            to("enrol", Route.Enrol("countersign:1:https://hub.example|…")),
            to("jobs", Route.Jobs),
            to("new-job", Route.NewJob()),
            to("attention", Route.Attention),
            to("status", Route.Status),
            to("settings", Route.Settings),
            to("job-planned", Route.Job(planned)),
            to("job-returned", Route.Job(returned)),
            to("job-begun", Route.Job(begun)),
            to("departure", Route.Departure(planned)),
            to("machine", Route.Machine(returned)),
            to("nameplate", Route.Nameplate("0".repeat(64))),
            to("times", Route.Times(begun)),
            to("diagnosis", Route.Diagnosis(begun)),
            to("people", Route.People(planned)),
            to("class", Route.Class(begun)),
            to("plan", Route.Plan(planned)),
            to("ask", Route.Ask(planned)),
            to("leave", Route.Leave(begun)),
            to("form", Route.Form(begun)),
            to("form-at-question", Route.Form(begun, PRESSURE)),
            to("files", Route.Files(begun, "found")),
            to("file", Route.File(begun, evidence)),
            to("annotate", Route.Annotate(begun, evidence)),
            to("capture", Route.Capture(begun, "left")),
            to("scan", Route.Scan("part")),
            to("parts", Route.Parts(begun)),
            to("costs", Route.Costs(begun)),
            to("cash", Route.Cash(begun)),
            to("sign", Route.Sign(begun)),
            Picture("customer", Screen.CUSTOMER, ::handOver),
            to("document", Route.Document(returned, sealed)),
            to("amend", Route.Amend(returned)),
        )

    /** Screens that no picture shows. */
    fun forgotten(): List<Screen> = Screen.entries - pictures.map { it.screen }.toSet()

    private fun to(
        name: String,
        route: Route,
    ) = Picture(name, route.screen) { it.open(route) }

    private fun handOver(nav: NavHostController) {
        val stroke =
            List(40) { Point(x = 200 + it * 60, y = 600 + it % 5 * 40, t = (it * 12).toUInt(), pressure = 150u) }
        val pages = app.core.preview(begun)
        nav.open(Route.Customer(begun))
        val entry = checkNotNull(nav.currentBackStackEntry)
        Handed(pages, Ink(listOf(stroke))).copy(language = app.core.language()).into(entry.savedStateHandle)
    }

    /** The languages that are looked at. */
    companion object {
        /** All. */
        val languages: List<Language> = Language.entries
    }
}
