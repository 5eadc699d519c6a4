package org.countersign.field.app

import android.net.Uri
import androidx.lifecycle.SavedStateHandle
import androidx.navigation.NavHostController

/** One screen with what it is about. Its address is a path; each argument is one segment of it. */
sealed class Route(
    /** Name of the screen. */
    val screen: Screen,
    private vararg val arguments: String,
) {
    /** The address, for navigation. */
    val address: String
        get() = (listOf(screen.path) + arguments.map { Uri.encode(it.ifEmpty { NOTHING }) }).joinToString("/")

    /** Enrolling; with the text of an invitation that is known already. */
    class Enrol(
        code: String = "",
    ) : Route(Screen.ENROL, code)

    /** The job list. */
    data object Jobs : Route(Screen.JOBS)

    /** A job that is made on site. */
    class NewJob(
        serial: String = "",
    ) : Route(Screen.NEW_JOB, serial)

    /** What needs a person. */
    data object Attention : Route(Screen.ATTENTION)

    /** What is safe and what is only here. */
    data object Status : Route(Screen.STATUS)

    /** Settings. */
    data object Settings : Route(Screen.SETTINGS)

    /** One job, by its id or number. */
    class Job(
        job: String,
    ) : Route(Screen.JOB, job)

    /** Whether everything for a job is on this device. */
    class Departure(
        job: String,
    ) : Route(Screen.DEPARTURE, job)

    /** A machine, by its id or serial number. */
    class Machine(
        machine: String,
    ) : Route(Screen.MACHINE, machine)

    /** A job from the nameplate that was photographed. */
    class Nameplate(
        photo: String,
    ) : Route(Screen.NAMEPLATE, photo)

    /** Times and meter of a visit. */
    class Times(
        job: String,
    ) : Route(Screen.TIMES, job)

    /** The diagnosis of a visit. */
    class Diagnosis(
        job: String,
    ) : Route(Screen.DIAGNOSIS, job)

    /** Who goes along. */
    class People(
        job: String,
    ) : Route(Screen.PEOPLE, job)

    /** How the visit is paid. */
    class Class(
        job: String,
    ) : Route(Screen.CLASS, job)

    /** A further visit. */
    class Plan(
        job: String,
    ) : Route(Screen.PLAN, job)

    /** What the office is asked. */
    class Ask(
        job: String,
    ) : Route(Screen.ASK, job)

    /** Leaving. */
    class Leave(
        job: String,
    ) : Route(Screen.LEAVE, job)

    /** The form of a visit, at a question. */
    class Form(
        job: String,
        question: String = "",
    ) : Route(Screen.FORM, job, question)

    /** Photos and files of a visit, those of a stage first. */
    class Files(
        job: String,
        stage: String,
    ) : Route(Screen.FILES, job, stage)

    /** Parts of a visit. */
    class Parts(
        job: String,
    ) : Route(Screen.PARTS, job)

    /** What a visit costs. */
    class Costs(
        job: String,
    ) : Route(Screen.COSTS, job)

    /** Checking the pages and signing, of a job or a visit. */
    class Sign(
        job: String,
    ) : Route(Screen.SIGN, job)

    /** A signed document. */
    class Document(
        job: String,
        sealed: String,
    ) : Route(Screen.DOCUMENT, job, sealed)

    /** Amending what was signed. */
    class Amend(
        job: String,
    ) : Route(Screen.AMEND, job)

    /** Reading a code; the words of purposes are those of ScanPurpose. */
    class Scan(
        purpose: String,
    ) : Route(Screen.SCAN, purpose)

    /** One file. */
    class File(
        job: String,
        evidence: String,
    ) : Route(Screen.FILE, job, evidence)

    /** Drawing over a photo. */
    class Annotate(
        job: String,
        evidence: String,
    ) : Route(Screen.ANNOTATE, job, evidence)

    /** Taking photos of a stage, for a question where it is not empty. */
    class Capture(
        job: String,
        stage: String,
        question: String = "",
    ) : Route(Screen.CAPTURE, job, stage, question)

    /** Cash of a visit. */
    class Cash(
        job: String,
    ) : Route(Screen.CASH, job)

    /** The device in the customer's hands; what they hold is handed over with it. */
    class Customer(
        job: String,
    ) : Route(Screen.CUSTOMER, job)

    /** Reading of arguments. */
    companion object {
        /** An empty argument; a path has no empty segments. */
        internal const val NOTHING = "-"

        /** The argument of this name that a screen was opened with; empty for none. */
        fun argument(
            saved: SavedStateHandle,
            name: String,
        ): String = saved.get<String>(name).orEmpty().let { if (it == NOTHING) "" else it }
    }
}

