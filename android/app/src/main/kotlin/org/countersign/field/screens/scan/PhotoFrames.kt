package org.countersign.field.screens.scan

import android.content.Context
import android.graphics.Bitmap
import android.net.Uri
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.countersign.field.platform.camera.Frame
import org.countersign.field.platform.sampled
import java.io.IOException

/** A photo that is larger than this is read at a fraction of its size. */
private const val LONGER_SIDE = 2_000

/** The brightness of a photo that a person chose; `null` where it cannot be read. */
@Suppress("TooGenericExceptionCaught")
internal suspend fun frameOf(
    context: Context,
    photo: Uri,
): Frame? =
    withContext(Dispatchers.IO) {
        try {
            sampled(LONGER_SIDE) { context.contentResolver.openInputStream(photo) }?.let(::frame)
        } catch (_: IOException) {
            null
        } catch (_: RuntimeException) {
            // The other app may throw here what it likes; its fault is no end of this one.
            null
        }
    }

/** Green counts most for the eye, and for the reader. */
private fun frame(bitmap: Bitmap): Frame {
    val pixels = IntArray(bitmap.width * bitmap.height)
    bitmap.getPixels(pixels, 0, bitmap.width, 0, 0, bitmap.width, bitmap.height)
    val bytes =
        ByteArray(pixels.size) { place ->
            val pixel = pixels[place]
            val (red, green, blue) = Triple(pixel shr RED and BYTE, pixel shr GREEN and BYTE, pixel and BYTE)
            ((red + 2 * green + blue) / PARTS).toByte()
        }
    return Frame(bytes, bitmap.width, bitmap.height).also { bitmap.recycle() }
}

private const val RED = 16
private const val GREEN = 8
private const val BYTE = 0xFF
private const val PARTS = 4
