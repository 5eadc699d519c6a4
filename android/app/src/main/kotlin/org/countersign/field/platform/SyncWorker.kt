package org.countersign.field.platform

import android.content.Context
import android.content.pm.ServiceInfo
import android.os.Build
import androidx.work.CoroutineWorker
import androidx.work.ForegroundInfo
import androidx.work.WorkManager
import androidx.work.WorkerParameters
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.launch
import org.countersign.core.Again
import org.countersign.core.FilesToSend
import org.countersign.core.SyncDone
import org.countersign.field.app.Answer
import org.countersign.field.app.AppContainer
import org.countersign.field.app.CountersignApplication
import org.countersign.field.app.Opening
import org.countersign.field.app.Trouble
import org.countersign.field.app.filesFor

/** One sync while the app is not on the screen; a long upload is shown, with a way to pause it. */
class SyncWorker(
    context: Context,
    parameters: WorkerParameters,
) : CoroutineWorker(context, parameters) {
    private val container: AppContainer get() = (applicationContext as CountersignApplication).container

    override suspend fun doWork(): Result {
        val open = container.whenOpen() ?: return Result.retry()
        val waiting = bytesWaiting(open)
        val answer = open.news.of { synced(open, waiting) }
        return when (answer) {
            is Answer.Done -> result(answer.value)

            // What does not pass by itself needs a person, and the app says so when it is opened.
            is Answer.Failed -> if (passes(answer.trouble)) Result.retry() else Result.failure()
        }
    }

    override suspend fun getForegroundInfo(): ForegroundInfo = foreground(0, 0)

    private suspend fun synced(
        open: Opening.Open,
        waiting: Long,
    ): Answer<SyncDone> =
        coroutineScope {
            val sent = MutableStateFlow(0L)
            val showing = launch { if (waiting >= LONG) sent.collect { show(it, waiting) } }
            val answer = open.office.once(files()) { sent.value = it.sentBytes.toLong() }
            showing.cancel()
            answer
        }

    private fun files(): FilesToSend {
        val free = inputData.getBoolean(FILES, false)
        val network = if (free) NetworkKind.UNMETERED else container.phone.connectivity.now()
        return filesFor(network, container.preferences.chosen.value.overMobileData)
    }

    private suspend fun bytesWaiting(open: Opening.Open): Long {
        val status = open.core.read { statusScreen() } as? Answer.Done ?: return 0
        return status.value.unconfirmedBytes.toLong()
    }

    private suspend fun show(
        sent: Long,
        waiting: Long,
    ) {
        val percent = (sent * FULL / waiting).coerceIn(0, FULL)
        try {
            setForeground(foreground(percent.toInt(), FULL.toInt()))
        } catch (_: IllegalStateException) {
            // The phone does not allow it from the background: the upload goes on as long as it may.
        }
    }

    private fun foreground(
        done: Int,
        total: Int,
    ): ForegroundInfo {
        val pause = WorkManager.getInstance(applicationContext).createCancelPendingIntent(id)
        val notice = container.phone.notices.sending(done, total, pause)
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.Q) return ForegroundInfo(NOTICE, notice)
        return ForegroundInfo(NOTICE, notice, ServiceInfo.FOREGROUND_SERVICE_TYPE_DATA_SYNC)
    }

    private fun passes(trouble: Trouble): Boolean = trouble.again == Again.BY_ITSELF && runAttemptCount < ATTEMPTS

    private fun result(done: SyncDone): Result =
        when {
            done.problem == null -> Result.success()
            done.passesByItself -> Result.retry()
            else -> Result.failure()
        }

    /** Its input. */
    companion object {
        /** Whether it was begun for a network that costs nothing. */
        const val FILES = "files"
        private const val NOTICE = 1
        private const val ATTEMPTS = 5
        private const val FULL = 100L

        /** Below that it is over before anybody has read a notice. */
        private const val LONG = 4L * 1024 * 1024
    }
}
