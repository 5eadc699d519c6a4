package org.countersign.field.screens.files

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.countersign.field.R
import org.countersign.field.design.LARGE_PICTURE
import org.countersign.field.design.MutedText
import org.countersign.field.design.Picture
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SecondButton
import org.countersign.field.design.Space
import org.countersign.field.screens.annotate.layersOver

/** From this width on two pictures stand beside each other, below it one above the other. */
private val Beside = 480.dp

/** Shape of a picture's place. */
private const val SHAPE = 4f / 3

/** A file, and one of the other stage beside it where there is one; both zoom together. */
@Composable
internal fun SideBySide(file: FileShown) =
    Column(verticalArrangement = Arrangement.spacedBy(Space.small)) {
        val zoom = rememberZoom()
        var comparing by rememberSaveable { mutableStateOf(file.beside.isNotEmpty()) }
        var which by rememberSaveable { mutableIntStateOf(0) }
        val other = if (comparing && file.beside.isNotEmpty()) file.beside[which % file.beside.size] else null
        Pair(file.card, other, zoom)
        FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            QuietButton(
                stringResource(R.string.files_zoom_in),
                zoom::larger,
                Modifier.testTag("file-zoom"),
                icon = "search",
            )
            if (zoom.changed) QuietButton(stringResource(R.string.files_zoom_reset), zoom::whole)
            if (file.beside.isNotEmpty()) {
                QuietButton(
                    stringResource(if (comparing) R.string.close else R.string.files_compare),
                    { comparing = !comparing },
                    Modifier.testTag("file-compare"),
                )
            }
            if (comparing && file.beside.size > 1) {
                val next = file.beside[(which + 1) % file.beside.size]
                val word = "${stringResource(R.string.files_compare_with)}: ${next.whenRecorded}"
                SecondButton(word, { which += 1 }, icon = "next")
            }
        }
    }

@Composable
private fun Pair(
    card: FileCard,
    other: FileCard?,
    zoom: Zoom,
) = BoxWithConstraints(Modifier.fillMaxWidth()) {
    when {
        other == null -> {
            Figure(card, zoom, Modifier.fillMaxWidth())
        }

        maxWidth >= Beside -> {
            Row(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
                Figure(card, zoom, Modifier.weight(1f))
                Figure(other, zoom, Modifier.weight(1f))
            }
        }

        else -> {
            Column(verticalArrangement = Arrangement.spacedBy(Space.small)) {
                Figure(card, zoom, Modifier.fillMaxWidth())
                Figure(other, zoom, Modifier.fillMaxWidth())
            }
        }
    }
}

@Composable
private fun Figure(
    card: FileCard,
    zoom: Zoom,
    modifier: Modifier,
) = Column(modifier) {
    val row = card.row
    ZoomArea(zoom, Modifier.fillMaxWidth().aspectRatio(SHAPE)) {
        Picture(
            row.preview ?: row.thumbnail,
            stringResource(R.string.files_picture_of, card.stage, row.name, card.whenRecorded),
            Modifier.fillMaxSize(),
            name = row.name,
            edge = LARGE_PICTURE,
            scale = ContentScale.Fit,
            over = layersOver(row),
        )
    }
    MutedText("${card.stage} · ${card.whenRecorded}")
}
