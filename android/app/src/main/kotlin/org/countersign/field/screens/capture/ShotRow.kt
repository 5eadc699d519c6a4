package org.countersign.field.screens.capture

import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.rememberScrollState
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.countersign.field.R
import org.countersign.field.design.Corners
import org.countersign.field.design.FieldColours
import org.countersign.field.design.MutedText
import org.countersign.field.design.NamedIcon
import org.countersign.field.design.Picture
import org.countersign.field.design.Remedy
import org.countersign.field.design.Space
import org.countersign.field.design.TroublePanel
import org.countersign.field.design.rememberInView
import org.countersign.field.screens.files.findingWord

private val ShotWidth = 112.dp
private val ShotHeight = 84.dp

/** What was taken: "saved" only where the bytes are durable; what could not be kept has a button. */
@Composable
internal fun ShotRow(
    shots: List<Shot>,
    shown: CaptureShown,
    onAgain: (Shot) -> Unit,
) {
    if (shots.isEmpty()) return
    shots.forEach { shot ->
        val state = shot.state
        if (state is ShotState.Failed) {
            val again = Remedy(stringResource(R.string.try_again)) { onAgain(shot) }
            TroublePanel(state.trouble.words, rememberInView(shot), listOf(again))
        }
    }
    val kept = shots.count { it.state is ShotState.Saved }
    MutedText(
        pluralStringResource(R.plurals.capture_shots, kept, kept),
        Modifier.testTag("capture-kept").semantics { liveRegion = LiveRegionMode.Polite },
    )
    Row(Modifier.fillMaxWidth().horizontalScroll(rememberScrollState()), Arrangement.spacedBy(Space.small)) {
        shots.forEach { ShotCard(it, shown) }
    }
}

@Composable
private fun ShotCard(
    shot: Shot,
    shown: CaptureShown,
) = Column(Modifier.width(ShotWidth)) {
    val state = shot.state
    val word =
        when (state) {
            ShotState.Saving -> stringResource(R.string.capture_saving)
            is ShotState.Saved -> stringResource(R.string.capture_saved, shown.sized(state.attached.bytes))
            is ShotState.Failed -> stringResource(R.string.capture_unsaved)
        }
    val picture = (state as? ShotState.Saved)?.let { shown.thumbnails[it.attached.evidence] }
    Picture(picture, "$word: ${shot.waiting.file.name}", Modifier.width(ShotWidth).height(ShotHeight).clip(Corners))
    Row(horizontalArrangement = Arrangement.spacedBy(Space.tiny)) {
        if (state is ShotState.Saved) NamedIcon("check", null, Modifier.size(16.dp), FieldColours.current.ok.text)
        MutedText(word)
    }
    if (state is ShotState.Saved) {
        state.attached.findings.forEach { Text(findingWord(it), color = FieldColours.current.attention.text) }
    }
}
