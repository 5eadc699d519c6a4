package org.countersign.field.platform.camera

import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraMetadata
import android.hardware.camera2.CaptureFailure
import android.hardware.camera2.CaptureRequest
import android.media.Image
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.view.Surface
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Job
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull
import java.io.File
import java.io.IOException
import java.nio.ByteBuffer

/** What belongs to a camera that is open. */
@Suppress("LongParameterList")
internal class OpenCamera(
    val facts: CameraFacts,
    val device: CameraDevice,
    val session: CameraCaptureSession?,
    val seen: Surface,
    val reader: ImageReader,
    val thread: HandlerThread,
    val handler: Handler,
)

/** The phone's camera while it is open. */
internal class PhoneCameraSession(
    private val open: OpenCamera,
) : CameraSession {
    private var lit = false
    private var forCodes = false
    private val awaited = Awaited<Shot>()
    private val over = CompletableDeferred<Unit>()
    private val closing = Closing(TurnsOf(open.handler), { !awaited.any { it.waiting.isActive } }, ::stopLooking, ::end)

    /** Ends when another session can have the camera. */
    val ended: Job get() = over

    override val hasLight: Boolean get() = open.facts.hasLight

    /** Begins to show what it sees; whether it does. */
    fun show(use: CameraUse): Boolean {
        forCodes = use == CameraUse.CODES
        if (!forCodes) listen()
        return look()
    }

    override fun light(on: Boolean) {
        lit = on && hasLight
        look()
    }

    override suspend fun photo(
        file: File,
        turn: Int,
    ): Boolean =
        withTimeoutOrNull(PATIENCE) {
            suspendCancellableCoroutine { waiting -> take(Shot(file, turn, waiting)) }
        } == true

    override fun close() = closing.begin()

    /** The surface goes away with the screen: nothing is drawn on it while the last picture comes. */
    private fun stopLooking() {
        asked { open.session?.stopRepeating() }
    }

    private fun end() {
        asked { open.session?.close() }
        open.device.close()
        open.reader.close()
        open.seen.release()
        awaited.end().forEach { it.waiting.answer(false) }
        over.complete(Unit)
        open.thread.quitSafely()
    }

    private fun look(): Boolean =
        asked {
            val request = open.device.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW)
            request.addTarget(open.seen)
            if (forCodes) request.addTarget(open.reader.surface)
            common(request)
            open.session?.setRepeatingRequest(request.build(), null, open.handler)
        }

    private fun take(shot: Shot) {
        awaited.ask(shot)
        if (closing.begun || !asked { capture(shot) }) refused(shot)
    }

    private fun capture(shot: Shot) {
        val request = open.device.createCaptureRequest(CameraDevice.TEMPLATE_STILL_CAPTURE)
        request.addTarget(open.reader.surface)
        request.set(CaptureRequest.JPEG_ORIENTATION, (open.facts.sensorTurn + shot.turn + WHOLE) % WHOLE)
        request.set(CaptureRequest.JPEG_QUALITY, QUALITY)
        common(request)
        open.session?.capture(request.build(), Told(shot), open.handler)
    }

    private fun refused(shot: Shot) {
        awaited.refused(shot)
        shot.waiting.answer(false)
        open.handler.post(closing::look)
    }

    private fun common(request: CaptureRequest.Builder) {
        if (open.facts.focuses) {
            request.set(CaptureRequest.CONTROL_AF_MODE, CameraMetadata.CONTROL_AF_MODE_CONTINUOUS_PICTURE)
        }
        request.set(CaptureRequest.CONTROL_AE_MODE, CameraMetadata.CONTROL_AE_MODE_ON)
        request.set(
            CaptureRequest.FLASH_MODE,
            if (lit) CameraMetadata.FLASH_MODE_TORCH else CameraMetadata.FLASH_MODE_OFF,
        )
    }

    private fun listen() = open.reader.setOnImageAvailableListener(::delivered, open.handler)

    private fun delivered(reader: ImageReader) {
        try {
            reader.acquireNextImage()?.use { image ->
                val shot = awaited.delivered(image.timestamp)
                // Of a shot that nobody waits for any more nothing is kept: the person was told that there is none.
                if (shot != null && shot.waiting.isActive) shot.waiting.answer(written(image, shot.file))
            }
        } catch (_: IllegalStateException) {
            // The camera was closed while the picture came.
        }
        closing.look()
    }

    /** The bytes as the camera made them. */
    private fun written(
        image: Image,
        file: File,
    ): Boolean =
        try {
            whole(image.planes[0].buffer, file)
            true
        } catch (_: IOException) {
            file.delete()
            false
        }

    /** One call may write a part where the phone is nearly full. */
    private fun whole(
        bytes: ByteBuffer,
        file: File,
    ) = file.outputStream().channel.use { channel ->
        while (bytes.hasRemaining()) channel.write(bytes)
    }

    private fun asked(ask: () -> Unit): Boolean = open.session != null && takesOrder(ask)

    /** The thread on which the camera tells. */
    private class TurnsOf(
        private val handler: Handler,
    ) : Closing.Turns {
        override fun next(work: () -> Unit) {
            handler.post(work)
        }

        override fun later(
            milliseconds: Long,
            work: () -> Unit,
        ) {
            handler.postDelayed(work, milliseconds)
        }
    }

    /** A photo that was asked for. */
    private class Shot(
        val file: File,
        val turn: Int,
        val waiting: CancellableContinuation<Boolean>,
    )

    /** What the camera tells of a shot besides its picture. */
    private inner class Told(
        private val shot: Shot,
    ) : CameraCaptureSession.CaptureCallback() {
        override fun onCaptureStarted(
            session: CameraCaptureSession,
            request: CaptureRequest,
            timestamp: Long,
            frameNumber: Long,
        ) = awaited.began(shot, timestamp)

        override fun onCaptureFailed(
            session: CameraCaptureSession,
            request: CaptureRequest,
            failure: CaptureFailure,
        ) = refused(shot)

        override fun onCaptureBufferLost(
            session: CameraCaptureSession,
            request: CaptureRequest,
            target: Surface,
            frameNumber: Long,
        ) = refused(shot)
    }

    private companion object {
        /** A photo in the dark takes a second; ten are a camera that hangs. */
        const val PATIENCE = 10_000L
        const val WHOLE = 360
        const val QUALITY: Byte = 95
    }
}

/** Whether a camera takes an order: one that was taken away a moment ago, or whose surface was, takes none. */
internal fun takesOrder(order: () -> Unit): Boolean =
    try {
        order()
        true
    } catch (_: CameraAccessException) {
        false
    } catch (_: IllegalStateException) {
        // Taken away by another app.
        false
    } catch (_: IllegalArgumentException) {
        // A surface that went away with the screen.
        false
    }
