package org.countersign.field.platform

import android.app.ActivityManager
import android.content.ComponentCallbacks2
import android.content.Context
import android.content.res.Configuration
import android.graphics.Bitmap
import android.util.LruCache
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.io.File
import java.io.IOException

/** Loads pictures of the store, which are upright JPEG already, no larger than they are shown. */
class Pictures(
    most: Int,
    private val io: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(AT_ONCE),
) {
    private val held =
        object : LruCache<String, Bitmap>(most) {
            override fun sizeOf(
                key: String,
                value: Bitmap,
            ): Int = value.allocationByteCount
        }

    /** What is in memory already; `null` where it must be loaded. */
    fun held(
        path: String,
        edge: Int,
    ): Bitmap? = held.get(key(path, edge))

    /** The picture, its longer side at least [edge] pixels where the file has as many; `null` for an unreadable one. */
    suspend fun load(
        path: String,
        edge: Int,
    ): Bitmap? =
        held(path, edge) ?: withContext(io) {
            held(path, edge) ?: decoded(path, edge)?.also { held.put(key(path, edge), it) }
        }

    /** Lets go of everything. */
    fun clear() = held.evictAll()

    /** A file that changes is another picture. */
    private fun key(
        path: String,
        edge: Int,
    ): String = "$edge:${File(path).lastModified()}:$path"

    private fun decoded(
        path: String,
        edge: Int,
    ): Bitmap? =
        try {
            sampled(File(path), edge)
        } catch (_: IOException) {
            // Freed a moment ago, or not there yet.
            null
        }

    /** One for the process. */
    companion object {
        /** So many files are read at a time: more only fight for memory. */
        private const val AT_ONCE = 2

        /** The share of the app's memory that pictures may take. */
        private const val SHARE = 8
        private const val MEBIBYTE = 1_048_576

        @Volatile
        private var shared: Pictures? = null

        /** The pictures of this process; the system's call for memory lets go of them. */
        fun of(context: Context): Pictures =
            shared ?: synchronized(this) {
                shared ?: make(context.applicationContext).also { shared = it }
            }

        private fun make(context: Context): Pictures {
            val memory = context.getSystemService(ActivityManager::class.java).memoryClass
            val pictures = Pictures(memory * MEBIBYTE / SHARE)
            context.registerComponentCallbacks(
                object : ComponentCallbacks2 {
                    override fun onTrimMemory(level: Int) = pictures.clear()

                    override fun onConfigurationChanged(newConfig: Configuration) = Unit

                    @Suppress("OVERRIDE_DEPRECATION")
                    override fun onLowMemory() = pictures.clear()
                },
            )
            return pictures
        }
    }
}
