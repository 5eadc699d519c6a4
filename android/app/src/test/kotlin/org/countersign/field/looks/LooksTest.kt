package org.countersign.field.looks

import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Language
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import java.awt.image.BufferedImage
import java.io.File

/** Every screen in every look, for people to look at; the main ones against pictures that are kept. */
@RunWith(AndroidJUnit4::class)
@Config(qualifiers = "w411dp-h891dp-hdpi")
class LooksTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val output = File(System.getProperty("countersign.output") ?: "build/looks", "looks")
    private val goldens = Goldens()

    /** All of them take minutes: `COUNTERSIGN_ALL_LOOKS=1` in the environment asks for them. */
    private val looks = if (System.getenv("COUNTERSIGN_ALL_LOOKS") == "1") Look.all else Look.everyday

    @Test
    @Suppress("NestedBlockDepth")
    fun `every screen in every look`() {
        onStage(compose) { app, gallery, stage ->
            val shots = mutableMapOf<String, MutableList<Pair<Look, BufferedImage>>>()
            for (language in Language.entries) {
                for (picture in gallery.pictures) {
                    val looks = looks.filter { it.language == language }
                    stage.show(looks.first(), picture.go)
                    for (look in looks) {
                        stage.relight(look)
                        shots.getOrPut(picture.name) { mutableListOf() } += look to photograph(app.activity.window)
                    }
                }
            }
            contactSheet(output, shots)
            val wrong = MAIN.flatMap { name -> compared(name, shots.getValue(name)) }
            assertEquals("pictures that changed", "", wrong.joinToString("\n"))
        }
    }

    private fun compared(
        name: String,
        pictures: List<Pair<Look, BufferedImage>>,
    ): List<String> =
        pictures
            .filter { (look, _) -> look in KEPT }
            .mapNotNull { (look, picture) -> goldens.differs("$name-$look", picture, File(output, "different")) }

    private companion object {
        /** Screens that are compared with the pictures that are kept. */
        val MAIN =
            listOf(
                "enrol",
                "jobs",
                "job-planned",
                "job-begun",
                "job-returned",
                "form",
                "files",
                "parts",
                "costs",
                "sign",
                "customer",
                "status",
            )

        /** The looks that are kept. */
        val KEPT =
            setOf(
                Look(),
                Look(Language.SPANISH, scale = 2f),
                Look(Language.TRADITIONAL_CHINESE, dark = true),
            )
    }
}
