//! The departure check of a job: one light, and by line what is here and what is missing. The rule is
//! `countersign_model::departure`; here stands what this device knows.

use countersign_model::departure::{self, Facts, Item, What};
use countersign_model::entity::{Contact, Customer, Depot, Job, Machine, MachineModel, Site, Stock};
use countersign_model::record::Scope;
use countersign_model::{Id, Language};
use countersign_texts::{Texts, Value};
use serde::Serialize;

use super::revision;
use crate::app::history::{documents_here, is_complete, visits_on};
use crate::app::{App, AppError};
use crate::store::Rows;

/// One line of the check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DepartureItem {
    /// What is checked.
    pub what: What,
    /// Whether it is here.
    pub here: bool,
    /// What is missing, where it has names: part codes.
    pub missing: Vec<String>,
    /// What it is, or what is missing and what to do, in the person's language.
    pub text: String,
}

/// The departure check of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DepartureScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The job.
    pub job: Id,
    /// The light: green if everything is on this device.
    pub ready: bool,
    /// The same as a sentence, in the person's language.
    pub sentence: String,
    /// Line by line.
    pub items: Vec<DepartureItem>,
    /// Whether a sync may bring something that is missing.
    pub sync_helps: bool,
}

impl App {
    /// Whether this person may leave for a job without the network and have everything.
    pub fn departure_screen(&self, name: &str) -> Result<DepartureScreen, AppError> {
        let texts = Texts::new(self.language()?);
        self.show(|rows| {
            let (id, job) = self.job(rows, name)?;
            let items = departure::check(&self.departure_facts(rows, id, &job)?);
            let ready = departure::is_ready(&items);
            let sentence = texts.get(if ready { "departure-ready" } else { "departure-not-ready" });
            let sync_helps = items.iter().any(|item| !item.here && item.what.comes_by_sync());
            let items = items.into_iter().map(|item| worded(&texts, item)).collect();
            let mut screen = DepartureScreen { revision: 0, job: id, ready, sentence, items, sync_helps };
            screen.revision = revision(&screen);
            Ok(screen)
        })
    }

    pub(super) fn departure_facts(&self, rows: &Rows<'_>, id: Id, job: &Job) -> Result<Facts, AppError> {
        let form = job.form.map(|sha256| self.store().form(sha256)).transpose()?.map(|form| form.is_some());
        let machine = job.machine.map(|id| rows.get::<Machine>(id)).transpose()?;
        let earlier = job.machine.map(|machine| visits_on(rows, machine, Some(id))).transpose()?;
        let history = earlier.as_ref().map(|works| is_complete(rows, works)).transpose()?;
        let documents = earlier.as_ref().map(|works| documents_here(rows, works)).transpose()?.flatten();
        let site = job.site.map(|id| rows.get::<Site>(id)).transpose()?.is_none_or(|site| site.is_some());
        let customer = job.customer.map(|id| rows.get::<Customer>(id)).transpose()?;
        Ok(Facts {
            // A job that was made on this device is here whole before the office has it.
            job: rows.is_ready(&Scope::job(id))? || !rows.is_held(&Scope::job(id))?,
            form,
            customer: customer.as_ref().map(|customer| customer.is_some() && site),
            contact: job.customer.map(|id| can_be_called(rows, id)).transpose()?,
            machine: machine.as_ref().map(Option::is_some),
            history,
            documents,
            parts: rows.is_ready(&Scope::reference("parts"))?,
            lacking_stock: lacking_stock(rows, machine.flatten().as_ref())?,
        })
    }
}

fn worded(texts: &Texts, item: Item) -> DepartureItem {
    let key = format!("departure-{}{}", item.what.word(), if item.here { "" } else { "-missing" });
    let missing = item.missing.join(", ");
    let text = texts.with(&key, &[("missing", Value::from(missing.as_str()))]);
    DepartureItem { what: item.what, here: item.here, missing: item.missing, text }
}

fn can_be_called(rows: &Rows<'_>, customer: Id) -> Result<bool, AppError> {
    let phone = rows.get::<Customer>(customer)?.is_some_and(|customer| !customer.phone.is_empty());
    Ok(phone || contacts(rows, customer)?.iter().any(|(_, contact)| !contact.phone.is_empty()))
}

/// The people at the customer of a job who are not archived.
pub(super) fn contacts(rows: &Rows<'_>, customer: Id) -> Result<Vec<(Id, Contact)>, AppError> {
    let mut contacts = rows.children_of::<Contact>(customer)?;
    contacts.retain(|(_, contact)| !contact.archived);
    contacts.sort_by(|(_, one), (_, other)| one.name.cmp(&other.name));
    Ok(contacts)
}

/// The model's wear parts that this person's own depots have none of.
fn lacking_stock(rows: &Rows<'_>, machine: Option<&Machine>) -> Result<Option<Vec<String>>, AppError> {
    let model = machine.map(|machine| rows.get::<MachineModel>(machine.model)).transpose()?.flatten();
    let wear: Vec<String> = model.map(|model| model.wear_parts).unwrap_or_default();
    let person = rows.identity()?.ok_or(AppError::Enrol)?.person;
    let mut own: Vec<(Id, Depot)> = rows.all::<Depot>()?;
    own.retain(|(_, depot)| depot.person == Some(person) && !depot.archived);
    if own.is_empty() {
        return Ok(None);
    }
    let mut stock = Vec::new();
    for (depot, _) in own {
        stock.extend(rows.children_of::<Stock>(depot)?.into_iter().map(|(_, stock)| (stock.code, stock.quantity)));
    }
    Ok(departure::lacking(&wear, &stock))
}

/// The name of a model in a language; empty where it is not here.
pub(super) fn model_name(rows: &Rows<'_>, machine: &Machine, language: Language) -> Result<String, AppError> {
    let model = rows.get::<MachineModel>(machine.model)?;
    Ok(model.map(|model| model.name.get(language).to_owned()).unwrap_or_default())
}
