package org.countersign.field.platform

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import androidx.core.content.ContextCompat
import androidx.core.content.FileProvider
import androidx.core.net.toUri
import org.countersign.field.R
import java.io.File

/** Other apps: telephone, map, share sheet. Each answers whether an app was there. */
interface Outside {
    /** Opens the telephone with this number; the person presses call. */
    fun call(number: String): Boolean

    /** Opens a mail app with a mail to this address; the person writes and sends it. */
    fun mail(address: String): Boolean

    /** Shows this address or place on a map. */
    fun map(query: String): Boolean

    /** Opens the share sheet with this file; it must lie in [shareFolder]. */
    fun share(
        file: File,
        type: String,
    ): Boolean

    /** Opens this file in an app that shows it; it must lie in [shareFolder]. */
    fun show(
        file: File,
        type: String,
    ): Boolean

    /** Where files are put that other apps may be given; emptied by the system when space is short. */
    val shareFolder: File

    /** A file of this name that a camera app may write. */
    fun captureFile(name: String): File

    /** The address under which it may write it. */
    fun writable(file: File): Uri
}

/** The phone's other apps. */
class OtherApps(
    private val context: Context,
) : Outside {
    override val shareFolder: File
        get() = File(context.cacheDir, "share").apply { mkdirs() }

    override fun captureFile(name: String): File = File(File(context.filesDir, "capture").apply { mkdirs() }, name)

    override fun call(number: String): Boolean = start(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", number, null)))

    override fun mail(address: String): Boolean =
        start(Intent(Intent.ACTION_SENDTO, Uri.fromParts("mailto", address, null)))

    override fun map(query: String): Boolean =
        start(Intent(Intent.ACTION_VIEW, "geo:0,0?q=${Uri.encode(query)}".toUri()))

    override fun share(
        file: File,
        type: String,
    ): Boolean {
        val send =
            Intent(Intent.ACTION_SEND)
                .setType(type)
                .putExtra(Intent.EXTRA_STREAM, address(file))
                .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        return start(
            Intent.createChooser(send, ContextCompat.getContextForLanguage(context).getString(R.string.share_file)),
        )
    }

    override fun show(
        file: File,
        type: String,
    ): Boolean =
        start(
            Intent(Intent.ACTION_VIEW)
                .setDataAndType(address(file), type)
                .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION),
        )

    override fun writable(file: File): Uri = address(file)

    private fun address(file: File): Uri = FileProvider.getUriForFile(context, "${context.packageName}.files", file)

    private fun start(intent: Intent): Boolean =
        try {
            context.startActivity(intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
            true
        } catch (_: ActivityNotFoundException) {
            false
        } catch (_: SecurityException) {
            // Another app that may not be opened from here is none.
            false
        }
}
