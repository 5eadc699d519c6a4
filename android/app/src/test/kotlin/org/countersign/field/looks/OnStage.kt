package org.countersign.field.looks

import androidx.compose.ui.test.junit4.ComposeTestRule
import org.countersign.field.office.Office
import org.countersign.field.phone.App

/** Opens an office, an app in the middle of its week, and a stage that shows every screen of it. */
fun onStage(
    compose: ComposeTestRule,
    work: (App, Gallery, Stage) -> Unit,
) {
    val app = App(compose)
    Office.open().use { office ->
        app.start()
        val gallery = Gallery(app, office)
        work(app, gallery, Stage(app).open())
    }
}
