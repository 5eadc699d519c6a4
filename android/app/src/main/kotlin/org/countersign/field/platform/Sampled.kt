package org.countersign.field.platform

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import java.io.File
import kotlin.math.max

/**
 * A picture read at a fraction of its size, so that no more of it is in memory than is shown: its longer side at least
 * [edge] pixels where the file has as many; `null` for what is no picture that this phone knows.
 */
internal fun sampled(
    file: File,
    edge: Int,
): Bitmap? {
    val options = BitmapFactory.Options().apply { inJustDecodeBounds = true }
    file.inputStream().buffered().use { BitmapFactory.decodeStream(it, null, options) }
    val longer = max(options.outWidth, options.outHeight)
    if (longer <= 0) return null
    options.inJustDecodeBounds = false
    options.inSampleSize = sampleSize(longer, edge)
    return file.inputStream().buffered().use { BitmapFactory.decodeStream(it, null, options) }
}

/** The largest power of two that leaves the longer side at least [edge] long. */
internal fun sampleSize(
    longer: Int,
    edge: Int,
): Int {
    var size = 1
    while (longer / (size * 2) >= edge) size *= 2
    return size
}
