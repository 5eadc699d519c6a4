package org.countersign.field.screens.costs

import androidx.activity.ComponentActivity
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.R
import org.countersign.field.design.CountersignTheme
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

@RunWith(AndroidJUnit4::class)
class GoneChargeTest {
    @get:Rule
    val compose = createAndroidComposeRule<ComponentActivity>()

    @Test
    fun `a correction whose charge is gone is said, and leads back`() {
        var open by mutableStateOf("a charge that somebody removed")
        val form = ChargeActions({ _, _ -> }, {}, { open = "" })
        val actions = CostsActions({}, {}, {}, {}, {}, form)
        compose.setContent {
            CountersignTheme { CostsScreen(costsShown(), ChargeTyped(open, emptyMap(), "", busy = false), actions) }
        }
        compose.onNodeWithText(compose.activity.getString(R.string.costs_gone)).assertExists()
        compose.onNodeWithTag("costs-gone-back").performClick()
        compose.onNodeWithTag("costs-gone").assertDoesNotExist()
        compose.onNodeWithTag("costs-add").assertExists()
    }
}
