//! Preview and signing. What is signed is what was shown: the preview is kept, and signing
//! compares what would be sealed now with it.

use countersign_documents::{MediaSource, RENDERER, render_shown};
use countersign_evidence::Strokes;
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::digest::Digest;
use countersign_model::document::{Content, Outcome, Sealed, SignOff, SignOffProblem, SignerRole, check_sign_offs};
use countersign_model::payload::{DocumentSign, Payload};
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;
use std::collections::BTreeMap;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::content::Draft;
use super::work::Work;
use super::{App, AppError, Stamp};
use crate::screens::outcome_asks;
use crate::store::{MediaClass, NewMedia, NewSealed, Rows, ShownRow, StagedFile};

/// The pages that will be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What the pages say.
    pub content: Content,
    /// Its digest: signing asks for it.
    pub content_sha256: Digest,
    /// `shown.pdf` on this device.
    pub pdf: PathBuf,
    /// Its digest.
    pub pages: Digest,
    /// Questions that are missing or do not fit, by their text in the language of this device; signing waits for them.
    pub missing: Vec<String>,
    /// Whether the customer must sign.
    pub needs_customer: bool,
}

/// Who signs, and how.
#[derive(Clone, Debug)]
pub struct SignRequest {
    /// The signer's name; for class D the engineer's.
    pub name: String,
    /// In which part.
    pub role: SignerRole,
    /// What they say.
    pub outcome: Outcome,
    /// Remarks.
    pub remarks: String,
    /// 1 to 5.
    pub satisfaction: Option<u8>,
    /// 1 to 5 by aspect, of [`ASPECTS`](countersign_model::document::ASPECTS), where given.
    pub aspects: BTreeMap<String, u8>,
    /// The signer's strokes; none for absent.
    pub strokes: Option<Strokes>,
    /// The engineer's strokes.
    pub engineer_strokes: Strokes,
    /// A photo of the company stamp, beside the signature.
    pub stamp: Option<Stamp>,
    /// The digest that the preview showed; `None` takes the last preview.
    pub content_sha256: Option<Digest>,
}

/// A signed document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Its name.
    pub sealed: Digest,
    /// `voucher.pdf` on this device; `None` while the device's key is locked ("unsigned by device").
    pub pdf: Option<PathBuf>,
}

/// Previews of the store's own media.
pub(super) struct StoreMedia<'a>(pub &'a crate::store::Store);

impl MediaSource for StoreMedia<'_> {
    fn preview(&self, digest: &Digest) -> Option<Vec<u8>> {
        // A damaged or missing picture is printed as a placeholder with its hash.
        self.0.media_bytes(*digest).ok().flatten()
    }
}

impl App {
    /// Makes the pages that will be signed and remembers them.
    pub fn preview(&self, job: &str) -> Result<Preview, AppError> {
        let prepared = self.time()?;
        let (work, draft) = self.show(|rows| {
            let work = self.work(rows, job)?;
            let draft = self.content(rows, &work, prepared.clone())?;
            Ok((work, draft))
        })?;
        check_unsigned(&work)?;
        // No page cites a file of which nobody has the bytes any more.
        let draft = match self.store().look_at_files(draft.content.cited_media())? {
            true => self.show(|rows| self.content(rows, &work, prepared.clone()))?,
            false => draft,
        };
        let pages = render_shown(&draft.content, &StoreMedia(self.store()), self.fonts())
            .map_err(|problem| AppError::Report { why: problem.to_string() })?;
        let file = self.store().stage_made(&pages)?;
        let content_sha256 = digest(&draft.content)?;
        let shown = ShownRow {
            content: draft.content.clone(),
            content_sha256,
            pdf: file.sha256,
            facts_sha256: facts_digest(&draft.content)?,
        };
        let row = NewMedia { class: MediaClass::Pages, ..self.document_media(&work.lane(), file) };
        self.store().write(|tx| {
            tx.put_shown(work.subject().id, &shown)?;
            tx.put_media(&row)
        })?;
        let pdf = self.store().media_path(file.sha256);
        let Draft { content, missing, needs_customer } = draft;
        Ok(Preview { content, content_sha256, pdf, pages: file.sha256, missing, needs_customer })
    }

