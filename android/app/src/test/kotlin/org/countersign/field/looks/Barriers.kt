package org.countersign.field.looks

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.isHeading
import androidx.compose.ui.test.junit4.ComposeTestRule
import androidx.compose.ui.text.TextLayoutResult

/** What keeps somebody from using a screen: a target without a name or too small, a text that is cut, no heading. */
class Barriers(
    private val compose: ComposeTestRule,
) {
    /** Everything that is wrong with what is shown now. */
    fun found(): List<String> = unnamed() + small() + cut() + withoutHeading()

    private fun unnamed(): List<String> = targets().filter { name(it).isBlank() }.map { "no name: ${it.bounds()}" }

    private fun small(): List<String> {
        val least = LEAST * compose.density.density - SLACK
        return targets()
            .filter { it.size.width > 0 && it.size.height > 0 && (it.size.width < least || it.size.height < least) }
            .map { "smaller than $LEAST dp: \"${name(it)}\" ${it.bounds()}" }
    }

    private fun cut(): List<String> =
        texts().mapNotNull { node ->
            val layout = layout(node) ?: return@mapNotNull null
            if (isCut(layout)) "cut: \"${layout.layoutInput.text}\" ${room(layout)}" else null
        }

    /** A part of a pixel more than there is room is the rounding of a width that fits exactly. */
    private fun isCut(layout: TextLayoutResult): Boolean {
        val text = layout.multiParagraph
        // A line in the middle of a paragraph that is wider than what is shown of it stands far to the right.
        val wide = (0 until layout.lineCount).any { text.getLineWidth(it) - layout.size.width > BLANK }
        val short = (0 until layout.lineCount).any { layout.isLineEllipsized(it) }
        return short || wide || text.didExceedMaxLines || text.height - layout.size.height > SLACK_PIXELS
    }

    /** How much room there is, and how much is needed. */
    private fun room(layout: TextLayoutResult): String {
        val text = layout.multiParagraph
        val width = (0 until layout.lineCount).maxOf { text.getLineWidth(it) }
        return "${layout.size} for $width x ${text.height}, ${layout.lineCount} lines"
    }

    private fun withoutHeading(): List<String> =
        if (compose.onAllNodes(isHeading()).fetchSemanticsNodes().isEmpty()) listOf("no heading") else emptyList()

    private fun targets(): List<SemanticsNode> = compose.onAllNodes(hasClickAction()).fetchSemanticsNodes()

    private fun texts(): List<SemanticsNode> {
        val laidOut = SemanticsMatcher.keyIsDefined(SemanticsActions.GetTextLayoutResult)
        return compose.onAllNodes(laidOut, useUnmergedTree = true).fetchSemanticsNodes()
    }

    private fun layout(node: SemanticsNode): TextLayoutResult? {
        // What is typed scrolls inside its field and is not cut.
        if (SemanticsProperties.EditableText in node.config) return null
        val results = mutableListOf<TextLayoutResult>()
        node.config[SemanticsActions.GetTextLayoutResult].action?.invoke(results)
        return results.firstOrNull()
    }

    private fun name(node: SemanticsNode): String {
        val words = node.config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }
        val described = node.config.getOrNull(SemanticsProperties.ContentDescription).orEmpty()
        return (described + words).joinToString(" ")
    }

    private fun SemanticsNode.bounds(): String {
        val tag = config.getOrNull(SemanticsProperties.TestTag).orEmpty()
        return "$tag ${size.width}x${size.height} px at ${positionInRoot.x.toInt()},${positionInRoot.y.toInt()}"
    }

    private companion object {
        const val LEAST = 48
        const val SLACK = 0.6f
        const val SLACK_PIXELS = 1.5f

        /** The blank behind the last word of a line is measured and not drawn. */
        const val BLANK = 9f
    }
}
