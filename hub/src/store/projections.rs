//! What is derived from records when they are written: who is on a visit, which record cites which media.

use countersign_model::document::SignOff;
use countersign_model::entity::{Company, Document, Entity, Evidence, FormVersion, Visit, VisitState};
use countersign_model::record::{Row, Scope, kind};
use countersign_model::{Digest, Id, RecordRef};
use rusqlite::params;
use serde_json::Value;

use super::{Read, Stored, Write, digest_at, id_at, limit_of};

/// The media that a record cites: everybody who holds its scope may fetch them.
fn cited(row: &Row) -> Vec<Digest> {
    match row.kind.as_str() {
        kind::EVIDENCE => {
            Evidence::of(row).map(|body| body.media().map(|(sha256, _)| sha256).collect()).unwrap_or_default()
        }
        kind::FORM => FormVersion::of(row).map(|body| vec![body.sha256]).unwrap_or_default(),
        kind::COMPANY => Company::of(row).and_then(|body| body.logo).map(|logo| vec![logo.sha256]).unwrap_or_default(),
        kind::DOCUMENT => Document::of(row).map(|body| cited_by_document(&body)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn cited_by_document(document: &Document) -> Vec<Digest> {
    let pdf = document.pdf.as_ref().map(|pdf| pdf.sha256);
    let stamps = document.sign_offs.iter().flat_map(SignOff::cited_media);
    std::iter::once(document.sealed.shown_sha256).chain(pdf).chain(stamps).collect()
}

impl Write<'_> {
    /// Brings the projections in line with one written row. A tombstone in an old scope is followed by the new row.
    pub(super) fn project(&self, record: &RecordRef, scope: &Scope, body: Option<&Value>) -> Stored {
        self.project_words(record, body)?;
        match record.kind.as_str() {
            kind::VISIT => {
                self.project_visit(record, body)?;
                self.project_job(body.and_then(|body| body.get("job")))
            }
            kind::VOUCHER => self.project_job(body.and_then(|body| body.get("job"))),
            kind::COMPANY | kind::EVIDENCE | kind::FORM | kind::DOCUMENT => self.project_media(record, scope, body),
            _ => Ok(()),
        }
    }

    /// Lists sort and find a job by what its visits and vouchers say.
    fn project_job(&self, job: Option<&Value>) -> Stored {
        match job.and_then(Value::as_str).and_then(|text| text.parse::<Id>().ok()) {
            Some(job) => self.project_again(kind::JOB, job),
            None => Ok(()),
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
        let cited = body.map(|body| cited(&row_of(record, scope, body))).unwrap_or_default();
        for sha256 in self.cited_by(record)?.into_iter().filter(|sha256| !cited.contains(sha256)) {
            self.execute(
                "DELETE FROM media_citation WHERE tenant = ?1 AND sha256 = ?2 AND kind = ?3 AND id = ?4",
                params![self.tenant(), sha256.0, record.kind, record.id.bytes()],
            )?;
        }
        for sha256 in cited {
            self.execute(
                "INSERT INTO media_citation (tenant, sha256, kind, id, scope, held) VALUES (?1, ?2, ?3, ?4, ?5,
                   EXISTS (SELECT 1 FROM media WHERE tenant = ?1 AND sha256 = ?2))
                 ON CONFLICT (tenant, sha256, kind, id) DO UPDATE SET scope = excluded.scope",
                params![self.tenant(), sha256.0, record.kind, record.id.bytes(), scope.0],
            )?;
        }
        Ok(())
    }

    /// Notes on whose word a record cites its media: a device that cites bytes must have sent them.
    pub fn cited_on_word_of(&self, record: &RecordRef, device: Id, carrier: Option<Id>) -> Stored {
        self.execute(
            "UPDATE media_citation SET device = ?4, carrier = ?5
             WHERE tenant = ?1 AND kind = ?2 AND id = ?3 AND device IS NULL",
            params![self.tenant(), record.kind, record.id.bytes(), device.bytes(), carrier.map(|id| *id.bytes())],
        )?;
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

    /// How many of a person's visits are still to be done or under way.
    pub fn count_open_visits_of(&self, person: Id) -> Stored<usize> {
        let sql = "SELECT count(*) FROM visit_person AS p CROSS JOIN record AS v
                     ON v.tenant = p.tenant AND v.kind = 'visit' AND v.id = p.visit
                   WHERE p.tenant = ?1 AND p.person = ?2
                   AND json_extract(v.body, '$.state') IN ('planned', 'travelling', 'on_site')";
        let count: i64 = self.value(sql, params![self.tenant(), person.bytes()])?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The people on the visits of a job, as far as the visits were not given away.
    pub fn people_on(&self, job: Id) -> Stored<Vec<Id>> {
        let visits = self.children_of::<Visit>(job)?;
        let open = visits.into_iter().filter(|(_, visit)| visit.state != VisitState::Cancelled);
        Ok(open.flat_map(|(_, visit)| std::iter::once(visit.lead).chain(visit.helpers)).collect())
    }

    /// The newest jobs on a machine but for one, newest first: ids grow with time.
    pub fn newest_jobs_on(&self, machine: Id, but: Id, limit: usize) -> Stored<Vec<Id>> {
        self.all(
            "SELECT id FROM record WHERE tenant = ?1 AND kind = 'job' AND body IS NOT NULL
               AND json_extract(body, '$.machine') = ?2 AND id != ?3 ORDER BY id DESC LIMIT ?4",
            params![self.tenant(), machine.to_string(), but.bytes(), limit_of(limit)],
            |row| id_at(row, 0),
        )
    }

    /// The jobs on a machine that are neither approved nor cancelled.
    pub fn open_jobs_on(&self, machine: Id) -> Stored<Vec<Id>> {
        self.all(
            "SELECT id FROM record WHERE tenant = ?1 AND kind = 'job' AND body IS NOT NULL
               AND json_extract(body, '$.machine') = ?2
               AND json_extract(body, '$.state') NOT IN ('approved', 'cancelled')",
            params![self.tenant(), machine.to_string()],
            |row| id_at(row, 0),
        )
    }

    fn cited_by(&self, record: &RecordRef) -> Stored<Vec<Digest>> {
        self.all(
            "SELECT sha256 FROM media_citation WHERE tenant = ?1 AND kind = ?2 AND id = ?3",
            params![self.tenant(), record.kind, record.id.bytes()],
            |row| digest_at(row, 0),
        )
    }

    /// The scopes whose records cite these bytes, as far as whoever cites them had them: a device that cites what it
    /// never sent (a digest read from a paper, say) opens no way to the bytes. A person's devices count as one, and
    /// so does the one that carried the citation.
    pub fn scopes_citing(&self, sha256: Digest) -> Stored<Vec<Scope>> {
        self.all(
            "SELECT DISTINCT c.scope FROM media_citation c
             WHERE c.tenant = ?1 AND c.sha256 = ?2 AND (c.device IS NULL OR EXISTS (
               SELECT 1 FROM media_sender s WHERE s.tenant = c.tenant AND s.sha256 = c.sha256
               AND (s.device = c.device OR s.device = c.carrier OR s.device IN (
                 SELECT other.id FROM record own JOIN record other
                   ON other.tenant = own.tenant AND other.kind = own.kind AND other.parent = own.parent
                 WHERE own.tenant = c.tenant AND own.kind = 'device' AND own.id = c.device
                   AND own.body IS NOT NULL AND other.body IS NOT NULL))))
             ORDER BY c.scope",
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
