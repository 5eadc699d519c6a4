//! What the words that a person typed for a command still lack: one question for each command, so that a shell combines
//! nothing and offers no press that would be refused.

use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::money::quantity_of;
use countersign_texts::{Zone, typed_number, typed_window};

use crate::app::charge_typed::typed_price;
use crate::app::{ChargeTyped, OwnVisitTyped, PartBooking, TimeTyped, Wanted, typed_payment};

/// What a person typed for a command so far.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Typing {
    /// What is still missing or does not fit, with times in this zone. Carrying it out asks the same rules once more.
    pub fn check(&self, zone: &Zone) -> Result<(), Refusal> {
        match self {
            Typing::NewJob { serial, fault } => said("serial", serial).and_then(|()| said("fault", fault)),
            Typing::NameplateJob { fault } => said("fault", fault),
            Typing::Class { reason } | Typing::Amendment { reason } | Typing::GiveUp { reason } => {
                said("reason", reason)
            }
            Typing::Note { text } => said("text", text),
            Typing::Meter { value } => number("meter", value),
            Typing::Part { booking } => {
                said("code", &booking.code).and_then(|()| number("quantity", &booking.quantity))
            }
            Typing::OwnVisit { typed } => typed_window(&typed.from, &typed.to, zone).map(|_| ()),
            Typing::Wish { wanted } => wanted.check(zone),
            Typing::Charge { typed, currency } => typed_price(&typed.price, currency).map(|_| ()),
            Typing::CorrectedTime { typed } => said("minutes", &typed.minutes),
            Typing::Payment { sum, currency } => typed_payment(sum, currency).map(|_| ()),
            Typing::HandOver { key } => said("code", key),
            Typing::Invitation { code } => said("code", code),
        }
    }
}

fn said(field: &str, text: &str) -> Result<(), Refusal> {
    match text.trim().is_empty() {
        true => Err(Refusal::new(RefusalCode::Missing).with("field", field)),
        false => Ok(()),
    }
}

fn number(field: &str, text: &str) -> Result<(), Refusal> {
    said(field, text)?;
    let wrong = |_| {
        let shown: String = text.chars().take(40).collect();
        Refusal::new(RefusalCode::NotANumber).with("field", field).with("value", shown)
    };
    quantity_of(&typed_number(text)).map(|_| ()).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use countersign_model::Language;
    use countersign_model::entity::ChargeKind;
    use countersign_texts::Texts;

    use super::*;

    fn text(word: &str) -> String {
        word.to_owned()
    }

    fn booking(code: &str, quantity: &str) -> Typing {
        Typing::Part { booking: PartBooking { code: text(code), quantity: text(quantity), ..PartBooking::default() } }
    }

    fn charge(price: &str) -> Typing {
        let typed = ChargeTyped {
            kind: ChargeKind::Miscellaneous,
            description: String::new(),
            quantity: String::new(),
            price: text(price),
            payer: None,
            replaces: None,
        };
        Typing::Charge { typed, currency: text("EUR") }
    }

    fn window(from: &str, to: &str) -> Typing {
        Typing::OwnVisit { typed: OwnVisitTyped { from: text(from), to: text(to), ..OwnVisitTyped::default() } }
    }

    /// Every command with words that lack nothing, and with words that lack something.
    fn rows() -> Vec<(Typing, Vec<Typing>)> {
        let job = |serial: &str, fault: &str| Typing::NewJob { serial: text(serial), fault: text(fault) };
        let time = |minutes: &str| Typing::CorrectedTime {
            typed: TimeTyped { minutes: text(minutes), ..TimeTyped::default() },
        };
        let pay = |sum: &str| Typing::Payment { sum: text(sum), currency: text("EUR") };
        vec![
            (job("3391", "leaks"), vec![job(" ", "leaks"), job("3391", "\n")]),
            (Typing::NameplateJob { fault: text("leaks") }, vec![Typing::NameplateJob { fault: text(" ") }]),
            (Typing::Class { reason: text("agreed") }, vec![Typing::Class { reason: text("") }]),
            (Typing::Amendment { reason: text("misread") }, vec![Typing::Amendment { reason: text("\t") }]),
            (Typing::GiveUp { reason: text("no need") }, vec![Typing::GiveUp { reason: text("") }]),
            (Typing::Note { text: text("rust") }, vec![Typing::Note { text: text("  ") }]),
            (
                Typing::Meter { value: text("1234,5") },
                vec![Typing::Meter { value: text("") }, Typing::Meter { value: text("much") }],
            ),
            (booking("HYD-12", "1"), vec![booking("", "1"), booking("HYD-12", ""), booking("HYD-12", "some")]),
            (window("", ""), vec![window("2026-11-30T10:00", "")]),
            (charge("12,50"), vec![charge(""), charge("dear")]),
            (time("10"), vec![time("")]),
            (pay(""), vec![pay("nothing")]),
            (Typing::HandOver { key: text("k") }, vec![Typing::HandOver { key: text("") }]),
            (Typing::Invitation { code: text("c") }, vec![Typing::Invitation { code: text(" \n") }]),
        ]
    }

    #[test]
    fn each_command_says_what_its_words_lack_in_every_language() {
        for (whole, lacking) in rows() {
            assert_eq!(whole.check(&Zone::utc()), Ok(()), "{whole:?}");
            for typing in lacking {
                let refusal = typing.check(&Zone::utc()).expect_err(&format!("{typing:?}"));
                for language in Language::ALL {
                    let sentence = Texts::new(language).refusal(&refusal);
                    assert!(!sentence.is_empty() && !sentence.contains('{'), "{typing:?}: {sentence}");
                }
            }
        }
    }
}
