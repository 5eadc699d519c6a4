package org.countersign.field.platform.camera

import android.media.Image
import android.media.ImageReader
import android.os.Handler
import java.nio.Buffer

/** Takes the brightness out of frames, one at a time. */
internal class Frames(
    private val onFrame: (Frame) -> Unit,
) {
    /** Listens until the reader is closed; the newest frame counts, those between are dropped. */
    fun listenTo(
        reader: ImageReader,
        handler: Handler,
    ) = reader.setOnImageAvailableListener(
        { ready -> ready.acquireLatestImage()?.use { onFrame(frame(it)) } },
        handler,
    )

    private fun frame(image: Image): Frame {
        val plane = image.planes[0]
        val bytes = ByteArray(image.width * image.height)
        // As any buffer: a position of the buffer of bytes' own came after Android 8.
        val place: Buffer = plane.buffer
        for (row in 0 until image.height) {
            place.position(row * plane.rowStride)
            plane.buffer.get(bytes, row * image.width, image.width)
        }
        return Frame(bytes, image.width, image.height)
    }
}
