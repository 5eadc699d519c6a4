//! What the engineer of the demo answers, in the order in which the questions come.

/// Question and value; `REPLACED` marks the one that the amendment corrects.
pub const ANSWERS: &[(&str, &str)] = &[
    ("/visit/safety/arrived", "2026-11-20T09:05:00.000+01:00"),
    ("/visit/safety/locked_out", "yes"),
    ("/visit/safety/hazards", "pressure heat"),
    ("/visit/findings/state_found", "limited"),
    ("/visit/findings/fault_since", "2026-11-18"),
    ("/visit/findings/hours", "4182"),
    ("/visit/findings/symptom", "leak"),
    ("/visit/findings/cause", "seal_worn"),
    ("/visit/findings/description", "Oil leaks at the shaft seal of the main pump, about forty drops a minute."),
    ("/visit/hydraulics/checked", "yes"),
    ("/visit/hydraulics/pressure_nominal", "160"),
    ("/visit/hydraulics/pressure_measured", "148"),
    ("/visit/hydraulics/oil_temperature", "54.5"),
    ("/visit/hydraulics/oil_level", "low"),
    ("/visit/hydraulics/leak", "yes"),
    ("/visit/hydraulics/leak_place", "Shaft seal of the main pump"),
    ("/visit/electrical/supply_voltage", "398"),
    ("/visit/electrical/insulation", "52"),
    ("/visit/electrical/emergency_stop", "passed"),
    ("/visit/work/kinds", "inspected replaced"),
    (
        "/visit/work/description",
        "Replaced the shaft seal, filled up oil, ran under load for thirty minutes without a leak.",
    ),
    ("/visit/work/begin", "09:20:00.000"),
    ("/visit/work/end", "11:05:00.000"),
    ("/visit/work/component/name", "Shaft seal"),
    ("/visit/work/component/quantity", "1"),
    ("/visit/work/component/price", "185.00"),
    ("/visit/work/component/reason", "wear"),
    ("/visit/work/component[2]/name", "O-ring set"),
    ("/visit/work/component[2]/quantity", "2"),
    ("/visit/work/component[2]/price", "12.40"),
    ("/visit/work/component[2]/reason", "wear"),
    ("/visit/handover/test_run", "yes"),
    ("/visit/handover/state_left", "running"),
    ("/visit/handover/advice", "Check the seal again after 250 hours."),
];

/// The question on which the manager remarks, and the value that the amendment gives it.
pub const QUESTION: &str = "/visit/hydraulics/pressure_measured";
/// The corrected value.
pub const CORRECTED: &str = "158";
/// What the manager asks.
pub const REMARK: &str = "148 bar is low for this pump. Was the oil warm when you measured?";
/// What the engineer writes.
pub const REASON: &str = "Measured again with warm oil";
