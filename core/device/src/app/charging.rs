//! Times and charges with their prices: which list counts, what the rates propose, who pays. Judges nothing; the rules of
//! money are the model's.

use countersign_model::charges::{ProposedCharge, propose};
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::{Payer, VoucherClass};
use countersign_model::entity::{
    Charge, ChargeKind, Company, Customer, Depot, Entity, Part, PartUse, Policy, Price, Replaceable, TimeEntry,
    price_id, standing,
};
use countersign_model::money::{Line, Money};
use countersign_model::payload::{ChargeAdd, Payload, TimeRecorded};
use countersign_model::{Id, RecordRef};

use super::work::{Work, not_found};
use super::{App, AppError, ChargeTyped, TimeSpent};
use crate::store::{Rows, StoreError};

/// A charge that is no part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeEntry {
    /// What for.
    pub kind: ChargeKind,
    /// In words; empty takes the name of the kind in the signer's language.
    pub description: String,
    /// Hours, kilometres or pieces; empty for a sum without one.
    pub quantity: String,
    /// Price of one, or the whole sum where there is no quantity, in minor units of the voucher's currency.
    pub price: i64,
    /// Tax rate; `None` takes the company's.
    pub tax_basis_points: Option<i64>,
    /// Who pays; `None` leaves it to the class.
    pub payer: Option<Payer>,
    /// The charge that this one puts right.
    pub replaces: Option<Id>,
}

/// The class that a work's document has: what the open amendment sets, else the voucher's, else the job's.
pub(crate) fn class_of(work: &Work) -> VoucherClass {
    let amended = work.draft.as_ref().and_then(|(_, draft)| draft.class.clone());
    let voucher = work.voucher.as_ref().map(|voucher| voucher.class.clone());
    amended.or(voucher).unwrap_or_else(|| work.job.class.clone())
}

/// The rows of a kind on every layer of a work.
pub(crate) fn facts<T: countersign_model::entity::Entity>(
    rows: &Rows<'_>,
    layers: &[RecordRef],
) -> Result<Vec<(Id, T)>, StoreError> {
    let mut found = Vec::new();
    for layer in layers {
        found.extend(rows.children_of::<T>(layer.id)?);
    }
    Ok(found)
}

/// The currency of a voucher: that of its first line, else the customer's list, else the company's.
pub(crate) fn currency(rows: &Rows<'_>, work: &Work) -> Result<String, AppError> {
    let layers = work.layers(rows)?;
    let parts = facts::<PartUse>(rows, &layers)?.into_iter().filter_map(|(_, used)| used.unit_price);
    let charges = facts::<Charge>(rows, &layers)?.into_iter().map(|(_, charge)| charge.line.net);
    if let Some(first) = parts.chain(charges).next() {
        return Ok(first.currency);
    }
    let customer = work.job.customer.map(|id| rows.get::<Customer>(id)).transpose()?.flatten();
    if let Some(customer) = customer.filter(|customer| !customer.currency.is_empty()) {
        return Ok(customer.currency);
    }
    let company = rows.all::<Company>()?.into_iter().next().map(|(_, company)| company.currency);
    Ok(company.unwrap_or_default())
}

/// Price and tax rate of a part on the list of a currency; `None` where it is not sold in it.
pub(crate) fn price_of(
    rows: &Rows<'_>,
    id: Id,
    part: &Part,
    currency: &str,
) -> Result<Option<(Money, i64)>, StoreError> {
    let listed = rows.get::<Price>(price_id(currency, id))?.filter(|price| !price.archived);
    let own = (part.price.currency == currency).then(|| (part.price.clone(), part.tax_basis_points));
    Ok(listed.map(|price| (price.price, price.tax_basis_points)).or(own))
}

/// The van of a person.
pub(crate) fn own_van(rows: &Rows<'_>, person: Id) -> Result<Option<Id>, StoreError> {
    let depots = rows.all::<Depot>()?.into_iter();
    Ok(depots.filter(|(_, depot)| !depot.archived).find(|(_, depot)| depot.person == Some(person)).map(|(id, _)| id))
}

/// The tax of a charge that names none: that of the rate for its kind in the currency, else of any rate in it, since tax
/// is that of the place where the list is sold; else the company's own.
fn usual_tax(rows: &Rows<'_>, currency: &str, kind: &ChargeKind) -> Result<i64, StoreError> {
    let policy = rows.all::<Policy>()?.into_iter().next().map(|(_, policy)| policy).unwrap_or_default();
    let in_currency: Vec<_> = policy.rates.iter().filter(|rate| rate.price.currency == currency).collect();
    let own = in_currency.iter().find(|rate| rate.kind == *kind).or(in_currency.first());
    if let Some(rate) = own {
        return Ok(rate.tax_basis_points);
    }
    let company = rows.all::<Company>()?.into_iter().next().map(|(_, company)| company);
    Ok(company.map_or(0, |company| company.tax_basis_points))
}

/// Refuses a correction of what was corrected already: it would not be clear which of the two counts.
fn check_stands<T: Entity + Replaceable>(rows: &Rows<'_>, work: &Work, entry: Id) -> Result<(), AppError> {
    let corrected = facts::<T>(rows, &work.layers(rows)?)?.iter().any(|(_, other)| other.replaces() == Some(entry));
    match corrected {
        true => Err(AppError::Refused { refusal: Refusal::new(RefusalCode::ChangedSince) }),
        false => Ok(()),
    }
}

