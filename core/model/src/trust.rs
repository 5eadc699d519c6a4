//! Keys and signatures: the tenant's signing key and its chain, device credentials, receipts, command-chain
//! signatures. ECDSA over P-256 with SHA-256; signatures travel as 128 lowercase hexadecimal digits (r‖s, low-S).
//!
//! Every signed statement is canonical JSON with a `purpose`, so that a signature for one can never pass for another.
//! This module never makes a key from chance; the caller gives the bytes.

mod introduction;
mod tls;

use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::canonical::{self, NotCanonical};
use crate::digest::Digest;
use crate::id::Id;

pub use introduction::Introduction;
pub use tls::TlsStatement;

/// Why a signature or chain is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustProblem {
    /// The key is no P-256 point in SEC1 form.
    #[error("the key is not a P-256 public key")]
    Key,
    /// The signature is not 128 lowercase hexadecimal digits with low S.
    #[error("the signature is malformed")]
    Malformed,
    /// The signature does not fit the statement and key.
    #[error("the signature does not fit what it should sign")]
    Mismatch,
    /// A link of the tenant's key chain is not signed by the key before it.
    #[error("the key chain is broken at key {0}")]
    Chain(usize),
    /// The chain is empty.
    #[error("the key chain is empty")]
    NoChain,
    /// The statement has no canonical form.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
}

/// A public key: SEC1 compressed point, 66 lowercase hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicKey(String);

impl PublicKey {
    /// From the hexadecimal SEC1 form, compressed or not; checked to be a point.
    pub fn parse(text: &str) -> Result<PublicKey, TrustProblem> {
        let bytes = hex::decode(text).map_err(|_| TrustProblem::Key)?;
        PublicKey::from_sec1(&bytes)
    }

    /// From SEC1 bytes, as Android Keystore and Secure Enclave export them.
    pub fn from_sec1(bytes: &[u8]) -> Result<PublicKey, TrustProblem> {
        let key = VerifyingKey::from_sec1_bytes(bytes).map_err(|_| TrustProblem::Key)?;
        Ok(PublicKey(hex::encode(key.to_sec1_point(true).as_bytes())))
    }

    /// The key's fingerprint: SHA-256 of the compressed point.
    pub fn fingerprint(&self) -> Digest {
        Digest::of(&hex::decode(&self.0).unwrap_or_default())
    }

    /// The hexadecimal text.
    pub fn as_hex(&self) -> &str {
        &self.0
    }

    /// Checks a signature over these bytes.
    pub fn verify(&self, statement: &[u8], signature: &str) -> Result<(), TrustProblem> {
        let bytes = hex::decode(&self.0).map_err(|_| TrustProblem::Key)?;
        let key = VerifyingKey::from_sec1_bytes(&bytes).map_err(|_| TrustProblem::Key)?;
        let signature = parse_signature(signature)?;
        key.verify(statement, &signature).map_err(|_| TrustProblem::Mismatch)
    }
}

fn parse_signature(text: &str) -> Result<Signature, TrustProblem> {
    let strict = text.len() == 128 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !strict {
        return Err(TrustProblem::Malformed);
    }
    let bytes = hex::decode(text).map_err(|_| TrustProblem::Malformed)?;
    let signature = Signature::from_slice(&bytes).map_err(|_| TrustProblem::Malformed)?;
    // One message must have one signature text: the high-S twin would verify as well.
    if signature.normalize_s() != signature {
        return Err(TrustProblem::Malformed);
    }
    Ok(signature)
}

/// Brings a platform's DER signature (Keystore, Secure Enclave) into our text form.
pub fn signature_from_der(der: &[u8]) -> Result<String, TrustProblem> {
    let signature = Signature::from_der(der).map_err(|_| TrustProblem::Malformed)?;
    Ok(hex::encode(signature.normalize_s().to_bytes()))
}

/// A private key held in memory: the hub's tenant key, and the device key of shells without a hardware one.
#[derive(Clone)]
pub struct PrivateKey(SigningKey);

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey(…)")
    }
}

