//! What is done with the command line, for the audit log; and the token by which a monitoring elsewhere reads the metrics.
//! Only its digest is kept.

use countersign_model::{Digest, Id};
use subtle::ConstantTimeEq as _;

use crate::error::Outcome;
use crate::hub::Hub;
use crate::store::OfficeEvent;

const TOKEN_SETTING: &str = "metrics.token";

impl Hub {
    /// Writes into the audit log what somebody did in the hub's folder with the command line.
    pub fn note_event(&self, kind: &str, about: Option<Id>, facts: &serde_json::Value) -> Outcome {
        let event = OfficeEvent {
            time: self.now(),
            kind: kind.to_owned(),
            about,
            facts: facts.to_string(),
            ..OfficeEvent::default()
        };
        self.write(|write| Ok(write.keep_event(&event)?))
    }

    /// Makes a token for the metrics, shown once; the one before no longer counts.
    pub fn make_metrics_token(&self) -> Outcome<String> {
        let token = hex::encode(self.random::<32>()?);
        let digest = Digest::of(token.as_bytes()).hex();
        self.write(|write| Ok(write.keep_setting(TOKEN_SETTING, &digest)?))?;
        Ok(token)
    }

    /// Lets no token read the metrics any more.
    pub fn forget_metrics_token(&self) -> Outcome {
        self.write(|write| Ok(write.keep_setting(TOKEN_SETTING, "")?))
    }

    /// Whether this is the token for the metrics.
    pub fn is_metrics_token(&self, token: &str) -> Outcome<bool> {
        let kept = self.read(|read| Ok(read.setting(TOKEN_SETTING)?))?.unwrap_or_default();
        let digest = Digest::of(token.as_bytes()).hex();
        Ok(bool::from(kept.as_bytes().ct_eq(digest.as_bytes())))
    }
}
