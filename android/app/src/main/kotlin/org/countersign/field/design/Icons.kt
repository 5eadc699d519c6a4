package org.countersign.field.design

import androidx.compose.material3.Icon
import androidx.compose.material3.LocalContentColor
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.PathParser
import androidx.compose.ui.unit.dp
import java.util.concurrent.ConcurrentHashMap

/** The icons by the names that the core gives them. */
object Icons {
    private val drawn = ConcurrentHashMap<String, ImageVector>()

    /** Every name. */
    val names: Set<String> get() = IconPaths.keys

    /** The icon of this name; an unknown name is a plain dot, so that a newer core never leaves a hole. */
    fun of(name: String): ImageVector {
        val known = if (name in IconPaths) name else "dot"
        return drawn.getOrPut(known) { draw(known, IconPaths.getValue(known)) }
    }

    private fun draw(
        name: String,
        path: String,
    ): ImageVector =
        ImageVector
            .Builder(name, SIZE.dp, SIZE.dp, SIZE, SIZE, autoMirror = name in MIRRORED)
            .addPath(
                pathData = PathParser().parsePathString(path).toNodes(),
                fill = null,
                stroke = SolidColor(Color.Black),
                strokeLineWidth = STROKE,
                strokeLineCap = StrokeCap.Round,
                strokeLineJoin = StrokeJoin.Round,
            ).build()

    private const val SIZE = 24f
    private const val STROKE = 2f

    /** Those that point along the line of reading. */
    private val MIRRORED = setOf("back", "next", "return", "undo", "redo")
}

/** Draws the icon of this name; [label] is null where a word stands beside it. */
@Composable
fun NamedIcon(
    name: String,
    label: String?,
    modifier: Modifier = Modifier,
    tint: Color = LocalContentColor.current,
) = Icon(Icons.of(name), label, modifier, tint)
