package org.countersign.field.screens.paper

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import org.countersign.core.PageSection
import org.countersign.field.R
import org.countersign.field.design.FactRow
import org.countersign.field.design.QuietButton
import org.countersign.field.design.SectionTitle
import org.countersign.field.design.Space

/** What the pages say, once more as text: for screen readers, and for very large type. */
@Composable
internal fun PagesAsText(
    sections: List<PageSection>,
    modifier: Modifier = Modifier,
) {
    var open by rememberSaveable { mutableStateOf(false) }
    Column(modifier, Arrangement.spacedBy(Space.tiny)) {
        val word = stringResource(R.string.paper_read_as_text)
        QuietButton(word, { open = !open }, Modifier.testTag("pages-as-text"), if (open) "up" else "down")
        if (!open) return@Column
        SelectionContainer {
            Column(Modifier.testTag("pages-text"), Arrangement.spacedBy(Space.tiny)) {
                sections.forEach { section ->
                    SectionTitle(section.title)
                    section.rows.forEach { FactRow(it.label, it.value) }
                }
            }
        }
    }
}
