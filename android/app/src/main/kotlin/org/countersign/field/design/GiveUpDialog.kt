package org.countersign.field.design

import androidx.compose.material3.AlertDialog
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag

/** Asks whoever goes back from something that is kept nowhere yet: [word] says what is lost. */
@Composable
fun GiveUpDialog(
    word: String,
    stay: String,
    giveUp: String,
    tag: String,
    onStay: () -> Unit,
    onGiveUp: () -> Unit,
) = AlertDialog(
    onDismissRequest = onStay,
    confirmButton = { QuietButton(giveUp, onGiveUp, Modifier.testTag("$tag-give-up")) },
    dismissButton = { QuietButton(stay, onStay, Modifier.testTag("$tag-go-on")) },
    text = { Text(word) },
)
