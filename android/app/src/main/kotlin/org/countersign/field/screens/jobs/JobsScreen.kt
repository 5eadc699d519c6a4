package org.countersign.field.screens.jobs

import androidx.activity.compose.LocalActivity
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Badge
import androidx.compose.material3.BadgedBox
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.IconButton
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.input.ImeAction
import androidx.lifecycle.ViewModelStoreOwner
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavHostController
import androidx.navigation.compose.currentBackStackEntryAsState
import org.countersign.core.JobChoice
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.LocalFrame
import org.countersign.field.app.LocalUnkept
import org.countersign.field.app.LooksAtJobs
import org.countersign.field.app.Route
import org.countersign.field.app.longestOf
import org.countersign.field.app.open
import org.countersign.field.app.openBeside
import org.countersign.field.app.screenModel
import org.countersign.field.design.EmptyState
import org.countersign.field.design.FieldScreen
import org.countersign.field.design.NamedIcon
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.PictureButton
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.design.TextInput
import org.countersign.field.screens.scan.ScanPurpose

/** The job list, the first screen of the app. */
@Composable
fun JobsRoute(nav: NavHostController) {
    val model = screenModel { desk, saved -> JobsViewModel(desk.core, saved) }
    // Whoever comes to the list has no finger on a row: what came while they were elsewhere stands there at once.
    LaunchedEffect(model) { model.showWhatCame() }
    FieldScreen(
        title = stringResource(R.string.jobs),
        actions = { Menu(nav) },
        bottom = { NextStepButton(stringResource(R.string.jobs_new), { nav.open(Route.NewJob()) }, icon = "new") },
    ) { padding -> JobsBody(model, nav, padding, nav::open) }
}

/** The job list beside a screen, where there is room for two. It keeps its place while the screen changes. */
@Composable
fun JobsPane(nav: NavHostController) {
    val window = checkNotNull(LocalActivity.current as? ViewModelStoreOwner)
    val model = screenModel(window) { desk, saved -> JobsViewModel(desk.core, saved) }
    val here by nav.currentBackStackEntryAsState()
    val job = here?.arguments?.getString("job").orEmpty()
    val unkept = LocalUnkept.current
    val open = { route: Route -> unkept.leaveFor(route.address) { nav.openBeside(route.address) } }
    Box(Modifier.testTag("jobs-pane")) { JobsBody(model, nav, PaddingValues(Space.medium), open, job) }
}

@Composable
private fun Menu(nav: NavHostController) {
    val waiting = LocalFrame.current.status.attention.toInt()
    if (waiting > 0) {
        val label = pluralStringResource(R.plurals.attention_count, waiting, waiting)
        IconButton({ nav.open(Route.Attention) }, Modifier.size(Space.target)) {
            BadgedBox({ Badge { Text(waiting.toString()) } }) { NamedIcon("bell", label) }
        }
    }
    val scan = { nav.open(Route.Scan(ScanPurpose.MACHINE.word)) }
    PictureButton("scan", stringResource(R.string.scan_nameplate), scan, Modifier.testTag("jobs-scan"))
    PictureButton("gear", stringResource(R.string.settings), { nav.open(Route.Settings) })
}

@Composable
private fun JobsBody(
    model: JobsViewModel,
    nav: NavHostController,
    padding: PaddingValues,
    open: (Route) -> Unit,
    beside: String = "",
) {
    val state by model.state.collectAsStateWithLifecycle()
    val search by model.search.collectAsStateWithLifecycle()
    // Under a search or another choice a new job does not stand there: it is told like anywhere else.
    if (state.shown?.isWhole == true) LooksAtJobs()
    Drawn(state, model, nav) { shown ->
        LazyColumn(
            Modifier.testTag("jobs"),
            contentPadding = padding,
            verticalArrangement = Arrangement.spacedBy(Space.small),
        ) {
            item(key = "search") { SearchBar(shown, search, model::search, model::choose) }
            if (shown.came > 0) item(key = "came") { Came(shown.came, model::showWhatCame) }
            if (shown.cards.isEmpty()) item(key = "none") { Nothing(search.isBlank()) }
            jobCards(shown.cards, beside) { open(Route.Job(it)) }
            if (shown.more) {
                item(
                    key = "more",
                ) { SecondButton(stringResource(R.string.show_more), model::more, Modifier.fillMaxWidth()) }
            }
        }
    }
}

@Composable
private fun SearchBar(
    shown: JobsShown,
    search: String,
    onSearch: (String) -> Unit,
    onChoose: (JobChoice) -> Unit,
) {
    Column {
        TextInput(
            label = stringResource(R.string.search),
            value = search,
            onChange = onSearch,
            hint = stringResource(R.string.jobs_search_hint),
            longest = longestOf("search"),
            keyboard = KeyboardOptions(imeAction = ImeAction.Search),
            trailing = {
                if (search.isEmpty()) {
                    NamedIcon("search", null)
                } else {
                    PictureButton("clear", stringResource(R.string.clear), { onSearch("") })
                }
            },
        )
        ChoiceMenu(shown, onChoose)
    }
}

@Composable
private fun ChoiceMenu(
    shown: JobsShown,
    onChoose: (JobChoice) -> Unit,
) {
    var open by rememberSaveable { mutableStateOf(false) }
    Box {
        val chosen = shown.choices.first { it.value == shown.choice }
        QuietButton(chosen.word, { open = true }, icon = "filter")
        DropdownMenu(open, { open = false }) {
            shown.choices.forEach { choice ->
                DropdownMenuItem(
                    text = { Text(choice.word) },
                    onClick = {
                        open = false
                        onChoose(choice.value)
                    },
                    leadingIcon = { if (choice.value == shown.choice) NamedIcon("check", null) },
                )
            }
        }
    }
}

@Composable
private fun Came(
    count: Int,
    onShow: () -> Unit,
) = SecondButton(pluralStringResource(R.plurals.jobs_came, count, count), onShow, Modifier.fillMaxWidth(), icon = "new")

@Composable
private fun Nothing(unsearched: Boolean) =
    if (unsearched) {
        EmptyState(stringResource(R.string.jobs_none), stringResource(R.string.jobs_none_what))
    } else {
        EmptyState(stringResource(R.string.jobs_no_hits), stringResource(R.string.jobs_no_hits_what), icon = "search")
    }
