package org.countersign.field.design

import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.clipRect
import androidx.compose.ui.graphics.drawscope.inset
import androidx.compose.ui.layout.ContentScale

/** Draws where a picture lies that is scaled into this area and stands in its middle; what is cut off stays cut off. */
internal fun DrawScope.overPicture(
    picture: ImageBitmap,
    scale: ContentScale,
    draw: DrawScope.() -> Unit,
) {
    val own = Size(picture.width.toFloat(), picture.height.toFloat())
    val factor = scale.computeScaleFactor(own, size)
    val left = (size.width - own.width * factor.scaleX) / 2
    val top = (size.height - own.height * factor.scaleY) / 2
    clipRect { inset(left, top, left, top, draw) }
}
