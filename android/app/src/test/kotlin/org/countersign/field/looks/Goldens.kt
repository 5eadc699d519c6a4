package org.countersign.field.looks

import java.awt.image.BufferedImage
import java.io.File
import javax.imageio.ImageIO
import kotlin.math.abs
import kotlin.math.max
import kotlin.math.min

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
        if (share <= TOLERANCE || (share < 1.0 && Rows(kept, now).share() <= TOLERANCE)) return null
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

    private companion object {
        const val WIDTH = 240
        const val TOLERANCE = 0.03
    }
}

private const val FAR = 48

private fun far(
    one: Int,
    other: Int,
): Boolean =
    listOf(0, 8, 16).fold(0) { most, bits -> max(most, abs((one shr bits and 0xFF) - (other shr bits and 0xFF))) } > FAR

/**
 * Lays the rows of one picture beside those of another: a longer date may need a line more, and everything below it
 * moves. A row that one of them has alone counts in part, so that a line is forgiven and a card is not.
 */
internal class Rows(
    private val kept: BufferedImage,
    private val now: BufferedImage,
) {
    private val ours = linesOf(kept)
    private val theirs = linesOf(now)

    /** Which share of the picture is of another colour where the rows are laid beside each other at their best. */
    fun share(): Double {
        var before = DoubleArray(theirs.size + 1) { if (it <= FARTHEST) it * kept.width * ALONE else FORBIDDEN }
        ours.forEachIndexed { y, row ->
            val here = DoubleArray(theirs.size + 1) { FORBIDDEN }
            if (y < FARTHEST) here[0] = (y + 1) * kept.width * ALONE
            for (x in max(1, y + 1 - FARTHEST)..min(theirs.size, y + 1 + FARTHEST)) {
                val alone = min(before[x], here[x - 1]) + kept.width * ALONE
                here[x] = min(alone, before[x - 1] + different(row, theirs[x - 1]))
            }
            before = here
        }
        return before.last() / (kept.width * kept.height)
    }

    private fun different(
        one: IntArray,
        other: IntArray,
    ): Int = one.indices.count { one[it] != other[it] && far(one[it], other[it]) }

    private fun linesOf(picture: BufferedImage): List<IntArray> =
        List(picture.height) { picture.getRGB(0, it, picture.width, 1, null, 0, picture.width) }

    private companion object {
        const val ALONE = 0.3
        const val FARTHEST = 40
        const val FORBIDDEN = 1e12
    }
}
