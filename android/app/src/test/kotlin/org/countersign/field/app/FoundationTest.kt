package org.countersign.field.app

import android.app.Application
import android.content.Intent
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsEnabled
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.core.net.toUri
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Language
import org.countersign.core.text
import org.countersign.field.R
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

@RunWith(AndroidJUnit4::class)
class FoundationTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val application: Application = ApplicationProvider.getApplicationContext()

    private fun word(id: Int) = application.getString(id)

    private fun shown(tag: String) =
        compose.waitUntil(PATIENCE) {
            compose.onAllNodes(hasTestTag(tag)).fetchSemanticsNodes().isNotEmpty()
        }

    @Test
    fun `a new phone opens its store and asks for an invitation`() {
        ActivityScenario.launch(MainActivity::class.java).use { scenario ->
            shown("next-step")
            compose.onNodeWithText(word(R.string.enrol_title)).assertIsDisplayed()
            compose
                .onNodeWithText(
                    text(Language.ENGLISH, "strip-not-enrolled", emptyMap()),
                    useUnmergedTree = true,
                ).assertIsDisplayed()
            val praise = text(Language.ENGLISH, "status-safe", emptyMap())
            compose.onNodeWithText(praise, useUnmergedTree = true).assertDoesNotExist()
            compose.onNodeWithTag("next-step").assertIsNotEnabled()
            scenario.screenshot("enrol")
        }
    }

    @Test
    fun `what is no invitation is said where it was typed, and stays`() {
        ActivityScenario.launch(MainActivity::class.java).use { scenario ->
            shown("enrol-scan")
            compose.onNodeWithText(word(R.string.enrol_code)).performScrollTo().performTextInput("nonsense")
            compose.onNodeWithTag("next-step").assertIsEnabled().performClick()
            shown("trouble")
            compose.onNodeWithText("nonsense").assertExists()
            scenario.screenshot("enrol-trouble")
        }
    }

    @Test
    fun `a link with an invitation fills it in`() {
        val link = Intent(Intent.ACTION_VIEW, "countersign:1:https://hub.example|abc|def|-".toUri())
        ActivityScenario.launch<MainActivity>(link.setClass(application, MainActivity::class.java)).use {
            shown("next-step")
            compose.waitUntil(PATIENCE) { compose.onNodeWithText("countersign:1", substring = true).isThere() }
        }
    }

    @Test
    fun `the strip opens status, and settings offer the four languages`() {
        ActivityScenario.launch(MainActivity::class.java).use { scenario ->
            shown("strip")
            compose.onNodeWithTag("strip").performClick()
            shown("sentence")
            scenario.screenshot("status")
        }
    }

    @Test
    fun `only our own links are followed`() {
        assertEquals(DeepLink.Job("V-26-0142"), DeepLink.of("countersign://job/V-26-0142".toUri()))
        assertEquals(DeepLink.Status, DeepLink.of("countersign://status".toUri()))
        listOf("https://job/1", "countersign://job", "countersign://other/1").forEach {
            assertNull(it, DeepLink.of(it.toUri()))
        }
        assertEquals(DeepLink.Job("a b/c"), DeepLink.of(DeepLink.Job("a b/c").address()))
    }

    private fun androidx.compose.ui.test.SemanticsNodeInteraction.isThere(): Boolean =
        runCatching { assertExists() }.isSuccess

    private companion object {
        const val PATIENCE = 20_000L
    }
}
