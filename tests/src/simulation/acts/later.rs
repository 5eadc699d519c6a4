//! What a person puts right or does beside the visit's usual way: take-backs, corrections, a diagnosis, wishes, drawings,
//! remote visits, cash.

use std::collections::BTreeSet;

use countersign_device::app::{App, AppError, CashTaken, ChargeEntry, Diagnosis, OwnVisit, TimeSpent};
use countersign_evidence::samples::sample_signature;
use countersign_model::Id;
use countersign_model::entity::{
    CashMethod, CashReceipt, Charge, ChargeKind, Entity, Evidence, Ink, MachineState, PartUse, Shape, Spot, TimeEntry,
    Visit, Window,
};

use super::pick;
use crate::chance::Chance;

type Outcome = Result<(), AppError>;

/// One record of a kind that belongs to a visit of this job; now and then one of any job, since a person may try that.
fn some<T: Entity>(
    app: &App,
    job: &str,
    subject: fn(&T) -> Id,
    chance: &mut Chance,
) -> Result<Option<(Id, T)>, AppError> {
    let wanted = app.find_job(job)?;
    let anywhere = chance.below(6) == 0;
    let mut found = app.store().read(|rows| {
        let visits = rows.all::<Visit>()?.into_iter().filter(|(_, visit)| visit.job == wanted);
        let visits: BTreeSet<Id> = visits.map(|(id, _)| id).collect();
        let all = rows.all::<T>()?;
        Ok(all.into_iter().filter(|(_, row)| anywhere || visits.contains(&subject(row))).collect::<Vec<_>>())
    })?;
    let places: Vec<usize> = (0..found.len()).collect();
    Ok(pick(&places, chance).map(|place| found.swap_remove(place)))
}

/// Takes back a part that was booked.
pub fn take_back(app: &App, job: &str, chance: &mut Chance) -> Outcome {
    let Some((used, _)) = some::<PartUse>(app, job, |used| used.subject.id, chance)? else { return Ok(()) };
    app.reverse_part(job, used).map(|_| ())
}

/// Puts a time entry right, or takes it out.
pub fn correct_time(app: &App, job: &str, chance: &mut Chance) -> Outcome {
    let Some((id, entry)) = some::<TimeEntry>(app, job, |entry| entry.subject.id, chance)? else { return Ok(()) };
    let minutes = i64::try_from(chance.below(90)).unwrap_or(0);
    app.correct_time(job, id, TimeSpent { kind: entry.kind, minutes, kilometres: None })
}

/// Charges a sum.
pub fn charge(app: &App, job: &str, chance: &mut Chance) -> Outcome {
    let price = i64::try_from(100 + chance.below(10_000)).unwrap_or(100);
    let (kind, description, quantity) = (ChargeKind::CallOut, "hall crane".to_owned(), String::new());
    let entry = ChargeEntry { kind, description, quantity, price, tax_basis_points: None, payer: None, replaces: None };
    app.charge(job, entry).map(|_| ())
}

/// Takes a charge out.
pub fn remove_charge(app: &App, job: &str, chance: &mut Chance) -> Outcome {
    let Some((charge, _)) = some::<Charge>(app, job, |charge| charge.subject.id, chance)? else { return Ok(()) };
    app.remove_charge(job, charge).map(|_| ())
}

/// Says what was found.
pub fn diagnose(app: &App, job: &str, chance: &mut Chance) -> Outcome {
    let findings = format!("seal {} worn", chance.below(100));
    let machine_state = (chance.below(2) == 0).then_some(MachineState::Running);
    app.diagnose(job, Diagnosis { findings: Some(findings), machine_state, ..Diagnosis::default() })
}

/// Asks the office for another appointment.
pub fn ask(app: &App, job: &str, chance: &mut Chance) -> Outcome {
    let from = 1_800_000_000_000 + i64::try_from(chance.below(1_000_000)).unwrap_or(0) * 1_000;
    app.ask_for_window(job, Window { from, to: from + 3_600_000 }, "the customer is away").map(|_| ())
}

/// Draws over a photo, or takes the drawing away.
pub fn annotate(app: &App, job: &str, chance: &mut Chance) -> Outcome {
    let Some((photo, _)) = some::<Evidence>(app, job, |photo| photo.subject.id, chance)? else { return Ok(()) };
    let mut spot = || i64::try_from(chance.below(1_000)).unwrap_or(0);
    let middle = Spot { x: spot(), y: spot() };
    let circle = Shape::Circle { middle, radius: 1 + spot() / 4, ink: Ink::Red };
    let shapes = if chance.below(4) == 0 { Vec::new() } else { vec![circle] };
    app.annotate(job, &photo.to_string(), shapes).map(|_| ())
}

/// Says that the visit is by phone, or that it is not.
pub fn mark_remote(app: &App, job: &str, chance: &mut Chance) -> Outcome {
    app.mark_remote(job, chance.below(2) == 0)
}

/// Plans a further visit, which may collect a remote one.
pub fn plan_own(app: &App, job: &str, chance: &mut Chance) -> Outcome {
    let wanted = app.find_job(job)?;
    let visits = app.store().read(|rows| rows.all::<Visit>())?;
    let remote = visits.into_iter().filter(|(_, visit)| visit.job == wanted && visit.remote).map(|(id, _)| id);
    let collects = if chance.below(3) == 0 { Vec::new() } else { remote.collect() };
    app.plan_own_visit(job, OwnVisit { window: None, remote: chance.below(3) == 0, collects }).map(|_| ())
}

/// Takes money.
pub fn take_cash(app: &App, job: &str, chance: &mut Chance) -> Outcome {
    let minor = i64::try_from(100 + chance.below(100_000)).ok();
    let (received_from, note) = ("M. Lin".to_owned(), String::new());
    let engineer_strokes = sample_signature(2);
    app.take_cash(job, CashTaken { minor, received_from, method: CashMethod::Cash, note, engineer_strokes }).map(|_| ())
}

/// Says that money went to the accountant.
pub fn hand_over_cash(app: &App, chance: &mut Chance) -> Outcome {
    let receipts = app.store().read(|rows| rows.all::<CashReceipt>())?;
    let places: Vec<usize> = (0..receipts.len()).collect();
    let Some((_, receipt)) = pick(&places, chance).and_then(|place| receipts.get(place)) else { return Ok(()) };
    app.hand_over_cash(&receipt.number)
}
