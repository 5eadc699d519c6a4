package org.countersign.field.screens.customer

import android.view.KeyEvent
import androidx.activity.ComponentActivity
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performSemanticsAction
import androidx.compose.ui.test.requestFocus
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Language
import org.countersign.field.R
import org.countersign.field.design.CountersignTheme
import org.countersign.field.screens.pad.Ink
import org.countersign.field.screens.pad.SignaturePad
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** What is held and drawn by a finger, for whoever has none to hold or draw with. */
@RunWith(AndroidJUnit4::class)
class HoldButtonTest {
    @get:Rule
    val compose = createAndroidComposeRule<ComponentActivity>()

    private var held = 0

    private fun show() =
        compose.setContent {
            CountersignTheme { HoldButton("Hold", Consequence("It is given back.", "Give back"), { held += 1 }) }
        }

    private fun word(id: Int) = compose.activity.getString(id)

    @Test
    fun `a tap does nothing`() {
        show()
        compose.onNodeWithText("Hold").performClick()
        compose.waitForIdle()
        assertEquals(0, held)
        compose.onNodeWithTag("hold-meant").assertDoesNotExist()
    }

    @Test
    fun `a click of a screen reader or a switch tells the consequence and asks`() {
        show()
        click("Hold")
        compose.onNodeWithText("It is given back.").assertExists()
        assertEquals("not yet", 0, held)
        click(word(R.string.customer_hold_not))
        assertEquals(0, held)
        click("Hold")
        click("Give back")
        assertEquals(1, held)
        compose.onNodeWithText("Hold").assertExists()
    }

    @Test
    fun `a short key asks, a long one is held`() {
        show()
        for (key in listOf(KeyEvent.KEYCODE_ENTER, KeyEvent.KEYCODE_SPACE)) {
            press(key, milliseconds = 80)
            compose.onNodeWithText("It is given back.").assertExists()
            assertEquals(0, held)
            click(word(R.string.customer_hold_not))
        }
        press(KeyEvent.KEYCODE_ENTER, HOLD_MILLISECONDS + 10L)
        assertEquals(1, held)
    }

    @Test
    fun `a pad that is reached by keyboard says what it takes`() {
        compose.setContent { CountersignTheme { SignaturePad(Ink(), {}) } }
        compose.onNodeWithText(word(R.string.pad)).assertDoesNotExist()
        compose.onNodeWithTag("pad").requestFocus()
        compose.onNodeWithText(word(R.string.pad)).assertExists()
    }

    @Test
    fun `whoever cannot draw comes back from the pad, and to an outcome that needs no drawing`() {
        val went = mutableListOf<CustomerPage>()
        val fields = mapOf(CustomerSaid.OUTCOME to "accepted")
        compose.setContent {
            CountersignTheme { SignPage(fields, Language.ENGLISH, "today", Ink(), went::add) {} }
        }
        compose.onNode(hasText("Refused", substring = true)).assertExists()
        click(word(R.string.customer_other_outcome))
        assertEquals(listOf(CustomerPage.OUTCOME), went)
    }

    @Test
    fun `the whole screen to sign on has a way back without a stroke`() {
        var back = 0
        compose.setContent { CountersignTheme { PadPage(emptyMap(), "today", Ink(), {}) { back += 1 } } }
        click(word(R.string.customer_previous))
        assertEquals(1, back)
    }

    private fun click(text: String) {
        compose.onNodeWithText(text).performSemanticsAction(SemanticsActions.OnClick)
        compose.waitForIdle()
    }

    private fun press(
        key: Int,
        milliseconds: Long,
    ) {
        compose.onNodeWithText("Hold").requestFocus()
        compose.runOnUiThread {
            val window = compose.activity
            window.dispatchKeyEvent(KeyEvent(0, 0, KeyEvent.ACTION_DOWN, key, 0))
            window.dispatchKeyEvent(KeyEvent(0, milliseconds, KeyEvent.ACTION_UP, key, 0))
        }
        compose.waitForIdle()
    }
}
