package org.countersign.field.platform

import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.StrongBoxUnavailableException
import android.util.Log
import java.security.Key
import java.security.KeyStore
import java.security.KeyStoreException

/** What Android calls its key store. */
internal const val KEYSTORE = "AndroidKeyStore"

/** Android's key store. */
internal fun phoneKeystore(): KeyStore = KeyStore.getInstance(KEYSTORE).apply { load(null) }

/** The key of this name; `null` where there is none. One that is there and does not come is out of reach, not lost. */
internal fun KeyStore.keyOf(alias: String): Key? {
    val key = getKey(alias, null)
    if (key == null && containsAlias(alias)) throw KeyStoreException("the key is there and does not come")
    return key
}

/**
 * Makes a key in a chip of its own (StrongBox) where the phone has one with room, else in the ordinary key store.
 * [make] takes a change to the key's specification that says which.
 */
internal fun <T> inStrongestPlace(
    context: Context,
    make: (KeyGenParameterSpec.Builder.() -> Unit) -> T,
): T {
    val strong =
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.P &&
            context.packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)
    if (!strong || Build.VERSION.SDK_INT < Build.VERSION_CODES.P) return make {}
    return try {
        make { setIsStrongBoxBacked(true) }
    } catch (full: StrongBoxUnavailableException) {
        Log.i("PhoneKeystore", "the key goes into the ordinary keystore", full)
        make {}
    }
}

/**
 * Whether the phone took a key away for good. A key store that is busy, or whose service was restarted, answers with
 * `UnrecoverableKeyException` as well: only what names the lasting reason, itself or as its cause, ends a key. Whatever
 * else is wrong passes, and a key that were replaced meanwhile would cost the person an enrolment.
 */
internal fun isTakenAway(error: Throwable): Boolean =
    generateSequence(error) { it.cause }.any { it is KeyPermanentlyInvalidatedException }
