//! Becoming a device: the answer of the hub is believed only if the keys in the enrolment string vouch for it.

use countersign_model::record::Scope;
use countersign_model::trust::PublicKey;
use countersign_model::wire::{Enrolment, EnrolmentString};

use super::exchange::{Identity, PendingEnrolment};
use super::topics::Topic;
use super::{Store, StoreError, Tx, scopes, settings, token};
use crate::vault::{SealedToken, Token, Vault};

/// Why an enrolment's answer is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolmentProblem {
    /// The chain does not hold the key that the invitation names.
    OtherTenant,
    /// The credential is not for this device's key.
    OtherKey,
}

impl EnrolmentProblem {
    fn refused(self) -> StoreError {
        StoreError::Malformed(match self {
            EnrolmentProblem::OtherTenant => "the hub's keys are not those of the invitation".to_owned(),
            EnrolmentProblem::OtherKey => "the credential is for another key".to_owned(),
        })
    }
}

impl Store {
    /// What this device is; `None` before enrolment.
    pub fn identity(&self) -> Result<Option<Identity>, StoreError> {
        self.read(|rows| rows.identity())
    }

    /// Remembers code and key before the request leaves, so that a lost reply is asked for again with the same key.
    pub fn begin_enrolment(&self, string: &EnrolmentString, key: &PublicKey) -> Result<(), StoreError> {
        self.write(|tx| settings::save(tx.connection(), settings::PENDING_ENROLMENT, &(string.to_string(), key)))
    }

    /// The enrolment that was begun and has no answer yet.
    pub fn pending_enrolment(&self) -> Result<Option<PendingEnrolment>, StoreError> {
        self.read(|rows| {
            let stored: Option<(String, PublicKey)> = settings::read(rows.connection(), settings::PENDING_ENROLMENT)?;
            let Some((string, key)) = stored else { return Ok(None) };
            Ok(string.parse().ok().map(|string| PendingEnrolment { string, key }))
        })
    }

    /// Checks the answer against the enrolment string (chain, fingerprint, credential, key) and becomes the device.
    /// What waited under an earlier device id is put into the new chain and held until a person confirms.
    ///
    /// The token is sealed by this vault first: where that is locked nothing is changed, and the same code asks again.
    pub fn save_enrolment(
        &self,
        string: &EnrolmentString,
        enrolment: &Enrolment,
        vault: &dyn Vault,
    ) -> Result<(), StoreError> {
        let identity = believed(string, enrolment, self.pending_enrolment()?)?;
        let sealed = SealedToken::seal(vault, identity.device, &Token::new(enrolment.token.clone()))?;
        self.write(|tx| {
            let before = tx.rows().identity()?;
            settings::put_identity(tx.connection(), &identity)?;
            token::put(tx.connection(), &sealed)?;
            settings::remove(tx.connection(), settings::PENDING_ENROLMENT)?;
            settings::remove(tx.connection(), settings::SYNC_PROBLEM)?;
            if before.as_ref().is_none_or(|before| before.device != identity.device) {
                begin_anew(tx, &identity, before.as_ref())?;
            }
            tx.log_identity(&identity)?;
            tx.touch(Topic::Status);
            Ok(())
        })?;
        self.flush()
    }
}

fn believed(
    string: &EnrolmentString,
    enrolment: &Enrolment,
    pending: Option<PendingEnrolment>,
) -> Result<Identity, StoreError> {
    enrolment.chain.check()?;
    if !enrolment.chain.holds(string.tenant_key) {
        return Err(EnrolmentProblem::OtherTenant.refused());
    }
    enrolment.credential.check(&enrolment.chain)?;
    if let Some(tls) = &enrolment.tls {
        tls.check(&enrolment.chain)?;
    }
    if let Some(recovery) = &enrolment.recovery {
        recovery.check(&enrolment.chain)?;
    }
    let of_pending_key = pending.is_none_or(|pending| pending.key == enrolment.credential.key);
    let of_device = enrolment.credential.device == enrolment.device && enrolment.credential.person == enrolment.person;
    if !of_pending_key || !of_device {
        return Err(EnrolmentProblem::OtherKey.refused());
    }
    Ok(Identity {
        device: enrolment.device,
        person: enrolment.person,
        url: string.url.clone(),
        tls_key: string.tls_key,
        tls_counter: enrolment.tls.as_ref().map_or(0, |tls| tls.counter),
        credential: enrolment.credential.clone(),
        chain: enrolment.chain.clone(),
        recovery: enrolment.recovery.clone(),
        code: enrolment.credential.code.clone(),
        epoch: enrolment.epoch.clone(),
        lease_until: enrolment.lease_until,
    })
}

/// A new device id: what is known of the same company stays until the hub says whether this device may hold it; unsent
/// work of the earlier id goes along.
fn begin_anew(tx: &Tx<'_>, identity: &Identity, before: Option<&Identity>) -> Result<(), StoreError> {
    let connection = tx.connection();
    let same_hub = before.is_some_and(|before| before.chain.tenant == identity.chain.tenant);
    if before.is_some() && !same_hub {
        return Err(EnrolmentProblem::OtherTenant.refused());
    }
    let of_before = [
        settings::CURSOR,
        settings::AT_HEAD,
        settings::FORKED,
        settings::BACKUP_MARK,
        settings::UNKNOWN_AT_HUB,
        settings::ORPHANED,
    ];
    for name in of_before {
        settings::remove(connection, name)?;
    }
    connection.execute("DELETE FROM staged_decision", [])?;
    if let Some(before) = before {
        tx.drop_scope_rows(&Scope::device(before.device))?;
        scopes::want_all_again(connection, identity.device)?;
    }
    // Also where a salvage found work and no word of what the device was.
    tx.re_envelope(identity)?;
    scopes::want_always(connection, identity.device)?;
    // Receipts were given to the device before; this one asks for its own.
    connection
        .execute("UPDATE media SET state = 'local', receipt = NULL WHERE here = 1 AND state = 'receipted'", [])?;
    tx.fold(None)
}
