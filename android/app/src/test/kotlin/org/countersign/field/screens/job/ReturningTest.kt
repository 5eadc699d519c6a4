package org.countersign.field.screens.job

import androidx.activity.ComponentActivity
import androidx.compose.material3.Text
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.navigation.NavHostController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.composable
import androidx.navigation.compose.rememberNavController
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.R
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** A command may end while another screen lies over the page that began it. */
@RunWith(AndroidJUnit4::class)
class ReturningTest {
    @get:Rule
    val compose = createAndroidComposeRule<ComponentActivity>()

    private lateinit var nav: NavHostController
    private lateinit var returning: Returning

    @Test
    fun `a page on top goes at once`() {
        show("job", "page")
        done()
        assertEquals("job", here())
    }

    @Test
    fun `a page under another screen takes nothing away, and goes once somebody comes back to it`() {
        show("job", "page", "status")
        done()
        assertEquals("status", here())
        compose.runOnIdle { nav.popBackStack() }
        compose.waitUntil(PATIENCE) { here() == "job" }
    }

    @Test
    fun `a page that was left meanwhile takes nothing away`() {
        show("job", "page")
        compose.runOnIdle {
            nav.popBackStack()
            nav.navigate("status")
            returning.backSaying(R.string.left_site)
        }
        compose.waitForIdle()
        assertEquals("status", here())
    }

    private fun done() {
        compose.runOnIdle { returning.backSaying(R.string.left_site) }
        compose.waitForIdle()
    }

    private fun here() = nav.currentDestination?.route

    private fun show(vararg way: String) {
        compose.setContent {
            nav = rememberNavController()
            NavHost(nav, way.first()) {
                composable("job") { Text("job") }
                composable("page") { returning = rememberReturning(nav) }
                composable("status") { Text("status") }
            }
        }
        way.drop(1).forEach { next ->
            compose.runOnIdle { nav.navigate(next) }
            compose.waitForIdle()
        }
    }

    private companion object {
        const val PATIENCE = 10_000L
    }
}
