package org.countersign.field.screens.files

import android.graphics.Bitmap
import android.graphics.Color
import android.os.Looper
import androidx.activity.ComponentActivity
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.assertCountEquals
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsNotSelected
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isSelectable
import androidx.compose.ui.test.isSelected
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipeRight
import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.countersign.core.EvidenceRow
import org.countersign.core.FileSafety
import org.countersign.core.Language
import org.countersign.core.Layer
import org.countersign.core.Reader
import org.countersign.core.Shape
import org.countersign.core.Spot
import org.countersign.core.TimeRecord
import org.countersign.core.strokeBegins
import org.countersign.core.strokeEnds
import org.countersign.core.strokeGoesOn
import org.countersign.field.R
import org.countersign.field.app.Answer
import org.countersign.field.app.Desk
import org.countersign.field.app.FrameShown
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.LocalFrame
import org.countersign.field.app.Opening
import org.countersign.field.app.picture
import org.countersign.field.design.Choice
import org.countersign.field.design.CountersignTheme
import org.countersign.field.phone.TestApplication
import org.countersign.field.platform.camera.CameraSession
import org.countersign.field.screens.annotate.AnnotateShown
import org.countersign.field.screens.annotate.AnnotateViewModel
import org.countersign.field.screens.annotate.DrawActions
import org.countersign.field.screens.annotate.DrawingBoard
import org.countersign.field.screens.capture.Allowances
import org.countersign.field.screens.capture.CaptureScreen
import org.countersign.field.screens.capture.CaptureShown
import org.countersign.field.screens.capture.CaptureViewModel
import org.countersign.field.screens.capture.OtherWays
import org.countersign.field.screens.capture.ShotState
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import java.io.File

@RunWith(AndroidJUnit4::class)
class EvidenceTest {
    @get:Rule
    val compose = createAndroidComposeRule<ComponentActivity>()

    private val application: TestApplication = ApplicationProvider.getApplicationContext()
    private val reader = Reader(Language.ENGLISH, "Europe/Madrid", 60)

    private val shapes =
        listOf(
            Shape.Arrow(Spot(1_000, 1_000), Spot(4_000, 3_000), "red"),
            Shape.Circle(Spot(5_000, 4_000), 1_200, "yellow"),
            Shape.Text(Spot(1_000, 5_500), "leaks here 泄漏", "blue"),
        )

