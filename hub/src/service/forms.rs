//! Publishing a form: its XForm is checked against the service profile, kept as media, and offered for jobs.

use countersign_forms::Form;
use countersign_model::entity::FormVersion;
use countersign_model::{Digest, Id};

use super::Actor;
use crate::error::{HubError, Outcome};
use crate::forms::LARGEST_FORM;
use crate::hub::Hub;

/// Problems of a form that are told at once; an author mends these first.
const TOLD: usize = 10;

impl Hub {
    /// Publishes a form version; publishing the same bytes twice is publishing them once.
    pub fn publish_form(&self, actor: &Actor, xml: &str, purpose: &str) -> Outcome<Digest> {
        let bytes = u64::try_from(xml.len()).unwrap_or(u64::MAX);
        if bytes > LARGEST_FORM {
            return Err(HubError::Form("it is larger than any form".to_owned()));
        }
        let form = Form::compile(xml).map_err(|problems| {
            let told: Vec<String> = problems.iter().take(TOLD).map(ToString::to_string).collect();
            HubError::Form(told.join("; "))
        })?;
        let sha256 = self.keep_media(xml.as_bytes())?;
        let version = FormVersion {
            sha256,
            bytes,
            title: form.title().to_owned(),
            purpose: purpose.to_owned(),
            active: true,
            ..FormVersion::default()
        };
        self.save(actor, Id::derived("form", &[&sha256.0]), &version)?;
        Ok(sha256)
    }
}
