package org.countersign.field.platform.camera

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.ImageFormat
import android.graphics.SurfaceTexture
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.util.Size
import android.view.Surface
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.coroutines.cancellation.CancellationException
import kotlin.coroutines.resume

/** The phone's back camera, through camera2. */
class PhoneCamera(
    private val context: Context,
) : Camera {
    private val facts: CameraFacts? by lazy { CameraFacts.find(context) }

    @Volatile
    private var last: PhoneCameraSession? = null

    override fun available(): Boolean = facts != null

    override val needsSurface: Boolean = true

    override fun previewSize(area: Size): Size = facts?.preview(area) ?: area

    override fun sensorTurn(): Int = facts?.sensorTurn ?: 0

    override suspend fun open(
        preview: SurfaceTexture?,
        area: Size,
        use: CameraUse,
        onFrame: (Frame) -> Unit,
    ): CameraSession? {
        val facts = facts
        if (facts == null || preview == null) return null
        // The screen before may still wait for its last photo: whoever opens the camera now takes it away.
        withTimeoutOrNull(Closing.PATIENCE) { last?.ended?.join() }
        val parts = ArrayDeque<() -> Unit>()
        return try {
            opened(facts, preview, area, use, onFrame, parts).also {
                last = it
                if (it == null) closeAll(parts)
            }
        } catch (left: CancellationException) {
            // Whoever left while it opened waits for nothing, but another app waits for the camera.
            closeAll(parts)
            throw left
        } catch (_: IllegalArgumentException) {
            // A surface that went away meanwhile.
            closeAll(parts)
            null
        } catch (_: IllegalStateException) {
            closeAll(parts)
            null
        } catch (_: Surface.OutOfResourcesException) {
            closeAll(parts)
            null
        }
    }

    /** Opens it; what was opened by the way is in [parts], the last first, and is closed where the whole fails. */
    @Suppress("LongParameterList")
    private suspend fun opened(
        facts: CameraFacts,
        preview: SurfaceTexture,
        area: Size,
        use: CameraUse,
        onFrame: (Frame) -> Unit,
        parts: ArrayDeque<() -> Unit>,
    ): PhoneCameraSession? {
        val thread = HandlerThread("camera").apply { start() }
        parts.addFirst { thread.quitSafely() }
        val handler = Handler(thread.looper)
        val device = device(facts, handler) ?: return null
        parts.addFirst(device::close)
        val size = facts.preview(area)
        preview.setDefaultBufferSize(size.width, size.height)
        val seen = Surface(preview)
        parts.addFirst(seen::release)
        val reader = reader(facts, use)
        parts.addFirst(reader::close)
        if (use == CameraUse.CODES) Frames(onFrame).listenTo(reader, handler)
        return session(device, listOf(seen, reader.surface), handler)
            ?.let { PhoneCameraSession(OpenCamera(facts, device, it, seen, reader, thread, handler)) }
            ?.takeIf { it.show(use) }
    }

    private fun closeAll(parts: ArrayDeque<() -> Unit>) = parts.forEach { close -> close() }

    private fun reader(
        facts: CameraFacts,
        use: CameraUse,
    ): ImageReader =
        when (use) {
            CameraUse.PHOTO -> {
                ImageReader.newInstance(facts.photo.width, facts.photo.height, ImageFormat.JPEG, 2)
            }

            CameraUse.CODES -> {
                ImageReader.newInstance(
                    facts.frame.width,
                    facts.frame.height,
                    ImageFormat.YUV_420_888,
                    2,
                )
            }
        }

    @SuppressLint("MissingPermission")
    private suspend fun device(
        facts: CameraFacts,
        handler: Handler,
    ): CameraDevice? =
        suspendCancellableCoroutine { waiting ->
            val manager = context.getSystemService(CameraManager::class.java)
            try {
                manager.openCamera(facts.id, Opening(waiting), handler)
            } catch (_: CameraAccessException) {
                waiting.answer(null)
            } catch (_: SecurityException) {
                // Taken away between the question and the opening.
                waiting.answer(null)
            } catch (_: IllegalArgumentException) {
                waiting.answer(null)
            }
        }

    /** What holds on every Android that this app runs on; the newer call needs Android 9. */
    @Suppress("DEPRECATION")
    private suspend fun session(
        device: CameraDevice,
        surfaces: List<Surface>,
        handler: Handler,
    ): CameraCaptureSession? =
        suspendCancellableCoroutine { waiting ->
            val told =
                object : CameraCaptureSession.StateCallback() {
                    override fun onConfigured(session: CameraCaptureSession) = waiting.answer(session)

                    override fun onConfigureFailed(session: CameraCaptureSession) = waiting.answer(null)
                }
            try {
                device.createCaptureSession(surfaces, told, handler)
            } catch (_: CameraAccessException) {
                waiting.answer(null)
            } catch (_: IllegalStateException) {
                waiting.answer(null)
            } catch (_: IllegalArgumentException) {
                waiting.answer(null)
            }
        }

    /** A camera that another app takes away later is closed; the screen opens it again when it is shown again. */
    private class Opening(
        private val waiting: CancellableContinuation<CameraDevice?>,
    ) : CameraDevice.StateCallback() {
        override fun onOpened(camera: CameraDevice) {
            // Between the answer and its arrival the caller may leave: nobody would close it then.
            if (waiting.isActive) waiting.resume(camera) { _, unclaimed, _ -> unclaimed.close() } else camera.close()
        }

        override fun onDisconnected(camera: CameraDevice) = lost(camera)

        override fun onError(
            camera: CameraDevice,
            error: Int,
        ) = lost(camera)

        private fun lost(camera: CameraDevice) {
            camera.close()
            waiting.answer(null)
        }
    }
}

/** Answers once; a second answer and one that nobody waits for any more are dropped. */
internal fun <T> CancellableContinuation<T>.answer(value: T) {
    if (isActive) resume(value)
}
