package org.countersign.field.screens.times

import org.countersign.core.TimeTyped
import org.countersign.field.app.Typed

/** Times that are typed and not kept yet: a new one, and those that are put right. */
class TypedTimes(
    private val typed: Typed,
) {
    /** What is typed for this entry, as it was [before] where nobody touched it. */
    fun of(
        fields: Map<String, String>,
        entry: String,
        before: TimeTyped,
    ) = TimeTyped(
        kind = fields["$KIND-$entry"] ?: before.kind,
        minutes = fields["$MINUTES-$entry"] ?: before.minutes,
        kilometres = fields["$KILOMETRES-$entry"] ?: before.kilometres,
    )

    /** Types. */
    fun type(
        entry: String,
        now: TimeTyped,
    ) {
        typed["$KIND-$entry"] = now.kind
        typed["$MINUTES-$entry"] = now.minutes
        typed["$KILOMETRES-$entry"] = now.kilometres
    }

    /** It was kept. */
    fun forget(entry: String) = typed.forget("$KIND-$entry", "$MINUTES-$entry", "$KILOMETRES-$entry")

    /** Names. */
    companion object {
        /** The entry that is not there yet. */
        const val NEW = ""

        private const val KIND = "kind"
        private const val MINUTES = "minutes"
        private const val KILOMETRES = "kilometres"
    }
}
