//! Photos and files of a document: each with its caption, what was drawn over it, and its place in the set of its device.

use std::collections::BTreeMap;

use countersign_model::document::{Content, EvidenceShown, LayerShown, SetShown};
use countersign_model::entity::Evidence;
use countersign_model::{Id, RecordRef};

use super::person_name;
use crate::app::AppError;
use crate::app::annotating::drawn;
use crate::app::filling::{Filling, node_key};
use crate::store::Rows;

/// Evidence of a document, with the name of who captured with each device.
pub(super) struct Shown {
    pub evidence: Vec<EvidenceShown>,
    pub people: BTreeMap<Id, String>,
}

/// All evidence of the visit and its amendments, in the order of capture; the caption is the question it answers.
pub(super) fn evidence(rows: &Rows<'_>, layers: &[RecordRef], filling: Option<&Filling>) -> Result<Shown, AppError> {
    let mut found: Vec<(Id, Evidence)> = Vec::new();
    for layer in layers {
        found.extend(rows.children_of::<Evidence>(layer.id)?);
    }
    found.sort_by_key(|(id, _)| *id);
    let caption = |evidence: &Evidence| {
        let key = evidence.question.as_ref().map(node_key)?;
        filling?.fill.question(&key).map(|question| question.label)
    };
    let mut shown = Shown { evidence: Vec::new(), people: BTreeMap::new() };
    for (id, evidence) in found {
        if let Some(place) = evidence.set
            && !shown.people.contains_key(&place.set)
        {
            shown.people.insert(place.set, person_name(rows, evidence.author)?);
        }
        shown.evidence.push(EvidenceShown {
            caption: caption(&evidence).unwrap_or_default(),
            sha256: evidence.sha256,
            bytes: evidence.bytes,
            media_type: evidence.media_type,
            name: evidence.name,
            stage: evidence.stage,
            preview: evidence.preview.map(|preview| preview.sha256),
            time: evidence.time,
            set: evidence.set,
            layers: drawings(rows, id, layers)?,
            duration_ms: evidence.claims.duration_ms,
            chosen: evidence.chosen,
            claimed: if evidence.chosen { evidence.claims.captured } else { String::new() },
        });
    }
    Ok(shown)
}

/// What people drew over a photo during the visit and its amendments; a late drawing stays at the office.
fn drawings(rows: &Rows<'_>, evidence: Id, layers: &[RecordRef]) -> Result<Vec<LayerShown>, AppError> {
    let own = drawn(rows, evidence)?.into_iter().filter(|(_, layer)| !layer.late && layers.contains(&layer.subject));
    own.map(|(_, layer)| Ok(LayerShown { by: person_name(rows, layer.author)?, shapes: layer.shapes })).collect()
}

/// The sets that the content's captures belong to, as they are found now.
pub(super) fn sets(content: &Content, people: &BTreeMap<Id, String>) -> Vec<SetShown> {
    let named = |set: Id| people.get(&set).cloned().unwrap_or_default();
    content
        .sets_found()
        .into_iter()
        .map(|found| {
            let by = named(found.set);
            SetShown::of(found, by)
        })
        .collect()
}
