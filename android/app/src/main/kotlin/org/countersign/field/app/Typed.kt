package org.countersign.field.app

import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.StateFlow

/** What a person typed or chose on a screen, by the name of the field. It outlives the process. */
class Typed(
    private val saved: SavedStateHandle,
    /** Under which name it is saved; a screen with two forms has two. */
    private val name: String = "typed",
) {
    private val opened = "$name-opened"

    /** All of it; a field that nobody touched is not in it. */
    val fields: StateFlow<Map<String, String>> = saved.getStateFlow(name, HashMap())

    /** What stands in a field; empty for nothing. */
    operator fun get(field: String): String = fields.value[field].orEmpty()

    /** What was typed into a field; `null` where nobody touched it. */
    fun touched(field: String): String? = fields.value[field]

    /** Whether these [fields] say something else than what the form was opened with: nothing, or what [replace] put. */
    fun isTouched(fields: Map<String, String>): Boolean {
        val before = saved.get<HashMap<String, String>>(opened).orEmpty()
        return fields.any { (field, text) -> text.trim() != before[field].orEmpty().trim() }
    }

    /** Types. */
    operator fun set(
        field: String,
        text: String,
    ) {
        saved[name] = HashMap(fields.value).apply { put(field, text) }
    }

    /** Puts other words in the place of all of them. */
    fun replace(vararg words: Pair<String, String>) {
        saved[name] = hashMapOf(*words)
        saved[opened] = hashMapOf(*words)
    }

    /** Empties every field. */
    fun clear() = replace()

    /** Empties these: they were kept. */
    fun forget(vararg only: String) {
        saved[name] = HashMap(fields.value - only.toSet())
    }
}
