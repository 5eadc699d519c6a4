package org.countersign.field.screens.customer

import androidx.compose.runtime.Immutable
import org.countersign.field.screens.pad.Ink
import java.io.File

/** What can be done in customer mode. */
@Immutable
class CustomerActions(
    /** Types or chooses. */
    val type: (String, String) -> Unit,
    /** Draws. */
    val draw: (Ink) -> Unit,
    /** The company stamp. */
    val stamp: StampActions,
    /** From page to page. */
    val steps: CustomerSteps,
) {
    constructor(model: CustomerViewModel, giveBack: () -> Unit) : this(
        type = { field, text -> model.said.typed[field] = text },
        draw = model.signature::draw,
        stamp = StampActions(model::takeStamp, model::removeStamp),
        steps = CustomerSteps(model::go, model::back, model::say, model::sign, giveBack),
    )
}

/** What leads from page to page in customer mode, and out of it. */
@Immutable
class CustomerSteps(
    /** Goes to another page. */
    val go: (CustomerPage) -> Unit,
    /** Goes a page back. */
    val back: () -> Unit,
    /** Says what they think of the work. */
    val say: () -> Unit,
    /** Signs. */
    val sign: () -> Unit,
    /** Takes the device back. */
    val giveBack: () -> Unit,
)

/** What can be done about the stamp. */
@Immutable
class StampActions(
    /** Keeps a photo of it. */
    val take: (File) -> Unit,
    /** Lets it go. */
    val remove: () -> Unit,
)
