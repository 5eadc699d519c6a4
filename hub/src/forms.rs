//! The forms that answers are checked against: compiled once per digest, and only those that the office published.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::{Arc, Mutex, PoisonError};

use countersign_forms::Form;
use countersign_model::decide::{AnswerCheck, FormRules, MediaRules};
use countersign_model::record::kind;
use countersign_model::{Digest, Id};

use crate::blobs::Blobs;
use crate::store::{Read, Stored};

/// A form is text for people; no real one comes near this many bytes.
pub(crate) const LARGEST_FORM: u64 = 8 << 20;

/// Compiled forms by digest.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    compiled: Mutex<BTreeMap<Digest, Form>>,
}

impl Forms {
    /// The compiled form; `None` where it was not published or its bytes are not here.
    pub(crate) fn get(
        &self,
        read: &Read<'_>,
        blobs: &Arc<dyn Blobs>,
        tenant: Id,
        sha256: Digest,
    ) -> Stored<Option<Form>> {
        if let Some(form) = self.compiled.lock().unwrap_or_else(PoisonError::into_inner).get(&sha256) {
            return Ok(Some(form.clone()));
        }
        // Bytes that anybody uploaded are no form of the company: a form record must cite them.
        if !read.citing(sha256)?.iter().any(|record| record.kind == kind::FORM) {
            return Ok(None);
        }
        let Some(form) = text_of(blobs, tenant, sha256).and_then(|xml| Form::compile(&xml).ok()) else {
            return Ok(None);
        };
        self.compiled.lock().unwrap_or_else(PoisonError::into_inner).insert(sha256, form.clone());
        Ok(Some(form))
    }
}

fn text_of(blobs: &Arc<dyn Blobs>, tenant: Id, sha256: Digest) -> Option<String> {
    let blob = blobs.open(tenant, sha256).ok()??;
    let mut text = String::new();
    blob.file.take(LARGEST_FORM).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Forms and media as the rules see them, within one transaction.
pub(crate) struct Surroundings<'a> {
    pub(crate) forms: &'a Forms,
    pub(crate) blobs: &'a Arc<dyn Blobs>,
    pub(crate) read: &'a Read<'a>,
    pub(crate) tenant: Id,
}

impl FormRules for Surroundings<'_> {
    fn check(&self, form: Digest, path: &str, value: &str) -> AnswerCheck {
        let found = match self.forms.get(self.read, self.blobs, self.tenant, form) {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, %form, "a form could not be looked up");
                None
            }
        };
        found.map_or(AnswerCheck::NoForm, |form| form.judge(path, value))
    }
}

impl MediaRules for Surroundings<'_> {
    fn holds(&self, sha256: Digest) -> bool {
        self.read.media_bytes(sha256).is_ok_and(|found| found.is_some())
    }
}
