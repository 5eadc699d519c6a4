package org.countersign.field.platform

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import java.io.File
import java.io.InputStream
import kotlin.math.max

/**
 * A picture read at a fraction of its size, so that no more of it is in memory than is needed: its longer side at least
 * [edge] pixels where there are as many; `null` for what is no picture that this phone knows. [open] is asked twice.
 */
internal fun sampled(
    edge: Int,
    open: () -> InputStream?,
): Bitmap? {
    val options = BitmapFactory.Options().apply { inJustDecodeBounds = true }
    open()?.buffered()?.use { BitmapFactory.decodeStream(it, null, options) }
    val longer = max(options.outWidth, options.outHeight)
    if (longer <= 0) return null
    options.inJustDecodeBounds = false
    options.inSampleSize = sampleSize(longer, edge)
    return open()?.buffered()?.use { BitmapFactory.decodeStream(it, null, options) }
}

/** The same of a file. */
internal fun sampled(
    file: File,
    edge: Int,
): Bitmap? = sampled(edge) { file.inputStream() }

/** The largest power of two that leaves the longer side at least [edge] long. */
private fun sampleSize(
    longer: Int,
    edge: Int,
): Int {
    var size = 1
    while (longer / (size * 2) >= edge) size *= 2
    return size
}
