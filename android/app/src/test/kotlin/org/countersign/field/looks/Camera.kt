package org.countersign.field.looks

import android.graphics.Bitmap
import android.os.Handler
import android.os.Looper
import android.view.PixelCopy
import android.view.Window
import androidx.core.graphics.createBitmap
import org.robolectric.Shadows.shadowOf
import java.awt.Color
import java.awt.RenderingHints
import java.awt.image.BufferedImage
import java.io.File
import javax.imageio.ImageIO

/** The pixels of a window, as the phone would show them. */
fun photograph(window: Window): BufferedImage {
    val view = window.decorView
    val bitmap = createBitmap(view.width, view.height)
    var result = -1
    PixelCopy.request(window, bitmap, { result = it }, Handler(Looper.getMainLooper()))
    shadowOf(Looper.getMainLooper()).idle()
    check(result == PixelCopy.SUCCESS) { "the window was not copied: $result" }
    return image(bitmap)
}

private fun image(bitmap: Bitmap): BufferedImage {
    val pixels = IntArray(bitmap.width * bitmap.height)
    bitmap.getPixels(pixels, 0, bitmap.width, 0, 0, bitmap.width, bitmap.height)
    val image = BufferedImage(bitmap.width, bitmap.height, BufferedImage.TYPE_INT_RGB)
    image.setRGB(0, 0, bitmap.width, bitmap.height, pixels, 0, bitmap.width)
    bitmap.recycle()
    return image
}

/** The same picture, so wide. */
internal fun BufferedImage.wide(width: Int): BufferedImage {
    val small = BufferedImage(width, height * width / this.width, BufferedImage.TYPE_INT_RGB)
    val pen = small.createGraphics()
    pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR)
    pen.drawImage(getScaledInstance(small.width, small.height, java.awt.Image.SCALE_AREA_AVERAGING), 0, 0, null)
    pen.dispose()
    return small
}

/** Writes a picture. */
internal fun BufferedImage.write(file: File) {
    file.parentFile?.mkdirs()
    check(ImageIO.write(this, "png", file)) { "${file.name} was not written" }
}

/** Pictures side by side, each under its name. */
internal fun sheet(pictures: List<Pair<String, BufferedImage>>): BufferedImage {
    val columns = COLUMNS.coerceAtMost(pictures.size)
    val rows = (pictures.size + columns - 1) / columns
    val width = pictures.maxOf { it.second.width } + GAP
    val height = pictures.maxOf { it.second.height } + GAP + NAME
    val sheet = BufferedImage(columns * width, rows * height, BufferedImage.TYPE_INT_RGB)
    val pen = sheet.createGraphics()
    pen.color = Color.GRAY
    pen.fillRect(0, 0, sheet.width, sheet.height)
    pen.color = Color.WHITE
    pictures.forEachIndexed { place, (name, picture) ->
        val left = place % columns * width
        val top = place / columns * height
        pen.drawString(name, left + GAP, top + NAME - GAP)
        pen.drawImage(picture, left + GAP / 2, top + NAME, null)
    }
    pen.dispose()
    return sheet
}

private const val COLUMNS = 8
private const val GAP = 6
private const val NAME = 22
