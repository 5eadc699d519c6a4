package org.countersign.field.app

import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.filterNot
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.merge
import org.countersign.core.JobChoice
import org.countersign.core.JobFilter
import org.countersign.core.JobRow
import org.countersign.core.Topic
import org.countersign.field.platform.Notices

/** Tells what a sync brought and nobody sees: jobs that are new, vouchers that came back. */
class News(
    private val core: Core,
    private val notices: Notices,
    private val looking: Looking,
) {
    /** Tells what [sync] brought. */
    suspend fun <T> of(sync: suspend () -> T): T {
        val before = known()
        val result = sync()
        tell(before)
        return result
    }

    /** Tells what comes while the app is looked at, for as long as the caller is not cancelled. */
    suspend fun watch() {
        var before = known()
        val changes = core.changes.filter(::concerns).map { }
        val givenBack = looking.inHands.drop(1).filterNot { it }.map { }
        merge(changes, givenBack).conflate().collect { before = tell(before) ?: before }
    }

    private fun concerns(topics: Set<Topic>): Boolean = topics.any { it is Topic.Jobs || it is Topic.Job }

    /** What is known now; `null` where the core does not say, and while a customer would read it: it is told later. */
    private suspend fun tell(before: Known?): Known? {
        if (before != null && looking.isInHands()) return null
        val open = jobs(JobChoice.OPEN) ?: return null
        val returned = jobs(JobChoice.RETURNED) ?: return null
        if (before != null && before.synced) {
            // What is not sent yet was made here.
            val fresh = open.filter { it.job !in before.open && it.unsentEntries == 0uL }
            fresh.filter(::unseen).forEach { notices.newJob(it.job, name(it)) }
            val back = returned.filter { it.job !in before.returned }
            back.filter(::unseen).forEach { notices.returned(it.job, name(it)) }
        }
        val everOpen = before?.open.orEmpty() + open.map { it.job }
        return Known(everOpen, returned.map { it.job }.toSet(), synced())
    }

    private fun unseen(row: JobRow): Boolean = !looking.sees(row.job)

    private suspend fun known(): Known? = tell(null)

    /** The first sync of a device brings everything; nobody wants to be told of each. */
    private suspend fun synced(): Boolean = (core.read { statusScreen().lastSync } as? Answer.Done)?.value != null

    private suspend fun jobs(choice: JobChoice): List<JobRow>? {
        val filter = JobFilter(choice, search = "", openOnly = false, after = null, limit = MOST)
        return (core.read { jobList(filter) } as? Answer.Done)?.value?.rows
    }

    private fun name(row: JobRow): String = row.voucher.ifEmpty { row.number.ifEmpty { row.customer } }

    private class Known(
        val open: Set<String>,
        val returned: Set<String>,
        val synced: Boolean,
    )

    private companion object {
        /** Nobody reads more notices than that. */
        const val MOST = 200u
    }
}
