package org.countersign.field.screens.form

import android.os.Looper
import androidx.activity.ComponentActivity
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.state.ToggleableState
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assert
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsEnabled
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.assertTextEquals
import androidx.compose.ui.test.click
import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipe
import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.FormEntry
import org.countersign.core.FormPage
import org.countersign.core.FormScreen
import org.countersign.core.Language
import org.countersign.core.OptionShown
import org.countersign.core.OrphanShown
import org.countersign.core.Reader
import org.countersign.field.R
import org.countersign.field.app.Desk
import org.countersign.field.app.LocalDesk
import org.countersign.field.app.Opening
import org.countersign.field.app.Telling
import org.countersign.field.app.picture
import org.countersign.field.design.CountersignTheme
import org.countersign.field.phone.TestApplication
import org.countersign.field.screens.form.kinds.FileWays
import org.countersign.field.screens.form.kinds.LONG_LIST
import org.countersign.field.screens.form.kinds.OptionSheet
import org.countersign.field.screens.form.kinds.Ways
import org.countersign.field.screens.form.kinds.knownKinds
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf

@RunWith(AndroidJUnit4::class)
class FormPageTest {
    @get:Rule
    val compose = createAndroidComposeRule<ComponentActivity>()

    private val application: TestApplication = ApplicationProvider.getApplicationContext()
    private val saved = SavedStateHandle(mapOf("job" to "V-26-0142"))

    private fun form(scale: String): FormScreen {
        val plain = (knownKinds - "decimal" - "integer" + "star").map { question(it) }
        val questions = plain + question("integer", scale) + question("decimal", "184", "176")
        val asked = questions.indices.map { FormEntry.Question(it.toUInt(), 0u) }
        val around =
            listOf(
                FormEntry.Group("Pressure", 0u),
                FormEntry.Repeat("/visit/points", "Point", 1u, true, 0u),
                FormEntry.Item("/visit/points[1]", "Point", 1u, true, 1u),
            )
        val page =
            FormPage("hydraulics", "Hydraulics", true, 8u, 25u, false, questions, 1u, around + asked)
        val next = page.copy(id = "signs", title = "Signs", questions = emptyList(), entries = emptyList())
        return FormScreen(
            1u,
            "Inspection",
            8u,
            25u,
            listOf("/visit/text"),
            listOf(page, next),
            listOf(OrphanShown("/a", "b")),
        )
    }

    /** Waits for what comes by way of the main thread. */
    private fun wait(condition: () -> Boolean) =
        compose.waitUntil(PATIENCE) {
            shadowOf(Looper.getMainLooper()).idle()
            condition()
        }

    private fun show(
        all: Boolean = false,
        scale: String = "",
    ): AnswerDesk {
        wait { application.container.opening.value is Opening.Open }
        val open = application.container.opening.value as Opening.Open
        val desk = Desk(application.container, open.core, open.office)
        val answers = AnswerDesk(open.core, saved, Telling()) {}
        val reader = Reader(Language.ENGLISH, "Europe/Madrid", 60)
        val shown = FormPages(form(scale), emptyList(), false, reader, all).at(0)
        val none = FormActions({}, {}, {}, {}, {}, {}, {}, {})
        val ways = Ways({}, {}, FileWays({ _, _ -> }, {}, { _, _ -> }, {}), DrawnInk(saved))
        compose.setContent {
            CompositionLocalProvider(LocalDesk provides desk) {
                CountersignTheme { FormScreen(shown, answers, "", null, ways, none) { it(shown) } }
            }
        }
        return answers
    }

    private fun reach(tag: String) = compose.onNodeWithTag("form").performScrollToNode(hasTestTag(tag))

    @Test
    fun `every kind of question has its place, also one of a newer form`() {
        show()
        compose.activityRule.scenario.picture("form-page")
        (knownKinds - "note" - "time" - "decimal" + "star").forEach { kind ->
            reach("form-question-/visit/$kind")
            compose.onNodeWithTag("form-question-/visit/$kind").assertIsDisplayed()
            if (kind == "signature") compose.activityRule.scenario.picture("form-kinds")
        }
        reach("form-question-/visit/decimal")
        compose.activityRule.scenario.picture("form-last")
        reach("form-show-hidden")
    }

    @Test
    fun `an answer that is not saved stays in its field and in the saved state`() {
        val answers = show()
        reach("form-field-/visit/barcode")
        compose.onNodeWithTag("form-field-/visit/barcode").performTextInput("H7-3391")
        assertEquals("H7-3391", answers.of("/visit/barcode")?.value)
        val kept: Map<String, List<String>> = checkNotNull(saved["given"])
        assertEquals("H7-3391", kept.getValue("/visit/barcode").first())
        reach("form-field-/visit/acknowledge")
        compose.onNodeWithTag("form-field-/visit/acknowledge").performClick()
        // There is no such job in this store: the core refuses, and the answer is not lost.
        wait { answers.of("/visit/acknowledge")?.keeping is Keeping.Unsaved }
        assertEquals("OK", answers.shown("/visit/acknowledge", ""))
    }

