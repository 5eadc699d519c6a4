//! What is derived from records when they are written: who is on a visit, which record cites which media.

use countersign_model::entity::{Document, Entity, Evidence, FormVersion, Visit, VisitState};
use countersign_model::record::{Row, Scope, kind};
use countersign_model::{Digest, Id, RecordRef};
use rusqlite::params;
use serde_json::Value;

use super::{Read, Stored, Write, id_at};

/// The media that a record cites: everybody who holds its scope may fetch them.
fn cited(row: &Row) -> Vec<Digest> {
    match row.kind.as_str() {
        kind::EVIDENCE => {
            Evidence::of(row).map(|body| body.media().map(|(sha256, _)| sha256).collect()).unwrap_or_default()
        }
        kind::FORM => FormVersion::of(row).map(|body| vec![body.sha256]).unwrap_or_default(),
        kind::DOCUMENT => Document::of(row).map(|body| cited_by_document(&body)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn cited_by_document(document: &Document) -> Vec<Digest> {
    let pdf = document.pdf.as_ref().map(|pdf| pdf.sha256);
    let stamps = document.sign_offs.iter().filter_map(|sign_off| sign_off.stamp);
    std::iter::once(document.sealed.shown_sha256).chain(pdf).chain(stamps).collect()
}

impl Write<'_> {
    /// Brings the projections in line with one written row. A tombstone in an old scope is followed by the new row.
    pub(super) fn project(&self, record: &RecordRef, scope: &Scope, body: Option<&Value>) -> Stored {
        match record.kind.as_str() {
            kind::VISIT => self.project_visit(record, body),
            kind::EVIDENCE | kind::FORM | kind::DOCUMENT => self.project_media(record, scope, body),
            _ => Ok(()),
        }
    }

    fn project_visit(&self, record: &RecordRef, body: Option<&Value>) -> Stored {
        let visit = record.id.bytes();
        self.execute("DELETE FROM visit_person WHERE tenant = ?1 AND visit = ?2", params![self.tenant(), visit])?;
        let Some(found) = body.and_then(|body| Visit::of(&row_of(record, &Scope::default(), body))) else {
            return Ok(());
        };
        for person in std::iter::once(found.lead).chain(found.helpers) {
            self.execute(
                "INSERT INTO visit_person (tenant, person, visit) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                params![self.tenant(), person.bytes(), visit],
            )?;
        }
        Ok(())
    }

    fn project_media(&self, record: &RecordRef, scope: &Scope, body: Option<&Value>) -> Stored {
        self.execute(
            "DELETE FROM media_citation WHERE tenant = ?1 AND kind = ?2 AND id = ?3",
            params![self.tenant(), record.kind, record.id.bytes()],
        )?;
        let Some(body) = body else { return Ok(()) };
        for sha256 in cited(&row_of(record, scope, body)) {
            self.execute(
                "INSERT INTO media_citation (tenant, sha256, kind, id, scope) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO NOTHING",
                params![self.tenant(), sha256.0, record.kind, record.id.bytes(), scope.0],
            )?;
        }
        Ok(())
    }
}

fn row_of(record: &RecordRef, scope: &Scope, body: &Value) -> Row {
    Row { kind: record.kind.clone(), id: record.id, scope: scope.clone(), rev: 0, seq: 0, body: Some(body.clone()) }
}

impl Read<'_> {
    /// The visits that a person leads or helps with, newest first, given away and cancelled ones among them.
    pub fn visits_of(&self, person: Id) -> Stored<Vec<(Row, Visit)>> {
        let ids = self.all(
            "SELECT visit FROM visit_person WHERE tenant = ?1 AND person = ?2 ORDER BY visit DESC",
            params![self.tenant(), person.bytes()],
            |row| id_at(row, 0),
        )?;
        let mut visits = Vec::with_capacity(ids.len());
        for id in ids {
            visits.extend(self.get::<Visit>(id)?);
        }
        Ok(visits)
    }

    /// The people on the visits of a job, as far as the visits were not given away.
    pub fn people_on(&self, job: Id) -> Stored<Vec<Id>> {
        let visits = self.children_of::<Visit>(job)?;
        let open = visits.into_iter().filter(|(_, visit)| visit.state != VisitState::Cancelled);
        Ok(open.flat_map(|(_, visit)| std::iter::once(visit.lead).chain(visit.helpers)).collect())
    }

    /// The scopes whose records cite these bytes.
    pub fn scopes_citing(&self, sha256: Digest) -> Stored<Vec<Scope>> {
        self.all(
            "SELECT DISTINCT scope FROM media_citation WHERE tenant = ?1 AND sha256 = ?2 ORDER BY scope",
            params![self.tenant(), sha256.0],
            |row| row.get(0).map(Scope),
        )
    }

    /// The records that cite these bytes.
    pub fn citing(&self, sha256: Digest) -> Stored<Vec<RecordRef>> {
        self.all(
            "SELECT kind, id FROM media_citation WHERE tenant = ?1 AND sha256 = ?2 ORDER BY kind, id",
            params![self.tenant(), sha256.0],
            |row| Ok(RecordRef { kind: row.get(0)?, id: id_at(row, 1)? }),
        )
    }
}
