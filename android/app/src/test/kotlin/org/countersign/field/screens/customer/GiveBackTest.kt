package org.countersign.field.screens.customer

import androidx.activity.ComponentActivity
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithTag
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Language
import org.countersign.field.app.ScreenState
import org.countersign.field.design.CountersignTheme
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.countersign.field.screens.pad.Ink
import org.countersign.field.screens.paper.Paper
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

@RunWith(AndroidJUnit4::class)
class GiveBackTest {
    @get:Rule
    val compose = createAndroidComposeRule<ComponentActivity>()

    private val application: TestApplication = ApplicationProvider.getApplicationContext()

    @Test
    fun `a pad whose pages cannot be read can be given back`() {
        val outside = application.openDesk().phone.outside
        val handed = Handed("5f0c", "V-26-0142", Language.ENGLISH, "Meridian", "Europe/Madrid", Ink())
        val hands = InHands(handed, CustomerPage.PAD, emptyMap(), Ink(), null)
        val actions =
            CustomerActions({ _, _ -> }, {}, StampActions({}, {}), CustomerSteps({}, {}, {}, {}, {}))
        compose.setContent { CountersignTheme { CustomerScreen(ScreenState(), hands, Paper(), actions, outside) } }
        compose.onNodeWithTag("customer-give-back").assertExists()
    }
}
