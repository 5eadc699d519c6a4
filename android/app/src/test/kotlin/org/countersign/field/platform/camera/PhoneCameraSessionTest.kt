package org.countersign.field.platform.camera

import android.hardware.camera2.CameraAccessException
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

@RunWith(AndroidJUnit4::class)
class PhoneCameraSessionTest {
    @Test
    fun `a camera or a surface that went away takes no order, and ends nothing`() {
        val gone =
            listOf(
                CameraAccessException(CameraAccessException.CAMERA_DISCONNECTED),
                IllegalStateException("CameraDevice was already closed"),
                IllegalArgumentException("CaptureRequest contains unconfigured Input/Output Surface!"),
            )
        gone.forEach { error -> assertFalse("$error", takesOrder { throw error }) }
        assertTrue(takesOrder { })
    }

    @Test
    fun `what is a mistake of this app is not kept quiet`() {
        assertThrows(UnsupportedOperationException::class.java) { takesOrder { throw UnsupportedOperationException() } }
    }
}
