package org.countersign.field.screens.paper

import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.produceState
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.awaitCancellation
import org.countersign.core.Language
import org.countersign.core.TextValue
import org.countersign.core.text
import org.countersign.field.R
import org.countersign.field.app.LocalDesk
import org.countersign.field.design.Corners
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.Space
import org.countersign.field.platform.OpenPages

/** A document that is looked at. */
@Immutable
data class Paper(
    /** Its pages; `null` where it cannot be drawn here, and before it was opened. */
    val pages: OpenPages? = null,
    /** Whether opening it was tried. */
    val tried: Boolean = false,
)

/** The document at this path, open as long as the screen shows it; an empty path is one that is not known yet. */
@Composable
fun rememberPaper(pdf: String): Paper {
    val drawer = LocalDesk.current.phone.pages
    var paper by remember(pdf, drawer) { mutableStateOf(Paper()) }
    LaunchedEffect(pdf, drawer) {
        if (pdf.isEmpty()) return@LaunchedEffect
        val pages = drawer.open(pdf)
        try {
            paper = Paper(pages, tried = true)
            awaitCancellation()
        } finally {
            pages?.close()
        }
    }
    return paper
}

/** The pages of a document, one below the other; a tap enlarges one. */
fun LazyListScope.pages(
    paper: Paper,
    language: Language,
) {
    val pages = paper.pages
    if (pages == null) {
        if (paper.tried) item(key = "no-pages") { Text(stringResource(R.string.paper_cannot_draw)) }
        return
    }
    items(pages.shapes.size, key = { "page-$it" }) { index -> PageFigure(pages, index, language) }
}

@Composable
private fun PageFigure(
    pages: OpenPages,
    index: Int,
    language: Language,
) {
    val caption = pageCaption(language, index, pages.shapes.size)
    var enlarged by rememberSaveable { mutableStateOf(false) }
    Column(verticalArrangement = Arrangement.spacedBy(Space.tiny)) {
        BoxWithConstraints(
            Modifier
                .fillMaxWidth()
                .aspectRatio(pages.shapes[index])
                .clip(Corners)
                .background(Color.White)
                .border(1.dp, FieldColours.current.line, Corners)
                .clickable(onClickLabel = stringResource(R.string.paper_zoom), role = Role.Image) { enlarged = true }
                .testTag("page-${index + 1}"),
        ) {
            val picture = rememberPage(pages, index, constraints.maxWidth)
            if (picture != null) Image(picture, caption, Modifier.fillMaxSize())
        }
        MutedText(caption)
    }
    if (enlarged) EnlargedPage(pages, index, caption) { enlarged = false }
}

/** A page as a picture of this width; the picture before stays until the new one is drawn. */
@Composable
internal fun rememberPage(
    pages: OpenPages,
    index: Int,
    width: Int,
): ImageBitmap? {
    var last by remember(pages, index) { mutableIntStateOf(0) }
    val picture by produceState<ImageBitmap?>(null, pages, index, width) {
        if (width <= last) return@produceState
        pages.picture(index, width)?.let {
            value = it.asImageBitmap()
            last = width
        }
    }
    return picture
}

private fun pageCaption(
    language: Language,
    index: Int,
    count: Int,
): String {
    val place = mapOf("page" to TextValue.Word("${index + 1}"), "pages" to TextValue.Word("$count"))
    return text(language, "voucher-page", place)
}
