package org.countersign.field.app

import org.countersign.core.DeviceKey
import org.countersign.core.NetworkClass
import org.countersign.core.Platform
import org.countersign.core.PlatformException
import org.countersign.core.PlatformImages
import org.countersign.core.Vault
import org.countersign.core.VaultException
import org.countersign.core.WaitingFile
import org.countersign.field.platform.DeviceSigner
import org.countersign.field.platform.ImageMaker
import org.countersign.field.platform.KeyGoneException
import org.countersign.field.platform.NetworkKind
import org.countersign.field.platform.SecretVault
import org.countersign.field.platform.VaultGoneException
import org.countersign.field.platform.VaultLockedException
import org.countersign.field.screens.capture.Leftovers

/** The phone's key, as the core asks for it. */
internal class CoreKey(
    private val signer: DeviceSigner,
) : DeviceKey {
    override fun publicKey(): ByteArray = signer.publicKey()

    override fun sign(statement: ByteArray): ByteArray =
        try {
            signer.sign(statement) ?: throw PlatformException.Locked()
        } catch (gone: KeyGoneException) {
            throw PlatformException.Gone().apply { initCause(gone) }
        }
}

/** The phone's vault, as the core asks for it. */
internal class CoreVault(
    private val vault: SecretVault,
) : Vault {
    override fun seal(plain: ByteArray): ByteArray = told { vault.seal(plain) }

    override fun unseal(sealed: ByteArray): ByteArray = told { vault.open(sealed) }

    private fun told(work: () -> ByteArray): ByteArray =
        try {
            work()
        } catch (locked: VaultLockedException) {
            throw VaultException.Locked().apply { initCause(locked) }
        } catch (gone: VaultGoneException) {
            throw VaultException.Gone().apply { initCause(gone) }
        }
}

/** The rest of the phone, as the core asks for it. */
internal class CorePlatform(
    private val phone: Phone,
    private val leftovers: Leftovers,
) : Platform {
    override fun freeSpace(folder: String): ULong? = phone.space.at(folder)

    override fun wallClock(): Long = phone.clocks.wall()

    override fun bootId(): String = phone.clocks.boot()

    override fun monotonicClock(): Long = phone.clocks.monotonic()

    override fun offsetMinutes(): Int = phone.clocks.offsetMinutes()

    override fun network(): NetworkClass =
        when (phone.connectivity.now()) {
            NetworkKind.NONE -> NetworkClass.OFFLINE
            NetworkKind.METERED, NetworkKind.ROAMING -> NetworkClass.METERED
            NetworkKind.UNMETERED -> NetworkClass.UNMETERED
        }

    override fun battery(): UByte? =
        phone.battery
            .state()
            .percent
            ?.toUByte()

    override fun waitingFiles(): List<WaitingFile> = leftovers.waiting()
}

/** The phone's decoders, as the core asks for them. */
internal class CoreImages(
    private val images: ImageMaker,
) : PlatformImages {
    override fun preview(
        path: String,
        edge: UShort,
    ): ByteArray? = images.preview(path, edge.toInt())
}
