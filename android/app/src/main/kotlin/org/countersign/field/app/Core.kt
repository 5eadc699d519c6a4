package org.countersign.field.app

import android.util.Log
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.SharedFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.flow.retry
import kotlinx.coroutines.flow.shareIn
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.countersign.core.AppException
import org.countersign.core.Countersign
import org.countersign.core.Language
import org.countersign.core.Observer
import org.countersign.core.Topic
import kotlin.coroutines.cancellation.CancellationException

/**
 * The device core, off the main thread. Its calls are short but wait for storage; none of them may run where the screen
 * is drawn.
 */
class Core(
    private val countersign: Countersign,
    private val scope: CoroutineScope,
    private val io: CoroutineDispatcher = Dispatchers.IO,
) {
    /** Reads a screen. */
    suspend fun <T> read(ask: Countersign.() -> T): Answer<T> = withContext(io) { answer(ask) }

    /** Carries out a command. Leaving the screen does not take it back: what was begun is finished. */
    suspend fun <T> command(order: Countersign.() -> T): Answer<T> = withContext(NonCancellable + io) { answer(order) }

    /**
     * Begins what the end of a screen must not break off, on the main thread: bringing here what a person chose,
     * writing what they drew. Only the end of the process ends it.
     */
    fun beyondScreens(work: suspend CoroutineScope.() -> Unit): Job = scope.launch(block = work)

    /**
     * What may look different, after each commit. The core has one subscription at a time, so every screen shares this
     * one; it ends when the last screen has gone.
     */
    val changes: SharedFlow<Set<Topic>>

    private val besides = MutableSharedFlow<Set<Topic>>(extraBufferCapacity = BESIDES)

    init {
        changes = merge(subscription(), besides).shareIn(scope, SharingStarted.WhileSubscribed())
    }

    /** Files that wait outside of the store are others now: what counts them is read again. */
    fun lookAgain() {
        besides.tryEmit(setOf(Topic.Status, Topic.Outbox))
    }

    private fun subscription(): Flow<Set<Topic>> =
        callbackFlow {
            val subscription =
                countersign.subscribe(
                    object : Observer {
                        override fun changed(topics: List<Topic>) {
                            trySend(topics.toSet())
                        }
                    },
                )
            awaitClose {
                subscription.end()
                subscription.close()
            }
        }.buffer(Channel.UNLIMITED).flowOn(io).retry {
            Log.e(TAG, "the core tells no changes; asked again", it)
            delay(AGAIN)
            true
        }

    /** Whatever goes wrong is said, and ends nothing: not even a panic of the core, or a value that it cannot take. */
    @Suppress("TooGenericExceptionCaught")
    private fun <T> answer(ask: Countersign.() -> T): Answer<T> =
        try {
            Answer.Done(countersign.ask())
        } catch (error: AppException) {
            Answer.Failed(troubleOf(error))
        } catch (cancelled: CancellationException) {
            throw cancelled
        } catch (unexpected: Exception) {
            Log.e(TAG, "this should not happen", unexpected)
            Answer.Failed(troubleToReport(language(), unexpected))
        }

    /** The last words must not fail too. */
    @Suppress("TooGenericExceptionCaught")
    private fun language(): Language =
        try {
            countersign.language()
        } catch (unexpected: Exception) {
            Log.e(TAG, "the language is not known", unexpected)
            Language.ENGLISH
        }

    private companion object {
        const val TAG = "Core"
        const val AGAIN = 1_000L
        const val BESIDES = 8
    }
}
