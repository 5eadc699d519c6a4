package org.countersign.field.platform

import android.Manifest.permission.POST_NOTIFICATIONS
import android.annotation.SuppressLint
import android.app.Notification
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Build
import androidx.core.app.NotificationChannelCompat
import androidx.core.app.NotificationCompat
import androidx.core.app.NotificationManagerCompat
import androidx.core.content.ContextCompat
import org.countersign.field.R
import org.countersign.field.app.DeepLink
import org.countersign.field.app.MainActivity

/** What the phone tells when the app is not on the screen. */
interface Notices {
    /** A voucher came back with remarks; [job] is what a tap opens. */
    fun returned(
        job: String,
        name: String,
    )

    /** A job was planned. */
    fun newJob(
        job: String,
        name: String,
    )

    /** Takes back what was said about a job, once it is looked at. */
    fun seen(job: String)

    /** The notice of an upload under way; [total] is 0 where it is unknown. */
    fun sending(
        done: Int,
        total: Int,
        pause: PendingIntent?,
    ): Notification

    /** Whether the person lets the app tell anything. */
    fun allowed(): Boolean
}

/** The phone's notifications, one channel a kind, so that each can be switched off by itself. */
@Suppress("SpreadOperator")
class PhoneNotices(
    private val context: Context,
) : Notices {
    private val manager = NotificationManagerCompat.from(context)

    /** In the language of the app, which before Android 13 is not that of the process. */
    private fun word(
        id: Int,
        vararg arguments: Any,
    ): String = ContextCompat.getContextForLanguage(context).getString(id, *arguments)

    /** Names the channels; again after a change of language. */
    fun nameChannels() {
        manager.createNotificationChannelsCompat(
            listOf(
                channel(
                    RETURNED,
                    NotificationManagerCompat.IMPORTANCE_HIGH,
                    R.string.channel_returned,
                    R.string.channel_returned_about,
                ),
                channel(
                    NEW_JOBS,
                    NotificationManagerCompat.IMPORTANCE_DEFAULT,
                    R.string.channel_new_jobs,
                    R.string.channel_new_jobs_about,
                ),
                channel(
                    SENDING,
                    NotificationManagerCompat.IMPORTANCE_LOW,
                    R.string.channel_sending,
                    R.string.channel_sending_about,
                ),
            ),
        )
    }

    override fun returned(
        job: String,
        name: String,
    ) = tell(RETURNED, job, word(R.string.notice_returned, name))

    override fun newJob(
        job: String,
        name: String,
    ) = tell(NEW_JOBS, job, word(R.string.notice_new_job, name))

    override fun seen(job: String) {
        manager.cancel(job, RETURNED.hashCode())
        manager.cancel(job, NEW_JOBS.hashCode())
    }

    override fun sending(
        done: Int,
        total: Int,
        pause: PendingIntent?,
    ): Notification {
        val notice =
            NotificationCompat
                .Builder(context, SENDING)
                .setSmallIcon(R.drawable.ic_notice)
                .setContentTitle(word(R.string.notice_sending))
                .setContentIntent(open(DeepLink.Status))
                .setProgress(total, done, total == 0)
                .setOngoing(true)
                .setOnlyAlertOnce(true)
        if (pause != null) notice.addAction(0, word(R.string.notice_sending_stop), pause)
        return notice.build()
    }

    override fun allowed(): Boolean =
        manager.areNotificationsEnabled() &&
            (
                Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU ||
                    ContextCompat.checkSelfPermission(context, POST_NOTIFICATIONS) == PERMISSION_GRANTED
            )

    private fun channel(
        id: String,
        importance: Int,
        name: Int,
        about: Int,
    ): NotificationChannelCompat =
        NotificationChannelCompat
            .Builder(id, importance)
            .setName(word(name))
            .setDescription(word(about))
            .build()

    @SuppressLint("MissingPermission")
    private fun tell(
        channel: String,
        job: String,
        text: String,
    ) {
        if (!allowed()) return
        val notice =
            NotificationCompat
                .Builder(context, channel)
                .setSmallIcon(R.drawable.ic_notice)
                .setContentTitle(text)
                .setContentIntent(open(DeepLink.Job(job)))
                .setAutoCancel(true)
                .setOnlyAlertOnce(true)
                .setVisibility(NotificationCompat.VISIBILITY_PRIVATE)
                .build()
        manager.notify(job, channel.hashCode(), notice)
    }

    private fun open(link: DeepLink): PendingIntent {
        val intent = Intent(Intent.ACTION_VIEW, link.address(), context, MainActivity::class.java)
        val flags = PendingIntent.FLAG_UPDATE_CURRENT or PendingIntent.FLAG_IMMUTABLE
        return PendingIntent.getActivity(context, link.hashCode(), intent, flags)
    }

    /** The names of the channels. */
    companion object {
        /** Returned vouchers. */
        const val RETURNED = "returned"

        /** New jobs. */
        const val NEW_JOBS = "new-jobs"

        /** Uploads. */
        const val SENDING = "sending"
    }
}
