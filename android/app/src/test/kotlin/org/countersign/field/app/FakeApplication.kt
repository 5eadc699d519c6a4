package org.countersign.field.app

import kotlinx.coroutines.CoroutineScope

/** The app over a phone of a test and the real core. */
class FakeApplication : CountersignApplication() {
    lateinit var fake: FakePhone
        private set

    override fun make(scope: CoroutineScope): AppContainer {
        fake = FakePhone(this)
        return AppContainer(this, fake.phone, FakePreferences(), scope)
    }
}
