package org.countersign.field.platform.camera

import android.graphics.SurfaceTexture
import android.util.Size
import java.io.File

/** What a camera is opened for. */
enum class CameraUse {
    /** Photos in full size. */
    PHOTO,

    /** Frames in which codes are looked for. */
    CODES,
}

/** The brightness of one frame, as a reader of codes wants it. */
class Frame(
    /** One byte for each pixel, row by row. */
    val luminance: ByteArray,
    /** Pixels in a row. */
    val width: Int,
    /** Rows. */
    val height: Int,
)

/** The back camera of the phone. */
interface Camera {
    /** Whether there is one that this app can drive. */
    fun available(): Boolean

    /** Whether it draws what it sees on a surface of the screen, and cannot be opened before there is one. */
    val needsSurface: Boolean

    /** How large the preview is that suits an area of this size. */
    fun previewSize(area: Size): Size

    /** How far the sensor is turned against the phone held upright, in degrees. */
    fun sensorTurn(): Int

    /**
     * Opens it and shows what it sees on [preview]; `null` where it cannot be opened now. The permission was given
     * before. [onFrame] hears of frames where it is opened for codes; it is called one frame at a time, off the main
     * thread, and frames that come meanwhile are dropped.
     */
    suspend fun open(
        preview: SurfaceTexture?,
        area: Size,
        use: CameraUse,
        onFrame: (Frame) -> Unit = {},
    ): CameraSession?
}

/** A camera that is open. */
interface CameraSession : AutoCloseable {
    /** Whether it has a light. */
    val hasLight: Boolean

    /** Switches the light. */
    fun light(on: Boolean)

    /**
     * Takes a photo as the camera makes it, facts and all, into [file]; the picture is upright when the phone is
     * turned by [turn] degrees. Whether it is there.
     */
    suspend fun photo(
        file: File,
        turn: Int,
    ): Boolean
}

/** A device without a camera that this app can drive. */
object NoCamera : Camera {
    override fun available(): Boolean = false

    override val needsSurface: Boolean = false

    override fun previewSize(area: Size): Size = area

    override fun sensorTurn(): Int = 0

    override suspend fun open(
        preview: SurfaceTexture?,
        area: Size,
        use: CameraUse,
        onFrame: (Frame) -> Unit,
    ): CameraSession? = null
}
