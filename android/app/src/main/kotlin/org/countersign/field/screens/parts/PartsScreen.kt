package org.countersign.field.screens.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.NavBackStackEntry
import androidx.navigation.NavHostController
import org.countersign.core.PartBooking
import org.countersign.field.R
import org.countersign.field.app.Drawn
import org.countersign.field.app.Route
import org.countersign.field.app.longestOf
import org.countersign.field.app.open
import org.countersign.field.app.rememberWayBack
import org.countersign.field.app.screenModel
import org.countersign.field.design.EmptyState
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.FieldScreen
import org.countersign.field.design.GiveUpDialog
import org.countersign.field.design.MutedText
import org.countersign.field.design.NamedIcon
import org.countersign.field.design.NextStepButton
import org.countersign.field.design.PictureButton
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.StateChip
import org.countersign.field.design.StateMark
import org.countersign.field.design.TextInput
import org.countersign.field.design.Tone
import org.countersign.field.screens.LockedNotice
import org.countersign.field.screens.scan.ScanPurpose
import org.countersign.field.screens.scan.Scanned

/** What can be done on the parts screen. */
@Immutable
class PartsActions(
    /** Searches. */
    val search: (String) -> Unit,
    /** Opens the scanner. */
    val scan: () -> Unit,
    /** Shows more of the catalogue. */
    val more: () -> Unit,
    /** Opens the booking of a part. */
    val open: (ShelfPart) -> Unit,
    /** Opens the booking of a part that is typed. */
    val unlisted: () -> Unit,
    /** Opens the take-back of a booked part. */
    val back: (PartBooking) -> Unit,
    /** What the open booking does. */
    val booking: BookingActions,
)

/** What is typed on the parts screen. */
@Immutable
data class PartsTyped(
    /** What is searched for. */
    val search: String,
    /** The part whose booking is open. */
    val open: String,
    /** What is typed into it. */
    val fields: Map<String, String>,
    /** A command is under way. */
    val busy: Boolean,
)

/** Parts of a visit. */
@Composable
fun PartsRoute(
    nav: NavHostController,
    entry: NavBackStackEntry,
) {
    val model = screenModel { desk, saved -> PartsViewModel(desk.core, saved) }
    val state by model.state.collectAsStateWithLifecycle()
    val search by model.search.collectAsStateWithLifecycle()
    val open by model.booking.open.collectAsStateWithLifecycle()
    val fields by model.booking.typed.fields
        .collectAsStateWithLifecycle()
    Scanned(entry, model::scanned)
    val usual = state.shown?.usual ?: UsualBooking("", "")
    val actions =
        PartsActions(
            search = model::search,
            scan = { nav.open(Route.Scan(ScanPurpose.PART.word)) },
            more = model::more,
            open = { model.booking.open(it.id, it.code, usual) },
            unlisted = { model.booking.openUnlisted("", usual) },
            back = model.booking::openBack,
            booking =
                BookingActions(
                    { name, text -> model.booking.typed[name] = text },
                    model::book,
                    model::takeBack,
                    model.booking::close,
                ),
        )
    val back = rememberWayBack(nav, model.unkept(state.shown, open, fields))
    Other(model.booking)
    FieldScreen(
        title = stringResource(R.string.parts),
        onBack = back,
        bottom = { NextStepButton(stringResource(R.string.back_to_job), back) },
    ) { padding ->
        Column(Modifier.padding(padding)) {
            Drawn(state, model, nav) { PartsScreen(it, PartsTyped(search, open, fields, state.busy), actions) }
        }
    }
}

/** Asks whoever opens another part while one is typed. */
@Composable
private fun Other(booking: Booking) {
    val wanted by booking.wanted.collectAsStateWithLifecycle()
    if (wanted.isEmpty()) return
    GiveUpDialog(
        word = stringResource(R.string.parts_typed_what),
        stay = stringResource(R.string.parts_typed_stay),
        giveUp = stringResource(R.string.parts_typed_give_up),
        tag = "booking",
        onStay = booking::stay,
        onGiveUp = booking::giveUp,
    )
}

/** What was booked, and the catalogue to book from. */
@Composable
fun PartsScreen(
    shown: PartsShown,
    typed: PartsTyped,
    actions: PartsActions,
) {
    LazyColumn(Modifier.testTag("parts"), verticalArrangement = Arrangement.spacedBy(Space.small)) {
        item(key = "booked") { Booked(shown, actions) }
        if (!shown.mayBook) {
            item(key = "locked") { LockedNotice() }
        } else {
            item(key = "search") { Search(typed.search, shown.stockAsOf, actions) }
            if (shown.shelf.isEmpty()) {
                item(key = "no-hits") {
                    val what = stringResource(R.string.parts_no_hits_what)
                    EmptyState(stringResource(R.string.parts_no_hits), what, icon = "search")
                }
            }
            shelf(shown, typed, actions)
            item(key = "unlisted") { Unlisted(shown, typed, actions) }
        }
    }
}

