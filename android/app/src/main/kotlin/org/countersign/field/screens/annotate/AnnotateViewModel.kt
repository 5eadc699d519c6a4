package org.countersign.field.screens.annotate

import androidx.compose.runtime.Immutable
import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.countersign.core.Countersign
import org.countersign.core.Shape
import org.countersign.core.Spot
import org.countersign.core.drawingFull
import org.countersign.core.drawingLimits
import org.countersign.core.drawnTogether
import org.countersign.core.labelAt
import org.countersign.core.strokeBegins
import org.countersign.core.strokeEnds
import org.countersign.core.strokeGoesOn
import org.countersign.core.takesWords
import org.countersign.core.usualChoice
import org.countersign.field.app.Core
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel
import org.countersign.field.app.WayOut
import org.countersign.field.design.Choice
import org.countersign.field.design.isLonger
import org.countersign.field.screens.namedChoices

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
    val tools: List<Choice<String>>,
    /** With which colours. */
    val inks: List<Choice<String>>,
    /** Why these are more shapes than a drawing may have; `null` where they fit. */
    val full: (List<Shape>) -> String?,
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
    val tool: String = usualChoice("shape"),
    /** In which colour. */
    val ink: String = usualChoice("ink"),
    /** The words of the label that is put next. */
    val words: String = "",
    /** Why the last shape found no room; empty where it did. */
    val full: String = "",
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
            picture = row?.preview?.takeIf { row.mayDraw },
            others = row?.layers.orEmpty().filter { !it.own }.flatMap { it.shapes },
            own = own?.shapes.orEmpty(),
            seen = own?.revision ?: 0u,
            tools = namedChoices(language, "shape"),
            inks = namedChoices(language, "ink"),
            full = { drawingFull(language, it) },
        )
    }

    /** Draws with this from now on. */
    fun chooseTool(tool: String) {
        saved[TOOL] = tool
        change { it.copy(tool = tool) }
    }

    /** Draws in this colour from now on. */
    fun chooseInk(ink: String) {
        saved[INK] = ink
        change { it.copy(ink = ink) }
    }

    /** The words of the next label. */
    fun write(words: String) {
        saved[WORDS] = words
        change { it.copy(words = words) }
    }

    /** A finger is put down; whether the words of a label are missing, or too many: the field says which. */
    fun begin(spot: Spot): Boolean {
        val now = drawing.value
        if (takesWords(now.tool)) return !label(spot)
        change { it.copy(under = strokeBegins(now.tool, spot, now.ink)) }
        return false
    }

    /** The finger moves. */
    fun goOn(spot: Spot) = change { now -> now.copy(under = now.under?.let { strokeGoesOn(it, spot) }) }

    /** The finger is lifted. */
    fun end() {
        val shape = drawing.value.under?.let(::strokeEnds)
        change { it.copy(under = null) }
        if (shape != null) add(shape)
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

    /** Keeps the drawing as this person's layer; [kept] hears whether there is anything in it. */
    fun keep(kept: (Boolean) -> Unit) {
        val shapes = shapes()
        val seen = begun ?: state.value.shown?.seen ?: 0u
        order<String>(done = {
            forgetDrawing()
            kept(shapes.isNotEmpty())
        }) { annotateSeen(job, evidence, seen, shapes) }
    }

    /** Lets what is drawn and not kept go. */
    fun giveUp(gone: () -> Unit) {
        forgetDrawing()
        gone()
    }

    /**
     * What another device drew meanwhile was read anew: it comes under what is drawn here, so that it is seen before it
     * is kept, and the drawing is no longer refused for what was seen when it was begun.
     */
    override fun forget() {
        if (state.value.trouble?.wayOut == WayOut.SHOW_AGAIN) {
            begun = null
            put(drawnTogether(state.value.shown?.own.orEmpty(), shapes()))
        }
        super.forget()
    }

    private fun label(spot: Spot): Boolean {
        if (isLonger(drawing.value.words, LongestLabel)) return false
        val label = labelAt(spot, drawing.value.words, drawing.value.ink) ?: return false
        if (add(label)) write("")
        return true
    }

    /** Puts one shape more where there is room for it; whether there was. Where there is none, what is drawn stays. */
    private fun add(shape: Shape): Boolean {
        val next = shapes() + shape
        val full = state.value.shown?.full?.invoke(next)
        if (full == null) put(next) else change { it.copy(full = full) }
        return full == null
    }

    /** From now on it is what the core has, also where the screen stays for a while. */
    private fun forgetDrawing() {
        listOf(SHAPES, SEEN, TOOL, INK, WORDS).forEach { saved.remove<Any>(it) }
        begun = null
        past.clear()
        future.clear()
        drawing.value = restored()
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
        change {
            it.copy(shapes = shapes, canUndo = past.isNotEmpty(), canRedo = future.isNotEmpty(), full = "")
        }
    }

    private fun change(next: (DrawingState) -> DrawingState) {
        drawing.value = next(drawing.value)
    }

    private fun restored(): DrawingState {
        val lines = saved.get<ArrayList<String>>(SHAPES)
        if (lines != null) begun = saved.get<Long>(SEEN)?.toULong()
        return DrawingState(
            shapes = lines?.let(ShapeText::read),
            tool = saved[TOOL] ?: usualChoice("shape"),
            ink = saved[INK] ?: usualChoice("ink"),
            words = saved.get<String>(WORDS).orEmpty(),
        )
    }

    private companion object {
        const val SHAPES = "shapes"
        const val SEEN = "seen"
        const val TOOL = "tool"
        const val INK = "ink"
        const val WORDS = "label-words"
    }
}

/** So many letters a label may have; the field says so where there are more. */
internal val LongestLabel = drawingLimits().label.toInt()