impl PrivateKey {
    /// From 32 bytes of chance; fails for the few values that are no scalar, so draw again.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<PrivateKey, TrustProblem> {
        SigningKey::from_slice(bytes).map(PrivateKey).map_err(|_| TrustProblem::Key)
    }

    /// The 32 bytes, for storing; the caller keeps them secret.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes().into()
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(hex::encode(self.0.verifying_key().to_sec1_point(true).as_bytes()))
    }

    /// Signs these bytes (deterministically, RFC 6979).
    pub fn sign(&self, statement: &[u8]) -> String {
        let signature: Signature = self.0.sign(statement);
        hex::encode(signature.normalize_s().to_bytes())
    }
}

/// One key of a tenant. Two neighbours sign each other: the older the newer, so that whoever knows the old one follows a
/// rotation; and the newer the older, so that whoever was told the newest one believes what the older ones signed. With
/// the first alone anybody could put a key of their own before somebody else's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantKey {
    /// Position in the chain, from 0.
    pub number: u32,
    /// The key.
    pub key: PublicKey,
    /// By the key before (the first: by itself) over [`TenantKey::statement`].
    pub signature: String,
    /// By this key over [`TenantKey::statement_back`] about the key before; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub signature_back: String,
}

impl TenantKey {
    /// The bytes that the key before signs.
    pub fn statement(tenant: Id, number: u32, key: &PublicKey) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&json!({
            "purpose": "countersign/tenant-key/1", "tenant": tenant, "number": number, "key": key,
        }))
    }

    /// The bytes that key `number` signs about the key before it.
    pub fn statement_back(tenant: Id, number: u32, before: &PublicKey) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&json!({
            "purpose": "countersign/tenant-key-before/1", "tenant": tenant, "number": number, "before": before,
        }))
    }

    /// The first key of a chain: it signs itself.
    pub fn first(tenant: Id, key: &PrivateKey) -> Result<TenantKey, NotCanonical> {
        let signature = key.sign(&Self::statement(tenant, 0, &key.public())?);
        Ok(TenantKey { number: 0, key: key.public(), signature, signature_back: String::new() })
    }

    /// The next key of a chain, with this number. A key that was stolen must not be followed by another one: begin a new
    /// chain, and enrol anew.
    pub fn next(tenant: Id, number: u32, key: &PrivateKey, before: &PrivateKey) -> Result<TenantKey, NotCanonical> {
        let signature = before.sign(&Self::statement(tenant, number, &key.public())?);
        let signature_back = key.sign(&Self::statement_back(tenant, number, &before.public())?);
        Ok(TenantKey { number, key: key.public(), signature, signature_back })
    }
}

/// A tenant's keys, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustChain {
    /// The tenant.
    pub tenant: Id,
    /// Its keys, oldest first.
    pub keys: Vec<TenantKey>,
}

impl TrustChain {
    /// Checks every link in both directions. Returns the newest key.
    pub fn check(&self) -> Result<&PublicKey, TrustProblem> {
        let mut before = &self.keys.first().ok_or(TrustProblem::NoChain)?.key;
        for (index, link) in self.keys.iter().enumerate() {
            let in_place = usize::try_from(link.number).is_ok_and(|number| number == index);
            if !in_place || !self.is_linked(link, before)? {
                return Err(TrustProblem::Chain(index));
            }
            before = &link.key;
        }
        Ok(before)
    }

    fn is_linked(&self, link: &TenantKey, before: &PublicKey) -> Result<bool, NotCanonical> {
        let forwards = TenantKey::statement(self.tenant, link.number, &link.key)?;
        let backwards = TenantKey::statement_back(self.tenant, link.number, before)?;
        let back = match link.number {
            0 => link.signature_back.is_empty(),
            _ => link.key.verify(&backwards, &link.signature_back).is_ok(),
        };
        Ok(back && before.verify(&forwards, &link.signature).is_ok())
    }

    /// Whether a key with this fingerprint is on the chain. On a chain that was checked, each key vouches for all.
    pub fn holds(&self, fingerprint: Digest) -> bool {
        self.keys.iter().any(|link| link.key.fingerprint() == fingerprint)
    }

    /// Whether this is the same chain, or that chain with newer keys: what a device may take in place of what it knows.
    pub fn goes_on_from(&self, known: &TrustChain) -> bool {
        self.tenant == known.tenant && self.keys.starts_with(&known.keys) && self.check().is_ok()
    }