    /// Signs what the preview showed. All or nothing: before this returns nothing is signed, after it nothing changes.
    pub fn sign(&self, job: &str, request: SignRequest) -> Result<Signed, AppError> {
        let (work, shown, draft) = self.read(|rows| self.shown_and_now(rows, job))?;
        check_unsigned(&work)?;
        check_shown(&shown, &draft, request.content_sha256)?;
        if !draft.missing.is_empty() {
            return Err(AppError::Incomplete { missing: draft.missing });
        }
        let sealed = Sealed { content: shown.content, shown_sha256: shown.pdf, renderer: RENDERER.to_owned() };
        let stamp = request.stamp.as_ref().map(|stamp| stamp.0.rows(&work.lane(), self.now()));
        let sign_offs = self.sign_offs(&work, &sealed, request, draft.needs_customer)?;
        // Where nobody but the engineer signs, no stamp is cited, and none is sent.
        let cited = sign_offs.iter().any(|sign_off| sign_off.stamp.is_some());
        let stamp_rows = stamp.filter(|_| cited).unwrap_or_default();
        let name = self.seal(&work, shown.content_sha256, sealed, sign_offs, &stamp_rows)?;
        // What was signed is in both memories before anyone is told so.
        self.flush()?;
        let pdf = self.attest(name)?;
        Ok(Signed { sealed: name, pdf })
    }

    /// What was shown last under this digest, and what would be shown now, where both say the same.
    pub(crate) fn shown_unchanged(&self, job: &str, asked: Digest) -> Result<(ShownRow, Draft), AppError> {
        let (work, shown, draft) = self.read(|rows| self.shown_and_now(rows, job))?;
        check_unsigned(&work)?;
        check_shown(&shown, &draft, Some(asked))?;
        Ok((shown, draft))
    }

    fn shown_and_now(&self, rows: &Rows<'_>, job: &str) -> Result<(Work, ShownRow, Draft), AppError> {
        let work = self.work(rows, job)?;
        let shown = rows.shown(work.subject().id)?.ok_or_else(|| AppError::Input {
            why: "the pages were not shown yet: make the preview and look at it before anyone signs".to_owned(),
        })?;
        let draft = self.content(rows, &work, shown.content.prepared.clone())?;
        Ok((work, shown, draft))
    }

    fn sign_offs(
        &self,
        work: &Work,
        sealed: &Sealed,
        request: SignRequest,
        needs_customer: bool,
    ) -> Result<Vec<SignOff>, AppError> {
        let sealed_sha256 = digest(sealed)?;
        let engineer =
            self.read(|rows| super::content::person_name(rows, rows.identity()?.ok_or(AppError::Enrol)?.person))?;
        let mut sign_offs = vec![SignOff {
            sealed_sha256,
            role: SignerRole::Engineer,
            name: engineer,
            outcome: Outcome::Accepted,
            remarks: String::new(),
            satisfaction: None,
            aspects: Default::default(),
            strokes: STANDARD.encode(drawn(&request.engineer_strokes)?),
            stamp: None,
            stamp_preview: None,
            time: self.time()?,
        }];
        let internal = !sealed.content.needs_customer();
        let asks_nobody = internal || (work.draft.is_some() && !needs_customer);
        if !asks_nobody {
            sign_offs.push(self.customer_sign_off(sealed_sha256, request)?);
        }
        if sealed.content.only_nobody(&sign_offs) {
            return Err(AppError::Input {
                why: "nobody is there at a remote session: the sign-off is collected on a later visit".to_owned(),
            });
        }
        check_sign_offs(sealed_sha256, needs_customer, &sign_offs).map_err(sign_off_error)?;
        Ok(sign_offs)
    }

    fn customer_sign_off(&self, sealed_sha256: Digest, request: SignRequest) -> Result<SignOff, AppError> {
        // What nobody was asked for is not said: who is not there neither draws nor rates, who refuses need not draw.
        let asks = outcome_asks(&request.outcome);
        let is_meant = |strokes: &&Strokes| asks.may_draw && (asks.must_draw || !strokes.is_blank());
        let strokes = request.strokes.as_ref().filter(is_meant).map(drawn).transpose()?;
        let stamp = request.stamp.as_ref().filter(|_| asks.rates);
        Ok(SignOff {
            sealed_sha256,
            role: if asks.names { request.role } else { SignerRole::Customer },
            name: if asks.names { request.name.trim().to_owned() } else { String::new() },
            outcome: request.outcome,
            remarks: request.remarks.trim().to_owned(),
            satisfaction: request.satisfaction.filter(|_| asks.rates),
            aspects: if asks.rates { request.aspects } else { BTreeMap::new() },
            strokes: strokes.map(|strokes| STANDARD.encode(strokes)).unwrap_or_default(),
            stamp: stamp.map(Stamp::sha256),
            stamp_preview: stamp.and_then(Stamp::preview),
            time: self.time()?,
        })
    }

