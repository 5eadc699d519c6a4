package org.countersign.field.screens

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.res.stringResource
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.countersign.field.R
import org.countersign.field.platform.Outside
import java.io.File
import java.io.IOException

/** Gives files of the store to other apps. What they get is a copy: the store itself is never opened to them. */
internal class Sharing(
    private val outside: Outside,
    private val scope: CoroutineScope,
    private val onNobody: () -> Unit,
    private val onUnread: () -> Unit,
) {
    /** Opens a file in an app that shows its kind. */
    fun showFile(
        original: String,
        name: String,
        type: String,
    ) = give { outside.show(copy(original, safe(name)), type) }

    /** Opens the share sheet with a file. */
    fun shareFile(
        original: String,
        name: String,
        type: String,
    ) = give { outside.share(copy(original, safe(name)), type) }

    /** Opens a PDF in an app that shows it. */
    fun show(
        pdf: String,
        name: String,
    ) = give { outside.show(copy(pdf, "${plain(name)}.pdf"), PDF) }

    /** Opens the share sheet with a PDF. */
    fun share(
        pdf: String,
        name: String,
    ) = give { outside.share(copy(pdf, "${plain(name)}.pdf"), PDF) }

    /** Opens the share sheet with a bundle that somebody can verify. */
    fun share(
        bundle: ByteArray,
        name: String,
    ) = give {
        outside.share(written("${plain(name)}.bundle") { it.writeBytes(bundle) }, ZIP)
    }

    private fun give(toOthers: suspend () -> Boolean) {
        scope.launch {
            try {
                if (!toOthers()) onNobody()
            } catch (_: IOException) {
                onUnread()
            }
        }
    }

    private suspend fun copy(
        pdf: String,
        name: String,
    ): File = written(name) { File(pdf).copyTo(it, overwrite = true) }

    private suspend fun written(
        name: String,
        write: (File) -> Unit,
    ): File =
        withContext(Dispatchers.IO) {
            File(outside.shareFolder, name).also(write)
        }

    /** Nothing of a name may lead out of the folder. */
    private fun safe(name: String): String = name.substringAfterLast('/').trim('.').ifEmpty { "file" }

    private fun plain(name: String): String = name.filter { it.isLetterOrDigit() || it == '-' }

    private companion object {
        const val PDF = "application/pdf"
        const val ZIP = "application/zip"
    }
}

/** Sharing from this screen; where no app takes a file, it says so. */
@Composable
internal fun rememberSharing(outside: Outside): Sharing {
    val scope = rememberCoroutineScope()
    val say = rememberAfterword()
    val nobody = stringResource(R.string.no_app_for_this)
    val unread = stringResource(R.string.file_unreadable)
    return remember(outside, scope, nobody) { Sharing(outside, scope, { say(nobody) }, { say(unread) }) }
}