    /// Checks that the key with this number signed these bytes, for this very tenant.
    pub fn check_signed(&self, tenant: Id, number: u32, statement: &[u8], signature: &str) -> Result<(), TrustProblem> {
        let key = self.key(number).filter(|_| tenant == self.tenant).ok_or(TrustProblem::Mismatch)?;
        key.verify(statement, signature)
    }

    /// The key with this number.
    pub fn key(&self, number: u32) -> Option<&PublicKey> {
        self.keys.iter().find(|link| link.number == number).map(|link| &link.key)
    }
}

/// The tenant key's statement that a device key belongs to a device and a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credential {
    /// The tenant.
    pub tenant: Id,
    /// The device.
    pub device: Id,
    /// The person who enrolled it.
    pub person: Id,
    /// The person's name at enrolment, as printed by a verifier.
    pub person_name: String,
    /// Short code of the device, used in offline numbers.
    pub code: String,
    /// The device's public key.
    pub key: PublicKey,
    /// When it was issued, milliseconds since 1970 by the hub's clock.
    pub issued: i64,
    /// Number of the tenant key that signed.
    pub key_number: u32,
    /// Signature over [`Credential::statement`].
    pub signature: String,
}

impl Credential {
    /// The bytes that the tenant key signs: every field but the signature.
    pub fn statement(&self) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&json!({
            "purpose": "countersign/credential/1", "tenant": self.tenant, "device": self.device,
            "person": self.person, "person_name": self.person_name, "code": self.code, "key": self.key,
            "issued": self.issued, "key_number": self.key_number,
        }))
    }

    /// Fills in the signature.
    pub fn signed(mut self, tenant_key: &PrivateKey) -> Result<Credential, NotCanonical> {
        self.signature = tenant_key.sign(&self.statement()?);
        Ok(self)
    }

    /// Checks that a key of this chain issued it.
    pub fn check(&self, chain: &TrustChain) -> Result<(), TrustProblem> {
        chain.check_signed(self.tenant, self.key_number, &self.statement()?, &self.signature)
    }
}

/// The hub's signed word that it holds these bytes durably. Local bytes may go only under one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The tenant.
    pub tenant: Id,
    /// The device it was given to.
    pub device: Id,
    /// The hub's epoch when it was given; a restored hub has another.
    pub epoch: String,
    /// What it holds, ascending.
    pub holds: Vec<Digest>,
    /// When, milliseconds since 1970 by the hub's clock.
    pub time: i64,
    /// Number of the tenant key that signed.
    pub key_number: u32,
    /// Signature over [`Receipt::statement`].
    pub signature: String,
}

impl Receipt {
    /// The bytes that the tenant key signs.
    pub fn statement(&self) -> Result<Vec<u8>, NotCanonical> {
        canonical::to_bytes(&json!({
            "purpose": "countersign/receipt/1", "tenant": self.tenant, "device": self.device, "epoch": self.epoch,
            "holds": self.holds, "time": self.time, "key_number": self.key_number,
        }))
    }

    /// Fills in the signature.
    pub fn signed(mut self, tenant_key: &PrivateKey) -> Result<Receipt, NotCanonical> {
        self.signature = tenant_key.sign(&self.statement()?);
        Ok(self)
    }

    /// Checks that a key of this chain gave it to this device.
    pub fn check(&self, chain: &TrustChain, device: Id) -> Result<(), TrustProblem> {
        if self.device != device {
            return Err(TrustProblem::Mismatch);
        }
        chain.check_signed(self.tenant, self.key_number, &self.statement()?, &self.signature)
    }
}