/** Every screen: its path and the names of its arguments. A new screen is one entry here. */
enum class Screen(
    /** First segment of its address. */
    val path: String,
    /** Names of the segments that follow. */
    vararg val arguments: String,
) {
    /** Enrolling. */
    ENROL("enrol", "code"),

    /** The job list. */
    JOBS("jobs"),

    /** A job that is made on site. */
    NEW_JOB("new-job", "serial"),

    /** What needs a person. */
    ATTENTION("attention"),

    /** What is safe. */
    STATUS("status"),

    /** Settings. */
    SETTINGS("settings"),

    /** One job. */
    JOB("job", "job"),

    /** The departure check. */
    DEPARTURE("departure", "job"),

    /** A machine. */
    MACHINE("machine", "machine"),

    /** A job from a nameplate. */
    NAMEPLATE("nameplate", "photo"),

    /** Times and meter. */
    TIMES("times", "job"),

    /** The diagnosis. */
    DIAGNOSIS("diagnosis", "job"),

    /** Who goes along. */
    PEOPLE("people", "job"),

    /** The class. */
    CLASS("class", "job"),

    /** A further visit. */
    PLAN("plan", "job"),

    /** What the office is asked. */
    ASK("ask", "job"),

    /** Leaving. */
    LEAVE("leave", "job"),

    /** The form of a visit. */
    FORM("form", "job", "question"),

    /** Photos and files of a visit. */
    FILES("files", "job", "stage"),

    /** Parts of a visit. */
    PARTS("parts", "job"),

    /** What a visit costs. */
    COSTS("costs", "job"),

    /** Checking the pages and signing. */
    SIGN("sign", "job"),

    /** A signed document. */
    DOCUMENT("document", "job", "sealed"),

    /** Amending what was signed. */
    AMEND("amend", "job"),

    /** Reading a code. */
    SCAN("scan", "purpose"),

    /** One file. */
    FILE("file", "job", "evidence"),

    /** Drawing over a photo. */
    ANNOTATE("annotate", "job", "evidence"),

    /** Taking photos. */
    CAPTURE("capture", "job", "stage", "question"),

    /** Cash of a visit. */
    CASH("cash", "job"),

    /** The device in the customer's hands. */
    CUSTOMER("customer", "job"),
    ;

    /** The pattern of its addresses. */
    val pattern: String get() = (listOf(path) + arguments.map { "{$it}" }).joinToString("/")
}

/**
 * Opens a screen; the one that is shown already (a double tap) is not opened again. Another job is another entry: one
 * that took over the entry of the job before would show that one still.
 */
fun NavHostController.open(route: Route) {
    if (route.address != address()) navigate(route.address)
}

/** Opens the screen with this address in the place of all that stands above the job list; or the list itself. */
internal fun NavHostController.openBeside(address: String) {
    val toList = address == Route.Jobs.address
    if (toList && popBackStack(Screen.JOBS.pattern, false)) return
    if (address != address()) navigate(address) { popUpTo(Screen.JOBS.pattern) }
}

private fun NavHostController.address(): String? {
    val entry = currentBackStackEntry
    val screen = Screen.entries.find { it.pattern == entry?.destination?.route }
    val segments = screen?.arguments?.map { Uri.encode(entry?.arguments?.getString(it).orEmpty()) }
    return segments?.let { (listOf(screen.path) + it).joinToString("/") }
}
