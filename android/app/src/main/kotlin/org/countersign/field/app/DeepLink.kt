package org.countersign.field.app

import android.net.Uri
import androidx.core.net.toUri

/** What a link from outside opens. */
sealed interface DeepLink {
    /** Its address. */
    fun address(): Uri

    /** Whether it is longer than the longest of ours, which is an invitation: asked once the core is open. */
    fun isTooLong(): Boolean = address().toString().length > longestOf("invitation")

    /** A job, by its id or number. */
    data class Job(
        /** The id or number. */
        val reference: String,
    ) : DeepLink {
        override fun address(): Uri =
            Uri
                .Builder()
                .scheme(SCHEME)
                .authority("job")
                .appendPath(reference)
                .build()
    }

    /** What is safe and what is only here. */
    data object Status : DeepLink {
        override fun address(): Uri = "$SCHEME://status".toUri()
    }

    /** An invitation, as the office shows it in a code. */
    data class Invitation(
        /** The whole text. */
        val text: String,
    ) : DeepLink {
        override fun address(): Uri = text.toUri()
    }

    /** Reading. */
    companion object {
        private const val SCHEME = "countersign"

        /** What this address opens; `null` for one that is none of ours. */
        fun of(address: Uri?): DeepLink? = address?.takeIf { it.scheme == SCHEME }?.let(::read)

        private fun read(address: Uri): DeepLink? {
            if (address.isOpaque) return Invitation(address.toString())
            val reference = address.pathSegments.firstOrNull().orEmpty()
            return when {
                address.host == "job" && reference.isNotEmpty() -> Job(reference)
                address.host == "status" -> Status
                else -> null
            }
        }
    }
}
