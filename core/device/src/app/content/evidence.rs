//! Photos and files of a document: each with its caption, what was drawn over it, and its place in the set of its device.

use std::collections::{BTreeMap, BTreeSet};

use countersign_model::document::{Content, EvidenceShown, LayerShown, SetShown};
use countersign_model::entity::Evidence;
use countersign_model::{Digest, Id, RecordRef};

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

/// The evidence of a visit and its amendments, in the order of capture.
pub(super) struct Found {
    pub whole: Vec<(Id, Evidence)>,
    /// Files whose bytes changed on this device before anybody else had them. No page cites what nobody can show; what
    /// was signed already stays cited.
    pub lost: BTreeSet<Digest>,
}

/// Finds the evidence; `before` is what was signed already.
pub(super) fn found(rows: &Rows<'_>, layers: &[RecordRef], before: &[Content]) -> Result<Found, AppError> {
    let signed: BTreeSet<Digest> = before.iter().flat_map(Content::cited_media).collect();
    let mut found = Found { whole: Vec::new(), lost: BTreeSet::new() };
    for layer in layers {
        for (id, evidence) in rows.children_of::<Evidence>(layer.id)? {
            let is_lost = !signed.contains(&evidence.sha256)
                && rows.media(evidence.sha256)?.is_some_and(|media| media.damaged && !media.confirmed);
            if is_lost {
                found.lost.insert(evidence.sha256);
            } else {
                found.whole.push((id, evidence));
            }
        }
    }
    found.whole.sort_by_key(|(id, _)| *id);
    Ok(found)
}

/// The evidence as it is printed; the caption is the question it answers.
pub(super) fn shown(
    rows: &Rows<'_>,
    layers: &[RecordRef],
    filling: Option<&Filling>,
    found: Vec<(Id, Evidence)>,
) -> Result<Shown, AppError> {
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
