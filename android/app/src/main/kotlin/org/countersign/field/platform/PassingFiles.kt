package org.countersign.field.platform

import java.io.File

/**
 * Copies for other apps and from them, which lie in clear in the cache. They are of use for a moment; what is older
 * than an hour goes when the app begins, the rest may still be read by the app that it was given to.
 */
class PassingFiles(
    cache: File,
    private val now: () -> Long = System::currentTimeMillis,
) {
    private val folders = listOf(File(cache, "share"), File(cache, "picked"))

    /** Removes what nobody reads any more. */
    fun remove() {
        val before = now() - LIFE
        folders.forEach { folder ->
            folder.walkBottomUp().filter { it != folder && it.lastModified() < before }.forEach { it.delete() }
        }
    }

    private companion object {
        const val LIFE = 3_600_000L
    }
}
