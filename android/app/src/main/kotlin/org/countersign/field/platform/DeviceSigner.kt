package org.countersign.field.platform

import java.math.BigInteger
import java.security.interfaces.ECPublicKey

/** The device's signing key. Its private half never leaves the hardware. */
interface DeviceSigner {
    /** The public half: the uncompressed SEC1 point, 65 bytes. */
    fun publicKey(): ByteArray

    /**
     * Signs with SHA-256 and ECDSA over P-256, as DER. `null` while the key is locked: the work is saved without a
     * signature, which follows by itself. Throws [KeyGoneException] where the phone took the key away: [publicKey] is
     * that of a new one from then on, which the office does not know.
     */
    fun sign(statement: ByteArray): ByteArray?
}

/** The phone took the key away for good, as it may when its screen lock is removed. */
class KeyGoneException(
    why: Exception?,
) : RuntimeException(why)

private const val UNCOMPRESSED: Byte = 4
private const val COORDINATE = 32

/** The uncompressed SEC1 point of a P-256 key: 04, then both coordinates, each 32 bytes. */
internal fun sec1(key: ECPublicKey): ByteArray =
    byteArrayOf(UNCOMPRESSED) + coordinate(key.w.affineX) + coordinate(key.w.affineY)

/** Java writes numbers as short as it can, and with a zero before a leading one bit. */
private fun coordinate(number: BigInteger): ByteArray {
    val bytes = number.toByteArray().dropWhile { it == 0.toByte() }
    return ByteArray(COORDINATE - bytes.size) + bytes
}
