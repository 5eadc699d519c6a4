package org.countersign.field.platform

import android.content.Context
import android.net.Uri
import android.provider.OpenableColumns
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.countersign.core.fileName
import java.io.File
import java.io.IOException
import java.util.UUID

/**
 * Copies what another app offers, byte for byte and under its own name, to where the core can take it; `null` where it
 * cannot be read. The caller removes it.
 */
@Suppress("TooGenericExceptionCaught")
suspend fun pickedHere(
    context: Context,
    picked: Uri,
): File? =
    withContext(Dispatchers.IO) {
        val folder = File(context.cacheDir, "picked/${UUID.randomUUID()}").apply { mkdirs() }
        try {
            val file = File(folder, nameOf(context, picked))
            val source = context.contentResolver.openInputStream(picked)
            source?.use { input -> file.outputStream().use { input.copyTo(it) } }
            file.takeIf { source != null }
        } catch (_: IOException) {
            folder.deleteRecursively()
            null
        } catch (_: RuntimeException) {
            // The other app may throw here what it likes; its fault is no end of this one.
            folder.deleteRecursively()
            null
        }
    }

private fun nameOf(
    context: Context,
    picked: Uri,
): String {
    val columns = arrayOf(OpenableColumns.DISPLAY_NAME)
    val name =
        context.contentResolver.query(picked, columns, null, null, null)?.use { rows ->
            if (rows.moveToFirst()) rows.getString(0) else null
        }
    // A name is the other app's word: the core makes one of it that leads nowhere.
    return fileName(name.orEmpty())
}