private fun LazyListScope.shelf(
    shown: PartsShown,
    typed: PartsTyped,
    actions: PartsActions,
) {
    items(shown.shelf, key = { it.id }) { part ->
        val opened = typed.open == part.id
        PartCard(part, if (opened) null else ({ actions.open(part) })) {
            if (opened) BookingForm(typed.fields, part, shown, typed.busy, actions.booking)
        }
    }
    if (shown.more) {
        item(key = "more") {
            SecondButton(
                stringResource(R.string.show_more),
                actions.more,
                Modifier.fillMaxWidth().testTag("parts-more"),
            )
        }
    }
}

@Composable
private fun Booked(
    shown: PartsShown,
    actions: PartsActions,
) {
    FieldCard(Modifier.testTag("parts-booked")) {
        SectionTitle(stringResource(R.string.parts_booked))
        if (shown.booked.isEmpty()) MutedText(stringResource(R.string.parts_none))
        shown.booked.forEach { part ->
            Row(
                Modifier.fillMaxWidth(),
                Arrangement.spacedBy(Space.small),
                verticalAlignment = Alignment.CenterVertically,
            ) {
                Column(Modifier.weight(1f)) {
                    Text("${part.quantity} × ${part.code}", color = FieldColours.current.ink)
                    if (part.batch.isNotEmpty()) MutedText(part.batch)
                    if (part.late) StateChip(StateMark(Tone.ATTENTION, "warn", stringResource(R.string.parts_late)))
                }
                val back = part.back
                if (shown.mayBook && back != null) {
                    val label = stringResource(R.string.parts_take_back_this, part.code)
                    QuietButton(
                        stringResource(R.string.parts_take_back),
                        { actions.back(back) },
                        Modifier.testTag("parts-return-${part.code}").semantics { contentDescription = label },
                    )
                }
            }
        }
    }
}

@Composable
private fun Search(
    search: String,
    stockAsOf: String,
    actions: PartsActions,
) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.tiny)) {
        SectionTitle(stringResource(R.string.parts_catalogue))
        TextInput(
            label = stringResource(R.string.parts_search),
            value = search,
            onChange = actions.search,
            modifier = Modifier.testTag("parts-search"),
            hint = if (stockAsOf.isEmpty()) "" else stringResource(R.string.parts_stock_as_of, stockAsOf),
            longest = longestOf("search"),
            keyboard = KeyboardOptions(imeAction = ImeAction.Search),
            trailing = {
                if (search.isEmpty()) {
                    NamedIcon("search", null)
                } else {
                    PictureButton("clear", stringResource(R.string.pad_clear), { actions.search("") })
                }
            },
        )
        SecondButton(
            stringResource(R.string.parts_scan),
            actions.scan,
            Modifier.fillMaxWidth().testTag("parts-scan"),
            icon = "scan",
        )
    }
}

@Composable
private fun PartCard(
    part: ShelfPart,
    onOpen: (() -> Unit)?,
    booking: @Composable () -> Unit,
) {
    val colours = FieldColours.current
    FieldCard(Modifier.testTag("part-${part.code}"), onClick = onOpen) {
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.small)) {
            Text(part.name, Modifier.weight(1f), colours.ink, style = MaterialTheme.typography.titleMedium)
            if (part.price.isNotEmpty()) Text(part.price, color = colours.ink)
        }
        MutedText(if (part.wears) part.code else "${part.code} · ${part.group}")
        if (part.wears) StateChip(StateMark(Tone.INFO, "part", stringResource(R.string.parts_wears)))
        part.places.forEach { MutedText(stringResource(R.string.parts_stock_place, it.name, it.quantity)) }
        booking()
    }
}

@Composable
private fun Unlisted(
    shown: PartsShown,
    typed: PartsTyped,
    actions: PartsActions,
) {
    val title = stringResource(R.string.parts_unlisted)
    if (typed.open != Booking.UNLISTED) {
        SecondButton(
            title,
            actions.unlisted,
            Modifier.fillMaxWidth().testTag("parts-unlisted"),
            icon = "new",
        )
        return
    }
    FieldCard {
        SectionTitle(title)
        BookingForm(typed.fields, null, shown, typed.busy, actions.booking)
    }
}
