package org.countersign.field.visit

/** The sample form, answered as an engineer does, in its order. */
internal val ANSWERS: Map<String, String> =
    linkedMapOf(
        "/visit/safety/arrived" to "2026-11-20T09:05:00.000+01:00",
        "/visit/safety/locked_out" to "yes",
        "/visit/safety/hazards" to "pressure heat",
        "/visit/findings/state_found" to "limited",
        "/visit/findings/fault_since" to "2026-11-18",
        "/visit/findings/hours" to "4182",
        "/visit/findings/symptom" to "leak",
        "/visit/findings/cause" to "seal_worn",
        "/visit/findings/description" to "Oil leaks at the shaft seal of the main pump.",
        "/visit/hydraulics/checked" to "yes",
        "/visit/hydraulics/pressure_nominal" to "160",
        "/visit/hydraulics/pressure_measured" to "148",
        "/visit/hydraulics/oil_temperature" to "54.5",
        "/visit/hydraulics/oil_level" to "low",
        "/visit/hydraulics/leak" to "yes",
        "/visit/hydraulics/leak_place" to "Shaft seal of the main pump",
        "/visit/electrical/supply_voltage" to "398",
        "/visit/electrical/insulation" to "52",
        "/visit/electrical/emergency_stop" to "passed",
        "/visit/work/kinds" to "inspected replaced",
        "/visit/work/description" to "Replaced the shaft seal and ran it under load.",
        "/visit/work/begin" to "09:20:00.000",
        "/visit/work/end" to "11:05:00.000",
        "/visit/handover/test_run" to "yes",
        "/visit/handover/state_left" to "running",
        "/visit/handover/advice" to "Check the seal again after 250 hours. 阀门 ✓",
    )

/** What the manager asks about. */
internal const val PRESSURE = "/visit/hydraulics/pressure_measured"

/** Where the photo of the state found goes. */
internal const val PHOTO_FOUND = "/visit/safety/photo_as_found"

/** Where the photo of the state left goes. */
internal const val PHOTO_LEFT = "/visit/handover/photo_as_left"
