package org.countersign.field.app

import android.app.Activity
import android.app.admin.DevicePolicyManager
import androidx.activity.compose.LocalActivity
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.navigation.NavHostController
import androidx.navigation.compose.currentBackStackEntryAsState
import org.countersign.field.design.FieldColours
import org.countersign.field.design.LoadingNothing

/**
 * Goes back to what the customer holds, where the app was swept away in their hands. Until that is on the screen
 * nothing else is seen.
 */
@Composable
internal fun BackToTheCustomer(
    container: AppContainer,
    nav: NavHostController,
) {
    val held = remember(container) { container.handedOver.held() } ?: return
    val here by nav.currentBackStackEntryAsState()
    val there = here?.destination?.route == Screen.CUSTOMER.pattern
    // Asked again, because the device may have been given back since.
    if (!there && container.handedOver.held() != null) {
        Box(Modifier.fillMaxSize().background(FieldColours.current.canvas)) { LoadingNothing() }
    }
    LaunchedEffect(here != null) {
        val elsewhere = here != null && nav.currentDestination?.route != Screen.CUSTOMER.pattern
        if (elsewhere && container.handedOver.held() != null) {
            nav.open(Route.Customer(held.job))
            nav.currentBackStackEntry?.savedStateHandle?.let(held.handed::into)
        }
    }
}

/** While this is drawn the device is in the customer's hands: nothing of another customer is told on it. */
@Composable
fun InTheCustomersHands() {
    val looking = LocalDesk.current.container.looking
    val activity = LocalActivity.current
    DisposableEffect(looking, activity) {
        looking.handOver()
        activity?.pin()
        onDispose {
            looking.takeBack()
            // A turn of the phone makes the window anew and pins it again.
            if (activity?.isChangingConfigurations == false) activity.unpin()
        }
    }
}

/** Where the owner of the phone allows it, no other app opens until the device is given back. */
private fun Activity.pin() {
    if (mayPin()) startLockTask()
}

private fun Activity.unpin() {
    if (mayPin()) stopLockTask()
}

private fun Activity.mayPin(): Boolean =
    getSystemService(DevicePolicyManager::class.java)?.isLockTaskPermitted(packageName) == true
