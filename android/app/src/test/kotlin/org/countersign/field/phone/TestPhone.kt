package org.countersign.field.phone

import android.content.Context
import org.countersign.field.app.Phone
import org.countersign.field.platform.BatteryState
import org.countersign.field.platform.OtherApps
import org.countersign.field.platform.PhoneImages
import org.countersign.field.platform.camera.DrawnCamera
import java.io.File
import java.nio.file.Files

/** A phone in a folder: the real core with a key in memory, and everything around it as a test wants it. */
class TestPhone(
    context: Context,
    /** Where the core keeps its store. */
    val folder: File = Files.createTempDirectory("countersign-phone").toFile(),
    /** The key. */
    val signer: SoftwareSigner = SoftwareSigner(),
) {
    /** What seals its token. */
    val vault = SoftwareVault()

    /** Free space. */
    val space = SettableSpace()

    /** Clocks. */
    val clocks = SettableClocks()

    /** The network. */
    val network = SettableNetwork()

    /** Notifications. */
    val notices = NotedNotices(context)

    /** Other apps. */
    val outside = NotedOutside(OtherApps(context))

    /** Work for later. */
    val schedule = NotedSchedule()

    /** What is chosen. */
    val preferences = NotedPreferences()

    /** The bytes of the next photo; without any the camera fails. */
    var photo: ByteArray? = null

    /** The camera that the app drives itself; there is none unless a test says so. */
    val camera = DrawnCamera({ photo }, there = false)

    /** As the app sees it. */
    val phone =
        Phone(
            signer = signer,
            vault = vault,
            space = space,
            clocks = clocks,
            battery = { BatteryState(percent = BATTERY, charging = false, saving = false) },
            connectivity = network,
            places = FixedPlace(),
            images = PhoneImages(),
            notices = notices,
            outside = outside,
            schedule = schedule,
            camera = camera,
            pages = PlainPages,
        )

    private companion object {
        const val BATTERY = 80
    }
}
