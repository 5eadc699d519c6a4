//! A person's visits as an iCalendar feed, for the calendar on their phone or desk. Whoever has the secret address reads
//! it, so it is kept by its digest only, can be replaced and revoked, and ends when the person leaves.
//!
//! It shows visits; it plans none.

mod ics;

use countersign_model::entity::{Contact, Customer, Job, Machine, Person, Site, Visit, VisitState};
use countersign_model::record::Row;
use countersign_model::{Digest, Id};
use countersign_texts::Texts;

use self::ics::{Calendar, Event, Status};
use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::service::URL_SETTING;
use crate::store::{Read, Stored};

/// Visits that ended longer ago are left out, milliseconds: a month.
const PAST: i64 = 30 * 24 * 60 * 60 * 1000;
/// Most visits of a feed; the newest count.
const MOST: usize = 1_000;
/// Letters of a fault in a title.
const TITLE: usize = 80;

/// A feed with the tag by which a client knows that nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// `text/calendar`.
    pub text: String,
    /// Digest of the text.
    pub tag: String,
}

fn digest_of(secret: &str) -> Digest {
    Digest::of_parts(&[b"countersign/calendar/1", secret.as_bytes()])
}

impl Hub {
    /// Makes the secret address of a person's calendar, shown once; the one before leads nowhere from now on.
    pub fn make_calendar_link(&self, person: Id) -> Outcome<String> {
        let missing = || HubError::NotFound { what: "person", name: person.to_string() };
        self.get::<Person>(person)?.filter(|(_, found)| !found.archived).ok_or_else(missing)?;
        let secret = hex::encode(self.random::<32>()?);
        let now = self.now();
        self.write(|write| Ok(write.keep_calendar_link(person, digest_of(&secret), now)?))?;
        Ok(format!("/calendar/{secret}.ics"))
    }

    /// Revokes the address.
    pub fn revoke_calendar_link(&self, person: Id) -> Outcome {
        self.write(|write| Ok(write.remove_calendar_link(person)?))
    }

    /// When a person's address was made, hub time; `None` where there is none.
    pub fn calendar_link_since(&self, person: Id) -> Outcome<Option<i64>> {
        self.read(|read| Ok(read.calendar_link_since(person)?))
    }

    /// The feed behind a secret; `None` where it leads nowhere.
    pub fn calendar(&self, secret: &str) -> Outcome<Option<Feed>> {
        let digest = digest_of(secret);
        let now = self.now();
        self.read(|read| {
            let Some(person) = read.calendar_person(digest)? else { return Ok(None) };
            let found = read.get::<Person>(person)?.filter(|(_, found)| !found.archived);
            let Some((_, body)) = found else { return Ok(None) };
            let base = read.setting(URL_SETTING)?.unwrap_or_default();
            let texts = Texts::new(body.language);
            let mut events = Vec::new();
            for (row, visit) in read.visits_of(person)? {
                events.extend(event(read, &texts, &base, self.tenant(), now, &row, visit)?);
                if events.len() >= MOST {
                    break;
                }
            }
            let name = texts.with("calendar-name", &[("name", body.name.as_str().into())]);
            let text = Calendar { name, language: body.language.tag(), events }.text();
            let tag = Digest::of(text.as_bytes()).hex().chars().take(32).collect();
            Ok(Some(Feed { text, tag }))
        })
    }
}

/// A visit that has an appointment, as an event; nothing for one long past.
fn event(
    read: &Read<'_>,
    texts: &Texts,
    base: &str,
    tenant: Id,
    now: i64,
    row: &Row,
    visit: Visit,
) -> Stored<Option<Event>> {
    let Some(window) = visit.window.filter(|window| window.to >= now.saturating_sub(PAST)) else { return Ok(None) };
    let Some((_, job)) = read.get::<Job>(visit.job)? else { return Ok(None) };
    let about = About::of(read, &job)?;
    let fault: String = job.fault.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(TITLE).collect();
    let title = match about.customer.is_empty() {
        true => texts.with("calendar-title-internal", &[("fault", fault.as_str().into())]),
        false => texts
            .with("calendar-title", &[("customer", about.customer.as_str().into()), ("fault", fault.as_str().into())]),
    };
    let line = |key: &str, value: &str| match value.trim() {
        "" => None,
        value => Some(texts.with(key, &[("value", value.into())])),
    };
    let lines = [
        line("calendar-job", &job.number),
        line("calendar-machine", &about.machine),
        line("calendar-fault", &job.fault),
        line("calendar-contact", &about.contact),
        line("calendar-phone", &about.phone),
    ];
    Ok(Some(Event {
        uid: format!("visit-{}@{tenant}.countersign", row.id),
        made: made_at(row.id).unwrap_or(window.from),
        from: window.from,
        to: window.to,
        sequence: row.rev.saturating_sub(1),
        status: match visit.state {
            VisitState::Cancelled | VisitState::Reassigned => Status::Cancelled,
            _ => Status::Confirmed,
        },
        title,
        description: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
        place: about.address,
        url: if base.is_empty() { String::new() } else { format!("{base}/jobs/{}", visit.job) },
    }))
}

/// When an id that sorts by time was made; `None` for a derived one.
fn made_at(id: Id) -> Option<i64> {
    let [a, b, c, d, e, f, version, ..] = *id.bytes();
    let milliseconds = i64::from_be_bytes([0, 0, a, b, c, d, e, f]);
    (version >> 4 == 7).then_some(milliseconds)
}

/// Who and where, in words.
#[derive(Default)]
struct About {
    customer: String,
    address: String,
    machine: String,
    contact: String,
    phone: String,
}

impl About {
    fn of(read: &Read<'_>, job: &Job) -> Stored<About> {
        let customer = job.customer.map(|id| read.get::<Customer>(id)).transpose()?.flatten();
        let site = job.site.map(|id| read.get::<Site>(id)).transpose()?.flatten();
        let machine = job.machine.map(|id| read.get::<Machine>(id)).transpose()?.flatten();
        let contact = job.customer.map(|id| read.children_of::<Contact>(id)).transpose()?;
        let contact = contact.and_then(|found| found.into_iter().next()).map(|(_, contact)| contact);
        let (name, own_address, own_phone) =
            customer.map(|(_, body)| (body.name, body.address, body.phone)).unwrap_or_default();
        let address = site.map(|(_, body)| body.address).filter(|address| !address.trim().is_empty());
        let phone = contact.as_ref().map(|contact| contact.phone.clone()).filter(|phone| !phone.is_empty());
        Ok(About {
            customer: name,
            address: address.unwrap_or(own_address).lines().map(str::trim).collect::<Vec<_>>().join(", "),
            machine: machine.map_or_else(|| job.serial.clone(), |(_, body)| body.serial),
            contact: contact.map(|contact| contact.name).unwrap_or_default(),
            phone: phone.unwrap_or(own_phone),
        })
    }
}
