package org.countersign.field.app

import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.filterNot
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import org.countersign.core.KnownJobs
import org.countersign.core.NewsKind
import org.countersign.core.Topic
import org.countersign.field.platform.Notices

/**
 * Tells what a sync brought and nobody sees: jobs that are new, vouchers that came back. What comes while a customer
 * holds the device is told when it is given back, whoever heard of it first.
 */
class News(
    private val core: Core,
    private val notices: Notices,
    private val looking: Looking,
    private val handedOver: () -> Boolean,
) {
    private val turn = Mutex()

    /** What was known when the first thing came that is not told yet; `null` where everything was told. */
    private var untold: KnownJobs? = null

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
    private suspend fun tell(before: KnownJobs?): KnownJobs? = turn.withLock { told(untold ?: before) }

    private suspend fun told(since: KnownJobs?): KnownJobs? {
        if (since != null && isInHands()) {
            untold = since
            return null
        }
        val news = (core.read { news(since) } as? Answer.Done)?.value ?: return null
        untold = null
        news.items.filterNot { looking.sees(it.job) }.forEach { item ->
            when (item.kind) {
                NewsKind.NEW_JOB -> notices.newJob(item.job, item.title)
                NewsKind.RETURNED -> notices.returned(item.job, item.title)
            }
        }
        return news.known
    }

    private suspend fun known(): KnownJobs? = tell(null)

    /** Also where nothing is drawn: a sync in the background may run in the process after the customer's. */
    private fun isInHands(): Boolean = looking.isInHands() || handedOver()
}
