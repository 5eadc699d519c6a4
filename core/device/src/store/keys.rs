//! The office's keys changed: a newer tenant key, another recovery key. What is believed about that.
//!
//! Only a chain that goes on from the known one is taken, and only what a key on it signed. What was believed once never
//! goes back.

use countersign_model::Digest;
use countersign_model::wire::Trust;

use super::exchange::Identity;
use super::topics::Topic;
use super::{Store, StoreError, settings};

impl Store {
    /// How the feed names the keys that this device knows.
    pub fn known_keys(&self) -> Result<Digest, StoreError> {
        let identity = self.identity()?.ok_or(StoreError::NotEnrolled)?;
        Ok(Trust::name_of(&identity.chain, identity.recovery.as_ref()))
    }

    /// Takes the office's present keys, if the known ones vouch for them. Answers whether anything changed; what is not
    /// vouched for is refused, and changes nothing.
    pub fn follow_keys(&self, trust: &Trust) -> Result<bool, StoreError> {
        let changed = self.write(|tx| {
            let before = tx.rows().identity()?.ok_or(StoreError::NotEnrolled)?;
            let after = followed(&before, trust)?;
            let changed = after != before;
            if changed {
                settings::put_identity(tx.connection(), &after)?;
                tx.log_identity(&after)?;
                tx.touch(Topic::Status);
            }
            Ok(changed)
        })?;
        if changed {
            self.flush()?;
        }
        Ok(changed)
    }
}

fn followed(known: &Identity, trust: &Trust) -> Result<Identity, StoreError> {
    if !trust.chain.goes_on_from(&known.chain) {
        return Err(StoreError::Malformed(
            "the office's keys do not go on from those that this device knows".to_owned(),
        ));
    }
    let mut after = Identity { chain: trust.chain.clone(), ..known.clone() };
    if let Some(stated) = &trust.recovery {
        stated.check(&trust.chain)?;
        // The newest statement counts: one that was given up does not come back.
        if known.recovery.as_ref().is_none_or(|before| before.issued < stated.issued) {
            after.recovery = Some(stated.clone());
        }
    }
    Ok(after)
}
