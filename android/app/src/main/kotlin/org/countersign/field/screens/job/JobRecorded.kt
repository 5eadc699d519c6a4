package org.countersign.field.screens.job

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.countersign.field.R
import org.countersign.field.app.Route
import org.countersign.field.design.FactRow
import org.countersign.field.design.FieldCard
import org.countersign.field.design.LinkRow
import org.countersign.field.design.MutedText
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space
import org.countersign.field.design.StateChips
import org.countersign.field.design.StateMark
import org.countersign.field.design.Tone

/** The newest pictures. */
@Composable
internal fun ShotsCard(
    shown: JobShown,
    actions: JobActions,
) {
    if (shown.shots.isEmpty()) return
    FieldCard(Modifier.testTag("shots")) {
        SectionTitle(stringResource(R.string.job_files))
        FlowRow(
            horizontalArrangement = Arrangement.spacedBy(Space.small),
            verticalArrangement = Arrangement.spacedBy(Space.small),
        ) {
            shown.shots.forEach { row ->
                val name = stringResource(R.string.job_open_photo, row.name)
                Shot(row, name, Modifier.size(72.dp)) { actions.open(Route.Files(shown.head.name, row.stage)) }
            }
        }
    }
}

/** Everything that is recorded on a visit, with how much there is of it. */
@Composable
internal fun RecordedCard(
    shown: JobShown,
    actions: JobActions,
) = FieldCard(Modifier.testTag("recorded")) {
    val job = shown.head.name
    val facts = shown.screen.facts
    val open = actions.open
    SectionTitle(stringResource(R.string.job_recorded))
    Place(
        "files",
        R.string.job_files,
        "camera",
        shown.screen.evidence.size
            .toString(),
    ) { open(Route.Files(job, "")) }
    Place("parts", R.string.job_parts, "part", shown.parts.joinToString(", ")) { open(Route.Parts(job)) }
    Place("times", R.string.job_times, "wait", summary(shown.times)) { open(Route.Times(job)) }
    Place("costs", R.string.job_costs, "file") { open(Route.Costs(job)) }
    Place("diagnosis", R.string.job_diagnosis, "search", summary(shown.diagnosis)) { open(Route.Diagnosis(job)) }
    val people = (listOf(facts.lead) + facts.helpers).joinToString(", ") { it.name }
    Place("people", R.string.job_people, "people", people) { open(Route.People(job)) }
    Place("class", R.string.class_title, "customer", shown.className) { open(Route.Class(job)) }
    val asked = shown.requests.size
    Place("ask", R.string.job_ask, "ask", if (asked == 0) "" else asked.toString()) { open(Route.Ask(job)) }
    Place("plan", R.string.job_plan, "calendar") { open(Route.Plan(job)) }
}

private fun summary(facts: List<Fact>): String = facts.joinToString("\n") { "${it.name}: ${it.value}" }

@Composable
private fun Place(
    tag: String,
    word: Int,
    icon: String,
    second: String = "",
    onOpen: () -> Unit,
) = LinkRow(stringResource(word), onOpen, Modifier.testTag("job-$tag"), icon = icon, second = second)

/** What was asked of the office, with what became of it. */
@Composable
internal fun RequestsCard(requests: List<RequestLine>) {
    if (requests.isEmpty()) return
    FieldCard(Modifier.testTag("requests")) {
        SectionTitle(stringResource(R.string.job_asked))
        requests.forEach { RequestBlock(it) }
    }
}

@Composable
internal fun RequestBlock(request: RequestLine) {
    Text(request.title)
    StateChips(listOf(request.mark))
    if (request.window.isNotEmpty()) Text(request.window)
    Text(request.reason)
    MutedText(request.whenAsked)
    if (request.answer.isNotEmpty()) FactRow(stringResource(R.string.job_office_answer), request.answer)
}

/** Signed documents. What is signed never changes. */
@Composable
internal fun DocumentsCard(
    shown: JobShown,
    actions: JobActions,
) {
    if (shown.documents.isEmpty()) return
    val amended = StateMark(Tone.PLAIN, "remark", stringResource(R.string.job_amended))
    FieldCard(Modifier.testTag("documents")) {
        SectionTitle(stringResource(R.string.job_documents))
        shown.documents.forEach { document ->
            LinkRow(
                document.title,
                { actions.open(Route.Document(shown.head.name, document.sealed)) },
                Modifier.testTag("document-row"),
                icon = "lock",
                marks = listOfNotNull(document.outcome, amended.takeIf { document.amended }),
            )
        }
        if (shown.head.may.amend) {
            MutedText(stringResource(R.string.job_locked))
            val begin = { actions.open(Route.Amend(shown.head.name)) }
            LinkRow(stringResource(R.string.verb_amend), begin, Modifier.testTag("job-amend"), icon = "remark")
        }
    }
}
