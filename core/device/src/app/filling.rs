//! A fill out of records: the answers of the visit and of the amendments over it, in the compiled form.
//!
//! An amendment is copy-on-write: its own answers stand over those of the documents that it amends.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use countersign_forms::{Environment, Fill, Form, ItemId, NodeKey, Orphan, Saved};
use countersign_model::digest::Digest;
use countersign_model::document::Provenance;
use countersign_model::entity::{
    Answer, Customer, InstanceKey, Item, Machine, MachineModel, Part, Person, Site, fill_id,
};
use countersign_model::{Id, Language, RecordRef};
use serde_json::{Value, json};

use super::work::Work;
use super::{App, AppError};
use crate::store::{Rows, StoreError};

/// What a service form is for.
pub(crate) const SERVICE: &str = "service";

/// A form in the middle of being filled.
pub(crate) struct Filling {
    pub sha256: Digest,
    pub fill: Fill,
    /// The stored answer behind each instance: its command is what `seen` names.
    pub answers: BTreeMap<NodeKey, Answer>,
    /// Answers whose question is not in the form (any more).
    pub orphans: Vec<Orphan>,
}

impl Filling {
    /// Where the value of an instance came from.
    pub fn provenance(&self, key: &NodeKey, origin: countersign_forms::ValueOrigin) -> Provenance {
        use countersign_forms::ValueOrigin;
        match (origin, self.answers.get(key)) {
            (ValueOrigin::Calculated, _) => Provenance::Calculated,
            (_, Some(answer)) => answer.current.provenance.clone(),
            (ValueOrigin::Default, None) => Provenance::Default,
            (_, None) => Provenance::Typed,
        }
    }
}

/// The engine's name of an instance.
pub(crate) fn node_key(instance: &InstanceKey) -> NodeKey {
    NodeKey::within(&instance.path, instance.items.iter().map(|item| ItemId::from_bytes(*item.bytes())).collect())
}

/// The records' name of an instance.
pub(crate) fn instance_key(key: &NodeKey) -> InstanceKey {
    InstanceKey { path: key.path.clone(), items: key.items.iter().filter_map(item_id).collect() }
}

/// The records' id of a repeat item.
pub(crate) fn item_id(item: &ItemId) -> Option<Id> {
    item.as_str().parse().ok()
}

impl App {
    /// The fill of a work in a language; `None` where the job has no form.
    pub(crate) fn filling(
        &self,
        rows: &Rows<'_>,
        work: &Work,
        language: Language,
    ) -> Result<Option<Filling>, AppError> {
        let Some(sha256) = work.job.form else { return Ok(None) };
        let Some(form) = self.store().form(sha256)? else {
            return Err(AppError::Input {
                why: "the job's form has not reached this device yet: sync while there is a network".to_owned(),
            });
        };
        let layers = work.layers(rows)?;
        let base = RecordRef::new(countersign_model::record::kind::VISIT, work.visit_id);
        let environment = Environment {
            job: job_instance(rows, work, &form, language)?,
            language: language.tag().to_owned(),
            now: moment(self.now(), self.platform().offset_minutes()),
            // The fill's own id, so that two phones that open one fill derive the same items.
            fill: *fill_id(&base, sha256, SERVICE).bytes(),
        };
        restore(rows, &form, sha256, &layers, &environment).map(Some)
    }
}

fn restore(
    rows: &Rows<'_>,
    form: &Form,
    sha256: Digest,
    layers: &[RecordRef],
    environment: &Environment,
) -> Result<Filling, AppError> {
    let mut answers: BTreeMap<NodeKey, Answer> = BTreeMap::new();
    let mut items: BTreeMap<Id, Item> = BTreeMap::new();
    for layer in layers {
        let fill = fill_id(layer, sha256, SERVICE);
        for (_, answer) in rows.children_of::<Answer>(fill)? {
            answers.insert(node_key(&answer.instance), answer);
        }
        items.extend(rows.children_of::<Item>(fill)?);
    }
    let saved = saved(&answers, items);
    if answers.is_empty() && saved.added.is_empty() && saved.removed.is_empty() {
        return Ok(Filling { sha256, fill: Fill::new(form, environment), answers, orphans: Vec::new() });
    }
    let (fill, orphans) = Fill::restore(form, environment, &saved);
    Ok(Filling { sha256, fill, answers, orphans })
}

fn saved(answers: &BTreeMap<NodeKey, Answer>, items: BTreeMap<Id, Item>) -> Saved {
    let mut items: Vec<(Id, Item)> = items.into_iter().collect();
    // Outer items before the items inside them, then in the order of their places.
    items.sort_by_key(|(id, item)| (item.around.len(), item.place, *id));
    let key = |(id, item): &(Id, Item)| {
        let around = item.around.iter().chain(std::iter::once(id));
        NodeKey::within(&item.repeat, around.map(|item| ItemId::from_bytes(*item.bytes())).collect())
    };
    Saved {
        added: items.iter().map(key).collect(),
        removed: items.iter().filter(|(_, item)| item.removed).map(key).collect(),
        answers: answers
            .iter()
            .filter_map(|(key, answer)| answer.current.value.clone().map(|value| (key.clone(), value)))
            .collect(),
    }
}

fn moment(milliseconds: i64, offset_minutes: i32) -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(offset_minutes.saturating_mul(60));
    let utc = DateTime::from_timestamp_millis(milliseconds).unwrap_or_default();
    match offset {
        Some(offset) => utc.with_timezone(&offset),
        None => utc.fixed_offset(),
    }
}

/// The secondary instance `job`: what the form may look at besides its own answers. The parts list goes along only where
/// the form looks at it, since it can be long.
fn job_instance(rows: &Rows<'_>, work: &Work, form: &Form, language: Language) -> Result<Value, StoreError> {
    let job = &work.job;
    let customer = job.customer.map(|id| rows.get::<Customer>(id)).transpose()?.flatten();
    let site = job.site.map(|id| rows.get::<Site>(id)).transpose()?.flatten();
    let machine = job.machine.map(|id| rows.get::<Machine>(id)).transpose()?.flatten();
    let model = machine.as_ref().map(|machine| rows.get::<MachineModel>(machine.model)).transpose()?.flatten();
    let engineer = rows.get::<Person>(work.visit.lead)?;
    let parts = if form.looks_at_job("part") { parts_list(rows, language)? } else { Vec::new() };
    let serial = machine.as_ref().map_or(job.serial.as_str(), |machine| machine.serial.as_str());
    Ok(json!({
        "customer": customer.map(|customer| customer.name).unwrap_or_default(),
        "site": site.map(|site| site.name).unwrap_or_default(),
        "machine": machine.as_ref().map(|machine| machine.place.clone()).unwrap_or_default(),
        "model": model.map(|model| model.name.get(language).to_owned()).unwrap_or_default(),
        "serial": serial,
        "warranty": machine.as_ref().map(|machine| machine.warranty_until.clone()).unwrap_or_default(),
        "contract": machine.map(|machine| machine.contract).unwrap_or_default(),
        "engineer": engineer.map(|person| person.name).unwrap_or_default(),
        "fault": job.fault,
        "class": job.class,
        "part": parts,
    }))
}

/// Every part, by id.
fn parts_list(rows: &Rows<'_>, language: Language) -> Result<Vec<Value>, StoreError> {
    let entry =
        |part: &Part| json!({"code": part.code, "name": part.name.get(language), "wear": part.wear.to_string()});
    Ok(rows.all::<Part>()?.iter().map(|(_, part)| entry(part)).collect())
}
