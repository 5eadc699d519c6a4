package org.countersign.field.app

import android.content.Context
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.update
import org.countersign.field.platform.BatteryState
import org.countersign.field.platform.FakeClocks
import org.countersign.field.platform.FakeConnectivity
import org.countersign.field.platform.FakeNotices
import org.countersign.field.platform.FakeOutside
import org.countersign.field.platform.FakePlaces
import org.countersign.field.platform.FakeSchedule
import org.countersign.field.platform.FakeSigner
import org.countersign.field.platform.FakeSpace
import org.countersign.field.platform.FakeVault
import org.countersign.field.platform.PhoneImages
import org.countersign.field.platform.camera.DrawnCamera
import java.io.File

/** A phone whose pieces a test holds in its hand. */
class FakePhone(
    context: Context,
) {
    val signer = FakeSigner()
    val vault = FakeVault()
    val space = FakeSpace()
    val clocks = FakeClocks()
    val connectivity = FakeConnectivity()
    val places = FakePlaces()
    val notices = FakeNotices(context)
    val outside = FakeOutside(File(context.cacheDir, "outside"))
    val schedule = FakeSchedule()

    /** The bytes of the next photo; without any the camera fails. */
    var photo: ByteArray? = null
    val camera = DrawnCamera({ photo })

    /** As the app sees it. */
    val phone =
        Phone(
            signer = signer,
            vault = vault,
            space = space,
            clocks = clocks,
            battery = { BatteryState(percent = 80, charging = false, saving = false) },
            connectivity = connectivity,
            places = places,
            images = PhoneImages(),
            notices = notices,
            outside = outside,
            schedule = schedule,
            camera = camera,
        )
}

/** Preferences in memory. */
class FakePreferences : Preferences {
    private val state = MutableStateFlow(Chosen())

    override val chosen: StateFlow<Chosen> = state

    override fun choose(change: (Chosen) -> Chosen) = state.update(change)
}
