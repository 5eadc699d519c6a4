package org.countersign.field.screens.job

import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.StateFlow

/** What a person typed or picked on a screen and did not keep yet. It outlives the process. */
class Typed(
    private val saved: SavedStateHandle,
) {
    /** Everything, by the name of the field. A field that nobody touched is not there. */
    val fields: StateFlow<Map<String, String>> = saved.getStateFlow(KEY, HashMap())

    /** What was typed into this field; `null` where nobody touched it. */
    operator fun get(field: String): String? = fields.value[field]

    /** Types. */
    operator fun set(
        field: String,
        text: String,
    ) {
        saved[KEY] = HashMap(fields.value + (field to text))
    }

    /** Empties every field, or only these: they were kept. */
    fun forget(vararg only: String) {
        saved[KEY] = if (only.isEmpty()) HashMap<String, String>() else HashMap(fields.value - only.toSet())
    }

    private companion object {
        const val KEY = "typed"
    }
}
