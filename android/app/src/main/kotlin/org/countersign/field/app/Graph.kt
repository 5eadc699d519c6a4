package org.countersign.field.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.remember
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavGraphBuilder
import androidx.navigation.NavHostController
import androidx.navigation.NavType
import androidx.navigation.compose.composable
import androidx.navigation.navArgument
import org.countersign.field.design.LocalPane
import org.countersign.field.screens.amend.AmendRoute
import org.countersign.field.screens.annotate.AnnotateRoute
import org.countersign.field.screens.asking.AskRoute
import org.countersign.field.screens.attention.AttentionRoute
import org.countersign.field.screens.capture.CaptureRoute
import org.countersign.field.screens.cash.CashRoute
import org.countersign.field.screens.classes.ClassRoute
import org.countersign.field.screens.costs.CostsRoute
import org.countersign.field.screens.customer.CustomerRoute
import org.countersign.field.screens.departure.DepartureRoute
import org.countersign.field.screens.diagnosis.DiagnosisRoute
import org.countersign.field.screens.document.DocumentRoute
import org.countersign.field.screens.enrol.EnrolRoute
import org.countersign.field.screens.files.FileRoute
import org.countersign.field.screens.files.FilesRoute
import org.countersign.field.screens.form.FormRoute
import org.countersign.field.screens.job.JobRoute
import org.countersign.field.screens.jobs.JobsPane
import org.countersign.field.screens.jobs.JobsRoute
import org.countersign.field.screens.leave.LeaveRoute
import org.countersign.field.screens.machine.MachineRoute
import org.countersign.field.screens.newjob.NameplateRoute
import org.countersign.field.screens.newjob.NewJobRoute
import org.countersign.field.screens.parts.PartsRoute
import org.countersign.field.screens.people.PeopleRoute
import org.countersign.field.screens.planning.PlanRoute
import org.countersign.field.screens.scan.ScanRoute
import org.countersign.field.screens.settings.SettingsRoute
import org.countersign.field.screens.sign.SignRoute
import org.countersign.field.screens.status.StatusRoute
import org.countersign.field.screens.times.TimesRoute

/** Every screen of the app. A new one is one line here: [besideJobs] where it belongs to a job, else [screen]. */
internal fun NavGraphBuilder.screens(nav: NavHostController) {
    screen(Screen.ENROL) { EnrolRoute(nav, it) }
    screen(Screen.JOBS) { JobsRoute(nav) }
    besideJobs(nav, Screen.NEW_JOB) { NewJobRoute(nav, it) }
    screen(Screen.ATTENTION) { AttentionRoute(nav) }
    screen(Screen.STATUS) { StatusRoute(nav) }
    screen(Screen.SETTINGS) { SettingsRoute(nav) }
    besideJobs(nav, Screen.JOB) { JobRoute(nav, it) }
    besideJobs(nav, Screen.DEPARTURE) { DepartureRoute(nav) }
    besideJobs(nav, Screen.MACHINE) { MachineRoute(nav) }
    besideJobs(nav, Screen.NAMEPLATE) { NameplateRoute(nav) }
    besideJobs(nav, Screen.TIMES) { TimesRoute(nav) }
    besideJobs(nav, Screen.DIAGNOSIS) { DiagnosisRoute(nav) }
    besideJobs(nav, Screen.PEOPLE) { PeopleRoute(nav) }
    besideJobs(nav, Screen.CLASS) { ClassRoute(nav) }
    besideJobs(nav, Screen.PLAN) { PlanRoute(nav) }
    besideJobs(nav, Screen.ASK) { AskRoute(nav) }
    besideJobs(nav, Screen.LEAVE) { LeaveRoute(nav) }
    besideJobs(nav, Screen.FORM) { FormRoute(nav, it) }
    besideJobs(nav, Screen.FILES) { FilesRoute(nav) }
    besideJobs(nav, Screen.FILE) { FileRoute(nav) }
    screen(Screen.ANNOTATE) { AnnotateRoute(nav) }
    screen(Screen.CAPTURE) { CaptureRoute(nav) }
    screen(Screen.SCAN) { ScanRoute(nav) }
    besideJobs(nav, Screen.PARTS) { PartsRoute(nav, it) }
    besideJobs(nav, Screen.COSTS) { CostsRoute(nav) }
    besideJobs(nav, Screen.CASH) { CashRoute(nav) }
    besideJobs(nav, Screen.SIGN) { SignRoute(nav) }
    screen(Screen.CUSTOMER) { CustomerRoute(nav, it) }
    besideJobs(nav, Screen.DOCUMENT) { DocumentRoute(nav) }
    besideJobs(nav, Screen.AMEND) { AmendRoute(nav) }
}

/** A screen of a job has the job list beside it, where there is room for two. */
private fun NavGraphBuilder.besideJobs(
    nav: NavHostController,
    screen: Screen,
    content: @Composable (NavBackStackEntry) -> Unit,
) = screen(screen) { entry ->
    val pane: @Composable () -> Unit = { JobsPane(nav) }
    CompositionLocalProvider(LocalPane provides pane) { content(entry) }
}

private fun NavGraphBuilder.screen(
    screen: Screen,
    content: @Composable (NavBackStackEntry) -> Unit,
) = composable(
    route = screen.pattern,
    arguments =
        screen.arguments.map { name ->
            navArgument(name) {
                type = NavType.StringType
                // A first screen is opened without any.
                defaultValue = Route.NOTHING
            }
        },
) { entry ->
    val unkept = remember(entry) { Unkept(entry.savedStateHandle) }
    CompositionLocalProvider(LocalUnkept provides unkept) { content(entry) }
}
