package org.countersign.field.app

import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.filterNot
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
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

    /** Tells what [sync] brought, and what came before it and was never told. */
    suspend fun <T> of(sync: suspend () -> T): T {
        begin()
        val result = sync()
        tell()
        return result
    }

    /** Tells what comes while the app is looked at, for as long as the caller is not cancelled. */
    suspend fun watch() {
        begin()
        val changes = core.changes.filter(::concerns).map { }
        val givenBack = looking.inHands.drop(1).filterNot { it }.map { }
        merge(changes, givenBack).conflate().collect { tell() }
    }

    private fun concerns(topics: Set<Topic>): Boolean = topics.any { it is Topic.Jobs || it is Topic.Job }

    /** What is here before anything was ever told is no news. */
    private suspend fun begin() =
        turn.withLock {
            val news = fresh()
            if (news?.first == true) core.command { newsTold(news.known) }
        }

    /** While a customer would read it nothing is told: it is told later. */
    private suspend fun tell() =
        turn.withLock {
            val news = if (isInHands()) null else fresh()
            news?.items.orEmpty().filterNot { looking.sees(it.job) }.forEach { item ->
                when (item.kind) {
                    NewsKind.NEW_JOB -> notices.newJob(item.job, item.title)
                    NewsKind.RETURNED -> notices.returned(item.job, item.title)
                }
            }
            if (news != null) core.command { newsTold(news.known) }
        }

    /** What is new; `null` where the core does not say. */
    private suspend fun fresh() = (core.read { news() } as? Answer.Done)?.value

    /** Also where nothing is drawn: a sync in the background may run in the process after the customer's. */
    private fun isInHands(): Boolean = looking.isInHands() || handedOver()
}
