package org.countersign.field.platform.camera

import android.graphics.SurfaceTexture
import android.util.Size
import java.io.File

/** A camera for tests and for looking at screens: each photo has the bytes that are given. */
class DrawnCamera(
    private val photos: () -> ByteArray?,
    private val frames: List<Frame> = emptyList(),
    /** Whether there is one. */
    @Volatile var there: Boolean = true,
) : Camera {
    /** How often it was opened, or tried to be. */
    @Volatile
    var tries = 0

    /** Whether it opens; another app may have it. */
    @Volatile
    var opens = true

    override fun available(): Boolean = there

    override val needsSurface: Boolean = false

    override fun previewSize(area: Size): Size = area

    override fun sensorTurn(): Int = 0

    override suspend fun open(
        preview: SurfaceTexture?,
        area: Size,
        use: CameraUse,
        onFrame: (Frame) -> Unit,
    ): CameraSession? {
        tries += 1
        if (!there || !opens) return null
        if (use == CameraUse.CODES) frames.forEach(onFrame)
        return Session()
    }

    private inner class Session : CameraSession {
        override val hasLight: Boolean = true

        override fun light(on: Boolean) = Unit

        override suspend fun photo(
            file: File,
            turn: Int,
        ): Boolean {
            val bytes = photos() ?: return false
            file.writeBytes(bytes)
            return true
        }

        override fun close() = Unit
    }
}
