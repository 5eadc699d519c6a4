//! Layers over photos: a person's own layer is drawn anew, the layers of two people stay side by side.

use super::judge::{Judge, Ruling};
use super::{Refusal, RefusalCode};
use crate::entity::{Annotation, Evidence, check_shapes};
use crate::id::Id;
use crate::payload::EvidenceAnnotate;
use crate::record::kind;

pub(super) fn evidence_annotate(judge: &mut Judge<'_>, payload: EvidenceAnnotate) -> Ruling {
    check_shapes(&payload.shapes)
        .map_err(|problem| Refusal::new(RefusalCode::Malformed).with("why", problem.word()))?;
    let subject = judge.subject(&payload.subject)?;
    let evidence = judge.existing::<Evidence>(payload.evidence)?;
    if let Some((_, evidence)) = &evidence
        && !evidence.is_picture()
    {
        return Err(Refusal::new(RefusalCode::NotAPicture).with("name", &evidence.name).into());
    }
    let before = judge.view.get::<Annotation>(payload.annotation)?.known().map(|(_, layer)| layer);
    let is_there = before.is_some();
    if before.is_some_and(|layer| layer.author != judge.command.author || layer.evidence != payload.evidence) {
        return Err(Refusal::new(RefusalCode::Exists).with("kind", kind::ANNOTATION).into());
    }
    let what = evidence.map(|(_, evidence)| evidence.name).unwrap_or_default();
    let late = judge.late(&subject, &what)?;
    let layer = Annotation {
        evidence: payload.evidence,
        subject: payload.subject,
        shapes: payload.shapes,
        late,
        author: judge.command.author,
        time: judge.command.time.clone(),
        extra: Default::default(),
    };
    // What stands in a signed document stays as it was drawn: a late drawing lies beside it.
    let beside = Id::derived("annotation", &[judge.command.id.bytes()]);
    judge.put(if late && is_there { beside } else { payload.annotation }, &subject.scope, &layer);
    Ok(())
}
