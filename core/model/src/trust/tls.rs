//! The tenant key's statement about the hub's TLS key: how a device finds its hub again after the hub's certificate
//! changed, without a new invitation and without believing whoever answers.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{PrivateKey, TrustChain, TrustProblem};
use crate::canonical::{self, NotCanonical};
use crate::digest::Digest;
use crate::id::Id;

/// The tenant key's word about the hub's TLS key. Of two statements the one with the higher counter counts; a device
/// never goes back to a lower one, since the key that it names may have been given up because it was stolen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TlsStatement {
    /// The tenant.
    pub tenant: Id,
    /// Grows with each statement. It is at least the hub's clock in milliseconds since 1970, so that a hub restored from
    /// a backup goes on above what it had stated before.
    pub counter: u64,
    /// SHA-256 of the TLS key (SubjectPublicKeyInfo), where it is self-signed; `None`: public authorities vouch for it.
    pub tls_key: Option<Digest>,
    /// Number of the tenant key that signed.
    pub key_number: u32,
    /// Signature over [`TlsStatement::statement`].
    pub signature: String,
}

impl TlsStatement {
    /// The bytes that the tenant key signs: every field but the signature.
    pub fn statement(&self) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&json!({
            "purpose": "countersign/tls-key/1", "tenant": self.tenant, "counter": self.counter,
            "tls_key": self.tls_key, "key_number": self.key_number,
        }))
    }

    /// Fills in the signature.
    pub fn signed(mut self, tenant_key: &PrivateKey) -> Result<TlsStatement, NotCanonical> {
        self.signature = tenant_key.sign(&self.statement()?);
        Ok(self)
    }

    /// Checks that a key of this chain made it.
    pub fn check(&self, chain: &TrustChain) -> Result<(), TrustProblem> {
        chain.check_signed(self.tenant, self.key_number, &self.statement()?, &self.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::super::TenantKey;
    use super::*;

    #[test]
    fn a_statement_is_one_tenants_word_about_one_key_at_one_count() {
        let key = PrivateKey::from_bytes(&[1; 32]).unwrap();
        let tenant = Id::derived("tenant", &[b"t"]);
        let chain = TrustChain { tenant, keys: vec![TenantKey::first(tenant, &key).unwrap()] };
        let unsigned = TlsStatement {
            tenant,
            counter: 5,
            tls_key: Some(Digest::of(b"key")),
            key_number: 0,
            signature: String::new(),
        };
        let good = unsigned.clone().signed(&key).unwrap();
        assert_eq!(good.check(&chain), Ok(()));
        let stranger = PrivateKey::from_bytes(&[2; 32]).unwrap();
        let bad = [
            TlsStatement { counter: 6, ..good.clone() },
            TlsStatement { tls_key: None, ..good.clone() },
            TlsStatement { tls_key: Some(Digest::of(b"another")), ..good.clone() },
            TlsStatement { key_number: 1, ..good.clone() },
            TlsStatement { tenant: Id::default(), ..good },
            unsigned.signed(&stranger).unwrap(),
        ];
        for statement in bad {
            assert_eq!(statement.check(&chain), Err(TrustProblem::Mismatch), "{statement:?}");
        }
    }
}
