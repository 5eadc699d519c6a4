//! A new tenant key in the place of the newest one. Both sign each other, so whoever trusts either trusts both; devices
//! follow at their next sync. A key that was stolen must not be continued like this: see `docs/operate.md`.
//!
//! The key's file is durable before the chain names it, and the chain, the journal and the audit log learn of it in one
//! transaction: a stop before that leaves a file that no chain names, which the next rotation replaces.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use countersign_documents::{About, EncryptedReader, EncryptedWriter, Recipients};
use countersign_model::Digest;
use countersign_model::recovery::{DecryptionKey, EncryptionKey};
use countersign_model::trust::{PrivateKey, TenantKey, TrustChain};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::blobs::sync_folder;
use crate::edge;
use crate::error::{HubError, Outcome};
use crate::hub::{Hub, keys_folder};
use crate::keys;
use crate::store::{OfficeEvent, StoreError};

/// What the encrypted private half in the journal is.
const KIND: &str = "tenant-key";
/// The journal's word for a key of the tenant.
pub(crate) const TENANT_KEY: &str = "tenant.key";
/// What the audit log calls it.
const EVENT: &str = "key.rotate";

/// A rotation that is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rotated {
    /// Number of the new key on the chain.
    pub number: u32,
    /// Its fingerprint: what new invitations and verifiers name.
    pub fingerprint: Digest,
    /// Fingerprint of the key before it, which stays good.
    pub before: Digest,
}

/// What the journal keeps of a rotation: the link of the chain, and the private half, which the recovery key opens.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptKey {
    number: u32,
    #[serde(default)]
    key: Option<TenantKey>,
    #[serde(default)]
    private: String,
}

impl Hub {
    /// Gives the tenant a new key. Two at once: one is done, the other is refused and changes nothing.
    pub fn rotate(&self) -> Outcome<Rotated> {
        let recovery = self.recovery_key()?;
        let before = self.signer()?;
        let number = before.number.saturating_add(1);
        let key = keys::new_key(&self.inner.edge)?;
        let link = TenantKey::next(self.tenant(), number, &key, &before.key)?;
        let private = encrypted(&key, recovery)?;
        let kept = KeptKey { number, key: Some(link.clone()), private };
        let body = serde_json::to_string(&kept).map_err(|error| StoreError::Unreadable(error.to_string()))?;
        let rotated =
            Rotated { number, fingerprint: key.public().fingerprint(), before: before.key.public().fingerprint() };
        let now = self.now();
        let event = OfficeEvent {
            time: now,
            kind: EVENT.to_owned(),
            facts: json!({"number": number, "fingerprint": rotated.fingerprint.hex()}).to_string(),
            ..OfficeEvent::default()
        };
        self.write(|write| {
            if write.newest_key_number()? != before.number {
                let why = "another rotation was done at the same time: that one counts, and this one changed nothing";
                return Err(HubError::Input(why.to_owned()));
            }
            let folder = keys_folder(self.folder());
            put_key(&folder, number, &key)?;
            write.keep_tenant_key(&link)?;
            write.journal_entry(now, TENANT_KEY, &body)?;
            Ok(write.keep_event(&event)?)
        })?;
        self.write_journal();
        Ok(rotated)
    }
}

/// Writes the private half. A file of this number that is there already belongs to a rotation that stopped before the
/// chain named it: nothing was ever signed by it.
fn put_key(folder: &Path, number: u32, key: &PrivateKey) -> Outcome {
    let left = keys::key_file(folder, number);
    if left.exists() {
        fs::remove_file(&left).map_err(HubError::file(&left))?;
        sync_folder(folder).map_err(HubError::file(folder))?;
    }
    keys::keep_tenant_key(folder, number, key)
}

fn unusable(why: impl std::fmt::Display) -> HubError {
    HubError::Input(format!("the new key cannot be kept in the journal: {why}"))
}

fn encrypted(key: &PrivateKey, recovery: EncryptionKey) -> Outcome<String> {
    let about = About { kind: KIND.to_owned(), ..About::default() };
    let recipients = Recipients { keys: vec![(recovery, edge::random()?)], file_key: edge::random()? };
    let mut writer = EncryptedWriter::new(Vec::new(), about, &recipients).map_err(unusable)?;
    writer.write_all(&key.to_bytes()).map_err(unusable)?;
    Ok(hex::encode(writer.finish().map_err(unusable)?))
}

/// The chain as the journal goes on from it: a line is signed by the newest key of its time, which the database of an
/// older backup does not know yet.
pub(super) fn followed(chain: &TrustChain, bodies: &[&str]) -> TrustChain {
    let mut longer = chain.clone();
    for kept in bodies.iter().filter_map(|body| serde_json::from_str::<KeptKey>(body).ok()) {
        let mut next = longer.clone();
        next.keys.extend(kept.key);
        if next.goes_on_from(&longer) {
            longer = next;
        }
    }
    longer
}

/// Takes a rotation that the journal knows and the restored database does not.
pub(super) fn take(hub: &Hub, recovery: &DecryptionKey, kept: &KeptKey) -> Outcome {
    let Some(link) = kept.key.as_ref().filter(|link| link.number > 0) else { return Ok(()) };
    let chain = hub.chain()?;
    if chain.key(link.number).is_some() {
        return Ok(());
    }
    let mut next = chain.clone();
    next.keys.push(link.clone());
    if !next.goes_on_from(&chain) {
        return Err(HubError::Input("the key does not follow the one before".to_owned()));
    }
    let key = decrypted(recovery, &kept.private)?;
    if key.public() != link.key {
        return Err(HubError::Input("the private half is of another key".to_owned()));
    }
    put_key(&keys_folder(hub.folder()), link.number, &key)?;
    hub.write(|write| Ok(write.keep_tenant_key(link)?))
}

fn decrypted(recovery: &DecryptionKey, private: &str) -> Outcome<PrivateKey> {
    let unopened = |why: String| HubError::Input(format!("the private half does not open: {why}"));
    let bytes = hex::decode(private).map_err(|error| unopened(error.to_string()))?;
    let mut reader =
        EncryptedReader::open(std::io::Cursor::new(bytes), recovery).map_err(|why| unopened(why.to_string()))?;
    let mut key = Vec::new();
    reader.read_to_end(&mut key).map_err(|error| unopened(error.to_string()))?;
    let key: [u8; 32] = key.try_into().map_err(|_| unopened("it has another length".to_owned()))?;
    Ok(PrivateKey::from_bytes(&key)?)
}
