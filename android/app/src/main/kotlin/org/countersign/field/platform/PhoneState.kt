package org.countersign.field.platform

import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.os.BatteryManager
import android.os.PowerManager
import android.os.StatFs
import android.os.SystemClock
import android.provider.Settings
import java.io.File
import java.util.TimeZone

/** Free space. */
interface FreeSpace {
    /** Free bytes where this folder is; `null` where that cannot be known. */
    fun at(folder: String): ULong?
}

/** Clocks that do not jump, and the one that does. */
interface Clocks {
    /** The wall clock, milliseconds since 1970. */
    fun wall(): Long

    /** Milliseconds since the phone was started; goes on in deep sleep. */
    fun monotonic(): Long

    /** Which start that was; empty where unknown. */
    fun boot(): String

    /** Offset of local time from UTC in minutes. */
    fun offsetMinutes(): Int
}

/** What is left in the battery. */
data class BatteryState(
    /** 0 to 100; `null` where unknown. */
    val percent: Int?,
    /** Whether it is being charged. */
    val charging: Boolean,
    /** Whether the person asked the phone to save. */
    val saving: Boolean,
)

/** The battery. */
fun interface Battery {
    /** What is left at this moment. */
    fun state(): BatteryState
}

/** Free space of the file system. */
class FileSystemSpace : FreeSpace {
    override fun at(folder: String): ULong? =
        try {
            // A folder that is still to be made is as full as the nearest one that is there.
            val there = generateSequence(File(folder)) { it.parentFile }.firstOrNull { it.exists() }
            there?.let { StatFs(it.path).availableBytes.toULong() }
        } catch (_: IllegalArgumentException) {
            null
        }
}

/** The phone's clocks. */
class PhoneClocks(
    private val context: Context,
) : Clocks {
    override fun wall(): Long = System.currentTimeMillis()

    override fun monotonic(): Long = SystemClock.elapsedRealtime()

    override fun boot(): String {
        val count = Settings.Global.getInt(context.contentResolver, Settings.Global.BOOT_COUNT, -1)
        return if (count < 0) "" else count.toString()
    }

    override fun offsetMinutes(): Int = TimeZone.getDefault().getOffset(wall()) / MILLISECONDS_PER_MINUTE

    private companion object {
        const val MILLISECONDS_PER_MINUTE = 60_000
    }
}

/** The phone's battery, as its last broadcast told. */
class PhoneBattery(
    private val context: Context,
) : Battery {
    override fun state(): BatteryState {
        val told = context.registerReceiver(null, IntentFilter(Intent.ACTION_BATTERY_CHANGED))
        val level = told?.getIntExtra(BatteryManager.EXTRA_LEVEL, -1) ?: -1
        val scale = told?.getIntExtra(BatteryManager.EXTRA_SCALE, -1) ?: -1
        val power = context.getSystemService(PowerManager::class.java)
        return BatteryState(
            percent = if (level < 0 || scale <= 0) null else level * FULL / scale,
            charging = (told?.getIntExtra(BatteryManager.EXTRA_PLUGGED, 0) ?: 0) != 0,
            saving = power?.isPowerSaveMode == true,
        )
    }

    private companion object {
        const val FULL = 100
    }
}
