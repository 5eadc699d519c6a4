package org.countersign.field.looks

import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Language
import org.countersign.field.app.Screen
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config

/** No screen has a barrier, in no language, with letters twice as large, on a narrow phone that shows all of it. */
@RunWith(AndroidJUnit4::class)
@Config(qualifiers = "w360dp-h2400dp-mdpi")
class BarriersTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    @Test
    fun `every screen can be used by everybody`() {
        onStage(compose) { _, gallery, stage ->
            assertEquals("screens that no picture shows", emptyList<Screen>(), gallery.forgotten())
            val found =
                Language.entries.flatMap { language ->
                    gallery.pictures.flatMap { picture ->
                        stage.show(Look(language, scale = 2f), picture.go)
                        Barriers(compose).found().map { "${picture.name} ${Look(language).tag}: $it" }.onEach(::println)
                    }
                }
            assertEquals("barriers", "", found.distinct().joinToString("\n"))
        }
    }
}