    @Test
    fun `options are stored in the order of the form, and a scale by its marks`() {
        val answers = show()
        reach("form-question-/visit/select_many")
        listOf("hose", "pump").forEach { press("select_many", it) }
        assertEquals("pump hose", answers.of("/visit/select_many")?.value)
        press("select_many", "hose")
        assertEquals("pump", answers.of("/visit/select_many")?.value)
        reach("form-question-/visit/integer")
        val more = application.getString(R.string.form_more, "Question of the kind integer")
        compose.onNodeWithContentDescription(more).performClick()
        assertEquals("the first mark", "0", answers.of("/visit/integer")?.value)
        repeat(2) { compose.onNodeWithContentDescription(more).performClick() }
        assertEquals("2", answers.of("/visit/integer")?.value)
        reach("form-question-/visit/date_time")
        compose.onNodeWithTag("form-now-/visit/date_time").performClick()
        val now = checkNotNull(answers.of("/visit/date_time")).value
        assertTrue(now, Regex("""\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000[+-]\d\d:\d\d""").matches(now))
    }

    @Test
    fun `an answer beside the marks of a scale is shown as it is stored, with no mark chosen`() {
        val answers = show(scale = "37")
        reach("form-question-/visit/integer")
        compose.onNodeWithTag("form-chosen-/visit/integer").assertTextEquals("37")
        compose.onNodeWithTag("form-mark-/visit/integer", useUnmergedTree = true).assertDoesNotExist()
        val less = application.getString(R.string.form_less, "Question of the kind integer")
        compose.onNodeWithContentDescription(less).performClick()
        assertEquals("the mark next to it", "10", answers.of("/visit/integer")?.value)
        compose.onNodeWithTag("form-chosen-/visit/integer").assertTextEquals("10")
        compose.onNodeWithTag("form-mark-/visit/integer", useUnmergedTree = true).assertExists()
    }

    @Test
    fun `the words of a question are pressed long and offer no tap that does nothing`() {
        show()
        reach("form-question-/visit/text")
        val words = compose.onNodeWithText("Question of the kind text")
        words.assert(SemanticsMatcher.keyNotDefined(SemanticsActions.OnClick))
        words.assert(SemanticsMatcher.keyIsDefined(SemanticsActions.OnLongClick))
    }

    @Test
    fun `in a long list a box is ticked and a button is selected, and neither is both`() {
        val options = List(LONG_LIST + 1) { OptionShown("$it", "Option $it") }
        var role by mutableStateOf(Role.Checkbox)
        compose.setContent {
            CountersignTheme { OptionSheet("Which?", options, { it.value == "0" }, {}, role) {} }
        }
        val first = compose.onNodeWithTag("form-option-0")
        first.assert(SemanticsMatcher.expectValue(SemanticsProperties.ToggleableState, ToggleableState.On))
        first.assert(SemanticsMatcher.keyNotDefined(SemanticsProperties.Selected))
        role = Role.RadioButton
        first.assert(SemanticsMatcher.expectValue(SemanticsProperties.Selected, true))
        first.assert(SemanticsMatcher.keyNotDefined(SemanticsProperties.ToggleableState))
    }

    @Test
    fun `a list that names a value twice is shown with both`() {
        val options = List(LONG_LIST + 1) { OptionShown("same", "Option $it") }
        compose.setContent {
            CountersignTheme { OptionSheet("Which?", options, { false }, {}, Role.RadioButton) {} }
        }
        listOf(0, 1).forEach { compose.onNodeWithText("Option $it").assertExists() }
    }

    @Test
    fun `a tap on the pad is no signature and a stroke is one`() {
        show()
        reach("form-keep-/visit/signature")
        compose.onNodeWithTag("form-pad-/visit/signature").performTouchInput { click(center) }
        compose.onNodeWithTag("form-keep-/visit/signature").assertIsNotEnabled()
        compose.onNodeWithTag("form-pad-/visit/signature").performTouchInput { swipe(centerLeft, centerRight) }
        compose.onNodeWithTag("form-keep-/visit/signature").assertIsEnabled()
    }

    @Test
    fun `a day without a time is no answer, and the time is asked for`() {
        val answers = show()
        reach("form-date-/visit/date_time")
        compose.onNodeWithTag("form-date-/visit/date_time").performClick()
        compose.onNodeWithTag("form-date-choose").performClick()
        assertNull(answers.of("/visit/date_time"))
        compose.onNodeWithTag("form-time-choose").performClick()
        val given = checkNotNull(answers.of("/visit/date_time")).value
        // The company's clock, whatever zone the phone is in.
        assertTrue(given, Regex("""\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000\+0[12]:00""").matches(given))
    }

    private fun press(
        kind: String,
        option: String,
    ) {
        val inside = hasAnyAncestor(hasTestTag("form-question-/visit/$kind"))
        compose.onNode(hasTestTag("form-option-$option") and inside).performScrollTo().performClick()
    }

    private companion object {
        const val PATIENCE = 20_000L
    }
}
