package org.countersign.field.platform

import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.UserNotAuthenticatedException
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Test
import org.junit.runner.RunWith
import java.io.IOException
import java.security.InvalidKeyException
import java.security.KeyStoreException
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey

/** The vault over a key store that answers as Android's does on a bad day. */
@RunWith(AndroidJUnit4::class)
class KeystoreVaultTest {
    private class Keys(
        var key: SecretKey? = null,
        var trouble: Exception? = null,
    ) : VaultKey {
        var made = 0

        override fun find(): SecretKey? {
            trouble?.let { throw it }
            return key
        }

        override fun make(): SecretKey {
            made += 1
            trouble = null
            return KeyGenerator.getInstance("AES").apply { init(256) }.generateKey().also { key = it }
        }
    }

    private val keys = Keys()
    private val vault = KeystoreVault(keys)
    private val token = "token".toByteArray()

    @Test
    fun `what is sealed opens again, differs each time and holds no readable byte`() {
        val sealed = vault.seal(token)
        assertArrayEquals(token, vault.open(sealed))
        assertFalse(sealed.contentEquals(vault.seal(token)))
        assertEquals("one key for all", 1, keys.made)
        assertFalse(String(sealed, Charsets.ISO_8859_1).contains("token"))
    }

    @Test
    fun `another key, changed bytes and no key are gone`() {
        val sealed = vault.seal(token)
        for (index in sealed.indices) {
            val changed = sealed.copyOf().also { it[index] = (it[index].toInt() xor 1).toByte() }
            assertThrows("byte $index", VaultGoneException::class.java) { vault.open(changed) }
        }
        assertThrows(VaultGoneException::class.java) { vault.open(sealed.copyOf(12)) }
        assertThrows(VaultGoneException::class.java) { vault.open(ByteArray(0)) }
        keys.make()
        assertThrows(VaultGoneException::class.java) { vault.open(sealed) }
        keys.key = null
        assertThrows(VaultGoneException::class.java) { vault.open(sealed) }
        assertEquals("opening makes no key", 2, keys.made)
    }

    @Test
    fun `each error of the key store is one of the two that a person can do something about`() {
        val locked =
            listOf(
                UserNotAuthenticatedException(),
                InvalidKeyException("not now"),
                KeyStoreException("not loaded"),
                ProviderException("busy"),
                IOException("unread"),
                // So a key store answers whose service is busy or was restarted.
                UnrecoverableKeyException("system error"),
            )
        val because = UnrecoverableKeyException().apply { initCause(KeyPermanentlyInvalidatedException()) }
        val gone = listOf(KeyPermanentlyInvalidatedException(), because)
        val sealed = vault.seal(token)
        for (error in locked) {
            keys.trouble = error
            assertThrows("open: $error", VaultLockedException::class.java) { vault.open(sealed) }
            assertThrows("seal: $error", VaultLockedException::class.java) { vault.seal(token) }
        }
        for (error in gone) {
            keys.trouble = error
            assertThrows("open: $error", VaultGoneException::class.java) { vault.open(sealed) }
            // A key that was taken away is replaced as soon as something is sealed.
            val anew = vault.seal(token)
            assertArrayEquals(token, vault.open(anew))
        }
        assertEquals(3, keys.made)
    }
}
