package org.countersign.field.border

import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.countersign.field.office.Office
import org.countersign.field.phone.App
import org.countersign.field.visit.Work
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** What a large job costs on its way over the border. Printed, not judged: the machine of a test is anybody's. */
@RunWith(AndroidJUnit4::class)
class BorderCostTest {
    @get:Rule
    val compose = createEmptyComposeRule()

    @Test
    fun `a job with thirty files`() {
        val app = App(compose)
        app.waitUntil("the store opens") { app.application.core != null }
        Office.open().use { office ->
            val job = office.job("Everything is photographed")
            val work = Work(app.core).enrol(office)
            repeat(FILES) { work.photo(job, if (it % 2 == 0) "found" else "left", seed = it) }
            work.tidy()
            assertEquals(FILES, app.core.jobScreen(job).evidence.size)
            repeat(WARM) { app.core.jobScreen(job) }
            val micros =
                List(TURNS) {
                    val begin = System.nanoTime()
                    app.core.jobScreen(job)
                    (System.nanoTime() - begin) / NANOSECONDS
                }.sorted()
            println(
                "bench border job-screen-30-files median ${micros[TURNS / 2]} us, p95 ${micros[TURNS * 95 / 100]} us",
            )
        }
    }

    private companion object {
        const val FILES = 30
        const val WARM = 50
        const val TURNS = 200
        const val NANOSECONDS = 1_000L
    }
}
