package org.countersign.field.phone

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import androidx.core.graphics.createBitmap
import org.countersign.field.platform.OpenPages
import org.countersign.field.platform.PageDrawer
import java.io.File

/** This machine has not the phone's renderer of PDFs: a sheet with lines stands for each page of a file that is one. */
object PlainPages : PageDrawer {
    override suspend fun open(pdf: String): OpenPages? {
        if (!File(pdf).isFile) return null
        val begin = File(pdf).inputStream().use { it.readNBytes(MAGIC.length) }
        return if (String(begin) == MAGIC) Sheets else null
    }

    private const val MAGIC = "%PDF"

    private object Sheets : OpenPages {
        override val shapes: List<Float> = List(PAGES) { A4 }

        override suspend fun picture(
            page: Int,
            width: Int,
        ): Bitmap {
            val bitmap = createBitmap(width, (width / A4).toInt())
            val canvas = Canvas(bitmap)
            canvas.drawColor(Color.WHITE)
            val grey = Paint().apply { color = Color.LTGRAY }
            val line = width / LINES
            (line..bitmap.height - line step line).forEach { y ->
                canvas.drawRect(line.toFloat(), y.toFloat(), (width - line).toFloat(), y + line / 4f, grey)
            }
            return bitmap
        }

        override fun close() = Unit
    }

    private const val PAGES = 2
    private const val A4 = 0.707f
    private const val LINES = 24
}
