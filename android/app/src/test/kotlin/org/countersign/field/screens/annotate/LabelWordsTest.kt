package org.countersign.field.screens.annotate

import androidx.lifecycle.SavedStateHandle
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.core.Spot
import org.countersign.core.choices
import org.countersign.core.takesWords
import org.countersign.field.phone.TestApplication
import org.countersign.field.phone.openDesk
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

@RunWith(AndroidJUnit4::class)
class LabelWordsTest {
    private val application: TestApplication = ApplicationProvider.getApplicationContext()

    private fun model(): AnnotateViewModel {
        val saved = SavedStateHandle(mapOf("job" to "V-1", "evidence" to "none"))
        val model = AnnotateViewModel(application.openDesk().core, saved)
        model.chooseTool(choices("shape").first(::takesWords))
        return model
    }

    @Test
    fun `words that are too many stay in the field, and no label is put with a part of them`() {
        val model = model()
        val words = "ö".repeat(LongestLabel + 1)
        model.write(words)
        assertEquals("nothing is cut in silence", words, model.strokes.value.words)
        assertTrue("no label is put", model.begin(Spot(100, 100)))
        assertNull(model.strokes.value.shapes)
        model.write(words.drop(1))
        model.begin(Spot(100, 100))
        assertEquals(1, model.strokes.value.shapes?.size)
    }
}
