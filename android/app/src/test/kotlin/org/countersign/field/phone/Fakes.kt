package org.countersign.field.phone

import android.app.Notification
import android.app.PendingIntent
import android.content.Context
import androidx.core.app.NotificationCompat
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.countersign.core.Fix
import org.countersign.field.R
import org.countersign.field.app.Chosen
import org.countersign.field.app.Preferences
import org.countersign.field.platform.Clocks
import org.countersign.field.platform.Connectivity
import org.countersign.field.platform.DeviceSigner
import org.countersign.field.platform.FreeSpace
import org.countersign.field.platform.KeyGoneException
import org.countersign.field.platform.NetworkKind
import org.countersign.field.platform.Notices
import org.countersign.field.platform.OtherApps
import org.countersign.field.platform.Outside
import org.countersign.field.platform.Places
import org.countersign.field.platform.Schedule
import org.countersign.field.platform.SecretVault
import org.countersign.field.platform.VaultGoneException
import org.countersign.field.platform.VaultLockedException
import org.countersign.field.platform.sec1
import java.io.File
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.util.concurrent.CopyOnWriteArrayList

/** A P-256 key in memory; it can be locked, as Android's is before the first unlock. */
class SoftwareSigner : DeviceSigner {
    private val maker = KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec("secp256r1")) }

    @Volatile
    private var keys = maker.generateKeyPair()

    @Volatile
    private var taken = false

    /** Whether it does not sign now. */
    @Volatile
    var locked = false

    /** The phone takes the key away, as it may when its screen lock is removed. */
    fun takeAway() {
        taken = true
    }

    override fun publicKey(): ByteArray = sec1(keys.public as ECPublicKey)

    override fun sign(statement: ByteArray): ByteArray? {
        if (locked) return null
        if (taken) {
            keys = maker.generateKeyPair()
            taken = false
            throw KeyGoneException(null)
        }
        return Signature.getInstance("SHA256withECDSA", maker.provider).run {
            initSign(keys.private)
            update(statement)
            sign()
        }
    }
}

/** A vault in memory. [locked] refuses as a phone before its first unlock does; [lose] takes its key away. */
class SoftwareVault : SecretVault {
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

/** Free space that a test sets. */
class SettableSpace : FreeSpace {
    /** What is free. */
    @Volatile
    var free: ULong = PLENTY

    override fun at(folder: String): ULong = free

    private companion object {
        const val PLENTY: ULong = 12_000_000_000u
    }
}

/** The machine's clocks, moved by a test. */
class SettableClocks : Clocks {
    /** How far the wall clock is off, milliseconds. */
    @Volatile
    var off = 0L

    override fun wall(): Long = System.currentTimeMillis() + off

    override fun monotonic(): Long = System.nanoTime() / NANOSECONDS

    override fun boot(): String = "7"

    override fun offsetMinutes(): Int = 0

    private companion object {
        const val NANOSECONDS = 1_000_000L
    }
}

/** A network that a test switches. */
class SettableNetwork : Connectivity {
    private val kind = MutableStateFlow(NetworkKind.UNMETERED)

    override val changes: StateFlow<NetworkKind> = kind.asStateFlow()

    override fun now(): NetworkKind = kind.value

    /** Goes offline, or back. */
    fun become(other: NetworkKind) {
        kind.value = other
    }
}

/** Always at the customer's. */
class FixedPlace : Places {
    override fun allowed(): Boolean = true

    override suspend fun here(patience: Long): Fix = Fix(LATITUDE, LONGITUDE, ACCURACY, ageMs = 1_000)

    private companion object {
        const val LATITUDE = 41.648_823
        const val LONGITUDE = -0.889_085
        const val ACCURACY = 6.0
    }
}

/** Writes down what would be told. */
class NotedNotices(
    private val context: Context,
) : Notices {
    /** What was told, oldest first. */
    val told: MutableList<String> = CopyOnWriteArrayList()

    override fun returned(
        job: String,
        name: String,
    ) {
        told += "returned $job"
    }

    override fun newJob(
        job: String,
        name: String,
    ) {
        told += "new $job"
    }

    override fun seen(job: String) {
        told += "seen $job"
    }

    override fun sending(
        done: Int,
        total: Int,
        pause: PendingIntent?,
    ): Notification = NotificationCompat.Builder(context, "sending").setSmallIcon(R.drawable.ic_notice).build()

    override fun allowed(): Boolean = true
}

/** Writes down what other apps were asked for; files and addresses are the real ones. */
class NotedOutside(
    private val real: OtherApps,
) : Outside by real {
    /** What was asked for, oldest first. */
    val asked: MutableList<String> = CopyOnWriteArrayList()

    /** Files that were given away. */
    val shared: MutableList<File> = CopyOnWriteArrayList()

    override fun call(number: String): Boolean = asked.add("call $number")

    override fun map(query: String): Boolean = asked.add("map $query")

    override fun share(
        file: File,
        type: String,
    ): Boolean = shared.add(file) && asked.add("share $type")

    override fun show(
        file: File,
        type: String,
    ): Boolean = shared.add(file) && asked.add("show $type")
}

/** Writes down what was left for later. */
class NotedSchedule : Schedule {
    /** What was asked for, oldest first. */
    val asked: MutableList<String> = CopyOnWriteArrayList()

    override fun sendSoon() {
        asked += "send"
    }

    override fun keepInSync() {
        asked += "keep"
    }

    override fun pause() {
        asked += "pause"
    }
}

/** What is chosen, in memory. */
class NotedPreferences : Preferences {
    private val state = MutableStateFlow(Chosen())

    override val chosen: StateFlow<Chosen> = state.asStateFlow()

    override fun choose(change: (Chosen) -> Chosen) {
        state.value = change(state.value)
    }
}
