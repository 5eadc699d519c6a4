package org.countersign.field.screens.costs

import androidx.activity.ComponentActivity
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.assertIsEnabled
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.design.CountersignTheme
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** Charges are typed in one form: what is typed there is not lost to another line. */
@RunWith(AndroidJUnit4::class)
class OneFormTest {
    @get:Rule
    val compose = createAndroidComposeRule<ComponentActivity>()

    @Test
    fun `while a new charge is being typed no other is opened in its place`() {
        val line = ChargeShown("c-1", CostLine("Parking", "4.00"), chargeTyped("Parking"))
        var typed by mutableStateOf(ChargeTyped(ChargeDraft.NEW, emptyMap(), "", busy = false, unkept = true))
        val actions = CostsActions({}, {}, {}, {}, {}, ChargeActions({ _, _ -> }, {}, {}))
        compose.setContent {
            CountersignTheme { CostsScreen(costsShown(listOf(line)), typed, actions) }
        }
        compose.onNodeWithTag("costs-correct").assertIsNotEnabled()
        compose.onNodeWithTag("costs-remove").assertIsEnabled()
        typed = typed.copy(unkept = false)
        compose.onNodeWithTag("costs-correct").assertIsEnabled()
    }

    @Test
    fun `closing the form asks before typed words go`() {
        var open by mutableStateOf(ChargeDraft.NEW)
        val form = ChargeActions({ _, _ -> }, {}, { open = "" })
        val actions = CostsActions({}, {}, {}, {}, {}, form)
        compose.setContent {
            val typed = ChargeTyped(open, emptyMap(), "", busy = false, unkept = true)
            CountersignTheme {
                Column(Modifier.verticalScroll(rememberScrollState())) {
                    CostsScreen(costsShown(emptyList()), typed, actions)
                }
            }
        }
        compose.onNodeWithTag("charge-close").performScrollTo().performClick()
        compose.onNodeWithTag("charge-go-on").performClick()
        compose.onNodeWithTag("charge-description").assertExists()
        compose.onNodeWithTag("charge-close").performScrollTo().performClick()
        compose.onNodeWithTag("charge-give-up").performClick()
        compose.onNodeWithTag("charge-description").assertDoesNotExist()
    }
}
