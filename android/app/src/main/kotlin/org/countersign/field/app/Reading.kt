package org.countersign.field.app

import org.countersign.core.ChipShown
import org.countersign.core.Countersign
import org.countersign.core.Language
import org.countersign.core.Reader
import org.countersign.core.Typing
import org.countersign.core.lacks
import org.countersign.field.design.StateMark
import org.countersign.field.design.Tone
import java.util.TimeZone

/** Who reads: the language of this device's screens, and the company's zone, or the phone's before it is known. */
fun reader(core: Countersign): Reader = core.reader(phoneClock())

/** Whether the words that a person typed for a command lack nothing; the words of what they lack are the core's. */
fun isWhole(typing: Typing): Boolean = lacks(phoneClock(), typing) == null

/** The zone of this phone, by whose clock somebody picks a time; its language plays no part. */
fun phoneClock(): Reader {
    val zone = TimeZone.getDefault()
    val offset = zone.getOffset(System.currentTimeMillis()) / MILLISECONDS_PER_MINUTE
    return Reader(Language.ENGLISH, zone.id, offset)
}

/** The core's chip as the design draws it. */
fun ChipShown.mark(): StateMark = StateMark(Tone.of(colour), icon, word)

private const val MILLISECONDS_PER_MINUTE = 60_000
