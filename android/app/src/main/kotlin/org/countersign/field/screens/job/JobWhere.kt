package org.countersign.field.screens.job

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import org.countersign.core.ContactRow
import org.countersign.core.MachineShown
import org.countersign.field.R
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.Route
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LinkRow
import org.countersign.field.design.Message
import org.countersign.field.design.MutedText
import org.countersign.field.design.SecondButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.StateChips
import org.countersign.field.design.Tone
import org.countersign.field.platform.Outside

/** Customer and site, whom to call and how to get there, the machine and what is wrong with it. */
@Composable
internal fun WhereCard(
    shown: JobShown,
    actions: JobActions,
) {
    val screen = shown.screen
    val outside = rememberOutside()
    FieldCard(Modifier.testTag("where")) {
        SectionTitle(screen.customer.name)
        if (screen.site.name.isNotEmpty()) Text(screen.site.name, color = FieldColours.current.ink)
        val address = screen.address
        if (address.isNotEmpty()) MutedText(address)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            if (screen.customer.phone.isNotEmpty()) CallButton(screen.customer.name, screen.customer.phone, outside)
            if (address.isNotEmpty()) {
                val map = stringResource(R.string.job_map)
                SecondButton(map, { outside.map(address) }, Modifier.testTag("job-map"), icon = "map")
            }
        }
        screen.contacts.forEach { Contact(it, outside) }
        Machine(screen.machine, shown, actions)
        if (screen.fault.isNotEmpty()) {
            Text(
                screen.fault,
                Modifier.testTag("fault"),
                FieldColours.current.ink,
                style = MaterialTheme.typography.titleSmall,
            )
        }
        StateChips(shown.marks)
        if (shown.window.isNotEmpty()) FactRow(stringResource(R.string.job_appointment), shown.window)
        Readiness(shown, actions)
    }
}

@Composable
private fun Machine(
    machine: MachineShown,
    shown: JobShown,
    actions: JobActions,
) {
    val serial = machine.serial.takeIf { it.isNotEmpty() }?.let { stringResource(R.string.job_serial, it) }
    val name = listOfNotNull(machine.model.ifEmpty { null }, serial).joinToString(" · ")
    if (name.isEmpty()) return
    // A machine that is not registered has no page yet.
    if (shown.screen.facts.unregistered) {
        Text(name, color = FieldColours.current.ink)
    } else {
        val open = { actions.open(Route.Machine(shown.head.name)) }
        val count = shown.screen.earlierVisits.toInt()
        val earlier = pluralStringResource(R.plurals.job_earlier_visits, count, count)
        val second = listOf(machine.place, earlier).filter { it.isNotEmpty() }.joinToString(" · ")
        LinkRow(name, open, Modifier.testTag("job-machine"), icon = "machine", second = second)
    }
}

@Composable
private fun Readiness(
    shown: JobShown,
    actions: JobActions,
) {
    val open = { actions.open(Route.Departure(shown.head.name)) }
    val ready = shown.screen.ready
    val word = stringResource(if (ready) R.string.job_all_here else R.string.job_not_all_here)
    LinkRow(word, open, Modifier.testTag("job-departure"), icon = if (ready) "check" else "warn")
}

@Composable
private fun Contact(
    contact: ContactRow,
    outside: OutsideHere,
) = Column(Modifier.fillMaxWidth().padding(top = Space.tiny)) {
    Text(contact.name, color = FieldColours.current.ink)
    if (contact.position.isNotEmpty()) MutedText(contact.position)
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
        if (contact.phone.isNotEmpty()) CallButton(contact.name, contact.phone, outside)
        if (contact.email.isNotEmpty()) {
            val about = stringResource(R.string.job_mail, contact.name)
            SecondButton(
                contact.email,
                { outside.mail(contact.email) },
                Modifier.testTag("job-mail").semantics { contentDescription = about },
                icon = "mail",
            )
        }
    }
}

@Composable
private fun CallButton(
    name: String,
    phone: String,
    outside: OutsideHere,
) {
    val about = stringResource(R.string.job_call_about, name, phone)
    SecondButton(
        phone,
        { outside.call(phone) },
        Modifier.testTag("job-call").semantics { contentDescription = about },
        icon = "call",
    )
}

/** Other apps; where there is none for it, what it was about is said, so that it can be typed elsewhere. */
internal class OutsideHere(
    private val outside: Outside,
    private val missing: (String) -> Unit,
) {
    fun call(number: String) = tell(outside.call(number), number)

    fun map(address: String) = tell(outside.map(address), address)

    fun mail(address: String) = tell(outside.mail(address), address)

    private fun tell(
        opened: Boolean,
        about: String,
    ) {
        if (!opened) missing(about)
    }
}

@Composable
private fun rememberOutside(): OutsideHere {
    var missing by rememberSaveable { mutableStateOf("") }
    val word = missing.takeIf { it.isNotEmpty() }?.let { stringResource(R.string.job_no_app, it) }
    Message(word, { missing = "" })
    return OutsideHere(LocalDesk.current.phone.outside) { missing = it }
}

/** What the office asks about a voucher that it gave back. */
@Composable
internal fun RemarksCard(
    shown: JobShown,
    actions: JobActions,
) {
    val remarks = shown.screen.remarks
    if (remarks.isEmpty()) return
    FieldCard(Modifier.testTag("remarks"), tone = Tone.ATTENTION) {
        SectionTitle(stringResource(R.string.job_remarks))
        remarks.forEach { remark ->
            MutedText(listOf(remark.reviewer, remark.label).filter { it.isNotEmpty() }.joinToString(" · "))
            Text(remark.text, color = FieldColours.current.ink)
            if (remark.question.isNotEmpty() && shown.head.may.answer) {
                val go = { actions.question(shown.head.name, remark.question) }
                SecondButton(stringResource(R.string.job_go_to_question), go, Modifier.testTag("remark-question"))
            }
        }
    }
}
