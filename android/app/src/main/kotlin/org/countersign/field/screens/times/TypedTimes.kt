package org.countersign.field.screens.times

import org.countersign.core.TimeTyped
import org.countersign.field.app.Typed
import org.countersign.field.screens.job.forgetKept

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

    /** A new time, with what is proposed for its kind where nobody touched it. */
    fun new(
        fields: Map<String, String>,
        proposed: List<TimeTyped>,
    ): TimeTyped {
        val kind = fields["$KIND-$NEW"]
        return of(fields, NEW, proposed.find { it.kind == kind } ?: proposed.first())
    }

    /** Types; what stands there as it was [before] is not touched. */
    fun type(
        entry: String,
        before: TimeTyped,
        now: TimeTyped,
    ) {
        if (now.kind != before.kind) typed["$KIND-$entry"] = now.kind
        if (now.minutes != before.minutes) typed["$MINUTES-$entry"] = now.minutes
        if (now.kilometres != before.kilometres) typed["$KILOMETRES-$entry"] = now.kilometres
    }

    /** Whether a new time, or one of these that is put right, says something that is kept nowhere yet. */
    fun unkept(
        fields: Map<String, String>,
        kept: List<TimeShown>,
    ): Boolean =
        listOf(MINUTES, KILOMETRES).any { fields["$it-$NEW"].orEmpty().isNotBlank() } ||
            kept.any { of(fields, it.entry, it.spent) != it.spent }

    /** It was kept as it stood in these fields; what was typed since then stays. */
    fun forget(
        entry: String,
        kept: Map<String, String>,
    ) = typed.forgetKept(kept, "$KIND-$entry", "$MINUTES-$entry", "$KILOMETRES-$entry")

    /** Names. */
    companion object {
        /** The entry that is not there yet. */
        const val NEW = ""

        private const val KIND = "kind"
        private const val MINUTES = "minutes"
        private const val KILOMETRES = "kilometres"
    }
}
