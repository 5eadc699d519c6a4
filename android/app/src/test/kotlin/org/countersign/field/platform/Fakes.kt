package org.countersign.field.platform

import android.app.Notification
import android.app.PendingIntent
import android.content.Context
import android.net.Uri
import androidx.core.app.NotificationCompat
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import java.io.File
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec

/** A key in memory. [locked] refuses as a phone before its first unlock does. */
class FakeSigner : DeviceSigner {
    private val pair =
        KeyPairGenerator
            .getInstance("EC")
            .apply { initialize(ECGenParameterSpec("secp256r1")) }
            .generateKeyPair()

    @Volatile
    var locked: Boolean = false

    override fun publicKey(): ByteArray = sec1(pair.public as ECPublicKey)

    override fun sign(statement: ByteArray): ByteArray? =
        if (locked) {
            null
        } else {
            Signature.getInstance("SHA256withECDSA").run {
                initSign(pair.private)
                update(statement)
                sign()
            }
        }
}

/** A vault in memory. [locked] refuses as a phone before its first unlock does; [lose] takes its key away. */
class FakeVault : SecretVault {
    private var key = 1

    @Volatile
    var locked: Boolean = false

    /** The key is lost: what it sealed opens no more. */
    fun lose() {
        key += 1
    }

    override fun seal(plain: ByteArray): ByteArray {
        if (locked) throw VaultLockedException(null)
        return byteArrayOf(key.toByte()) + plain.map { (it.toInt() xor MASK).toByte() }
    }

    override fun open(sealed: ByteArray): ByteArray {
        if (locked) throw VaultLockedException(null)
        if (sealed.firstOrNull()?.toInt() != key) throw VaultGoneException(null)
        return sealed.drop(1).map { (it.toInt() xor MASK).toByte() }.toByteArray()
    }

    private companion object {
        const val MASK = 0x55
    }
}

/** As much space as a test says. */
class FakeSpace(
    @Volatile var free: ULong? = 1uL shl 35,
) : FreeSpace {
    override fun at(folder: String): ULong? = free
}

/** Clocks that a test turns. */
class FakeClocks(
    @Volatile var now: Long = System.currentTimeMillis(),
) : Clocks {
    @Volatile
    var sinceBoot: Long = 1_000_000

    override fun wall(): Long = now

    override fun monotonic(): Long = sinceBoot

    override fun boot(): String = "1"

    override fun offsetMinutes(): Int = 0
}

/** A network that a test switches. */
class FakeConnectivity(
    kind: NetworkKind = NetworkKind.UNMETERED,
) : Connectivity {
    private val state = MutableStateFlow(kind)

    override val changes: Flow<NetworkKind> = state

    override fun now(): NetworkKind = state.value

    /** Switches. */
    fun become(kind: NetworkKind) {
        state.value = kind
    }
}

/** A phone that stands where a test puts it. */
class FakePlaces(
    @Volatile var place: Place? = Place(latitude = 50.1, longitude = 8.6, accuracy = 8f, age = 0),
) : Places {
    override fun allowed(): Boolean = place != null

    override suspend fun here(patience: Long): Place? = place
}

/** Keeps what would have been told. */
class FakeNotices(
    private val context: Context,
) : Notices {
    /** What was told, oldest first: kind and name. */
    val told: MutableList<Pair<String, String>> = mutableListOf()

    override fun returned(
        job: String,
        name: String,
    ) {
        told += "returned" to name
    }

    override fun newJob(
        job: String,
        name: String,
    ) {
        told += "new" to name
    }

    override fun seen(job: String) = Unit

    override fun sending(
        done: Int,
        total: Int,
        pause: PendingIntent?,
    ): Notification = NotificationCompat.Builder(context, PhoneNotices.SENDING).build()

    override fun allowed(): Boolean = true
}

/** Keeps what would have been opened. */
class FakeOutside(
    private val folder: File,
) : Outside {
    /** Numbers that were called. */
    val called: MutableList<String> = mutableListOf()

    /** Addresses that were written to. */
    val mailed: MutableList<String> = mutableListOf()

    /** What was looked for on a map. */
    val mapped: MutableList<String> = mutableListOf()

    /** Files that were shared or shown. */
    val shared: MutableList<File> = mutableListOf()

    override val shareFolder: File get() = File(folder, "share").apply { mkdirs() }

    override fun call(number: String): Boolean = called.add(number)

    override fun mail(address: String): Boolean = mailed.add(address)

    override fun map(query: String): Boolean = mapped.add(query)

    override fun share(
        file: File,
        type: String,
    ): Boolean = shared.add(file)

    override fun show(
        file: File,
        type: String,
    ): Boolean = shared.add(file)

    override fun captureFile(name: String): File = File(folder, name)

    override fun writable(file: File): Uri = Uri.fromFile(file)
}

/** Keeps what would have been scheduled. */
class FakeSchedule : Schedule {
    /** How often sending was asked for. */
    @Volatile
    var sends: Int = 0

    /** Whether sync was asked for from time to time. */
    @Volatile
    var keeps: Boolean = false

    override fun sendSoon() {
        sends += 1
    }

    override fun keepInSync() {
        keeps = true
    }

    override fun pause() = Unit
}
