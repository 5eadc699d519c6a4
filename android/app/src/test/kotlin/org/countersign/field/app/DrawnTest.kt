package org.countersign.field.app

import androidx.activity.ComponentActivity
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsNotDisplayed
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.unit.dp
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.navigation.compose.rememberNavController
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Countersign
import org.countersign.field.design.CountersignTheme
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.phone.waitFor
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

@RunWith(AndroidJUnit4::class)
class DrawnTest {
    @get:Rule
    val compose = createAndroidComposeRule<ComponentActivity>()

    private val application: TestApplication = ApplicationProvider.getApplicationContext()

    private class Failing(
        core: Core,
    ) : ScreenViewModel<Unit>(core, SavedStateHandle()) {
        override fun read(core: Countersign) = Unit

        fun fail() = order<Unit> { travel("there is no such job") }
    }

    @Test
    fun `what went wrong is brought into view, also when it is the same for a second time`() {
        val desk = application.openDesk()
        val model = Failing(desk.core)
        compose.setContent {
            CompositionLocalProvider(LocalDesk provides desk) {
                CountersignTheme {
                    val state by model.state.collectAsStateWithLifecycle()
                    Column(Modifier.height(400.dp).verticalScroll(rememberScrollState())) {
                        Drawn(state, model, rememberNavController()) {
                            Column {
                                Spacer(Modifier.height(2_000.dp))
                                Text("the button", Modifier.testTag("end"))
                            }
                        }
                    }
                }
            }
        }
        repeat(2) { time ->
            waitFor("it is shown") {
                compose.waitForIdle()
                model.state.value.shown != null
            }
            compose.onNodeWithTag("end").performScrollTo().assertIsDisplayed()
            if (time > 0) compose.onNodeWithTag("trouble").assertIsNotDisplayed()
            compose.runOnUiThread { model.fail() }
            waitFor("it failed") { model.state.value.failures == time + 1 }
            compose.onNodeWithTag("trouble").assertIsDisplayed()
        }
    }
}
