package org.countersign.field.platform.camera

import android.content.Context
import android.graphics.ImageFormat
import android.graphics.SurfaceTexture
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CameraMetadata
import android.util.Size
import kotlin.math.abs

/** What the back camera is and can do. */
internal class CameraFacts private constructor(
    /** Its name for the system. */
    val id: String,
    private val facts: CameraCharacteristics,
) {
    /** How far the sensor is turned, in degrees. */
    val sensorTurn: Int = facts.get(CameraCharacteristics.SENSOR_ORIENTATION) ?: UPRIGHT

    /** Whether it has a light. */
    val hasLight: Boolean = facts.get(CameraCharacteristics.FLASH_INFO_AVAILABLE) == true

    /** Whether it focuses by itself while it looks. */
    val focuses: Boolean =
        facts
            .get(CameraCharacteristics.CONTROL_AF_AVAILABLE_MODES)
            ?.contains(CameraMetadata.CONTROL_AF_MODE_CONTINUOUS_PICTURE) == true

    /** The largest photo. */
    val photo: Size =
        sizes(ImageFormat.JPEG).maxByOrNull { it.width.toLong() * it.height } ?: Size(FALLBACK_WIDTH, FALLBACK_HEIGHT)

    /** Frames for codes: large enough for small print, small enough to be read several times in a second. */
    val frame: Size = nearest(sizes(ImageFormat.YUV_420_888), CODE_PIXELS)

    /** The preview that suits an area: the shape of the photo, and about as many pixels as are shown. */
    fun preview(area: Size): Size {
        val all =
            facts
                .get(CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP)
                ?.getOutputSizes(SurfaceTexture::class.java)
                .orEmpty()
                .toList()
        val shape = photo.width.toFloat() / photo.height
        val alike = all.filter { abs(it.width.toFloat() / it.height - shape) < ALIKE }.ifEmpty { all }
        val wanted = (area.width.toLong() * area.height).coerceAtMost(MOST_PREVIEW_PIXELS)
        return nearest(alike, wanted)
    }

    private fun sizes(format: Int): List<Size> =
        facts.get(CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP)?.getOutputSizes(format).orEmpty().toList()

    private fun nearest(
        sizes: List<Size>,
        pixels: Long,
    ): Size = sizes.minByOrNull { abs(it.width.toLong() * it.height - pixels) } ?: Size(FALLBACK_WIDTH, FALLBACK_HEIGHT)

    /** Finding it. */
    companion object {
        private const val UPRIGHT = 90
        private const val ALIKE = 0.02f
        private const val FALLBACK_WIDTH = 640
        private const val FALLBACK_HEIGHT = 480
        private const val CODE_PIXELS = 1_280L * 720
        private const val MOST_PREVIEW_PIXELS = 1_920L * 1_440

        /** The back camera, else any; `null` where there is none. */
        fun find(context: Context): CameraFacts? {
            val manager = context.getSystemService(CameraManager::class.java) ?: return null
            return try {
                val all = manager.cameraIdList.map { CameraFacts(it, manager.getCameraCharacteristics(it)) }
                all.firstOrNull { it.looksBack() } ?: all.firstOrNull()
            } catch (_: CameraAccessException) {
                null
            } catch (_: IllegalArgumentException) {
                // A camera that was plugged out between the two questions.
                null
            }
        }

        private fun CameraFacts.looksBack() =
            facts.get(CameraCharacteristics.LENS_FACING) == CameraMetadata.LENS_FACING_BACK
    }
}
