//! Finding what a command is about: the job by id or number, this person's visit of it, the open draft of an amendment.

use countersign_model::decide::Refusal;
use countersign_model::digest::Digest;
use countersign_model::entity::{
    Amendment, AmendmentState, Document, Job, Visit, VisitState, Voucher, document_id, voucher_id,
};
use countersign_model::record::{Scope, kind};
use countersign_model::{Id, RecordRef};

use super::{App, AppError};
use crate::store::{Rows, StoreError};

/// A job with this person's visit and what is being worked on.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    pub job_id: Id,
    pub job: Job,
    pub visit_id: Id,
    pub visit: Visit,
    pub voucher: Option<Voucher>,
    /// The open draft of an amendment: facts and answers go there.
    pub draft: Option<(Id, Amendment)>,
}

impl Work {
    pub fn lane(&self) -> Scope {
        Scope::job(self.job_id)
    }

    /// What facts and answers are about: the draft while one is open, else the visit.
    pub fn subject(&self) -> RecordRef {
        match &self.draft {
            Some((id, _)) => RecordRef::new(kind::AMENDMENT, *id),
            None => RecordRef::new(kind::VISIT, self.visit_id),
        }
    }

    /// Whether the visit's voucher is signed.
    pub fn is_signed(&self) -> bool {
        self.voucher.as_ref().is_some_and(|voucher| !voucher.leaves.is_empty())
    }

    /// Signed, and no draft of an amendment is open: nothing of the visit can be changed now.
    pub fn is_locked(&self) -> bool {
        self.is_signed() && self.draft.is_none()
    }

    /// The subjects whose facts the present document rests on, oldest first: the visit, then each sealed amendment on
    /// the way to `leaves`, then the open draft.
    pub fn layers(&self, rows: &Rows<'_>) -> Result<Vec<RecordRef>, StoreError> {
        let tips = match &self.draft {
            Some((_, draft)) => draft.amends.clone(),
            None => self.voucher.as_ref().map(|voucher| voucher.leaves.clone()).unwrap_or_default(),
        };
        let mut layers = vec![RecordRef::new(kind::VISIT, self.visit_id)];
        layers.extend(drafts_before(rows, &tips)?);
        if let Some((id, _)) = &self.draft {
            layers.push(RecordRef::new(kind::AMENDMENT, *id));
        }
        Ok(layers)
    }
}

/// The drafts that led to these documents, oldest first.
fn drafts_before(rows: &Rows<'_>, tips: &[Digest]) -> Result<Vec<RecordRef>, StoreError> {
    let mut found: Vec<RecordRef> = Vec::new();
    let mut open: Vec<Digest> = tips.to_vec();
    // Each round goes one document back; a chain never repeats a document, since each names its parents by hash.
    while let Some(sealed) = open.pop() {
        let Some(document) = rows.get::<Document>(document_id(sealed))? else { continue };
        open.extend(document.amends.iter().copied());
        if let Some(draft) = document.draft {
            let reference = RecordRef::new(kind::AMENDMENT, draft);
            if !found.contains(&reference) {
                found.push(reference);
            }
        }
    }
    found.reverse();
    Ok(found)
}

impl App {
    /// The job with this id, number or voucher number.
    pub fn find_job(&self, name: &str) -> Result<Id, AppError> {
        self.read(|rows| Ok(self.job(rows, name)?.0))
    }

    /// The job with this id or number.
    pub(crate) fn job(&self, rows: &Rows<'_>, name: &str) -> Result<(Id, Job), AppError> {
        if let Ok(id) = name.parse::<Id>() {
            // A visit stands for its job.
            let id = rows.get::<Visit>(id)?.map_or(id, |visit| visit.job);
            let job = rows.get::<Job>(id)?;
            return job.map(|job| (id, job)).ok_or_else(|| not_found("job", name));
        }
        let id = rows.job_numbered(name)?.ok_or_else(|| not_found("job", name))?;
        rows.get::<Job>(id)?.map(|job| (id, job)).ok_or_else(|| not_found("job", name))
    }

    /// The visit whose voucher has this number, or whose id this is.
    pub fn visit_named(&self, name: &str) -> Result<Id, AppError> {
        self.read(|rows| {
            for (id, _) in rows.all::<Visit>()? {
                let number = rows.get::<Voucher>(voucher_id(id))?.map(|voucher| voucher.number);
                if number.as_deref() == Some(name) || id.to_string() == name {
                    return Ok(id);
                }
            }
            Err(not_found("visit", name))
        })
    }

    /// The job with this id or number, and this person's visit of it.
    pub(crate) fn work(&self, rows: &Rows<'_>, name: &str) -> Result<Work, AppError> {
        let (job_id, job) = self.job(rows, name)?;
        let person = rows.identity()?.ok_or(AppError::Enrol)?.person;
        let visits = rows.children_of::<Visit>(job_id)?;
        // Who took over a colleague's work goes on with that colleague's visit; the office decides at the next sync.
        let colleague = rows.carried_from(job_id)?.map(|(person, _)| person);
        let taken_over = colleague.and_then(|colleague| own_visit(visits.clone(), colleague));
        let named = named_visit(rows, &visits, person, name)?;
        let own = named.or_else(|| own_visit(visits, person)).or(taken_over);
        let (visit_id, visit) = own.ok_or_else(|| AppError::Input {
            why: format!("no visit of job {name} is planned for you: ask the office to plan one"),
        })?;
        let voucher = rows.get::<Voucher>(voucher_id(visit_id))?;
        let draft = rows.children_of::<Amendment>(visit_id)?.into_iter().find(|(_, draft)| {
            draft.state == AmendmentState::Open && (draft.author == person || Some(draft.author) == colleague)
        });
        Ok(Work { job_id, job, visit_id, visit, voucher, draft })
    }
}

/// The visit whose voucher has this number (or whose id this is), where this person is on it or collects its sign-off:
/// so a remote visit is signed on the visit that came after it.
fn named_visit(
    rows: &Rows<'_>,
    visits: &[(Id, Visit)],
    person: Id,
    name: &str,
) -> Result<Option<(Id, Visit)>, StoreError> {
    for (id, visit) in visits {
        let number = rows.get::<Voucher>(voucher_id(*id))?.map(|voucher| voucher.number);
        let works = works_on(rows, visit, person)?;
        if works && (number.as_deref() == Some(name) || id.to_string() == name) {
            return Ok(Some((*id, visit.clone())));
        }
    }
    Ok(None)
}

/// Whether a person is on a visit or collects its sign-off.
pub(crate) fn works_on(rows: &Rows<'_>, visit: &Visit, person: Id) -> Result<bool, StoreError> {
    let collector = visit.collected_by.map(|by| rows.get::<Visit>(by)).transpose()?.flatten();
    Ok(visit.has(person) || collector.is_some_and(|collector| collector.has(person)))
}

/// The visit that a person works on: the newest of theirs, one that still stands before one that was given away.
fn own_visit(visits: Vec<(Id, Visit)>, person: Id) -> Option<(Id, Visit)> {
    let stands = |visit: &Visit| !matches!(visit.state, VisitState::Reassigned | VisitState::Cancelled);
    visits.into_iter().filter(|(_, visit)| visit.has(person)).max_by_key(|(_, visit)| (stands(visit), visit.ordinal))
}

pub(crate) fn not_found(what: &'static str, name: &str) -> AppError {
    AppError::NotFound { what, name: name.chars().take(80).collect() }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> AppError {
        AppError::Refused { refusal }
    }
}
