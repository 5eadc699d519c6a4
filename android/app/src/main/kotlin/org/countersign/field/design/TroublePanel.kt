package org.countersign.field.design

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import org.countersign.field.R

/** What went wrong, in the order in which a person asks: what happened, what is safe, what to do. */
@Immutable
data class TroubleWords(
    /** What happened. */
    val what: String,
    /** What is safe; empty where the first sentence says it. */
    val safe: String = "",
    /** What to do; empty where the first sentence says it. */
    val todo: String = "",
    /** For a supporter; empty for nothing. */
    val details: String = "",
)

/** A way out of a trouble. */
@Immutable
class Remedy(
    /** Its verb. */
    val word: String,
    /** Does it. */
    val act: () -> Unit,
)

/** A trouble, at the place where it happened. */
@Composable
fun TroublePanel(
    words: TroubleWords,
    modifier: Modifier = Modifier,
    remedies: List<Remedy> = emptyList(),
) {
    val pair = FieldColours.current.danger
    Column(
        modifier
            .fillMaxWidth()
            .background(pair.ground, Corners)
            .padding(Space.medium)
            .testTag("trouble")
            .semantics { liveRegion = LiveRegionMode.Assertive },
        verticalArrangement = Arrangement.spacedBy(Space.small),
    ) {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
            NamedIcon("warn", null, tint = pair.text)
            Text(
                words.what,
                Modifier.semantics { heading() },
                color = pair.text,
                style = MaterialTheme.typography.titleMedium,
            )
        }
        val ink = FieldColours.current.ink
        if (words.safe.isNotEmpty()) Text(words.safe, color = ink)
        if (words.todo.isNotEmpty()) Text(words.todo, color = ink)
        if (remedies.isNotEmpty()) {
            FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.small)) {
                remedies.forEach { SecondButton(it.word, it.act) }
            }
        }
        Details(words.details)
    }
}

/** What only a supporter understands, folded away. */
@Composable
fun Details(
    text: String,
    modifier: Modifier = Modifier,
) {
    if (text.isEmpty()) return
    var open by rememberSaveable { mutableStateOf(false) }
    Column(modifier) {
        QuietButton(stringResource(R.string.details), { open = !open }, icon = if (open) "up" else "down")
        if (open) {
            SelectionContainer {
                Text(text, color = FieldColours.current.ink, style = MaterialTheme.typography.bodySmall)
            }
        }
    }
}
