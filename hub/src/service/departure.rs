//! The departure check as the office knows it: the same rule as on the phone (`countersign_model::departure`), over what was
//! sent to the device. The phone alone knows what is really on it, and shows its own light.

use std::collections::BTreeSet;

use countersign_model::Id;
use countersign_model::departure::{self, Facts, Item};
use countersign_model::entity::{
    Contact, Customer, Depot, Device, Document, Entity as _, Holding, Job, Machine, MachineModel, Stock, Visit,
    Voucher, document_id, voucher_id,
};
use countersign_model::holding::{HISTORY_JOBS, always};
use countersign_model::record::{Row, Scope, kind};

use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::store::{Direction, Read, Stored, Write};

/// Before the device in the name of the setting that says how far its feed was sent.
const SENT: &str = "sent.";
/// Depots and jobs of a machine that are looked at.
const MANY: usize = 500;

fn name_of(device: Id) -> String {
    format!("{SENT}{device}")
}

/// Keeps how far the feed was sent to a device, where it went to its head with something new.
pub(super) fn note_sent(write: &Write<'_>, device: Id, epoch: &str, place: u64) -> Stored {
    write.keep_setting(&name_of(device), &format!("{epoch}.{place}"))
}

/// How far the feed was sent to a device in this epoch.
fn sent(read: &Read<'_>, device: Id, epoch: &str) -> Stored<Option<u64>> {
    let kept = read.setting(&name_of(device))?;
    Ok(kept.and_then(|text| text.split_once('.').filter(|(of, _)| *of == epoch)?.1.parse().ok()))
}

/// What was sent to one device.
struct Sent<'a> {
    read: &'a Read<'a>,
    held: BTreeSet<Scope>,
    place: u64,
}

impl Sent<'_> {
    /// Whether a scope is held and nothing in it is newer than what was sent.
    fn has(&self, scope: &Scope) -> Stored<bool> {
        Ok(self.held.contains(scope) && self.read.newest_in(scope)? <= self.place)
    }

    fn maybe(&self, scope: Option<Scope>) -> Stored<Option<bool>> {
        scope.map(|scope| self.has(&scope)).transpose()
    }
}

impl Hub {
    /// Whether the person of a device may leave for a job, line by line, by what was sent to the device.
    pub fn departure(&self, job: Id, device: Id) -> Outcome<Vec<Item>> {
        self.read(|read| {
            let missing = |what, id: Id| HubError::NotFound { what, name: id.to_string() };
            let (_, body) = read.get::<Job>(job)?.ok_or_else(|| missing("job", job))?;
            let (_, known) = read.get::<Device>(device)?.ok_or_else(|| missing("device", device))?;
            Ok(departure::check(&self.departure_facts(read, job, &body, device, known.person)?))
        })
    }

    /// What the office knows of a device that leaves for a job with this person.
    pub(crate) fn departure_facts(&self, read: &Read<'_>, id: Id, job: &Job, device: Id, person: Id) -> Outcome<Facts> {
        let mut held: BTreeSet<Scope> = always(device).into_keys().collect();
        held.extend(read.children_of::<Holding>(device)?.into_iter().map(|(_, holding)| holding.held));
        let place = sent(read, device, self.epoch())?.unwrap_or(0);
        let sent = Sent { read, held, place };
        let site = sent.maybe(job.site.map(Scope::site))?.unwrap_or(true);
        let machine = job.machine.map(|machine| read.get::<Machine>(machine)).transpose()?.flatten();
        let earlier = job.machine.map(|machine| read.newest_jobs_on(machine, id, HISTORY_JOBS)).transpose()?;
        let history = earlier.as_ref().map(|jobs| all_sent(&sent, jobs)).transpose()?;
        let documents = earlier.as_ref().map(|jobs| documents_sent(&sent, jobs)).transpose()?.flatten();
        let form = match job.form {
            Some(sha256) => Some(read.media_bytes(sha256)?.is_some() && sent.has(&Scope::job(id))?),
            None => None,
        };
        Ok(Facts {
            job: sent.has(&Scope::job(id))?,
            form,
            customer: sent.maybe(job.customer.map(Scope::customer))?.map(|customer| customer && site),
            contact: job.customer.map(|customer| can_be_called(read, customer)).transpose()?,
            machine: sent.maybe(job.machine.map(Scope::machine))?,
            history,
            documents,
            parts: sent.has(&Scope::reference("parts"))?,
            lacking_stock: lacking_stock(read, machine.as_ref().map(|(_, machine)| machine), person)?,
        })
    }
}

fn all_sent(sent: &Sent<'_>, jobs: &[Id]) -> Stored<bool> {
    for job in jobs {
        if !sent.has(&Scope::job(*job))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the documents signed on these jobs were sent; `None` where none was signed.
fn documents_sent(sent: &Sent<'_>, jobs: &[Id]) -> Stored<Option<bool>> {
    let mut any = None;
    for job in jobs {
        for (visit, _) in sent.read.children_of::<Visit>(*job)? {
            let voucher = sent.read.get::<Voucher>(voucher_id(visit.id))?;
            for leaf in voucher.map(|(_, voucher)| voucher.leaves).unwrap_or_default() {
                let here = sent.read.get::<Document>(document_id(leaf))?.is_some() && sent.has(&Scope::job(*job))?;
                any = Some(any.unwrap_or(true) && here);
            }
        }
    }
    Ok(any)
}

fn can_be_called(read: &Read<'_>, customer: Id) -> Stored<bool> {
    let phone = read.get::<Customer>(customer)?.is_some_and(|(_, customer)| !customer.phone.is_empty());
    let contacts = read.children_of::<Contact>(customer)?;
    Ok(phone || contacts.iter().any(|(_, contact)| !contact.archived && !contact.phone.is_empty()))
}

/// The model's wear parts that this person's own depots have none of.
fn lacking_stock(read: &Read<'_>, machine: Option<&Machine>, person: Id) -> Stored<Option<Vec<String>>> {
    let model = machine.map(|machine| read.get::<MachineModel>(machine.model)).transpose()?.flatten();
    let wear = model.map(|(_, model)| model.wear_parts).unwrap_or_default();
    let own = |row: &Row| Depot::of(row).is_some_and(|depot| depot.person == Some(person) && !depot.archived);
    let rows = read.list(kind::DEPOT, None, MANY, Direction::Ascending)?;
    let depots: Vec<Id> = rows.iter().filter(|row| own(row)).map(|row| row.id).collect();
    if depots.is_empty() {
        return Ok(None);
    }
    let mut stock = Vec::new();
    for depot in depots {
        stock.extend(read.children_of::<Stock>(depot)?.into_iter().map(|(_, stock)| (stock.code, stock.quantity)));
    }
    Ok(departure::lacking(&wear, &stock))
}
