//! The light before departure on a job's page: for each open visit, what was sent to its lead's device. The rule is
//! `countersign_model::departure`, the same as on the phone.

use countersign_model::Id;
use countersign_model::departure::{self, Item};
use countersign_model::entity::{Device, DeviceState, Job, VisitState};

use super::desk::Desk;
use super::trouble::Trouble;
use super::visible::People;
use super::visit::Loaded;
use super::words::{Chip, Words};
use crate::store::Read;

/// The light of one visit.
pub(crate) struct Light {
    /// Who leaves, with which device.
    pub who: String,
    pub chip: Chip,
    /// What is missing; empty where the light is green.
    pub missing: Vec<String>,
}

/// The lights of the visits that nobody has arrived on yet.
pub(crate) fn lights(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    id: Id,
    job: &Job,
    loaded: &[Loaded],
) -> Result<Vec<Light>, Trouble> {
    let ahead = |visit: &&Loaded| matches!(visit.visit.state, VisitState::Planned | VisitState::Travelling);
    loaded.iter().filter(ahead).map(|visit| light(desk, read, people, id, job, visit.visit.lead)).collect()
}

fn light(desk: &Desk<'_>, read: &Read<'_>, people: &People, id: Id, job: &Job, lead: Id) -> Result<Light, Trouble> {
    let words = &desk.words;
    let name = people.name(lead);
    let Some((device, body)) = newest_device(read, lead)? else {
        let chip = Chip { class: "attention", icon: "warn", word: words.t("console-departure-not-ready") };
        let missing = vec![words.of("console-departure-no-device", "name", &name)];
        return Ok(Light { who: name, chip, missing });
    };
    let items = departure::check(&desk.hub().departure_facts(read, id, job, device, lead)?);
    let chip = match departure::is_ready(&items) {
        true => Chip { class: "ok", icon: "check", word: words.t("console-departure-ready") },
        false => Chip { class: "attention", icon: "warn", word: words.t("console-departure-not-ready") },
    };
    let who = words.with("console-departure-of", &[("name", name.into()), ("code", body.code.into())]);
    let missing = items.iter().filter(|item| !item.here).map(|item| lacks(words, item)).collect();
    Ok(Light { who, chip, missing })
}

/// The device that the person was last heard of with.
fn newest_device(read: &Read<'_>, person: Id) -> Result<Option<(Id, Device)>, Trouble> {
    let mut newest: Option<(i64, Id, Device)> = None;
    for (row, device) in read.children_of::<Device>(person)? {
        let seen = read.token_of(row.id)?.map_or(0, |token| token.last_seen);
        let newer = newest.as_ref().is_none_or(|(time, ..)| *time <= seen);
        if device.state == DeviceState::Active && newer {
            newest = Some((seen, row.id, device));
        }
    }
    Ok(newest.map(|(_, id, device)| (id, device)))
}

fn lacks(words: &Words, item: &Item) -> String {
    let what = match item.what {
        // The phone's sentence speaks of "your van".
        departure::What::Stock => words.t("console-departure-stock"),
        other => words.t(&format!("departure-{}", other.word())),
    };
    match item.missing.is_empty() {
        true => words.of("console-departure-lacks", "what", &what),
        false => {
            let missing = item.missing.join(", ");
            words.with("console-departure-lacks-these", &[("what", what.into()), ("missing", missing.into())])
        }
    }
}
