package org.countersign.field.platform

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged

/** What kind of network there is. */
enum class NetworkKind {
    /** None that reaches the internet. */
    NONE,

    /** One that costs by the byte. */
    METERED,

    /** One that costs by the byte, abroad. */
    ROAMING,

    /** One that costs nothing more. */
    UNMETERED,
}

/** The network of this moment. */
interface Connectivity {
    /** Its kind now. */
    fun now(): NetworkKind

    /** Its kind now and each time it changes; the phone is asked only while somebody collects. */
    val changes: Flow<NetworkKind>
}

/** The phone's default network. */
class PhoneConnectivity(
    context: Context,
) : Connectivity {
    private val manager = context.getSystemService(ConnectivityManager::class.java)

    override fun now(): NetworkKind = kind(manager.getNetworkCapabilities(manager.activeNetwork))

    override val changes: Flow<NetworkKind> =
        callbackFlow {
            val callback =
                object : ConnectivityManager.NetworkCallback() {
                    override fun onCapabilitiesChanged(
                        network: Network,
                        capabilities: NetworkCapabilities,
                    ) {
                        trySend(kind(capabilities))
                    }

                    override fun onLost(network: Network) {
                        trySend(NetworkKind.NONE)
                    }
                }
            trySend(now())
            manager.registerDefaultNetworkCallback(callback)
            awaitClose { manager.unregisterNetworkCallback(callback) }
        }.conflate().distinctUntilChanged()

    private fun kind(capabilities: NetworkCapabilities?): NetworkKind =
        when {
            capabilities == null -> NetworkKind.NONE
            !capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET) -> NetworkKind.NONE
            capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED) -> NetworkKind.UNMETERED
            isRoaming(capabilities) -> NetworkKind.ROAMING
            else -> NetworkKind.METERED
        }

    private fun isRoaming(capabilities: NetworkCapabilities): Boolean =
        android.os.Build.VERSION.SDK_INT >= android.os.Build.VERSION_CODES.P &&
            !capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_ROAMING)
}
