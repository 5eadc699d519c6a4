package org.countersign.field.looks

import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.isSelected
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Language
import org.countersign.field.app.Screen
import org.countersign.field.phone.App
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import java.awt.image.BufferedImage
import java.io.File

/** The app on a tablet that lies: the job list stands beside each screen of a job, and nothing is cut. */
@RunWith(AndroidJUnit4::class)
@Config(qualifiers = "w1280dp-h800dp-land-mdpi")
class TabletTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val output = File(System.getProperty("countersign.output") ?: "build/looks", "tablet")
    private val goldens = Goldens()

    @Test
    fun `every screen on a tablet`() {
        onStage(compose) { app, gallery, stage ->
            val shots = mutableMapOf<String, MutableList<Pair<Look, BufferedImage>>>()
            val wrong = mutableListOf<String>()
            for ((language, picture) in Language.entries.flatMap { each -> gallery.pictures.map { each to it } }) {
                val look = lookOf(language)
                stage.show(look, picture.go)
                val shot = photograph(app.activity.window)
                shots.getOrPut(picture.name) { mutableListOf() } += look to shot
                wrong += found(app, picture, look) + listOfNotNull(changed(picture, look, shot))
            }
            contactSheet(output, shots)
            assertEquals("what is wrong on a tablet", "", wrong.distinct().joinToString("\n"))
        }
    }

    private fun found(
        app: App,
        picture: Picture,
        look: Look,
    ): List<String> = (Barriers(compose).found() + panes(app, picture)).map { "${picture.name} $look: $it" }

    private fun changed(
        picture: Picture,
        look: Look,
        shot: BufferedImage,
    ): String? {
        if (look != KEPT || picture.name !in MAIN) return null
        return goldens.differs("tablet-${picture.name}-$look", shot, File(output, "different"))
    }

    /** Small and large letters, day and night take turns, so that each occurs. */
    private fun lookOf(language: Language): Look =
        Look(language, dark = language.ordinal / 2 == 1, scale = if (language.ordinal % 2 == 1) 2f else 1f)

    private fun panes(
        app: App,
        picture: Picture,
    ): List<String> {
        val beside = app.sees(hasTestTag("jobs-pane"))
        val wrong = mutableListOf<String>()
        if (beside == picture.screen in ALONE) wrong += "the job list beside it: $beside"
        // Closed jobs are in no list of open ones; a job that stands there is marked on each of its screens.
        val marked = compose.onAllNodes(isSelected() and hasAnyAncestor(hasTestTag("jobs-pane"))).fetchSemanticsNodes()
        if (picture.name in OPEN && marked.size != 1) wrong += "${marked.size} jobs of the list are marked"
        return wrong
    }

    private companion object {
        val KEPT = Look()
        val OPEN = setOf("job-planned", "job-begun", "form", "parts", "costs")
        val MAIN = setOf("jobs", "job-begun", "form", "parts", "status")

        /** Screens that have the whole window: those of no job, and those that a picture or the customer fills. */
        val ALONE =
            setOf(
                Screen.ENROL,
                Screen.JOBS,
                Screen.ATTENTION,
                Screen.STATUS,
                Screen.SETTINGS,
                Screen.ANNOTATE,
                Screen.CAPTURE,
                Screen.SCAN,
                Screen.CUSTOMER,
            )
    }
}
