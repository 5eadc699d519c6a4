package org.countersign.field.phone

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.Manifest.permission.CAMERA
import android.Manifest.permission.HIDE_OVERLAY_WINDOWS
import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.os.Looper
import android.os.Parcel
import android.provider.MediaStore
import androidx.annotation.StringRes
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isEnabled
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.junit4.ComposeTestRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performSemanticsAction
import androidx.compose.ui.test.performTextReplacement
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.printToString
import androidx.core.content.IntentCompat
import androidx.core.net.toUri
import androidx.test.core.app.ApplicationProvider
import org.countersign.core.Countersign
import org.countersign.field.app.MainActivity
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import java.io.File
import java.time.Duration

/** The app as a person holds it: what is seen, taps, strokes, the camera, and the end of its process. */
class App(
    private val compose: ComposeTestRule,
) {
    /** The process. */
    val application: TestApplication get() = ApplicationProvider.getApplicationContext()

    /** The phone. */
    val phone: TestPhone get() = application.test

    /** The core of the process. */
    val core: Countersign get() = application.core ?: error("the store is not open")

    private var controller: ActivityController<MainActivity>?
        get() = application.window
        set(opened) {
            application.window = opened
        }

    /** The window. */
    val activity: MainActivity get() = controller?.get() ?: error("the app is not started")

    /** Starts the app from the launcher, or by a link. */
    fun start(link: String? = null): App {
        waitUntil("the store opens") { application.core != null }
        val intent = Intent(application, MainActivity::class.java)
        if (link != null) intent.setData(link.toUri())
        shadowOf(application).grantPermissions(
            CAMERA,
            ACCESS_FINE_LOCATION,
            ACCESS_COARSE_LOCATION,
            HIDE_OVERLAY_WINDOWS,
        )
        controller = Robolectric.buildActivity(MainActivity::class.java, intent).setup()
        return this
    }

    /** Puts the app away. */
    fun stop() {
        controller?.close()
        controller = null
        idle()
    }

    /** Turns the phone: the window is made anew, what the screens hold stays. */
    fun turn() {
        checkNotNull(controller).recreate()
    }

    /** The phone ends the process while the app is away, and the person comes back to it later. */
    fun die() {
        val running = checkNotNull(controller)
        val kept = Bundle()
        running.pause().saveInstanceState(kept).stop().destroy()
        idle()
        application.die()
        waitUntil("the store opens again") { application.core != null }
        // Whatever does not survive being written down is lost, as on a phone.
        controller = Robolectric.buildActivity(MainActivity::class.java).setup(parcelled(kept))
    }

    /** The person sweeps the app away and starts it again: nothing of the window is kept. */
    fun sweep() {
        checkNotNull(controller).pause().stop().destroy()
        controller = null
        idle()
        application.die()
        start()
    }

    /** A word of the app in the language of the screen. */
    fun word(
        @StringRes id: Int,
        vararg arguments: Any,
    ): String = activity.getString(id, *arguments)

    /** Waits until something like this is on the screen. */
    fun see(
        what: SemanticsMatcher,
        patience: Long = PATIENCE,
    ): SemanticsNodeInteraction {
        waitUntil(what.description, patience) { sees(what) }
        return compose.onAllNodes(what).onFirst()
    }

    /** Waits until something with this tag is on the screen. */
    fun see(tag: String): SemanticsNodeInteraction = see(hasTestTag(tag))

    /** Waits until this text is on the screen. */
    fun seeText(
        text: String,
        patience: Long = PATIENCE,
    ): SemanticsNodeInteraction = see(hasText(text, substring = true), patience)

    /** Whether something like this is on the screen now. */
    fun sees(what: SemanticsMatcher): Boolean = compose.onAllNodes(what).fetchSemanticsNodes().isNotEmpty()

    /** Waits until nothing like this is on the screen. */
    fun seeNo(what: SemanticsMatcher) = waitUntil("no ${what.description}") { !sees(what) }

    /** Taps what has this tag. */
    fun tap(tag: String) = tap(hasTestTag(tag))

    /** Taps the thing with this word. */
    fun tapWord(
        @StringRes id: Int,
        vararg arguments: Any,
    ) = tap(hasText(word(id, *arguments), substring = true) and hasClickAction())

    /** Taps. */
    fun tap(what: SemanticsMatcher) {
        bring(what)
        // What was tapped before may still be under way.
        waitUntil("${what.description} can be pressed") { sees(what and isEnabled()) }
        readMessages()
        bring(what).performClick()
        idle()
    }

    /** Presses the one next step, once it is this one. */
    fun next(
        @StringRes id: Int,
        vararg arguments: Any,
    ) = tap(hasTestTag("next-step") and hasText(word(id, *arguments)))

    /** Types into what has this tag in place of what stands there. */
    fun type(
        tag: String,
        text: String,
    ) = type(hasTestTag(tag), text)

    /** Types into the field with this label. */
    fun typeInto(
        @StringRes label: Int,
        text: String,
    ) = type(hasText(word(label), substring = true) and hasSetTextAction(), text)

    /** Types. */
    fun type(
        what: SemanticsMatcher,
        text: String,
    ) {
        bring(what).performTextReplacement(text)
        idle()
    }

    /** Scrolls until something like this is on the screen. */
    fun bring(what: SemanticsMatcher): SemanticsNodeInteraction {
        waitUntil(what.description) { sees(what) || scrolled(what) }
        val found = compose.onAllNodes(what).onFirst()
        if (found.fetchSemanticsNode().hasScroller()) found.performScrollTo()
        idle()
        return found
    }

    /** Draws two lines on a pad. */
    fun draw(tag: String) {
        val pad = bring(hasTestTag(tag))
        for (row in listOf(UPPER, LOWER)) {
            pad.performTouchInput {
                down(Offset(width * MARGIN, height * row))
                repeat(STEPS) { step ->
                    val rise = if (step % 2 == 0) -RISE else RISE
                    moveBy(Offset(width * ADVANCE, height * rise), delayMillis = 16)
                }
                up()
            }
        }
        idle()
    }

    /** Holds what has this tag for so long. */
    fun hold(
        tag: String,
        milliseconds: Long,
    ) {
        val held = bring(hasTestTag(tag))
        held.performTouchInput { down(center) }
        compose.mainClock.advanceTimeBy(milliseconds)
        idle()
        // What was held may be gone with its screen; the finger is lifted all the same.
        val under = if (sees(hasTestTag(tag))) held else compose.onAllNodes(isRoot()).onFirst()
        under.performTouchInput { up() }
        idle()
    }

    /** The gesture, or the button of the phone, that leads back. */
    fun back() {
        activity.onBackPressedDispatcher.onBackPressed()
        idle()
    }

    /** Taps the one of several with this tag that stands at this place. */
    fun tapAt(
        tag: String,
        place: Int,
    ) {
        bring(hasTestTag(tag))
        readMessages()
        compose.onAllNodes(hasTestTag(tag))[place].performScrollTo().performClick()
        idle()
    }

    /** The text of what has this tag. */
    fun textOf(tag: String): String =
        bring(hasTestTag(tag)).fetchSemanticsNode().config[SemanticsProperties.Text].joinToString("") { it.text }

    /** The camera app: what was asked for is taken, and this is what the lens saw. */
    fun shoot(seen: File) {
        val shadow = shadowOf(activity)
        var asked = shadow.nextStartedActivityForResult
        waitUntil("the camera opens") {
            idle()
            asked = asked ?: shadow.nextStartedActivityForResult
            asked != null
        }
        val intent = checkNotNull(asked).intent
        val output =
            intent.clipData?.getItemAt(0)?.uri
                ?: IntentCompat.getParcelableExtra(intent, MediaStore.EXTRA_OUTPUT, Uri::class.java)
        checkNotNull(output) { "${intent.action} says nowhere to write to" }
        // The camera app writes through a descriptor that the app lent it; here the file is written itself.
        check(output.pathSegments.first() == "capture") { "$output is none of the places that are lent" }
        seen.copyTo(File(application.filesDir, output.pathSegments.joinToString("/")), overwrite = true)
        shadow.receiveResult(intent, Activity.RESULT_OK, Intent())
        idle()
    }

    /** Lets everything that is due happen, and so many milliseconds of the phone's time pass. */
    fun idle(milliseconds: Long = 0) {
        if (milliseconds > 0) shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(milliseconds))
        compose.waitForIdle()
    }

    /** Waits; says what is on the screen where it was in vain. */
    fun waitUntil(
        what: String,
        patience: Long = PATIENCE,
        met: () -> Boolean,
    ) {
        val end = System.nanoTime() + patience * NANOSECONDS
        while (!met()) {
            if (System.nanoTime() > end) throw AssertionError("$what: not within $patience ms\n${screen()}")
            idle(TICK)
            Thread.sleep(TICK)
        }
    }

    /** What is on the screen, for messages. */
    fun screen(): String =
        runCatching {
            compose
                .onRoot(
                    useUnmergedTree = true,
                ).printToString(maxDepth = 40)
        }.getOrElse { "no screen: $it" }

    /** A word at the lower edge covers what is below it until it was read. */
    private fun readMessages() {
        val word =
            SemanticsMatcher.keyIsDefined(SemanticsActions.Dismiss) and
                SemanticsMatcher.keyIsDefined(SemanticsProperties.LiveRegion)
        if (sees(word)) compose.onAllNodes(word).onFirst().performSemanticsAction(SemanticsActions.Dismiss)
        idle()
    }

    private fun scrolled(what: SemanticsMatcher): Boolean {
        val lists = compose.onAllNodes(hasScrollToNodeAction())
        return lists.fetchSemanticsNodes().indices.any { index ->
            runCatching { lists[index].performScrollToNode(what) }.isSuccess
        }
    }

    private fun parcelled(bundle: Bundle): Bundle {
        val parcel = Parcel.obtain()
        return try {
            bundle.writeToParcel(parcel, 0)
            val bytes = parcel.marshall()
            parcel.unmarshall(bytes, 0, bytes.size)
            parcel.setDataPosition(0)
            checkNotNull(parcel.readBundle(javaClass.classLoader))
        } finally {
            parcel.recycle()
        }
    }

    private companion object {
        const val PATIENCE = 20_000L
        const val TICK = 20L
        const val NANOSECONDS = 1_000_000L
        const val UPPER = 0.35f
        const val LOWER = 0.7f
        const val MARGIN = 0.1f
        const val STEPS = 12
        const val ADVANCE = 0.06f
        const val RISE = 0.2f
    }
}
