package org.countersign.field.design

import androidx.compose.foundation.relocation.BringIntoViewRequester
import androidx.compose.foundation.relocation.bringIntoViewRequester
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier

/**
 * Brings what wears this into view when it appears, and again whenever [what] is another: what comes above or below the
 * part of a page that is looked at would be seen by nobody.
 */
@Composable
fun rememberInView(what: Any?): Modifier {
    val requester = remember { BringIntoViewRequester() }
    LaunchedEffect(requester, what) { requester.bringIntoView() }
    return Modifier.bringIntoViewRequester(requester)
}
