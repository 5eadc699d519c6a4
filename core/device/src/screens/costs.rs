//! Times, charges, totals and cash of a visit: what it costs, who pays, what the rates still propose.

use countersign_model::Id;
use countersign_model::document::{Payer, VoucherClass};
use countersign_model::entity::{CashReceipt, CashState, Charge, ChargeKind, TimeEntry, TimeKind, standing};
use countersign_model::money::{Line, Money, Totals};
use serde::Serialize;

use super::revision;
use crate::app::charging::{class_of, currency, facts, proposed};
use crate::app::content::{person_name, prices_shown, to_pay};
use crate::app::work::Work;
use crate::app::{App, AppError, ChargeTyped, TimeTyped};
use crate::store::Rows;

/// A time entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimeLine {
    /// The entry: a correction names it.
    pub entry: Id,
    /// Whose.
    pub person: String,
    /// On what.
    pub kind: TimeKind,
    /// Minutes.
    pub minutes: i64,
    /// Kilometres, for travel.
    pub kilometres: Option<i64>,
    /// Booked after the signature by another device.
    pub late: bool,
    /// What a correction starts from.
    pub typed: TimeTyped,
}

/// A charge that is no part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChargeLine {
    /// The charge: a correction names it.
    pub charge: Id,
    /// What for.
    pub kind: ChargeKind,
    /// In words.
    pub description: String,
    /// Hours, kilometres or pieces; empty for a sum without one.
    pub quantity: String,
    /// Price of one.
    pub unit_price: Option<Money>,
    /// The charged line.
    pub line: Line,
    /// Who pays.
    pub payer: Payer,
    /// Booked after the signature by another device.
    pub late: bool,
    /// What a correction starts from.
    pub typed: ChargeTyped,
}

/// A charge that the rates propose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProposalLine {
    /// What for.
    pub kind: ChargeKind,
    /// Hours, kilometres or visits.
    pub quantity: String,
    /// Price of one.
    pub unit_price: Money,
    /// The line that it would make.
    pub line: Line,
    /// Whether it would put a charge right that stands.
    pub corrects: bool,
}

/// Cash that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CashLine {
    /// The receipt.
    pub receipt: Id,
    /// Its printed number.
    pub number: String,
    /// The sum.
    pub amount: Money,
    /// Who gave it.
    pub received_from: String,
    /// How.
    pub method: String,
    /// Where the money is.
    pub state: CashState,
    /// Whether the engineer still has it and can hand it over.
    pub here: bool,
}

/// What a visit costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CostsScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Currency of the voucher.
    pub currency: String,
    /// Class of the voucher.
    pub class: VoucherClass,
    /// Who pays what names nobody else.
    pub payer: Payer,
    /// Whether the pages show prices to the customer.
    pub prices_shown: bool,
    /// Times that stand.
    pub times: Vec<TimeLine>,
    /// Charges that stand.
    pub charges: Vec<ChargeLine>,
    /// What the rates still propose.
    pub proposed: Vec<ProposalLine>,
    /// What the customer pays; `None` for nothing.
    pub totals: Option<Totals>,
    /// Cash that was taken on this visit.
    pub cash: Vec<CashLine>,
}

impl App {
    /// Times, charges, totals and cash of this person's visit of a job.
    pub fn costs_screen(&self, job: &str) -> Result<CostsScreen, AppError> {
        self.show(|rows| {
            let work = self.work(rows, job)?;
            let layers = work.layers(rows)?;
            let class = class_of(&work);
            let language = self.signing_language(rows, &work)?;
            let mut screen = CostsScreen {
                revision: 0,
                currency: currency(rows, &work)?,
                payer: class.payer(),
                prices_shown: prices_shown(rows, &class)?,
                times: times(rows, facts(rows, &layers)?)?,
                charges: charges(facts(rows, &layers)?, &class),
                proposed: proposals(rows, &work)?,
                totals: to_pay(rows, &layers, language, &class)?,
                cash: cash(rows, work.visit_id)?,
                class,
            };
            screen.revision = revision(&screen);
            Ok(screen)
        })
    }
}

fn times(rows: &Rows<'_>, entries: Vec<(Id, TimeEntry)>) -> Result<Vec<TimeLine>, AppError> {
    let spent = |entry: &TimeEntry| entry.minutes != 0 || entry.kilometres.unwrap_or(0) != 0;
    let standing = standing(entries).into_iter().filter(|(_, entry)| spent(entry));
    standing
        .map(|(entry, body)| {
            Ok(TimeLine {
                entry,
                typed: TimeTyped::again(&body),
                person: person_name(rows, body.person)?,
                kind: body.kind,
                minutes: body.minutes,
                kilometres: body.kilometres,
                late: body.late,
            })
        })
        .collect()
}

fn charges(charges: Vec<(Id, Charge)>, class: &VoucherClass) -> Vec<ChargeLine> {
    let standing = standing(charges).into_iter().filter(|(_, charge)| charge.line.net.minor != 0);
    standing
        .map(|(charge, body)| ChargeLine {
            charge,
            typed: ChargeTyped::again(charge, &body),
            kind: body.kind,
            description: body.description,
            quantity: body.quantity,
            unit_price: body.unit_price,
            line: body.line,
            payer: body.payer.unwrap_or_else(|| class.payer()),
            late: body.late,
        })
        .collect()
}

fn proposals(rows: &Rows<'_>, work: &Work) -> Result<Vec<ProposalLine>, AppError> {
    let proposed = proposed(rows, work)?.into_iter();
    Ok(proposed
        .map(|line| ProposalLine {
            kind: line.kind,
            quantity: line.quantity,
            unit_price: line.unit_price,
            line: line.line,
            corrects: line.replaces.is_some(),
        })
        .collect())
}

fn cash(rows: &Rows<'_>, visit: Id) -> Result<Vec<CashLine>, AppError> {
    let receipts = rows.children_of::<CashReceipt>(visit)?.into_iter();
    Ok(receipts
        .map(|(receipt, body)| CashLine {
            receipt,
            number: body.number,
            amount: body.amount,
            received_from: body.received_from,
            method: body.method.to_string(),
            here: body.state == CashState::Taken,
            state: body.state,
        })
        .collect())
}
