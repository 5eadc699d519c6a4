package org.countersign.field.app

import android.content.Context
import org.countersign.field.platform.Battery
import org.countersign.field.platform.Clocks
import org.countersign.field.platform.Connectivity
import org.countersign.field.platform.DeviceSigner
import org.countersign.field.platform.FileSystemSpace
import org.countersign.field.platform.FreeSpace
import org.countersign.field.platform.ImageMaker
import org.countersign.field.platform.KeystoreSigner
import org.countersign.field.platform.KeystoreVault
import org.countersign.field.platform.Notices
import org.countersign.field.platform.OtherApps
import org.countersign.field.platform.Outside
import org.countersign.field.platform.PageDrawer
import org.countersign.field.platform.PhoneBattery
import org.countersign.field.platform.PhoneClocks
import org.countersign.field.platform.PhoneConnectivity
import org.countersign.field.platform.PhoneImages
import org.countersign.field.platform.PhoneNotices
import org.countersign.field.platform.PhonePageDrawer
import org.countersign.field.platform.PhonePlaces
import org.countersign.field.platform.PhoneSchedule
import org.countersign.field.platform.Places
import org.countersign.field.platform.Schedule
import org.countersign.field.platform.SecretVault
import org.countersign.field.platform.camera.Camera
import org.countersign.field.platform.camera.NoCamera
import org.countersign.field.platform.camera.PhoneCamera

/** Everything of the phone that the app uses, each behind an interface; one argument a piece. */
@Suppress("LongParameterList")
class Phone(
    /** The device's key. */
    val signer: DeviceSigner,
    /** What seals the device's token. */
    val vault: SecretVault,
    /** Free space. */
    val space: FreeSpace,
    /** Clocks. */
    val clocks: Clocks,
    /** Battery. */
    val battery: Battery,
    /** Network. */
    val connectivity: Connectivity,
    /** Where the phone is. */
    val places: Places,
    /** Pictures of files. */
    val images: ImageMaker,
    /** Notifications. */
    val notices: Notices,
    /** Other apps. */
    val outside: Outside,
    /** Work while the app is not on the screen. */
    val schedule: Schedule,
    /** The camera. */
    val camera: Camera = NoCamera,
    /** Pages of documents. */
    val pages: PageDrawer = PhonePageDrawer,
) {
    /** Making. */
    companion object {
        /** The phone that this app runs on. */
        fun real(context: Context): Phone =
            Phone(
                signer = KeystoreSigner(context),
                vault = KeystoreVault(context),
                space = FileSystemSpace(),
                clocks = PhoneClocks(context),
                battery = PhoneBattery(context),
                connectivity = PhoneConnectivity(context),
                places = PhonePlaces(context),
                images = PhoneImages(),
                notices = PhoneNotices(context),
                outside = OtherApps(context),
                schedule = PhoneSchedule(context),
                camera = PhoneCamera(context),
            )
    }
}
