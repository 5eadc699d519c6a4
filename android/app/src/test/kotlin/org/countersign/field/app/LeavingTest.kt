package org.countersign.field.app

import androidx.activity.ComponentActivity
import androidx.compose.foundation.layout.Column
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.SnackbarHostState
import androidx.compose.material3.Text
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.remember
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.navigation.NavHostController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.composable
import androidx.navigation.compose.rememberNavController
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.design.LocalMessages
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** A command of a page ends, and the page goes. */
@RunWith(AndroidJUnit4::class)
class LeavingTest {
    @get:Rule
    val compose = createAndroidComposeRule<ComponentActivity>()

    private lateinit var nav: NavHostController
    private lateinit var done: () -> Unit
    private lateinit var onTop: () -> Boolean

    @Before
    fun open() {
        compose.setContent {
            nav = rememberNavController()
            CompositionLocalProvider(LocalMessages provides remember { SnackbarHostState() }) {
                Column {
                    SnackbarHost(LocalMessages.current)
                    NavHost(nav, "list") {
                        composable("list") { Text("the list") }
                        composable("status") { Text("the status") }
                        composable("page") {
                            done = rememberLeavingWith(nav, "Kept")
                            onTop = rememberOnTop(nav)
                            Text("the page")
                        }
                    }
                }
            }
        }
        go("page")
        compose.onNodeWithText("the page").assertExists()
    }

    private fun go(where: String) {
        compose.runOnUiThread { nav.navigate(where) }
        compose.waitForIdle()
    }

    private fun route(): String? = nav.currentDestination?.route

    @Test
    fun `the screen that follows says what was done`() {
        assertTrue(onTop())
        compose.runOnUiThread { repeat(2) { done() } }
        compose.waitForIdle()
        assertEquals("list", route())
        compose.onNodeWithText("Kept").assertExists()
    }

    @Test
    fun `whoever went on meanwhile stays there, and is told there`() {
        go("status")
        assertFalse(onTop())
        compose.runOnUiThread { done() }
        compose.waitForIdle()
        assertEquals("status", route())
        compose.onNodeWithText("Kept").assertExists()
    }
}
