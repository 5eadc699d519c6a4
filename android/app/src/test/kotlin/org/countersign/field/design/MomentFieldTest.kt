package org.countersign.field.design

import androidx.activity.ComponentActivity
import androidx.compose.ui.semantics.SemanticsActions.ScrollBy
import androidx.compose.ui.semantics.SemanticsProperties.VerticalScrollAxisRange
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsNotDisplayed
import androidx.compose.ui.test.hasScrollAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performSemanticsAction
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import java.time.LocalDate

@RunWith(AndroidJUnit4::class)
class MomentFieldTest {
    @get:Rule
    val compose = createAndroidComposeRule<ComponentActivity>()

    @Test
    @Config(qualifiers = "en-w640dp-h360dp-land-mdpi")
    fun `the last day of a month can be picked on a phone that lies`() {
        var picked = "2031-03-04T08:00"
        compose.setContent {
            CountersignTheme { MomentField("From", picked, picked, { picked = it }, "from", TODAY) }
        }
        compose.onNodeWithTag("from").performClick()
        val last = compose.onNode(hasText("March 31, 2031", substring = true))
        last.assertIsNotDisplayed()
        compose.onAllNodes(scrollsDown()).onFirst().performSemanticsAction(ScrollBy) { it(0f, FAR) }
        last.assertIsDisplayed().performClick()
        compose.onNodeWithTag("date-picked").performClick()
        compose.onNodeWithTag("time-picked").performClick()
        assertEquals("2031-03-31T08:00", picked)
    }

    private fun scrollsDown() = SemanticsMatcher.keyIsDefined(VerticalScrollAxisRange) and hasScrollAction()

    private companion object {
        const val FAR = 10_000f
        val TODAY: LocalDate = LocalDate.of(2026, 11, 30)
    }
}
