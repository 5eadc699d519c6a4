package org.countersign.field.screens.planning

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import org.countersign.core.Reader
import org.countersign.core.dateTime
import org.countersign.core.moment
import org.countersign.core.pickedFrom
import org.countersign.field.R
import org.countersign.field.design.MomentField
import org.countersign.field.design.Notice
import org.countersign.field.design.Tone
import java.time.LocalDate

/** Picks the two ends of an appointment. */
@Composable
internal fun ColumnScope.WindowFields(
    typed: WindowTyped,
    reader: Reader,
    onChange: (String, String) -> Unit,
) {
    val shown = { local: String -> moment(reader, local)?.let { dateTime(reader, it) }.orEmpty() }
    val today = LocalDate.parse(pickedFrom(reader, "", System.currentTimeMillis()).date)
    val from = stringResource(R.string.window_from)
    MomentField(from, typed.from, shown(typed.from), { onChange(WindowTyped.FROM, it) }, "window-from", today)
    val to = stringResource(R.string.window_to)
    MomentField(to, typed.to, shown(typed.to), { onChange(WindowTyped.TO, it) }, "window-to", today)
    val problem = typed.problem(reader)
    if (problem.isNotEmpty()) Notice("warn", problem, Modifier.testTag("window-half"), Tone.ATTENTION)
}