    private fun jpeg(
        name: String,
        colour: Int,
    ): String {
        val bitmap = Bitmap.createBitmap(1_200, 900, Bitmap.Config.ARGB_8888).apply { eraseColor(colour) }
        val file = File(application.cacheDir, "$name.jpg")
        file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.JPEG, 90, it) }
        return file.path
    }

    private fun row(
        name: String,
        stage: String,
        colour: Int,
        drawn: List<Shape>,
    ) = jpeg(name, colour).let { path ->
        EvidenceRow(
            evidence = name,
            sha256 = name.repeat(8),
            bytes = 2_345_678u,
            kind = "image/jpeg",
            name = "$name.jpg",
            stage = stage,
            question = null,
            findings = listOf("huge"),
            safety = if (stage == FOUND) FileSafety.OFFICE else FileSafety.HERE,
            thumbnail = path,
            pixels = "1200 x 900",
            durationMs = null,
            picture = true,
            mayDraw = true,
            layers = if (drawn.isEmpty()) emptyList() else listOf(Layer("l", "Ana", false, drawn, 1u)),
            drawnBy = "",
            overlay = "",
            preview = path,
            original = path,
            beside = emptyList(),
            time = TimeRecord(1_800_000_000_000, 60, "boot", 1, 0, 2_000),
            taken = "15 Jan 2027, 09:00",
        )
    }

    /** Waits for what comes by way of the main thread. */
    private fun wait(condition: () -> Boolean) =
        compose.waitUntil(PATIENCE) {
            shadowOf(Looper.getMainLooper()).idle()
            condition()
        }

    private fun desk(): Desk {
        wait { application.container.opening.value is Opening.Open }
        val open = application.container.opening.value as Opening.Open
        return Desk(application.container, open.core, open.office)
    }

    private fun show(content: @Composable () -> Unit) {
        val desk = desk()
        val frame = runBlocking { desk.core.read { FrameShown(ownScreen(), statusScreen(), reader) } as Answer.Done }
        compose.setContent {
            CompositionLocalProvider(LocalDesk provides desk, LocalFrame provides frame.value) {
                CountersignTheme { content() }
            }
        }
        compose.waitForIdle()
    }

    private fun reach(tag: String) =
        compose.waitUntil(PATIENCE) { compose.onAllNodes(hasTestTag(tag)).fetchSemanticsNodes().isNotEmpty() }

    @Test
    fun `a file stands beside one of the other stage, with what was drawn over it`() {
        val found = FilesViewModel.card(row("found", FOUND, Color.LTGRAY, shapes), reader)
        val left = FilesViewModel.card(row("left", LEFT, Color.GRAY, emptyList()), reader)
        val file = shown(found, listOf(left))
        show { Column(Modifier.verticalScroll(rememberScrollState())) { FileScreen(file) {} } }
        compose.onNodeWithTag("file-compare").assertIsDisplayed()
        compose.activityRule.scenario.picture("file")
    }

    @Test
    fun `what a file is stands there in words, and what it answers is known by the question itself`() {
        val found = FilesViewModel.card(row("found", FOUND, Color.LTGRAY, shapes), reader)
        val twins = listOf(Choice("/first", "Photo"), Choice("/second", "Photo"))
        val file = shown(found, emptyList()).copy(answers = "Photo", answering = "/second", questions = twins)
        val assigned = mutableListOf<String>()
        show { Column(Modifier.verticalScroll(rememberScrollState())) { FileScreen(file, assigned::add) } }
        compose.onNodeWithText("Picture").assertExists()
        compose.onNodeWithText("image/jpeg").assertDoesNotExist()
        compose.onNodeWithTag("file-assign").performScrollTo().performClick()
        compose.onAllNodes(isSelected()).assertCountEquals(1)
        compose.onAllNodes(hasText("Photo") and isSelectable()).onFirst().assertIsNotSelected().performClick()
        assertEquals(listOf("/first"), assigned)
    }

    private fun shown(
        card: FileCard,
        beside: List<FileCard>,
    ) = FileShown(
        card = card,
        beside = beside,
        answers = "",
        answering = "",
        questions = listOf(Choice("/q", "Leak")),
        drawnBy = "Drawn over by Ana",
        canDraw = true,
    )

    @Test
    fun `the gallery has its stages`() {
        val found = FilesViewModel.card(row("found", FOUND, Color.LTGRAY, shapes), reader)
        val stages =
            listOf(
                StageShown(FOUND, "As found", listOf(found), true),
                StageShown(LEFT, "As left", emptyList(), true),
            )
        show { FilesScreen(FilesShown(stages, LEFT, true, null), PaddingValues(), {}, {}) }
        compose.onNodeWithTag("file-found").assertIsDisplayed()
        compose.activityRule.scenario.picture("files")
    }

    @Test
    fun `a finger draws an arrow in the units of the picture`() {
        val picture = jpeg("board", Color.LTGRAY)
        val shown = AnnotateShown("board.jpg", picture, shapes, emptyList(), 0u, emptyList(), emptyList()) { null }
        val drawn = mutableListOf<Shape>()
        show {
            var under by remember { mutableStateOf<Shape?>(null) }
            val actions =
                DrawActions(
                    { spot -> false.also { under = strokeBegins("arrow", spot, "red") } },
                    { spot -> under = under?.let { strokeGoesOn(it, spot) } },
                    { under?.let(::strokeEnds)?.let(drawn::add) },
                    { under = null },
                )
            DrawingBoard(shown, picture, emptyList(), under, actions)
        }
        reach("draw-board")
        compose.onNodeWithTag("draw-board").performTouchInput { swipeRight() }
        compose.activityRule.scenario.picture("draw")
        val arrow = drawn.single() as Shape.Arrow
        assertTrue(arrow.toString(), arrow.to.x > arrow.from.x + 5_000 && arrow.from.y in 3_700..3_800)
    }

    @Test
    fun `the tool, the colour and half a label outlive the process`() {
        val saved = SavedStateHandle(mapOf("job" to "V-1", "evidence" to "e"))
        val before = AnnotateViewModel(desk().core, saved)
        assertEquals("arrow" to "red", before.strokes.value.let { it.tool to it.ink })
        before.chooseTool("text")
        before.chooseInk("yellow")
        before.write("leaks beh")
        val after = AnnotateViewModel(desk().core, saved).strokes.value
        assertEquals(Triple("text", "yellow", "leaks beh"), Triple(after.tool, after.ink, after.words))
    }

    @Test
    fun `a shot that the core does not keep is not called saved, and its file stays`() {
        val desk = desk()
        application.test.photo = byteArrayOf(1, 2, 3)
        application.test.camera.there = true
        val saved = SavedStateHandle(mapOf("job" to "V-1", "stage" to LEFT, "question" to "-"))
        val folder = File(application.filesDir, "capture")
        val model = CaptureViewModel(desk.core, saved, application.test.phone.places, folder, desk.container.telling)
        val found = row("found", FOUND, Color.RED, emptyList())
        val stages = listOf(Choice(FOUND, "As found"), Choice(LEFT, "As left"))
        val shown = CaptureShown(LEFT, stages, "", listOf(found), emptyMap(), true) { "3 bytes" }
        var session: CameraSession? = null
        show {
            CaptureScreen(
                shown,
                model.shots.all.value,
                null,
                session,
                Allowances(true, {}, true, {}),
                OtherWays({}, {}, {}, {}),
                model,
                PaddingValues(),
            ) { session = it }
        }
        wait { session != null }
        compose.runOnUiThread { model.shoot(checkNotNull(session), 0) }
        wait { model.shots.all.value.singleOrNull()?.state is ShotState.Failed }
        assertTrue(
            model.shots.all.value
                .single()
                .waiting.file
                .length() == 3L,
        )
        compose.activityRule.scenario.picture("capture")
    }

    @Test
    fun `a camera that does not open is tried once, and another app is offered`() {
        val desk = desk()
        val camera = application.test.camera
        camera.there = true
        camera.opens = false
        val saved = SavedStateHandle(mapOf("job" to "V-1", "stage" to FOUND, "question" to "-"))
        val model =
            CaptureViewModel(
                desk.core,
                saved,
                application.test.phone.places,
                File(application.filesDir, "capture"),
                desk.container.telling,
            )
        val shown = CaptureShown(FOUND, listOf(Choice(FOUND, "As found")), "", emptyList(), emptyMap(), true) { "" }
        show {
            CaptureScreen(
                shown,
                emptyList(),
                null,
                null,
                Allowances(true, {}, true, {}),
                OtherWays({}, {}, {}, {}),
                model,
                PaddingValues(),
            ) { }
        }
        compose.onNodeWithTag("capture-other-app").assertIsDisplayed()
        repeat(SOME_FRAMES) { compose.mainClock.advanceTimeByFrame() }
        compose.onNodeWithTag("capture-other-app").assertIsDisplayed()
        assertEquals(1, camera.tries)
    }

    private companion object {
        const val SOME_FRAMES = 20
        const val PATIENCE = 20_000L
        const val FOUND = "found"
        const val LEFT = "left"
    }
}
