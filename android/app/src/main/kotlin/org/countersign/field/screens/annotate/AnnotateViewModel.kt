package org.countersign.field.screens.annotate

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.countersign.core.Countersign
import org.countersign.core.EvidenceRow
import org.countersign.core.JobScreen
import org.countersign.core.Shape
import org.countersign.core.Spot
import org.countersign.core.choices
import org.countersign.core.word
import org.countersign.field.R
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.Said
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.WayOut
import org.countersign.field.design.Choice
import org.countersign.field.design.cutAt

/** A photo that is drawn on. */
@Immutable
data class AnnotateShown(
    /** Its name. */
    val name: String,
    /** The picture; `null` where this file cannot be drawn on. */
    val picture: String?,
    /** What others drew. */
    val others: List<Shape>,
    /** What this person drew, as the core has it. */
    val own: List<Shape>,
    /** The revision of this person's layer that is looked at. */
    val seen: ULong,
    /** What can be drawn. */
    val tools: List<Choice<Tool>>,
    /** With which colours. */
    val inks: List<Choice<String>>,
)

/** How far a drawing has come. */
@Immutable
data class DrawingState(
    /** What is drawn; `null` while it is what the core has. */
    val shapes: List<Shape>? = null,
    /** What a finger is drawing. */
    val under: Shape? = null,
    /** Whether something can be undone. */
    val canUndo: Boolean = false,
    /** Whether something can be done again. */
    val canRedo: Boolean = false,
    /** With what. */
    val tool: Tool = Tool.ARROW,
    /** In which colour. */
    val ink: String = "red",
    /** The words of the label that is put next. */
    val words: String = "",
)

/** Drawing over a photo: this person's layer, over the picture and over what others drew. */
class AnnotateViewModel(
    core: Core,
    saved: SavedStateHandle,
) : ScreenViewModel<AnnotateShown>(core, saved) {
    private val job: String = Route.argument(saved, "job")
    private val evidence: String = Route.argument(saved, "evidence")
    private val past = ArrayDeque<List<Shape>>()
    private val future = ArrayDeque<List<Shape>>()

    /** The revision that the drawing began on: what came meanwhile from another device is not drawn over unseen. */
    private var begun: ULong? = null
    private val drawing = MutableStateFlow(restored())

    /** What is being drawn. */
    val strokes: StateFlow<DrawingState> = drawing.asStateFlow()

    override fun read(core: Countersign): AnnotateShown {
        val screen = core.jobScreen(job)
        val row = screen.evidence.find { it.evidence == evidence }
        val language = core.language()
        val own = row?.layers?.find { it.own }
        return AnnotateShown(
            name = row?.name.orEmpty(),
            picture = row?.let { pictureOf(screen, it) },
            others = row?.layers.orEmpty().filter { !it.own }.flatMap { it.shapes },
            own = own?.shapes.orEmpty(),
            seen = own?.revision ?: 0u,
            tools = Tool.entries.map { Choice(it, word(language, "shape", it.word)) },
            inks = choices("ink").map { Choice(it, word(language, "ink", it)) },
        )
    }

    /** Draws with this from now on. */
    fun choose(tool: Tool) = change { it.copy(tool = tool) }

    /** Draws in this colour from now on. */
    fun choose(ink: String) = change { it.copy(ink = ink) }

    /** The words of the next label. */
    fun write(words: String) = change { it.copy(words = cutAt(words, LONGEST_LABEL)) }

    /** A finger is put down; whether the words of a label are missing. */
    fun begin(spot: Spot): Boolean {
        val now = drawing.value
        if (now.tool == Tool.TEXT) return !label(spot)
        change { it.copy(under = Strokes.begin(now.tool, spot, now.ink)) }
        return false
    }

    /** The finger moves. */
    fun goOn(spot: Spot) = change { now -> now.copy(under = now.under?.let { Strokes.goOn(it, spot) }) }

    /** The finger is lifted. */
    fun end() {
        val shape = drawing.value.under?.let(Strokes::end)
        change { it.copy(under = null) }
        if (shape != null) put(shapes() + shape)
    }

    /** The finger was taken away by something else. */
    fun cancel() = change { it.copy(under = null) }

    /** One step back. */
    fun undo() {
        val before = past.removeLastOrNull() ?: return
        future.addLast(shapes())
        set(before)
    }

    /** One step on again. */
    fun redo() {
        val next = future.removeLastOrNull() ?: return
        past.addLast(shapes())
        set(next)
    }

    /** Takes one shape out. */
    fun remove(place: Int) = put(shapes().filterIndexed { index, _ -> index != place })

    /** Takes all away. */
    fun clear() = put(emptyList())

    /** Keeps the drawing as this person's layer. */
    fun keep(kept: () -> Unit) {
        val shapes = shapes()
        val seen = begun ?: state.value.shown?.seen ?: 0u
        val word = if (shapes.isEmpty()) R.string.draw_removed else R.string.draw_kept
        order<String>(Said(word), {
            saved.remove<ArrayList<String>>(SHAPES)
            kept()
        }) { annotateSeen(job, evidence, seen, shapes) }
    }

    /** Lets what is drawn and not kept go. */
    fun giveUp(gone: () -> Unit) {
        saved.remove<ArrayList<String>>(SHAPES)
        gone()
    }

    /**
     * What another device drew meanwhile was read anew: it comes under what is drawn here, so that it is seen before it
     * is kept, and the drawing is no longer refused for what was seen when it was begun.
     */
    override fun forget() {
        if (state.value.trouble?.wayOut == WayOut.SHOW_AGAIN) {
            begun = null
            val theirs = state.value.shown?.own.orEmpty()
            put(theirs + shapes().filterNot { it in theirs })
        }
        super.forget()
    }

    private fun label(spot: Spot): Boolean {
        val words = drawing.value.words.trim()
        if (words.isEmpty()) return false
        put(shapes() + Shape.Text(spot, words, drawing.value.ink))
        change { it.copy(words = "") }
        return true
    }

    /** What is drawn now. */
    private fun shapes(): List<Shape> = drawing.value.shapes ?: state.value.shown?.own.orEmpty()

    private fun put(next: List<Shape>) {
        past.addLast(shapes())
        future.clear()
        set(next)
    }

    private fun set(shapes: List<Shape>) {
        if (begun == null) {
            begun = state.value.shown?.seen
            saved[SEEN] = begun?.toLong()
        }
        saved[SHAPES] = ShapeText.write(shapes)
        change { it.copy(shapes = shapes, canUndo = past.isNotEmpty(), canRedo = future.isNotEmpty()) }
    }

    private fun change(next: (DrawingState) -> DrawingState) {
        drawing.value = next(drawing.value)
    }

    private fun restored(): DrawingState {
        val lines = saved.get<ArrayList<String>>(SHAPES) ?: return DrawingState()
        begun = saved.get<Long>(SEEN)?.toULong()
        return DrawingState(shapes = ShapeText.read(lines))
    }

    private fun pictureOf(
        screen: JobScreen,
        row: EvidenceRow,
    ): String? = if (screen.locked || !row.picture) null else row.preview

    private companion object {
        const val SHAPES = "shapes"
        const val SEEN = "seen"

        /** The field takes no more letters than a label may have. */
        const val LONGEST_LABEL = 200
    }
}
