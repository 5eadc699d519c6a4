package org.countersign.field.screens.attention

import androidx.compose.runtime.Immutable
import org.countersign.core.Remedy
import org.countersign.field.app.Route

/** What can be done on the screen of what needs a person. */
@Immutable
internal class AttentionActions(
    val open: (Route) -> Unit,
    val toJobs: () -> Unit,
    val type: (field: String, text: String) -> Unit,
    val remedy: (id: String, remedy: Remedy) -> Unit,
    val file: (id: String, job: String) -> Unit,
    val acknowledge: (id: String) -> Unit,
    val confirm: () -> Unit,
    val unlock: () -> Unit,
    val sync: () -> Unit,
)
