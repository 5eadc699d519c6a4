package org.countersign.field.screens.enrol

import android.os.Build
import androidx.lifecycle.SavedStateHandle
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import org.countersign.core.Countersign
import org.countersign.core.HubSeen
import org.countersign.core.OwnScreen
import org.countersign.field.app.Desk
import org.countersign.field.app.Route
import org.countersign.field.app.ScreenViewModel

/** Enrolling this phone with an invitation of the office. */
class EnrolViewModel(
    private val desk: Desk,
    saved: SavedStateHandle,
) : ScreenViewModel<OwnScreen>(desk.core, saved) {
    /** The invitation as typed, pasted or read. */
    val code: StateFlow<String> = saved.getStateFlow(CODE, Route.argument(saved, "code"))

    private val offered = Route.argument(saved, "code")

    /** The name of this device. */
    val name: StateFlow<String> = saved.getStateFlow(NAME, Build.MODEL.orEmpty())

    private val answering = MutableStateFlow<HubSeen?>(null)

    /** Who answers at the address of the invitation; `null` until that was asked, and after another one was typed. */
    val seen: StateFlow<HubSeen?> = answering.asStateFlow()

    /** Types the invitation. */
    fun typeCode(text: String) {
        saved[CODE] = text
        answering.value = null
    }

    /** Whether this invitation is another one than the page was opened with. */
    fun isTyped(code: String): Boolean = code.isNotBlank() && code != offered

    /** Types the name. */
    fun typeName(text: String) {
        saved[NAME] = text
    }

    /** Asks who answers, so that a person can compare before they enrol. */
    fun look() = order<HubSeen>(done = { answering.value = it }) { lookAtHub(code.value) }

    /** Redeems the invitation; [enrolled] is called when it succeeded. */
    fun enrol(enrolled: () -> Unit) =
        order<Unit>(done = {
            desk.office.enrolled()
            enrolled()
        }) { enrol(code.value, seen.value?.invitation.orEmpty(), name.value) }

    override fun read(core: Countersign): OwnScreen = core.ownScreen()

    private companion object {
        const val CODE = "typed-code"
        const val NAME = "name"
    }
}
