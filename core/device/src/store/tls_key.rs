//! The hub's TLS key changed: what is believed about it.
//!
//! Only the tenant's key is asked, never the one that answers. What was believed once never goes back.

use countersign_model::Digest;
use countersign_model::wire::Trust;

use super::exchange::Identity;
use super::topics::Topic;
use super::{Store, StoreError, settings};

/// Why a stranger at the hub's address is not believed to be the hub.
fn not_vouched(why: &str) -> StoreError {
    StoreError::Malformed(format!("the hub's TLS key is another one, and {why}"))
}

impl Store {
    /// Takes the tenant's statement about the TLS key that answered (`seen`), and pins what it names: the same key, or
    /// none where public authorities vouch for the hub from now on. Refuses everything else, and changes nothing then.
    pub fn accept_tls_key(&self, trust: &Trust, seen: Digest) -> Result<Identity, StoreError> {
        let identity = self.write(|tx| {
            let before = tx.rows().identity()?.ok_or(StoreError::NotEnrolled)?;
            let after = believed(&before, trust, seen)?;
            if after != before {
                settings::put_identity(tx.connection(), &after)?;
                tx.log_identity(&after)?;
                tx.touch(Topic::Status);
            }
            Ok(after)
        })?;
        self.flush()?;
        Ok(identity)
    }
}

fn believed(known: &Identity, trust: &Trust, seen: Digest) -> Result<Identity, StoreError> {
    if !trust.chain.goes_on_from(&known.chain) {
        return Err(not_vouched("it does not show the keys of this device's office"));
    }
    let Some(statement) = &trust.tls else {
        return Err(not_vouched("the office does not vouch for it"));
    };
    statement.check(&trust.chain)?;
    if statement.tls_key.is_some_and(|named| named != seen) {
        return Err(not_vouched("the office vouches for a different one"));
    }
    // Another lane of the same sync may have taken this very statement already; an older one never counts again.
    let same = statement.counter == known.tls_counter && statement.tls_key == known.tls_key;
    if statement.counter <= known.tls_counter && !same {
        return Err(not_vouched("what vouches for it is older than what this device knows"));
    }
    Ok(Identity {
        tls_key: statement.tls_key,
        tls_counter: statement.counter,
        chain: trust.chain.clone(),
        ..known.clone()
    })
}
