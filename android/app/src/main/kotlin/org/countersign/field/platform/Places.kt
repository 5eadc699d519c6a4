package org.countersign.field.platform

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.annotation.SuppressLint
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.location.Location
import android.location.LocationManager
import android.os.Build
import android.os.CancellationSignal
import android.os.SystemClock
import androidx.core.content.ContextCompat
import androidx.core.location.LocationManagerCompat
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull
import org.countersign.core.Fix
import org.countersign.core.bestFix
import org.countersign.core.isGoodFix
import kotlin.coroutines.resume

/** Finds out where the phone is. */
interface Places {
    /** Whether the person allows it. */
    fun allowed(): Boolean

    /** The best fix within [patience] milliseconds; `null` where there is none or it is not allowed. */
    suspend fun here(patience: Long = PATIENCE): Fix?

    /** How long one waits. */
    companion object {
        /** A photo must not wait for satellites. */
        const val PATIENCE = 4_000L
    }
}

/** The phone's own providers; no services of a shop are needed. */
class PhonePlaces(
    private val context: Context,
) : Places {
    private val manager = context.getSystemService(LocationManager::class.java)

    override fun allowed(): Boolean = granted(ACCESS_FINE_LOCATION) || granted(ACCESS_COARSE_LOCATION)

    override suspend fun here(patience: Long): Fix? {
        val known = if (allowed()) lastKnown() else null
        val good = known != null && isGoodFix(known)
        val asked = if (good || !allowed()) emptyList() else answers(providers(), patience)
        // The core says which of them says best where the phone is, and drops what is too old to say it.
        return bestFix(asked + listOfNotNull(known))
    }

    private fun granted(permission: String) =
        ContextCompat.checkSelfPermission(context, permission) == PERMISSION_GRANTED

    private fun providers(): List<String> {
        val wanted =
            buildList {
                if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) add(LocationManager.FUSED_PROVIDER)
                if (granted(ACCESS_FINE_LOCATION)) add(LocationManager.GPS_PROVIDER)
                add(LocationManager.NETWORK_PROVIDER)
            }
        val there = manager.getProviders(true)
        return wanted.filter { it in there }
    }

    @SuppressLint("MissingPermission")
    private fun lastKnown(): Fix? =
        try {
            bestFix(providers().mapNotNull { manager.getLastKnownLocation(it) }.map(::fix))
        } catch (_: SecurityException) {
            // Taken away between the question and the answer.
            null
        }

    /** Asks all at once, until one is so good that no other need be waited for or nobody waits any longer. */
    private suspend fun answers(
        providers: List<String>,
        patience: Long,
    ): List<Fix> =
        coroutineScope {
            val answers = Channel<Fix?>(Channel.UNLIMITED)
            val asked = providers.map { launch { answers.send(ask(it)) } }
            val found = mutableListOf<Fix>()
            withTimeoutOrNull(patience) {
                repeat(asked.size) {
                    answers.receive()?.let(found::add)
                    if (found.lastOrNull()?.let(::isGoodFix) == true) return@withTimeoutOrNull
                }
            }
            asked.forEach { it.cancel() }
            found
        }

    @SuppressLint("MissingPermission")
    private suspend fun ask(provider: String): Fix? =
        suspendCancellableCoroutine { waiting ->
            val cancel = CancellationSignal()
            waiting.invokeOnCancellation { cancel.cancel() }
            try {
                val executor = ContextCompat.getMainExecutor(context)
                LocationManagerCompat.getCurrentLocation(manager, provider, cancel, executor) { location: Location? ->
                    if (waiting.isActive) waiting.resume(location?.let(::fix))
                }
            } catch (_: SecurityException) {
                waiting.resume(null)
            }
        }

    private fun fix(location: Location): Fix {
        val age = (SystemClock.elapsedRealtimeNanos() - location.elapsedRealtimeNanos) / NANOSECONDS
        return Fix(location.latitude, location.longitude, location.accuracy.toDouble(), age.coerceAtLeast(0))
    }

    private companion object {
        const val NANOSECONDS = 1_000_000L
    }
}
