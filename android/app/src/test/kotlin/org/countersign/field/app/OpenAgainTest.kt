package org.countersign.field.app

import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.R
import org.countersign.field.office.Office
import org.countersign.field.office.Program
import org.countersign.field.phone.App
import org.countersign.field.visit.Work
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import java.io.File

@RunWith(AndroidJUnit4::class)
class OpenAgainTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    private val app by lazy { App(compose) }

    @Test
    fun `a store that opens at the second try is in touch with the office, and files what a crash left behind`() {
        app.application.beWatched()
        app.waitUntil("the store opens") { app.application.core != null }
        Work(app.core).enrol(office)
        val store = app.phone.folder
        val aside = File("${store.path}-aside")
        app.application.end()
        check(store.renameTo(aside) && store.createNewFile())
        app.application.container.openStore()
        app.application.window = Robolectric.buildActivity(MainActivity::class.java).setup()
        app.see("trouble")
        check(store.delete() && aside.renameTo(store))
        val job = office.job("Planned while it was closed")
        val left = File(app.application.filesDir, "capture/$job/found/-/IMG_1.jpg")
        checkNotNull(left.parentFile).mkdirs()
        Program.photo(left, seed = 41).setLastModified(System.currentTimeMillis() - HOUR)
        app.tap(hasText(app.application.getString(R.string.try_again)) and hasClickAction())
        app.see(hasTestTag("jobs"))
        app.waitUntil("the office is heard") { runCatching { app.core.jobScreen(job) }.isSuccess }
        // It is tried at once: where its job is not here yet, a person is asked.
        val asked = { app.core.outboxScreen().attention.any { it.id == left.path } }
        app.waitUntil("it was filed, or tried to be") { !left.exists() || asked() }
        app.stop()
    }

    private companion object {
        const val HOUR = 3_600_000L
        val office by lazy { Office.open() }
    }
}
