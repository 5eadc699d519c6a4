package org.countersign.field.platform

import android.content.Context
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.util.Log
import java.security.GeneralSecurityException
import java.security.KeyPairGenerator
import java.security.KeyStore
import java.security.PrivateKey
import java.security.ProviderException
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec

/**
 * A P-256 key in Android's keystore, in a chip of its own (StrongBox) where the phone has one. Signing asks nobody for
 * a fingerprint: an engineer in gloves signs dozens of times a day, and the office can revoke the key at any time.
 */
class KeystoreSigner(
    private val context: Context,
) : DeviceSigner {
    private val store: KeyStore by lazy { phoneKeystore() }

    /** The public half; `null` until it was asked for, and after the key was taken away. */
    private var point: ByteArray? = null

    @Synchronized
    override fun publicKey(): ByteArray =
        point ?: sec1(certified()?.takeUnless { isGone() } ?: made()).also { point = it }

    override fun sign(statement: ByteArray): ByteArray? =
        try {
            val key = found() ?: throw taken(null)
            val signature = Signature.getInstance(ALGORITHM)
            signature.initSign(key)
            signature.update(statement)
            signature.sign()
        } catch (locked: GeneralSecurityException) {
            if (isTakenAway(locked)) throw taken(locked)
            // Not authenticated, or out of reach before the first unlock.
            later(locked)
        } catch (busy: ProviderException) {
            later(busy)
        }

    @Synchronized
    private fun taken(why: GeneralSecurityException?): KeyGoneException {
        Log.w(TAG, "the key was taken away", why)
        point = null
        return KeyGoneException(why)
    }

    /**
     * Whether the phone has taken the key away for good, as it may when its screen lock is removed. A new one takes its
     * place then: the core sees that the office does not know it, and asks for a new enrolment. One that is only locked
     * or busy now stays.
     */
    private fun isGone(): Boolean =
        try {
            val key = found()
            if (key != null) Signature.getInstance(ALGORITHM).initSign(key)
            key == null
        } catch (locked: GeneralSecurityException) {
            if (isTakenAway(locked)) gone(locked) else later(locked) != null
        } catch (busy: ProviderException) {
            later(busy) != null
        }

    private fun gone(why: GeneralSecurityException): Boolean {
        Log.w(TAG, "the key was taken away; a new one takes its place", why)
        return true
    }

    private fun later(why: Exception): ByteArray? {
        Log.i(TAG, "the key does not sign now", why)
        return null
    }

    private fun found(): PrivateKey? = store.keyOf(ALIAS) as? PrivateKey

    /** The public half; `null` where there is no key. A key that is there must not be made anew for its certificate. */
    private fun certified(): ECPublicKey? {
        val known = store.getCertificate(ALIAS)?.publicKey as? ECPublicKey
        check(known != null || !store.containsAlias(ALIAS)) { "the key store does not give the device's key now" }
        return known
    }

    private fun made(): ECPublicKey =
        inStrongestPlace(context) { place ->
            val spec =
                KeyGenParameterSpec
                    .Builder(ALIAS, KeyProperties.PURPOSE_SIGN)
                    .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
                    .setDigests(KeyProperties.DIGEST_SHA256)
                    .apply(place)
            val generator = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, KEYSTORE)
            generator.initialize(spec.build())
            generator.generateKeyPair().public as ECPublicKey
        }

    private companion object {
        const val ALIAS = "countersign-device"
        const val ALGORITHM = "SHA256withECDSA"
        const val TAG = "KeystoreSigner"
    }
}
