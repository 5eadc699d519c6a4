package org.countersign.field.platform

import android.content.Context
import androidx.work.BackoffPolicy
import androidx.work.Constraints
import androidx.work.ExistingPeriodicWorkPolicy
import androidx.work.ExistingWorkPolicy
import androidx.work.NetworkType
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.OutOfQuotaPolicy
import androidx.work.PeriodicWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.workDataOf
import java.util.concurrent.TimeUnit

/** Work that is done while the app is not on the screen. It outlives the process and a restart of the phone. */
interface Schedule {
    /** Sends what waits as soon as there is a network, and large files as soon as there is one that costs nothing. */
    fun sendSoon()

    /** Syncs from time to time from now on, so that new jobs are here before they are looked for. */
    fun keepInSync()

    /** Stops an upload until the next time. */
    fun pause()
}

/** The phone's work manager. */
class PhoneSchedule(
    private val context: Context,
) : Schedule {
    // Asked for late: the work manager reads its own store.
    private val manager get() = WorkManager.getInstance(context)

    override fun sendSoon() {
        val send =
            OneTimeWorkRequestBuilder<SyncWorker>()
                .setConstraints(Constraints(requiredNetworkType = NetworkType.CONNECTED))
                .setExpedited(OutOfQuotaPolicy.RUN_AS_NON_EXPEDITED_WORK_REQUEST)
                .setBackoffCriteria(BackoffPolicy.EXPONENTIAL, BACKOFF, TimeUnit.SECONDS)
                .build()
        val files =
            OneTimeWorkRequestBuilder<SyncWorker>()
                .setConstraints(
                    Constraints(requiredNetworkType = NetworkType.UNMETERED, requiresBatteryNotLow = true),
                ).setInputData(workDataOf(SyncWorker.FILES to true))
                .setBackoffCriteria(BackoffPolicy.EXPONENTIAL, BACKOFF, TimeUnit.SECONDS)
                .build()
        manager.enqueueUniqueWork(SEND, ExistingWorkPolicy.REPLACE, send)
        manager.enqueueUniqueWork(SEND_FILES, ExistingWorkPolicy.KEEP, files)
    }

    override fun keepInSync() {
        val sync =
            PeriodicWorkRequestBuilder<SyncWorker>(PERIOD, TimeUnit.MINUTES)
                .setConstraints(Constraints(requiredNetworkType = NetworkType.CONNECTED))
                .build()
        manager.enqueueUniquePeriodicWork(SYNC, ExistingPeriodicWorkPolicy.KEEP, sync)
    }

    override fun pause() {
        manager.cancelUniqueWork(SEND_FILES)
        manager.cancelUniqueWork(SEND)
    }

    private companion object {
        const val SEND = "send"
        const val SEND_FILES = "send-files"
        const val SYNC = "sync"
        const val BACKOFF = 30L
        const val PERIOD = 60L
    }
}
