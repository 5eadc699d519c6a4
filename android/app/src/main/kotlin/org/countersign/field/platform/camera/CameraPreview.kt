package org.countersign.field.platform.camera

import android.content.Context
import android.graphics.Matrix
import android.graphics.RectF
import android.graphics.SurfaceTexture
import android.util.Size
import android.view.OrientationEventListener
import android.view.Surface
import android.view.TextureView
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.LocalView
import androidx.compose.ui.viewinterop.AndroidView
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.compose.LocalLifecycleOwner
import androidx.lifecycle.repeatOnLifecycle
import kotlinx.coroutines.awaitCancellation

private const val QUARTER = 90
private const val WHOLE = 360

/**
 * What the camera sees, open for as long as this is shown. [onSession] gets the open camera, and `null` when it is
 * closed or cannot be opened. [over] lies over the picture and has its size.
 */
@Composable
fun CameraPreview(
    camera: Camera,
    use: CameraUse,
    onSession: (CameraSession?, tried: Boolean) -> Unit,
    modifier: Modifier = Modifier,
    onFrame: (Frame) -> Unit = {},
    over: @Composable () -> Unit = {},
) {
    var surface by remember { mutableStateOf<SurfaceTexture?>(null) }
    val told by rememberUpdatedState(onSession)
    val frame by rememberUpdatedState(onFrame)
    val rotation = LocalView.current.display?.rotation ?: Surface.ROTATION_0
    BoxWithConstraints(modifier, Alignment.Center) {
        val area = Size(constraints.maxWidth.coerceAtLeast(1), constraints.maxHeight.coerceAtLeast(1))
        val size = remember(camera, area) { camera.previewSize(area) }
        val lies = Lie(size, camera.sensorTurn(), rotation)
        Box(Modifier.aspectRatio(lies.shape, matchHeightConstraintsFirst = lies.shape < 1)) {
            AndroidView({ textureView(it) { given -> surface = given } }, Modifier.fillMaxSize()) { view ->
                view.post { view.setTransform(lies.matrix(view.width.toFloat(), view.height.toFloat())) }
            }
            over()
        }
        val owner = LocalLifecycleOwner.current
        LaunchedEffect(camera, surface, area, use) {
            val given = surface
            if (given == null && camera.needsSurface) return@LaunchedEffect
            owner.lifecycle.repeatOnLifecycle(Lifecycle.State.RESUMED) {
                val session = camera.open(given, area, use) { frame(it) }
                try {
                    told(session, true)
                    awaitCancellation()
                } finally {
                    told(null, false)
                    session?.close()
                }
            }
        }
    }
}

private fun textureView(
    context: Context,
    onSurface: (SurfaceTexture?) -> Unit,
): TextureView =
    TextureView(context).apply {
        surfaceTextureListener =
            object : TextureView.SurfaceTextureListener {
                override fun onSurfaceTextureAvailable(
                    given: SurfaceTexture,
                    width: Int,
                    height: Int,
                ) = onSurface(given)

                override fun onSurfaceTextureSizeChanged(
                    given: SurfaceTexture,
                    width: Int,
                    height: Int,
                ) = Unit

                override fun onSurfaceTextureDestroyed(given: SurfaceTexture): Boolean {
                    onSurface(null)
                    return true
                }

                override fun onSurfaceTextureUpdated(given: SurfaceTexture) = Unit
            }
    }

/** How the picture of the sensor lies on the screen, which itself may be turned. */
internal class Lie(
    size: Size,
    sensorTurn: Int,
    private val rotation: Int,
) {
    private val across = sensorTurn % (2 * QUARTER) != 0
    private val turned = rotation % 2 != 0

    /** The picture as the phone in its usual lie would show it. */
    private val usual = if (across) Size(size.height, size.width) else size

    /** Width by height as it is shown. */
    val shape: Float =
        if (turned) usual.height.toFloat() / usual.width else usual.width.toFloat() / usual.height

    /** Takes back that the view stretches the picture over itself, and turns it with the screen. */
    fun matrix(
        width: Float,
        height: Float,
    ): Matrix {
        val view = RectF(0f, 0f, width, height)
        val picture = RectF(0f, 0f, usual.width.toFloat(), usual.height.toFloat())
        picture.offset(view.centerX() - picture.centerX(), view.centerY() - picture.centerY())
        val shown = if (turned) Size(usual.height, usual.width) else usual
        val scale = minOf(width / shown.width, height / shown.height)
        return Matrix().apply {
            setRectToRect(view, picture, Matrix.ScaleToFit.FILL)
            postScale(scale, scale, view.centerX(), view.centerY())
            postRotate(-QUARTER.toFloat() * rotation, view.centerX(), view.centerY())
        }
    }
}

/** How far the phone is turned, in quarters of a turn as degrees: also where the screen does not turn with it. */
@Composable
fun rememberTurn(): () -> Int {
    val context = LocalContext.current
    var turn by remember { mutableIntStateOf(0) }
    DisposableEffect(context) {
        val listener =
            object : OrientationEventListener(context) {
                override fun onOrientationChanged(orientation: Int) {
                    // Flat on a table there is no up: the last one counts.
                    if (orientation !=
                        ORIENTATION_UNKNOWN
                    ) {
                        turn = (orientation + QUARTER / 2) / QUARTER * QUARTER % WHOLE
                    }
                }
            }
        listener.enable()
        onDispose { listener.disable() }
    }
    return { turn }
}
