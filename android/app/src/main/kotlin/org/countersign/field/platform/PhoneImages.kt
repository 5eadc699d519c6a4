package org.countersign.field.platform

import android.graphics.Bitmap
import android.graphics.Color
import android.graphics.ImageDecoder
import android.graphics.pdf.PdfRenderer
import android.media.MediaMetadataRetriever
import android.os.Build
import android.os.ParcelFileDescriptor
import android.util.Log
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.IOException
import kotlin.math.max
import kotlin.math.roundToInt

/** Draws of files what the core does not decode: HEIC photos, frames of videos, first pages. */
fun interface ImageMaker {
    /** An upright JPEG, its longer side about [edge] pixels; `null` where the phone cannot draw it. */
    fun preview(
        path: String,
        edge: Int,
    ): ByteArray?
}

/** The phone's own decoders. Never more than one picture of the wanted size is in memory. */
class PhoneImages : ImageMaker {
    @Suppress("TooGenericExceptionCaught")
    override fun preview(
        path: String,
        edge: Int,
    ): ByteArray? =
        try {
            val file = File(path)
            val bitmap = page(file, edge) ?: photo(file, edge) ?: frame(file, edge)
            bitmap?.let { jpeg(it) }
        } catch (broken: IOException) {
            undrawn(path, broken)
        } catch (broken: RuntimeException) {
            // The decoders throw what they like at files that are broken.
            undrawn(path, broken)
        }

    private fun undrawn(
        path: String,
        why: Exception,
    ): ByteArray? {
        Log.i("PhoneImages", "not drawn: a file of the kind ${File(path).extension}", why)
        return null
    }

    private fun photo(
        file: File,
        edge: Int,
    ): Bitmap? {
        // Before Android 9: HEIC is unknown there, the rest is read at a fraction of its size.
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.P) return sampled(file, edge)?.let { shrunk(it, edge) }
        return try {
            ImageDecoder.decodeBitmap(ImageDecoder.createSource(file)) { decoder, info, _ ->
                val scale = scale(info.size.width, info.size.height, edge)
                decoder.setTargetSize(scaled(info.size.width, scale), scaled(info.size.height, scale))
                decoder.allocator = ImageDecoder.ALLOCATOR_SOFTWARE
            }
        } catch (_: IOException) {
            null
        }
    }

    private fun frame(
        file: File,
        edge: Int,
    ): Bitmap? {
        val retriever = MediaMetadataRetriever()
        return try {
            retriever.setDataSource(file.path)
            val frame =
                when {
                    Build.VERSION.SDK_INT >= Build.VERSION_CODES.O_MR1 -> {
                        retriever.getScaledFrameAtTime(0, MediaMetadataRetriever.OPTION_CLOSEST_SYNC, edge, edge)
                    }

                    else -> {
                        retriever.getFrameAtTime(0)
                    }
                }
            frame?.let { shrunk(it, edge) }
        } finally {
            retriever.release()
        }
    }

    private fun page(
        file: File,
        edge: Int,
    ): Bitmap? {
        if (!isPdf(file)) return null
        return ParcelFileDescriptor.open(file, ParcelFileDescriptor.MODE_READ_ONLY).use { descriptor ->
            PdfRenderer(descriptor).use { pdf -> pdf.openPage(0).use { drawn(it, edge) } }
        }
    }

    private fun isPdf(file: File): Boolean =
        file.inputStream().use { input ->
            val start = ByteArray(MAGIC.length)
            input.read(start) == start.size && String(start, Charsets.US_ASCII) == MAGIC
        }

    private fun jpeg(bitmap: Bitmap): ByteArray {
        val out = ByteArrayOutputStream()
        bitmap.compress(Bitmap.CompressFormat.JPEG, QUALITY, out)
        bitmap.recycle()
        return out.toByteArray()
    }

    /** Drawing of pages. */
    companion object {
        private const val MAGIC = "%PDF"
        private const val QUALITY = 85

        /** One page on white, its longer side [edge] pixels. */
        fun drawn(
            page: PdfRenderer.Page,
            edge: Int,
        ): Bitmap {
            val scale = edge.toFloat() / max(page.width, page.height)
            val bitmap =
                Bitmap.createBitmap(
                    scaled(page.width, scale),
                    scaled(page.height, scale),
                    Bitmap.Config.ARGB_8888,
                )
            bitmap.eraseColor(Color.WHITE)
            page.render(bitmap, null, null, PdfRenderer.Page.RENDER_MODE_FOR_DISPLAY)
            return bitmap
        }

        private fun scale(
            width: Int,
            height: Int,
            edge: Int,
        ): Float = minOf(1f, edge.toFloat() / max(1, max(width, height)))

        private fun scaled(
            side: Int,
            scale: Float,
        ): Int = max(1, (side * scale).roundToInt())

        private fun shrunk(
            bitmap: Bitmap,
            edge: Int,
        ): Bitmap {
            val scale = scale(bitmap.width, bitmap.height, edge)
            if (scale >= 1f) return bitmap
            val small =
                Bitmap.createScaledBitmap(
                    bitmap,
                    scaled(bitmap.width, scale),
                    scaled(bitmap.height, scale),
                    true,
                )
            bitmap.recycle()
            return small
        }
    }
}
