//! A hub with many jobs of one engineer. Records are written by the hub's own store with all its projections, without
//! going through the judge: what is measured is what comes after.

use std::path::{Path, PathBuf};

use countersign_forms::samples::QUICK_CHECK;
use countersign_hub::store::Put;
use countersign_hub::{Hub, InitOptions};
use countersign_model::document::Provenance;
use countersign_model::entity::{Answer, AnswerValue, Entity, FormVersion, InstanceKey, Role, Visit, fill_id};
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id, Language, RecordRef};
use countersign_tests::bench::{NOW, id};

use crate::many;

/// Answers of each job.
pub const ANSWERS: usize = 10;
/// Jobs written in one transaction.
const AT_ONCE: usize = 2_000;

/// The visit of the job at this place.
pub fn visit_id(place: usize) -> Id {
    id(&format!("visit {place}"))
}

/// What went wrong with the hub, in words.
pub fn said(error: impl std::fmt::Display) -> String {
    format!("the hub: {error}")
}

/// The engineer who has all the work.
pub fn engineer(hub: &Hub) -> Result<Id, String> {
    hub.somebody_who_is(&Role::Engineer).map_err(said)?.ok_or_else(|| "the hub has no engineer".to_owned())
}

/// A hub with so many jobs, each with a visit and ten answers, kept in the cache.
pub fn office(cache: &Path, jobs: usize) -> Result<PathBuf, String> {
    many::kept(cache, &format!("office-{jobs}"), |folder| {
        let folder = folder.join("office");
        let options = InitOptions { company: "Acme Service".to_owned(), sample: false };
        let hub = Hub::init(&folder, &options).map_err(said)?;
        let ana = hub.add_person(&hub.system(), "Ana Ruiz", &[Role::Engineer], Language::English).map_err(said)?;
        publish_form(&hub)?;
        let places: Vec<usize> = (0..jobs).collect();
        for some in places.chunks(AT_ONCE) {
            let puts: Vec<Put> = some.iter().flat_map(|place| rows(*place, ana)).collect();
            hub.write(|write| Ok(write.put(&puts)?)).map_err(said)?;
        }
        Ok(())
    })
    .map(|folder| folder.join("office"))
}

fn publish_form(hub: &Hub) -> Result<(), String> {
    let sha256 = hub.keep_media(QUICK_CHECK.as_bytes()).map_err(said)?;
    let form = FormVersion {
        sha256,
        bytes: QUICK_CHECK.len() as u64,
        title: "Quick check".to_owned(),
        purpose: "service".to_owned(),
        active: true,
        ..FormVersion::default()
    };
    hub.save(&hub.system(), id("form"), &form).map_err(said)
}

fn rows(place: usize, engineer: Id) -> Vec<Put> {
    let (job, visit) = (many::job_id(place), visit_id(place));
    let scope = Scope::job(job);
    let body = Visit { job, ordinal: 1, lead: engineer, ..Visit::default() };
    let mut puts = vec![Put::of(job, scope.clone(), &many::job(place)), Put::of(visit, scope.clone(), &body)];
    let form = Digest::of(QUICK_CHECK.as_bytes());
    let fill = fill_id(&RecordRef::new(Visit::KIND, visit), form, "service");
    puts.extend((0..ANSWERS).map(|number| {
        let instance = InstanceKey::plain(&format!("/data/checks/point_{number}"));
        let answer = Answer {
            fill,
            instance: instance.clone(),
            form,
            current: AnswerValue {
                value: Some(format!("{}", 140 + (place + number) % 60)),
                provenance: Provenance::Measured,
                command: Id::derived("command", &[fill.bytes(), &number.to_be_bytes()]),
                author: engineer,
                time: TimeRecord { wall: NOW, ..TimeRecord::default() },
            },
            kept: Vec::new(),
            extra: Default::default(),
        };
        Put::of(instance.answer_id(fill), scope.clone(), &answer)
    }));
    puts
}