/// The bytes that a device signs to vouch for its command chain up to `seq`.
pub fn chain_statement(device: Id, seq: u64, chain_hash: Digest) -> Result<Vec<u8>, NotCanonical> {
    canonical::to_bytes(&json!({
        "purpose": "countersign/chain/1", "device": device, "seq": seq, "chain_hash": chain_hash,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> PrivateKey {
        PrivateKey::from_bytes(&[seed; 32]).unwrap()
    }

    fn chain(keys: &[&PrivateKey]) -> TrustChain {
        let tenant = Id::derived("tenant", &[b"t"]);
        let mut links = Vec::new();
        for (index, private) in keys.iter().enumerate() {
            links.push(match index {
                0 => TenantKey::first(tenant, private).unwrap(),
                _ => TenantKey::next(tenant, index as u32, private, keys[index - 1]).unwrap(),
            });
        }
        TrustChain { tenant, keys: links }
    }

    #[test]
    fn a_chain_holds_only_if_each_key_signed_the_next() {
        let good = chain(&[&key(1), &key(2), &key(3)]);
        assert_eq!(good.check().unwrap(), &key(3).public());
        assert!(good.holds(key(2).public().fingerprint()) && !good.holds(key(9).public().fingerprint()));

        let mut stranger = good.clone();
        stranger.keys[2] = TenantKey::next(good.tenant, 2, &key(9), &key(9)).unwrap();
        assert_eq!(stranger.check(), Err(TrustProblem::Chain(2)));
        let short = TrustChain { keys: good.keys[..2].to_vec(), ..good.clone() };
        assert!(good.goes_on_from(&short) && good.goes_on_from(&good) && !short.goes_on_from(&good));
        assert!(!stranger.goes_on_from(&short) && !chain(&[&key(1), &key(4), &key(3)]).goes_on_from(&short));
        // Somebody puts a key of their own before the company's newest: it says the same forwards, and nothing back.
        let trusted = good.keys[2].clone();
        let own = TenantKey::first(good.tenant, &key(9)).unwrap();
        let forwards = key(9).sign(&TenantKey::statement(good.tenant, 1, &trusted.key).unwrap());
        for back in [String::new(), trusted.signature_back.clone(), key(9).sign(b"anything")] {
            let put = TenantKey { number: 1, signature: forwards.clone(), signature_back: back, ..trusted.clone() };
            let forged = TrustChain { keys: vec![own.clone(), put], ..good.clone() };
            assert_eq!(forged.check(), Err(TrustProblem::Chain(1)));
        }
        let mut swapped = good.clone();
        swapped.keys.swap(1, 2);
        assert_eq!(swapped.check(), Err(TrustProblem::Chain(1)));
        assert_eq!(TrustChain { keys: vec![], ..good }.check(), Err(TrustProblem::NoChain));
    }

    #[test]
    fn a_receipt_is_for_one_device_and_one_list() {
        let chain = chain(&[&key(1)]);
        let device = Id::derived("device", &[b"d"]);
        let receipt = Receipt {
            tenant: chain.tenant,
            device,
            epoch: "e1".to_owned(),
            holds: vec![Digest::of(b"photo")],
            time: 5,
            key_number: 0,
            signature: String::new(),
        }
        .signed(&key(1))
        .unwrap();
        assert_eq!(receipt.check(&chain, device), Ok(()));
        assert!(receipt.check(&chain, Id::default()).is_err());
        let mut more = receipt.clone();
        more.holds.push(Digest::of(b"another"));
        assert_eq!(more.check(&chain, device), Err(TrustProblem::Mismatch));
        let forged = Receipt { signature: String::new(), ..receipt }.signed(&key(2)).unwrap();
        assert_eq!(forged.check(&chain, device), Err(TrustProblem::Mismatch));
    }

    #[test]
    fn only_the_one_strict_text_of_a_signature_is_taken() {
        let signature = key(1).sign(b"x");
        let public = key(1).public();
        assert_eq!(public.verify(b"x", &signature), Ok(()));
        assert_eq!(public.verify(b"y", &signature), Err(TrustProblem::Mismatch));
        for bad in [signature.to_uppercase(), format!("{signature}00"), signature[2..].to_owned(), String::new()] {
            assert_eq!(public.verify(b"x", &bad), Err(TrustProblem::Malformed), "{bad}");
        }
        let high = high_s(&signature);
        assert_eq!(public.verify(b"x", &high), Err(TrustProblem::Malformed));
    }

    /// The other valid S of the same signature: the group order minus S.
    fn high_s(signature: &str) -> String {
        const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
        let order = hex::decode(ORDER).unwrap();
        let s = hex::decode(&signature[64..]).unwrap();
        let (mut out, mut borrow) = (vec![0u8; 32], 0i16);
        for index in (0..32).rev() {
            let value = i16::from(order[index]) - i16::from(s[index]) - borrow;
            borrow = i16::from(value < 0);
            out[index] = value.rem_euclid(256) as u8;
        }
        format!("{}{}", &signature[..64], hex::encode(out))
    }
}
