package org.countersign.field.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.ViewModelStoreOwner
import androidx.lifecycle.createSavedStateHandle
import androidx.lifecycle.viewmodel.compose.LocalViewModelStoreOwner
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.lifecycle.viewmodel.initializer
import androidx.lifecycle.viewmodel.viewModelFactory

/** The open store and what every screen shares. */
class Desk(
    /** The container of the process. */
    val container: AppContainer,
    /** The core. */
    val core: Core,
    /** The connection to the office. */
    val office: Office,
) {
    /** The phone. */
    val phone: Phone get() = container.phone
}

/** Where screens find the [Desk]. */
val LocalDesk = staticCompositionLocalOf<Desk> { error("no store is open here") }

/** The view model of a screen, made once for its entry in the back stack, or for another [owner]. */
@Composable
inline fun <reified T : ViewModel> screenModel(
    owner: ViewModelStoreOwner = checkNotNull(LocalViewModelStoreOwner.current),
    crossinline make: (Desk, SavedStateHandle) -> T,
): T {
    val desk = LocalDesk.current
    return viewModel(
        viewModelStoreOwner = owner,
        factory = viewModelFactory { initializer { make(desk, createSavedStateHandle()) } },
    )
}
