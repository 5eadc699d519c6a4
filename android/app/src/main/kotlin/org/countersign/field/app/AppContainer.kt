package org.countersign.field.app

import android.content.Context
import android.util.Log
import androidx.core.content.ContextCompat
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.countersign.core.AppException
import org.countersign.core.Countersign
import org.countersign.core.languageOf
import org.countersign.field.R
import org.countersign.field.design.TroubleWords
import org.countersign.field.screens.capture.Leftovers
import org.countersign.field.screens.customer.HandedOver
import java.io.File

/** How far the opening of the store is. */
sealed interface Opening {
    /** It takes a moment; longer after a crash. */
    data object Underway : Opening

    /** It is open. */
    class Open(
        /** The core. */
        val core: Core,
        /** The connection to the office. */
        val office: Office,
        /** What is told of a sync. */
        val news: News,
    ) : Opening

    /** It cannot be opened; nothing in it was touched. */
    class Closed(
        /** Why. */
        val trouble: Trouble,
    ) : Opening
}

/** One for the process: the core, opened once and off the main thread, and what every screen shares. */
class AppContainer(
    private val context: Context,
    /** The phone. */
    val phone: Phone,
    /** What the person chose for this phone. */
    val preferences: Preferences,
    private val scope: CoroutineScope,
    private val io: CoroutineDispatcher = Dispatchers.IO,
    private val open: (Phone, Leftovers) -> Countersign = { phone, leftovers -> openIn(context, phone, leftovers) },
) {
    private val state = MutableStateFlow<Opening>(Opening.Underway)

    /** What was captured and is not in the store. */
    val leftovers = Leftovers(File(context.filesDir, "capture"))

    /** Whether the device is in a customer's hands. */
    val handedOver = HandedOver(File(context.noBackupFilesDir, "in-hands"), scope, io)

    /** Words about work that outlives its screen. */
    val telling = Telling()

    /** What is on the screen. */
    val looking = Looking()

    /** How far the opening is. */
    val opening: StateFlow<Opening> = state.asStateFlow()

    /** Opens the store, or tries again. */
    fun openStore() {
        state.value = Opening.Underway
        scope.launch { state.value = withContext(io) { opened() } }
    }

    /** The open store; waits while it is being opened. `null` where it cannot be opened. */
    suspend fun whenOpen(): Opening.Open? = opening.first { it !is Opening.Underway } as? Opening.Open

    /** A key or a disk that fails in a way of its own is a trouble too: without a store the app still says why. */
    @Suppress("TooGenericExceptionCaught")
    private fun opened(): Opening =
        try {
            handedOver.readBack()
            val core = Core(open(phone, leftovers), scope, io)
            val news = News(core, phone.notices, looking) { handedOver.held() != null }
            Opening.Open(core, Office(core, phone, preferences, news, scope), news)
        } catch (error: AppException) {
            Opening.Closed(troubleOf(error))
        } catch (missing: LinkageError) {
            Log.e(TAG, "the core is not in this app", missing)
            Opening.Closed(cannotOpen(missing.toString()))
        } catch (unexpected: Exception) {
            Log.e(TAG, "the store was not opened", unexpected)
            Opening.Closed(cannotOpen(unexpected.toString()))
        }

    private fun cannotOpen(details: String): Trouble {
        val words = ContextCompat.getContextForLanguage(context)
        return Trouble(
            TroubleWords(
                what = words.getString(R.string.store_closed_what),
                safe = words.getString(R.string.store_closed_safe),
                todo = words.getString(R.string.store_closed_todo),
                details = details,
            ),
            WayOut.TRY_AGAIN,
        )
    }

    /** Opening. */
    companion object {
        private const val TAG = "AppContainer"

        /** The store's folder: private to the app and in no backup. */
        fun folder(context: Context): File = File(context.noBackupFilesDir, "device")

        private fun openIn(
            context: Context,
            phone: Phone,
            leftovers: Leftovers,
        ): Countersign {
            val folder = folder(context).apply { mkdirs() }
            val language = languageOf(ContextCompat.getContextForLanguage(context).getString(R.string.language_tag))
            return Countersign.open(
                folder.path,
                CoreKey(phone.signer),
                CoreVault(phone.vault),
                CorePlatform(phone, leftovers),
                CoreImages(phone.images),
                language,
            )
        }
    }
}
