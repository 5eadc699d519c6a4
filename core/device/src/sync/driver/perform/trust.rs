//! What the hands do where the other side is not known as it was: the hub has another TLS key, the office has other keys,
//! or the hub does not know this device.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use countersign_model::Digest;
use countersign_model::entity::Device;
use countersign_model::trust::Introduction;

use super::Hands;
use crate::store::{Store, StoreError};
use crate::sync::carrier::Carrier;
use crate::sync::driver::Surroundings;
use crate::sync::failure::Failure;
use crate::vault::VaultError;

impl<C: Carrier> Hands<C> {
    /// Pins the TLS key that answers, if the tenant's key vouches for it. One lane asks; the others find it done.
    pub(super) async fn follow_tls_key(&self, round: u64, why: &str) -> Result<(), Failure> {
        let _one = self.following.lock().await;
        if self.tls_round.load(Ordering::SeqCst) != round {
            return Ok(());
        }
        let refused = |failure: Failure| Failure::Untrusted(format!("{why}; {failure}"));
        let stranger = self.carrier.stranger().await.map_err(refused)?;
        let accepted = self.with_store(move |store| store.accept_tls_key(&stranger.trust, stranger.tls_key)).await;
        self.carrier.pin(accepted.map_err(refused)?.tls_key)?;
        self.tls_round.fetch_add(1, Ordering::SeqCst);
        tracing::info!("the hub has another TLS key, and the office vouches for it");
        Ok(())
    }

    /// Shows the credential to a hub that does not know the token: one that came back from a backup from before this
    /// device's enrolment. One lane does it; the others find it done. A locked key signs later.
    pub(super) async fn introduce(&self, round: u64) -> Result<(), Failure> {
        let _one = self.introducing.lock().await;
        if self.introduced.load(Ordering::SeqCst) != round {
            return Ok(());
        }
        let surroundings = Arc::clone(&self.surroundings);
        let made = self.with_store(move |store| introduction(store, &*surroundings)).await?;
        let answer = self.carrier.introduce(made.ok_or(Failure::SignIn)?).await.map_err(|failure| match failure {
            // A hub of an older program does not know the call.
            Failure::NotFound | Failure::NotUnderstood(_) => Failure::SignIn,
            other => other,
        })?;
        if answer.unconfirmed {
            // It came back from a backup that is older than this device.
            self.with_store(|store| store.offer_everything(true)).await?;
        }
        self.introduced.fetch_add(1, Ordering::SeqCst);
        tracing::info!(
            unconfirmed = answer.unconfirmed,
            "the hub did not know this device and was shown its credential"
        );
        Ok(())
    }

    /// A hub that does not know this device any more is offered everything; also where the process ended after the
    /// introduction and before that was written down.
    pub(super) async fn heard_unknown(&self, failure: Option<&Failure>) -> Result<(), Failure> {
        match failure {
            Some(Failure::Unconfirmed) => self.with_store(|store| store.offer_everything(false)).await,
            _ => Ok(()),
        }
    }

    /// Asks for the office's keys and takes them, if the known ones vouch for them. With a name, only where it is another
    /// than that of the known keys. Answers whether anything changed.
    pub(super) async fn follow_keys(&self, named: Option<Digest>) -> Result<bool, Failure> {
        let mut asked = self.asked_keys.lock().await;
        if named.is_some() {
            let known = self.with_store(|store| store.known_keys()).await?;
            if named == Some(known) || named == *asked {
                return Ok(false);
            }
        }
        let trust = self.carrier.trust().await?;
        *asked = named.or(*asked);
        let changed = self.with_store(move |store| store.follow_keys(&trust)).await?;
        if changed {
            tracing::info!("the office has other keys, and the known ones vouch for them");
        }
        Ok(changed)
    }
}

/// Who this device is, signed by its own key; `None` while that is locked.
fn introduction(store: &Store, surroundings: &dyn Surroundings) -> Result<Option<Introduction>, StoreError> {
    let identity = store.identity()?.ok_or(StoreError::NotEnrolled)?;
    let token = store.sealed_token()?.ok_or(VaultError::Gone)?.sha256;
    let statement = Introduction::statement(identity.credential.tenant, identity.device, token)?;
    let own = store.read(|rows| rows.get::<Device>(identity.device))?;
    let name = own.map(|device| device.name).unwrap_or_default();
    let credential = identity.credential;
    Ok(surroundings.sign(&statement).map(|signature| Introduction { credential, name, token, signature }))
}
