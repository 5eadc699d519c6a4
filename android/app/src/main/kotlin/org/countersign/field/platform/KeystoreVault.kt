package org.countersign.field.platform

import android.content.Context
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.util.Log
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.ProviderException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** Where a vault's key is. */
interface VaultKey {
    /** The key; `null` where there is none. */
    fun find(): SecretKey?

    /** A new one, in the place of what was there. */
    fun make(): SecretKey
}

/**
 * AES-256-GCM by a key of the phone's key store. What is sealed begins with the nonce, which the key store draws
 * itself. Nobody is asked for a fingerprint: sync runs while the phone lies in a pocket.
 */
class KeystoreVault(
    private val key: VaultKey,
) : SecretVault {
    constructor(context: Context) : this(KeystoreKey(context))

    /** One at a time: two that find no key would each make one, and what the first sealed would open no more. */
    @Synchronized
    override fun seal(plain: ByteArray): ByteArray =
        told {
            try {
                sealed(key.find() ?: key.make(), plain)
            } catch (taken: GeneralSecurityException) {
                if (!isTakenAway(taken)) throw taken
                renewed(taken, plain)
            }
        }

    override fun open(sealed: ByteArray): ByteArray =
        told {
            val known = key.find() ?: throw VaultGoneException(null)
            if (sealed.size <= NONCE) throw VaultGoneException(null)
            val cipher = Cipher.getInstance(ALGORITHM)
            cipher.init(Cipher.DECRYPT_MODE, known, GCMParameterSpec(TAG_BITS, sealed, 0, NONCE))
            cipher.doFinal(sealed, NONCE, sealed.size - NONCE)
        }

    private fun sealed(
        key: SecretKey,
        plain: ByteArray,
    ): ByteArray {
        val cipher = Cipher.getInstance(ALGORITHM)
        cipher.init(Cipher.ENCRYPT_MODE, key)
        return cipher.iv + cipher.doFinal(plain)
    }

    private fun renewed(
        why: GeneralSecurityException,
        plain: ByteArray,
    ): ByteArray {
        Log.w(TAG, "the key was taken away; a new one takes its place", why)
        return sealed(key.make(), plain)
    }

    /** The key store's many errors as the two that a person can do something about. */
    private fun told(work: () -> ByteArray): ByteArray =
        try {
            work()
        } catch (known: VaultGoneException) {
            throw known
        } catch (other: AEADBadTagException) {
            // Another key sealed it: these files came from another phone.
            throw gone(other)
        } catch (locked: GeneralSecurityException) {
            throw if (isTakenAway(locked)) gone(locked) else later(locked)
        } catch (busy: ProviderException) {
            throw later(busy)
        } catch (unread: IOException) {
            throw later(unread)
        }

    private fun gone(why: Exception): VaultGoneException {
        Log.w(TAG, "what this key sealed opens no more", why)
        return VaultGoneException(why)
    }

    private fun later(why: Exception): VaultLockedException {
        Log.i(TAG, "the key opens nothing now", why)
        return VaultLockedException(why)
    }

    private companion object {
        const val ALGORITHM = "AES/GCM/NoPadding"
        const val NONCE = 12
        const val TAG_BITS = 128
        const val TAG = "KeystoreVault"
    }
}

/** The key in Android's key store, in a chip of its own (StrongBox) where the phone has one. */
private class KeystoreKey(
    private val context: Context,
) : VaultKey {
    private val store: KeyStore by lazy { phoneKeystore() }

    override fun find(): SecretKey? = store.keyOf(ALIAS) as? SecretKey

    override fun make(): SecretKey =
        inStrongestPlace(context) { place ->
            val spec =
                KeyGenParameterSpec
                    .Builder(ALIAS, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
                    .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                    .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                    .setKeySize(KEY_BITS)
                    .apply(place)
            val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, KEYSTORE)
            generator.init(spec.build())
            generator.generateKey()
        }

    private companion object {
        const val ALIAS = "countersign-vault"
        const val KEY_BITS = 256
    }
}
