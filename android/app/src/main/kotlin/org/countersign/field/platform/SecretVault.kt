package org.countersign.field.platform

import java.security.GeneralSecurityException

/** Seals small secrets with a key of the phone that never leaves it: a copy of the app's files opens none of them. */
interface SecretVault {
    /** Seals [plain]. A phone without the key, or one that took it away, makes another. */
    @Throws(VaultLockedException::class)
    fun seal(plain: ByteArray): ByteArray

    /** Opens what [seal] made. */
    @Throws(VaultLockedException::class, VaultGoneException::class)
    fun open(sealed: ByteArray): ByteArray
}

/** Not now: the phone was not unlocked since it started, or its key store is busy. */
class VaultLockedException(
    why: Exception?,
) : GeneralSecurityException(why)

/** Never again: the key is lost, or it is not the one that sealed this. */
class VaultGoneException(
    why: Exception?,
) : GeneralSecurityException(why)
