package org.countersign.field.app

import androidx.compose.runtime.Composable
import androidx.lifecycle.compose.LifecycleResumeEffect
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import java.util.concurrent.CopyOnWriteArrayList

/** What is on the screen now. Of that nothing is told: it is seen. */
class Looking {
    private val at = CopyOnWriteArrayList<String>()

    /** Whether a change of this job is seen: in the list, or on its own page. */
    fun sees(job: String): Boolean = LIST in at || job in at

    private val hands = MutableStateFlow(0)

    /** Whether the device is in a customer's hands: nothing is told there, for it may be another customer's. */
    val inHands: Flow<Boolean> = hands.map { it > 0 }.distinctUntilChanged()

    /** Whether it is now. */
    fun isInHands(): Boolean = hands.value > 0

    internal fun handOver() = hands.update { it + 1 }

    internal fun takeBack() = hands.update { it - 1 }

    internal fun begin(what: String) {
        at += what
    }

    internal fun end(what: String) {
        at -= what
    }

    internal companion object {
        /** The job list. */
        const val LIST = "the job list"
    }
}

/** While this is drawn and the app is in front, the job list is looked at. */
@Composable
fun LooksAtJobs() = LooksAt(Looking.LIST)

/** While this is drawn and the app is in front, this job is looked at: nothing need be told of it any more. */
@Composable
fun LooksAtJob(job: String) {
    val notices = LocalDesk.current.phone.notices
    LifecycleResumeEffect(job) {
        notices.seen(job)
        onPauseOrDispose { }
    }
    LooksAt(job)
}

@Composable
private fun LooksAt(what: String) {
    val looking = LocalDesk.current.container.looking
    LifecycleResumeEffect(what, looking) {
        looking.begin(what)
        onPauseOrDispose { looking.end(what) }
    }
}