/// What the rates propose for the standing times of a work.
pub(crate) fn proposed(rows: &Rows<'_>, work: &Work) -> Result<Vec<ProposedCharge>, AppError> {
    let layers = work.layers(rows)?;
    let times = standing(facts::<TimeEntry>(rows, &layers)?).into_iter().map(|(_, entry)| entry);
    let times: Vec<TimeEntry> = times.filter(|entry| !entry.late).collect();
    let charged = standing(facts::<Charge>(rows, &layers)?);
    let policy = rows.all::<Policy>()?.into_iter().next().map(|(_, policy)| policy).unwrap_or_default();
    let currency = currency(rows, work)?;
    propose(&times, &policy.rates, &currency, work.visit.remote, &charged)
        .map_err(|problem| AppError::Input { why: problem.to_string() })
}

impl App {
    /// Puts a time entry right; nothing spent takes it out.
    pub fn correct_time(&self, job: &str, entry: Id, spent: TimeSpent) -> Result<(), AppError> {
        let (work, before) = self.read(|rows| {
            let before = rows.get::<TimeEntry>(entry)?.ok_or_else(|| not_found("time entry", &entry.to_string()))?;
            let work = self.work(rows, job)?;
            check_stands::<TimeEntry>(rows, &work, entry)?;
            Ok((work, before))
        })?;
        let payload = Payload::TimeRecorded(TimeRecorded {
            entry: self.new_id()?,
            subject: work.subject(),
            person: before.person,
            kind: spent.kind,
            minutes: spent.minutes,
            kilometres: spent.kilometres,
            replaces: Some(entry),
        });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }

    /// Adds a charge that is no part, in the currency of the voucher.
    pub fn charge(&self, job: &str, entry: ChargeEntry) -> Result<Id, AppError> {
        let (work, currency, tax, language) = self.read(|rows| {
            let work = self.work(rows, job)?;
            if let Some(replaced) = entry.replaces {
                check_stands::<Charge>(rows, &work, replaced)?;
            }
            let currency = currency(rows, &work)?;
            let tax = usual_tax(rows, &currency, &entry.kind)?;
            let language = self.signing_language(rows, &work)?;
            Ok((work, currency, tax, language))
        })?;
        let problem = |problem: countersign_model::money::MoneyProblem| AppError::Input { why: problem.to_string() };
        let price = Money::new(entry.price, &currency);
        let counted = !entry.quantity.trim().is_empty();
        let net = if counted { price.times(&entry.quantity).map_err(problem)? } else { price.clone() };
        let named = countersign_texts::Texts::new(language).word("charge", entry.kind.as_str());
        let charge = self.new_id()?;
        let payload = Payload::ChargeAdd(ChargeAdd {
            charge,
            subject: work.subject(),
            description: if entry.description.trim().is_empty() { named } else { entry.description },
            line: Line::new(net, entry.tax_basis_points.unwrap_or(tax)).map_err(problem)?,
            kind: entry.kind,
            quantity: entry.quantity.trim().to_owned(),
            unit_price: counted.then_some(price),
            payer: entry.payer,
            replaces: entry.replaces,
        });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])?;
        Ok(charge)
    }

    /// Adds the charges that the rates propose; returns how many.
    pub fn charge_proposed(&self, job: &str) -> Result<usize, AppError> {
        let (work, proposals, language) = self.read(|rows| {
            let work = self.work(rows, job)?;
            let proposals = proposed(rows, &work)?;
            let language = self.signing_language(rows, &work)?;
            Ok((work, proposals, language))
        })?;
        let texts = countersign_texts::Texts::new(language);
        let mut drafts = Vec::new();
        for proposal in proposals {
            let payload = Payload::ChargeAdd(ChargeAdd {
                charge: self.new_id()?,
                subject: work.subject(),
                description: texts.word("charge", proposal.kind.as_str()),
                line: proposal.line,
                kind: proposal.kind,
                quantity: proposal.quantity,
                unit_price: Some(proposal.unit_price),
                payer: None,
                replaces: proposal.replaces,
            });
            drafts.push(self.draft(work.lane(), None, payload)?);
        }
        self.submit_all(&drafts)?;
        Ok(drafts.len())
    }

    /// Takes back the last word on a charge: what it put right or took out stands again as it was typed, and what was new
    /// goes. What is returned is the last word then.
    pub fn undo_charge(&self, job: &str, charge: Id) -> Result<Id, AppError> {
        let replaced = self.read(|rows| {
            let last = rows.get::<Charge>(charge)?.ok_or_else(|| not_found("charge", &charge.to_string()))?;
            let Some(id) = last.replaces else { return Ok(None) };
            Ok(rows.get::<Charge>(id)?.map(|before| (id, before)))
        })?;
        let Some((id, before)) = replaced else { return self.remove_charge(job, charge) };
        let typed = ChargeTyped { replaces: Some(charge), ..ChargeTyped::again(id, &before) };
        self.charge(job, self.charge_typed(job, &typed)?)
    }

    /// Takes a charge out: a charge of nothing replaces it. Its id is returned: what puts it right brings the charge back.
    pub fn remove_charge(&self, job: &str, charge: Id) -> Result<Id, AppError> {
        let before = self.read(|rows| Ok(rows.get::<Charge>(charge)?))?;
        let before = before.ok_or_else(|| not_found("charge", &charge.to_string()))?;
        let entry = ChargeEntry {
            kind: before.kind,
            description: before.description,
            quantity: String::new(),
            price: 0,
            tax_basis_points: Some(before.line.tax_basis_points),
            payer: before.payer,
            replaces: Some(charge),
        };
        self.charge(job, entry)
    }
}
