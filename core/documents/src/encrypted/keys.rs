//! Wrapping a file's key for a recipient by HPKE, and unwrapping it.

use std::convert::Infallible;

use countersign_model::Digest;
use countersign_model::recovery::{DecryptionKey, EncryptionKey};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use rand_core::{TryCryptoRng, TryRng};

use super::{EncryptedProblem, Recipient};

/// Binds a wrapped key to this use.
const PURPOSE: &[u8] = b"countersign/encrypted-file/1";

/// The chance that the caller gave, as the library wants to draw it. More than was given follows from it by hashing.
struct Given {
    seed: [u8; 32],
    drawn: u64,
}

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, wanted: &mut [u8]) -> Result<(), Infallible> {
        for piece in wanted.chunks_mut(32) {
            let block = Digest::of_parts(&[PURPOSE, &self.seed, &self.drawn.to_be_bytes()]);
            self.drawn = self.drawn.wrapping_add(1);
            piece.iter_mut().zip(block.0).for_each(|(to, from)| *to = from);
        }
        Ok(())
    }
}

impl TryCryptoRng for Given {}

/// The public half of a key.
pub fn public_half(key: &DecryptionKey) -> EncryptionKey {
    let (_, public) = pair(key);
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(public.to_bytes()).for_each(|(to, from)| *to = from);
    EncryptionKey(bytes)
}

fn pair(key: &DecryptionKey) -> (<X25519HkdfSha256 as Kem>::PrivateKey, <X25519HkdfSha256 as Kem>::PublicKey) {
    X25519HkdfSha256::derive_keypair(&key.to_bytes())
}

/// Encrypts the file's key to a recipient.
pub(super) fn wrap(file_key: &[u8; 32], to: EncryptionKey, chance: [u8; 32]) -> Result<Recipient, EncryptedProblem> {
    let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&to.0).map_err(|_| EncryptedProblem::BadKey)?;
    let mut given = Given { seed: chance, drawn: 0 };
    let (encapsulated, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &public,
        PURPOSE,
        file_key,
        &to.fingerprint().0,
        &mut given,
    )
    .map_err(|_| EncryptedProblem::BadKey)?;
    Ok(Recipient {
        key: to.fingerprint(),
        encapsulated: hex::encode(encapsulated.to_bytes()),
        sealed: hex::encode(sealed),
    })
}

/// The file's key, as a recipient finds it.
pub(super) fn unwrap(recipient: &Recipient, key: &DecryptionKey) -> Result<[u8; 32], EncryptedProblem> {
    let damaged = |what: &str| EncryptedProblem::Header(what.to_owned());
    let bytes = |text: &str| hex::decode(text).map_err(|_| damaged("a key in it cannot be read"));
    let (private, _) = pair(key);
    let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&bytes(&recipient.encapsulated)?)
        .map_err(|_| damaged("a key in it cannot be read"))?;
    let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &private,
        &encapsulated,
        PURPOSE,
        &bytes(&recipient.sealed)?,
        &recipient.key.0,
    )
    .map_err(|_| damaged("the key in it was changed"))?;
    opened.try_into().map_err(|_| damaged("the key in it has another length"))
}
