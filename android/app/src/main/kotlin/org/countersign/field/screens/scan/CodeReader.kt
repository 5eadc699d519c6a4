package org.countersign.field.screens.scan

import com.google.zxing.BarcodeFormat
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.LuminanceSource
import com.google.zxing.MultiFormatReader
import com.google.zxing.NotFoundException
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.ReaderException
import com.google.zxing.common.HybridBinarizer
import org.countersign.field.platform.camera.Frame

/** Reads codes out of frames and photos, on this phone alone. Not for two threads at once. */
internal class CodeReader {
    private val reader = MultiFormatReader()

    /**
     * The text of a code in this frame as it stands there; `null` for none. [thorough] looks longer, for a photo that
     * is looked at once; of a camera the next frame comes at once.
     */
    fun read(
        frame: Frame,
        thorough: Boolean = false,
    ): String? {
        val hints = if (thorough) Hints + (DecodeHintType.TRY_HARDER to true) else Hints
        return looks(frame, thorough).firstNotNullOfOrNull { decoded(it, hints) }
    }

    /** Bars that stand upright in the photo lie across for the reader; dark grounds are turned round. */
    private fun looks(
        frame: Frame,
        thorough: Boolean,
    ): Sequence<LuminanceSource> =
        sequence {
            val straight = source(frame)
            yield(straight)
            val across = source(turned(frame))
            yield(across)
            if (thorough) {
                yield(straight.invert())
                yield(across.invert())
                val half = halved(frame)
                yield(source(half))
                yield(source(turned(half)))
            }
        }

    private fun decoded(
        source: LuminanceSource,
        hints: Map<DecodeHintType, Any>,
    ): String? =
        try {
            reader.decode(BinaryBitmap(HybridBinarizer(source)), hints).text
        } catch (_: NotFoundException) {
            null
        } catch (_: ReaderException) {
            // Half a code, or one whose check digit is wrong.
            null
        } finally {
            reader.reset()
        }

    private fun source(frame: Frame) =
        PlanarYUVLuminanceSource(
            frame.luminance,
            frame.width,
            frame.height,
            0,
            0,
            frame.width,
            frame.height,
            false,
        )

    private fun turned(frame: Frame): Frame {
        val bytes = ByteArray(frame.luminance.size)
        for (row in 0 until frame.height) {
            for (column in 0 until frame.width) {
                bytes[column * frame.height + (frame.height - 1 - row)] = frame.luminance[row * frame.width + column]
            }
        }
        return Frame(bytes, frame.height, frame.width)
    }

    /** Coarse noise of a sharp sensor hides small cells; half the size smooths it. */
    private fun halved(frame: Frame): Frame {
        val (width, height) = frame.width / 2 to frame.height / 2
        val bytes = ByteArray(width * height)
        for (row in 0 until height) {
            for (column in 0 until width) {
                val place = row * 2 * frame.width + column * 2
                val sum =
                    at(frame, place) + at(frame, place + 1) +
                        at(frame, place + frame.width) + at(frame, place + frame.width + 1)
                bytes[row * width + column] = (sum / FOUR).toByte()
            }
        }
        return Frame(bytes, width, height)
    }

    private fun at(
        frame: Frame,
        place: Int,
    ): Int = frame.luminance[place].toInt() and BYTE

    private companion object {
        const val FOUR = 4
        const val BYTE = 0xFF

        /** What stands on nameplates, parts, shelves and invitations. */
        val Hints: Map<DecodeHintType, Any> =
            mapOf(
                DecodeHintType.POSSIBLE_FORMATS to
                    listOf(
                        BarcodeFormat.QR_CODE,
                        BarcodeFormat.DATA_MATRIX,
                        BarcodeFormat.CODE_128,
                        BarcodeFormat.CODE_39,
                        BarcodeFormat.CODE_93,
                        BarcodeFormat.EAN_13,
                        BarcodeFormat.EAN_8,
                        BarcodeFormat.UPC_A,
                        BarcodeFormat.UPC_E,
                        BarcodeFormat.ITF,
                        BarcodeFormat.CODABAR,
                        BarcodeFormat.AZTEC,
                        BarcodeFormat.PDF_417,
                    ),
            )
    }
}
