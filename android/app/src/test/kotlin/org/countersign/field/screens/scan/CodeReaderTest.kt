package org.countersign.field.screens.scan

import com.google.zxing.BarcodeFormat
import com.google.zxing.MultiFormatWriter
import com.google.zxing.common.BitMatrix
import org.countersign.field.platform.camera.Frame
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test

class CodeReaderTest {
    private val reader = CodeReader()

    private fun frame(
        text: String,
        format: BarcodeFormat,
        dark: Byte = 0,
        light: Byte = -1,
    ): Frame {
        val tall = format == BarcodeFormat.QR_CODE || format == BarcodeFormat.DATA_MATRIX
        val code = MultiFormatWriter().encode(text, format, if (tall) 240 else 400, if (tall) 240 else 120)
        return padded(code, dark, light)
    }

    /** A code in the middle of a picture, as a camera sees it. */
    private fun padded(
        code: BitMatrix,
        dark: Byte,
        light: Byte,
    ): Frame {
        val (width, height) = 640 to 480
        val (left, top) = (width - code.width) / 2 to (height - code.height) / 2
        val bytes =
            ByteArray(width * height) { place ->
                val (x, y) = place % width - left to place / width - top
                val inside = x in 0 until code.width && y in 0 until code.height
                if (inside && code.get(x, y)) dark else light
            }
        return Frame(bytes, width, height)
    }

    private fun turned(frame: Frame): Frame {
        val bytes =
            ByteArray(frame.luminance.size) { place ->
                val (x, y) = place % frame.height to place / frame.height
                frame.luminance[(frame.height - 1 - x) * frame.width + y]
            }
        return Frame(bytes, frame.height, frame.width)
    }

    @Test
    fun `a code is handed over as it stands there, blanks and all`() {
        assertEquals(" H7-3391 ", reader.read(frame(" H7-3391 ", BarcodeFormat.QR_CODE)))
    }

    @Test
    fun `codes of nameplates, parts and invitations are read`() {
        mapOf(
            BarcodeFormat.QR_CODE to "countersign:1:https://hub.example|abc|def|-",
            BarcodeFormat.DATA_MATRIX to "H7-3391",
            BarcodeFormat.CODE_128 to "SN-2026-00042",
            BarcodeFormat.CODE_39 to "H7-3391",
            BarcodeFormat.EAN_13 to "4006381333931",
        ).forEach { (format, text) ->
            assertEquals(format.name, text, reader.read(frame(text, format)))
            assertEquals("$format upright", text, reader.read(turned(frame(text, format))))
        }
    }

    @Test
    fun `a light code on a dark ground is read from a photo`() {
        val inverted = frame("H7-3391", BarcodeFormat.QR_CODE, dark = -1, light = 0)
        assertEquals("H7-3391", reader.read(inverted, thorough = true))
    }

    @Test
    fun `a picture without a code has none`() {
        assertNull(reader.read(Frame(ByteArray(640 * 480) { (it * 31).toByte() }, 640, 480), thorough = true))
    }
}
