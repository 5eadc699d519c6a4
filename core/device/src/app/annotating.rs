//! Drawing over photos: a layer of this person over a photo of the job, and taking it away again. The photo's bytes
//! stay as they are.

use countersign_evidence::{PixelSize, overlay_svg};
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::entity::{Annotation, Evidence, Shape};
use countersign_model::payload::{EvidenceAnnotate, Payload};
use countersign_model::{Id, RecordRef};

use super::content::person_name;
use super::work::{Work, not_found};
use super::{App, AppError};
use crate::screens::revision;
use crate::store::Rows;

/// A layer over a photo.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Layer {
    /// The layer.
    pub annotation: Id,
    /// Who drew it.
    pub author: String,
    /// Whether this person can draw it anew: it is theirs, and what it belongs to is not signed.
    pub own: bool,
    /// What is drawn.
    pub shapes: Vec<Shape>,
    /// Equal as long as the layer is as it was: drawing anew names what was looked at.
    pub revision: u64,
}

impl App {
    /// Draws this person's layer over a photo of the job as `shapes` say; without shapes the layer is taken away.
    ///
    /// The photo is named by its evidence id, by its digest or the beginning of it (eight digits or more), or by its
    /// file name where that is unique.
    pub fn annotate(&self, job: &str, photo: &str, shapes: Vec<Shape>) -> Result<Id, AppError> {
        let (work, evidence, own) = self.read(|rows| {
            let work = self.work(rows, job)?;
            let evidence = photo_of(rows, &work, photo)?;
            let own = self.own_layer(rows, &work.subject(), evidence)?;
            Ok((work, evidence, own))
        })?;
        let annotation = own.map_or_else(|| self.new_id(), Ok)?;
        let subject = work.subject();
        let payload = Payload::EvidenceAnnotate(EvidenceAnnotate { annotation, subject, evidence, shapes });
        self.submit_all(&[self.draft(work.lane(), None, payload)?])?;
        Ok(annotation)
    }

    /// The same for a person who looked at their layer before: refused where it was drawn anew meanwhile, in another
    /// window or on another device. `seen` is the layer's revision, 0 for none.
    pub fn annotate_seen(&self, job: &str, photo: &str, seen: u64, shapes: Vec<Shape>) -> Result<Id, AppError> {
        let now = self.read(|rows| {
            let work = self.work(rows, job)?;
            let evidence = photo_of(rows, &work, photo)?;
            let layers = self.layers_of(rows, &work, evidence)?;
            Ok(layers.iter().find(|layer| layer.own).map_or(0, |layer| layer.revision))
        })?;
        if now != seen {
            return Err(Refusal::new(RefusalCode::ChangedSince).into());
        }
        self.annotate(job, photo, shapes)
    }

    fn own_layer(&self, rows: &Rows<'_>, subject: &RecordRef, evidence: Id) -> Result<Option<Id>, AppError> {
        let person = rows.identity()?.ok_or(AppError::Enrol)?.person;
        let layers = rows.children_of::<Annotation>(evidence)?;
        let mut own = layers.into_iter().filter(|(_, layer)| layer.author == person && layer.subject == *subject);
        Ok(own.next().map(|(id, _)| id))
    }

    /// The layers over a photo, as they are shown: in the order in which they were begun.
    pub(crate) fn layers_of(&self, rows: &Rows<'_>, work: &Work, evidence: Id) -> Result<Vec<Layer>, AppError> {
        let person = rows.identity()?.ok_or(AppError::Enrol)?.person;
        let open = !work.is_locked();
        let subject = work.subject();
        drawn(rows, evidence)?
            .into_iter()
            .map(|(annotation, layer)| {
                let own = open && layer.author == person && layer.subject == subject;
                let revision = revision(&(annotation, &layer.shapes));
                Ok(Layer { annotation, author: person_name(rows, layer.author)?, own, shapes: layer.shapes, revision })
            })
            .collect()
    }
}

/// The layers over a photo that have something on them, oldest first.
pub(crate) fn drawn(rows: &Rows<'_>, evidence: Id) -> Result<Vec<(Id, Annotation)>, AppError> {
    let mut layers = rows.children_of::<Annotation>(evidence)?;
    layers.retain(|(_, layer)| !layer.shapes.is_empty());
    layers.sort_by_key(|(id, _)| *id);
    Ok(layers)
}

/// All layers as one SVG that lies over the picture; empty where nothing is drawn.
pub(crate) fn overlay_of(layers: &[Layer], pixels: &str) -> String {
    let shapes: Vec<Shape> = layers.iter().flat_map(|layer| layer.shapes.iter().cloned()).collect();
    if shapes.is_empty() { String::new() } else { overlay_svg(&shapes, PixelSize::parse(pixels)) }
}

/// The photo that a person names.
fn photo_of(rows: &Rows<'_>, work: &Work, name: &str) -> Result<Id, AppError> {
    let mut all: Vec<(Id, Evidence)> = Vec::new();
    for layer in work.layers(rows)? {
        all.extend(rows.children_of::<Evidence>(layer.id)?);
    }
    let by_digest = name.len() >= 8 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let named = |(id, evidence): &(Id, Evidence)| {
        id.to_string() == name
            || (by_digest && evidence.sha256.hex().starts_with(&name.to_ascii_lowercase()))
            || evidence.name == name
    };
    let mut found = all.into_iter().filter(named).map(|(id, _)| id);
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id),
        (None, _) => Err(not_found("photo", name)),
        (Some(_), Some(_)) => Err(AppError::Input {
            why: format!("several photos are called {name}: name one by its id or by its digest"),
        }),
    }
}
