package org.countersign.field.platform

import org.countersign.field.phone.SoftwareSigner
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Test
import java.math.BigInteger
import java.security.interfaces.ECPublicKey
import java.security.spec.ECParameterSpec
import java.security.spec.ECPoint

class DeviceSignerTest {
    private class Point(
        private val x: BigInteger,
        private val y: BigInteger,
    ) : ECPublicKey {
        override fun getW(): ECPoint = ECPoint(x, y)

        override fun getAlgorithm(): String = "EC"

        override fun getFormat(): String = "X.509"

        override fun getEncoded(): ByteArray = ByteArray(0)

        override fun getParams(): ECParameterSpec? = null
    }

    private fun bytes(vararg pairs: Pair<Int, Int>): ByteArray =
        ByteArray(65).also { out -> pairs.forEach { (at, value) -> out[at] = value.toByte() } }

    @Test
    fun `every coordinate takes 32 bytes, whatever Java makes of it`() {
        val high = BigInteger.ONE.shiftLeft(255)
        val table =
            listOf(
                Point(BigInteger.ONE, BigInteger.TWO) to bytes(0 to 4, 32 to 1, 64 to 2),
                Point(BigInteger.ZERO, BigInteger.valueOf(256)) to bytes(0 to 4, 63 to 1),
                Point(high, high) to bytes(0 to 4, 1 to 0x80, 33 to 0x80),
            )
        table.forEach { (key, expected) -> assertArrayEquals(expected, sec1(key)) }
    }

    @Test
    fun `a point has 65 bytes for every key`() {
        repeat(50) { assertEquals(65, SoftwareSigner().publicKey().size) }
    }
}
