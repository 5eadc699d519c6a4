package org.countersign.field.platform

import android.security.keystore.KeyPermanentlyInvalidatedException

/**
 * Whether the phone took a key away for good. A key store that is busy, or whose service was restarted, answers with
 * `UnrecoverableKeyException` as well: only what names the lasting reason, itself or as its cause, ends a key. Whatever
 * else is wrong passes, and a key that were replaced meanwhile would cost the person an enrolment.
 */
internal fun isTakenAway(error: Throwable): Boolean =
    generateSequence(error) { it.cause }.any { it is KeyPermanentlyInvalidatedException }
