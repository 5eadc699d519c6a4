package org.countersign.field.screens.job

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import org.countersign.core.EvidenceRow
import org.countersign.field.design.Corners
import org.countersign.field.design.NamedIcon
import org.countersign.field.design.Picture
import org.countersign.field.screens.annotate.layersOver

/** A small picture with what people drew over it; a file that has none is its name. */
@Composable
internal fun Shot(
    row: EvidenceRow,
    description: String,
    modifier: Modifier = Modifier,
    onOpen: () -> Unit,
) {
    Box(
        modifier
            .clip(Corners)
            .clickable(role = Role.Button, onClick = onOpen)
            .testTag("shot"),
        contentAlignment = Alignment.Center,
    ) {
        Picture(row.thumbnail, description, Modifier.fillMaxSize(), name = row.name, over = layersOver(row))
        if (row.durationMs != null) NamedIcon("video", null, Modifier.size(24.dp))
    }
}
