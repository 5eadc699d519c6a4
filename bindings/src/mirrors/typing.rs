//! What a person typed for a command, before it is carried out. A mirror of the core's: a variant that is missing here does
//! not compile.

use countersign_device::app::{ChargeTyped, OwnVisitTyped, PartBooking, TimeTyped, Wanted};
use countersign_device::screens::Typing;

/// What a person typed for a command so far.
#[uniffi::remote(Enum)]
pub enum Typing {
    /// A new job.
    NewJob {
        /// The machine's serial number.
        serial: String,
        /// What is wrong.
        fault: String,
    },
    /// A new job from the photo of a nameplate, which stands for the number.
    NameplateJob {
        /// What is wrong.
        fault: String,
    },
    /// Another class.
    Class {
        /// Why.
        reason: String,
    },
    /// An amendment that is begun.
    Amendment {
        /// Why.
        reason: String,
    },
    /// Something that is given up: an open amendment, a refused entry.
    GiveUp {
        /// Why.
        reason: String,
    },
    /// A note.
    Note {
        /// What it says.
        text: String,
    },
    /// A reading of the meter.
    Meter {
        /// What it shows.
        value: String,
    },
    /// A part that is booked or taken back.
    Part {
        /// Which, and how many.
        booking: PartBooking,
    },
    /// A further visit.
    OwnVisit {
        /// When and how.
        typed: OwnVisitTyped,
    },
    /// A wish to the office.
    Wish {
        /// What for.
        wanted: Wanted,
    },
    /// A charge.
    Charge {
        /// What for, and how much.
        typed: ChargeTyped,
        /// The voucher's currency.
        currency: String,
    },
    /// A time that is put right.
    CorrectedTime {
        /// As it should be.
        typed: TimeTyped,
    },
    /// Money that is taken.
    Payment {
        /// How much; empty takes what the voucher asks for.
        sum: String,
        /// The voucher's currency.
        currency: String,
    },
    /// A hand-over of work to a colleague's device.
    HandOver {
        /// That device's key.
        key: String,
    },
    /// An invitation of the office.
    Invitation {
        /// As it was typed, pasted or scanned.
        code: String,
    },
}
