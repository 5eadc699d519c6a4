package org.countersign.field.design

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.WindowInsetsSides
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.only
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.layout.windowInsetsPadding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.Text
import androidx.compose.material3.VerticalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.countersign.field.R

/** The widest that a column of text gets. */
private val Readable = 720.dp

/** Width of the list beside a screen. */
private val PaneWidth = 360.dp

/** What stands beside a screen where there is room for two panes; the graph says it for the screens of a job. */
val LocalPane = staticCompositionLocalOf<(@Composable () -> Unit)?> { null }

/**
 * The frame of every field screen: strip, title with the way back, content, the one next step at thumb height. Draws
 * behind the system bars and keeps clear of them, of cut-outs and of the keyboard. From 840 dp on, [pane] stands
 * beside it.
 */
@Composable
fun FieldScreen(
    title: String,
    modifier: Modifier = Modifier,
    onBack: (() -> Unit)? = null,
    actions: @Composable RowScope.() -> Unit = {},
    pane: (@Composable () -> Unit)? = LocalPane.current,
    bottom: (@Composable ColumnScope.() -> Unit)? = null,
    content: @Composable (PaddingValues) -> Unit,
) {
    Column(
        modifier
            .fillMaxSize()
            .background(FieldColours.current.canvas)
            .windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Top + WindowInsetsSides.Horizontal)),
    ) {
        Strip(LocalStrip.current)
        HorizontalDivider(color = FieldColours.current.line)
        TwoPanes(pane, Modifier.weight(1f)) {
            Column(Modifier.fillMaxSize().imePadding()) {
                TitleBar(title, onBack, actions)
                Box(Modifier.weight(1f).fillMaxWidth(), contentAlignment = Alignment.TopCenter) {
                    Box(Modifier.widthIn(max = Readable).fillMaxSize()) {
                        content(PaddingValues(horizontal = Space.large, vertical = Space.small))
                    }
                }
                // In a row of its own: laid over the content it would cover the last row, often the one to tap next.
                SnackbarHost(LocalMessages.current, Modifier.align(Alignment.CenterHorizontally)) { UndoBar(it) }
                BottomBar(bottom)
            }
        }
    }
}

/** A frame whose content is one column that scrolls. */
@Composable
fun ScrollingScreen(
    title: String,
    modifier: Modifier = Modifier,
    onBack: (() -> Unit)? = null,
    actions: @Composable RowScope.() -> Unit = {},
    pane: (@Composable () -> Unit)? = LocalPane.current,
    bottom: (@Composable ColumnScope.() -> Unit)? = null,
    content: @Composable ColumnScope.() -> Unit,
) = FieldScreen(title, modifier, onBack, actions, pane, bottom) { padding ->
    Column(
        Modifier.fillMaxSize().verticalScroll(rememberScrollState()).padding(padding),
        verticalArrangement = Arrangement.spacedBy(Space.medium),
        content = content,
    )
}

@Composable
private fun TwoPanes(
    pane: (@Composable () -> Unit)?,
    modifier: Modifier,
    main: @Composable () -> Unit,
) {
    BoxWithConstraints(modifier.fillMaxWidth()) {
        if (pane == null || maxWidth < Space.twoPanes) {
            main()
        } else {
            Row(Modifier.fillMaxSize()) {
                Box(Modifier.width(PaneWidth).fillMaxHeight()) { pane() }
                VerticalDivider(color = FieldColours.current.line)
                Box(Modifier.weight(1f)) { main() }
            }
        }
    }
}

@Composable
private fun TitleBar(
    title: String,
    onBack: (() -> Unit)?,
    actions: @Composable RowScope.() -> Unit,
) {
    Row(
        Modifier
            .fillMaxWidth()
            .heightIn(min = Space.step)
            .padding(start = if (onBack == null) Space.large else Space.tiny, end = Space.small),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        if (onBack != null) PictureButton("back", stringResource(R.string.back), onBack)
        Text(
            title,
            Modifier.weight(1f).padding(vertical = Space.tiny).semantics { heading() },
            style = MaterialTheme.typography.titleLarge,
            color = FieldColours.current.ink,
        )
        actions()
    }
}

@Composable
private fun BottomBar(bottom: (@Composable ColumnScope.() -> Unit)?) {
    val inset = Modifier.windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Bottom))
    if (bottom == null) {
        Box(inset)
        return
    }
    HorizontalDivider(color = FieldColours.current.line)
    Column(
        Modifier
            .fillMaxWidth()
            .background(FieldColours.current.paper)
            .then(inset)
            .padding(horizontal = Space.large, vertical = Space.small),
        horizontalAlignment = Alignment.CenterHorizontally,
    ) {
        // As wide as what stands above it: a button as wide as a tablet is far from what it belongs to.
        Column(
            Modifier.widthIn(max = Readable).fillMaxWidth(),
            verticalArrangement = Arrangement.spacedBy(Space.small),
            content = bottom,
        )
    }
}
