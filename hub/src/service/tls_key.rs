//! The tenant key's word about the TLS key that the hub serves with, so that devices find it again after a change.

use countersign_model::Digest;
use countersign_model::trust::TlsStatement;
use serde::{Deserialize, Serialize};

use crate::error::Outcome;
use crate::hub::Hub;
use crate::store::StoreError;

/// Setting that holds the last statement.
const STATEMENT: &str = "tls.statement";

/// The statement with the epoch of the hub that made it.
#[derive(Serialize, Deserialize)]
struct Kept {
    epoch: String,
    statement: TlsStatement,
}

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Unreadable(format!("the statement about the TLS key: {error}"))
}

impl Hub {
    /// The last statement about the TLS key; `None` where the hub was never served.
    pub fn tls_statement(&self) -> Outcome<Option<TlsStatement>> {
        Ok(self.kept_statement()?.map(|kept| kept.statement))
    }

    fn kept_statement(&self) -> Outcome<Option<Kept>> {
        let text = self.read(|read| Ok(read.setting(STATEMENT)?))?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose().map_err(unreadable)?)
    }

    /// States with which TLS key the hub is served from now on (`None`: one that public authorities vouch for). The same
    /// key again needs no new statement, but a hub restored from a backup states it anew: its devices may know of a later
    /// one than the backup does.
    pub(crate) fn state_tls_key(&self, tls_key: Option<Digest>) -> Outcome {
        let before = self.kept_statement()?;
        let signer = self.signer()?;
        let stands = before.as_ref().is_some_and(|kept| {
            kept.statement.tls_key == tls_key
                && kept.epoch == self.epoch()
                && kept.statement.key_number == signer.number
        });
        if stands {
            return Ok(());
        }
        let next = before.map_or(0, |kept| kept.statement.counter.saturating_add(1));
        let statement = TlsStatement {
            tenant: self.tenant(),
            counter: next.max(self.now().unsigned_abs()),
            tls_key,
            key_number: signer.number,
            signature: String::new(),
        };
        let kept = Kept { epoch: self.epoch().to_owned(), statement: statement.signed(&signer.key)? };
        let text = serde_json::to_string(&kept).map_err(unreadable)?;
        self.write(|write| Ok(write.keep_setting(STATEMENT, &text)?))
    }
}
