package org.countersign.field.screens.costs

import androidx.compose.runtime.Immutable
import org.countersign.field.app.Route

/** What can be done on the costs screen. */
@Immutable
class CostsActions(
    /** Opens the form of a new charge. */
    val add: () -> Unit,
    /** Opens the form of a charge that stands. */
    val correct: (ChargeShown) -> Unit,
    /** Removes a charge. */
    val remove: (ChargeShown) -> Unit,
    /** Takes what the rates propose. */
    val takeProposed: () -> Unit,
    /** Opens another screen. */
    val open: (Route) -> Unit,
    /** What the open form does. */
    val form: ChargeActions,
)
