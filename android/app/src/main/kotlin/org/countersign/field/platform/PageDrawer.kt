package org.countersign.field.platform

import android.graphics.Bitmap
import android.graphics.Color
import android.graphics.pdf.PdfRenderer
import android.os.ParcelFileDescriptor
import androidx.core.graphics.createBitmap
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import java.io.Closeable
import java.io.File
import java.io.IOException
import kotlin.coroutines.cancellation.CancellationException

/** Pages of an open document. Never called on the main thread's time: each call waits its turn elsewhere. */
interface OpenPages : Closeable {
    /** Width by height of each page. */
    val shapes: List<Float>

    /** A page as a picture of this width; `null` where it cannot be drawn. */
    suspend fun picture(
        page: Int,
        width: Int,
    ): Bitmap?
}

/** Draws documents. */
fun interface PageDrawer {
    /** Opens a PDF; `null` where it cannot be read here. */
    suspend fun open(pdf: String): OpenPages?
}

/** The phone's own renderer. */
object PhonePageDrawer : PageDrawer {
    override suspend fun open(pdf: String): OpenPages? {
        var pages: OpenPages? = null
        return try {
            withContext(Dispatchers.IO) { pages = opened(File(pdf)) }
            pages
        } catch (left: CancellationException) {
            // Whoever left while it opened does not get it: nobody else would close it.
            pages?.close()
            throw left
        }
    }

    private fun opened(pdf: File): OpenPages? =
        try {
            val file = ParcelFileDescriptor.open(pdf, ParcelFileDescriptor.MODE_READ_ONLY)
            rendererOf(file)?.let(::pagesOf)
        } catch (_: IOException) {
            null
        }

    /** The renderer owns the file from here on, but for one that it does not take. */
    private fun rendererOf(file: ParcelFileDescriptor): PdfRenderer? =
        drawnOrNull { PdfRenderer(file) }.also { if (it == null) file.close() }

    private fun pagesOf(renderer: PdfRenderer): OpenPages? {
        val shapes =
            drawnOrNull {
                List(renderer.pageCount) { index ->
                    renderer.openPage(index).use { it.width.toFloat() / it.height }
                }
            }
        if (shapes == null) renderer.close()
        return shapes?.let { RenderedPages(renderer, it) }
    }
}

/** What the renderer gives, or `null`: a damaged file, one with a password and a full memory each throw their own. */
@Suppress("TooGenericExceptionCaught")
private fun <T : Any> drawnOrNull(draw: () -> T): T? =
    try {
        draw()
    } catch (_: IOException) {
        null
    } catch (_: RuntimeException) {
        null
    } catch (_: OutOfMemoryError) {
        null
    }

/** The renderer has one page open at a time. */
private class RenderedPages(
    private val renderer: PdfRenderer,
    override val shapes: List<Float>,
) : OpenPages {
    private val turn = Mutex()
    private val lock = Any()
    private var drawing = false
    private var ended = false

    override suspend fun picture(
        page: Int,
        width: Int,
    ): Bitmap? =
        withContext(Dispatchers.IO) {
            turn.withLock {
                if (!begin()) return@withContext null
                try {
                    drawnOrNull { draw(page, width) }
                } finally {
                    finish()
                }
            }
        }

    private fun draw(
        page: Int,
        width: Int,
    ): Bitmap =
        renderer.openPage(page).use { open ->
            val wide = width.coerceIn(1, WIDEST)
            val high = (wide / shapes[page]).toInt().coerceAtLeast(1)
            createBitmap(wide, high).also {
                it.eraseColor(Color.WHITE)
                open.render(it, null, null, PdfRenderer.Page.RENDER_MODE_FOR_DISPLAY)
            }
        }

    private fun begin(): Boolean =
        synchronized(lock) {
            drawing = !ended
            drawing
        }

    private fun finish() =
        synchronized(lock) {
            drawing = false
            if (ended) renderer.close()
        }

    /** A page that is being drawn is finished first; who draws it closes then. */
    override fun close() =
        synchronized(lock) {
            if (!ended && !drawing) renderer.close()
            ended = true
        }

    private companion object {
        /** A4 at about 260 dots an inch; more shows nothing more and fills a small phone's memory. */
        const val WIDEST = 2_200
    }
}
