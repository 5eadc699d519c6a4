package org.countersign.field.looks

import java.awt.image.BufferedImage
import java.io.File
import javax.imageio.ImageIO
import kotlin.math.abs
import kotlin.math.max

/**
 * Small pictures of the main screens, kept with the tests. A screen may differ by what changes from day to day (dates,
 * numbers), not by how it is laid out. With `COUNTERSIGN_RENEW_GOLDENS=1` in the
 * environment they are taken anew.
 */
class Goldens {
    private val folder = File(System.getProperty("countersign.goldens") ?: "src/test/goldens")
    private val renew = System.getenv("COUNTERSIGN_RENEW_GOLDENS") == "1"

    /** What is wrong with this picture; `null` for nothing. */
    @Suppress("ReturnCount")
    fun differs(
        name: String,
        picture: BufferedImage,
        output: File,
    ): String? {
        val now = picture.wide(WIDTH)
        val file = File(folder, "$name.png")
        if (renew) {
            now.write(file)
            return null
        }
        if (!file.exists()) return "$name: there is no golden picture; take it with COUNTERSIGN_RENEW_GOLDENS=1"
        val kept = ImageIO.read(file)
        val share = if (kept.width == now.width && kept.height == now.height) share(kept, now) else 1.0
        if (share <= TOLERANCE) return null
        sheet(listOf("kept" to kept, "now" to now)).write(File(output, "$name.png"))
        return "$name: ${"%.1f".format(share * 100)} % of it looks different"
    }

    /** Which share of the picture is of another colour. */
    private fun share(
        kept: BufferedImage,
        now: BufferedImage,
    ): Double {
        var different = 0
        for (y in 0 until kept.height) {
            for (x in 0 until kept.width) if (far(kept.getRGB(x, y), now.getRGB(x, y))) different += 1
        }
        return different.toDouble() / (kept.width * kept.height)
    }

    private fun far(
        one: Int,
        other: Int,
    ): Boolean =
        listOf(0, 8, 16).fold(0) { most, bits -> max(most, abs((one shr bits and 0xFF) - (other shr bits and 0xFF))) } >
            FAR

    private companion object {
        const val WIDTH = 240
        const val FAR = 48
        const val TOLERANCE = 0.03
    }
}