    /// One transaction: the sealed row, the pages' row, the citations, the command.
    fn seal(
        &self,
        work: &Work,
        content_sha256: Digest,
        sealed: Sealed,
        sign_offs: Vec<SignOff>,
        stamp: &[NewMedia],
    ) -> Result<Digest, AppError> {
        let amends = work.draft.as_ref().map(|(_, draft)| draft.amends.clone()).unwrap_or_default();
        let payload = Payload::DocumentSign(DocumentSign {
            kind: sealed.content.kind.clone(),
            visit: work.visit_id,
            job: work.job_id,
            draft: work.draft.as_ref().map(|(id, _)| *id),
            amends,
            content_sha256,
            sealed: sealed.clone(),
            sign_offs: sign_offs.clone(),
        });
        let draft = self.draft(work.lane(), None, payload)?;
        let pages = self.staged(sealed.shown_sha256)?;
        let row = self.document_media(&work.lane(), pages);
        let new = NewSealed { sealed, sign_offs };
        let name = self.store().write(|tx| {
            let name = tx.put_sealed(&new)?;
            tx.put_media(&row)?;
            stamp.iter().try_for_each(|row| self.store().still_here(row.file.sha256))?;
            stamp.iter().try_for_each(|row| tx.put_media(row))?;
            new.cited_originals().try_for_each(|sha256| tx.cite_media(sha256))?;
            tx.submit(&draft)?;
            Ok(name)
        })?;
        Ok(name)
    }

    pub(super) fn staged(&self, sha256: Digest) -> Result<StagedFile, AppError> {
        let bytes = self.store().media_bytes(sha256)?;
        let bytes = bytes.ok_or_else(|| AppError::Environment {
            why: format!("the file {sha256} is missing on this device: make the preview again"),
        })?;
        Ok(StagedFile { sha256, bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX) })
    }

    pub(super) fn document_media(&self, lane: &Scope, file: StagedFile) -> NewMedia {
        NewMedia { file, class: MediaClass::Document, scope: lane.clone(), added: self.now() }
    }
}

/// What is signed is what was shown.
fn check_shown(shown: &ShownRow, draft: &Draft, asked: Option<Digest>) -> Result<(), AppError> {
    let asked = asked.unwrap_or(shown.content_sha256);
    match asked == shown.content_sha256 && facts_digest(&draft.content)? == shown.facts_sha256 {
        true => Ok(()),
        false => Err(AppError::ShownChanged),
    }
}

/// A signed voucher is changed by an amendment only.
fn check_unsigned(work: &Work) -> Result<(), AppError> {
    if work.is_locked() {
        return Err(Refusal::new(RefusalCode::Signed).into());
    }
    Ok(())
}

pub(super) fn not_canonical(problem: countersign_model::canonical::NotCanonical) -> AppError {
    AppError::Report { why: problem.to_string() }
}

pub(super) fn digest(value: &impl serde::Serialize) -> Result<Digest, AppError> {
    countersign_model::canonical::digest(value).map_err(not_canonical)
}

/// The content without the moment of its making: whether anything else changed since it was shown.
fn facts_digest(content: &Content) -> Result<Digest, AppError> {
    digest(&Content { prepared: TimeRecord::default(), ..content.clone() })
}

/// A dot or nothing is no signature.
pub(super) fn drawn(strokes: &Strokes) -> Result<Vec<u8>, AppError> {
    if strokes.is_blank() {
        return Err(sign_off_error(SignOffProblem::StrokesMissing));
    }
    Ok(strokes.pack())
}

/// What a sign-off lacks, by the field that the refusal's sentence names.
pub(crate) fn sign_off_error(problem: SignOffProblem) -> AppError {
    let refusal = Refusal::new(RefusalCode::Missing).with("field", format!("{problem:?}"));
    AppError::Refused { refusal }
}
