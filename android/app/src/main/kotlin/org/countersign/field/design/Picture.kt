package org.countersign.field.design

import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawWithContent
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import org.countersign.field.platform.Pictures

/** The longer side of a small picture, in pixels. */
const val SMALL_PICTURE: Int = 320

/** The longer side of a picture that fills the screen, in pixels. */
const val LARGE_PICTURE: Int = 2_048

/** A picture of the store once it is read; `null` before, and where it cannot be read. */
@Composable
fun rememberPicture(
    path: String?,
    edge: Int,
): ImageBitmap? {
    val pictures = Pictures.of(LocalContext.current)
    val bitmap by produceState(path?.let { pictures.held(it, edge) }, path, edge) {
        value = path?.let { pictures.load(it, edge) }
    }
    return bitmap?.asImageBitmap()
}

/**
 * A picture of the store, or an icon and [name] where there is none, and an icon alone while it is read. [over] is
 * drawn over it, in the size in which the whole picture would lie there.
 */
@Composable
fun Picture(
    path: String?,
    description: String,
    modifier: Modifier = Modifier,
    name: String = "",
    edge: Int = SMALL_PICTURE,
    scale: ContentScale = ContentScale.Crop,
    over: (DrawScope.() -> Unit)? = null,
) {
    val picture = rememberPicture(path, edge)
    Box(
        modifier.background(FieldColours.current.canvas).semantics { contentDescription = description },
        contentAlignment = Alignment.Center,
    ) {
        if (picture == null) {
            // One that is being read needs no words: they would stand there for a moment, and be cut.
            NoPicture(if (path == null) name else "")
        } else {
            val drawn =
                if (over == null) {
                    Modifier
                } else {
                    Modifier.drawWithContent {
                        drawContent()
                        overPicture(picture, scale, over)
                    }
                }
            Image(picture, null, Modifier.fillMaxSize().then(drawn), contentScale = scale)
        }
    }
}

@Composable
private fun NoPicture(name: String) =
    Column(
        Modifier.padding(Space.tiny),
        Arrangement.Center,
        Alignment.CenterHorizontally,
    ) {
        NamedIcon("file", null, tint = FieldColours.current.muted)
        if (name.isNotEmpty()) MutedText(name)
    }
