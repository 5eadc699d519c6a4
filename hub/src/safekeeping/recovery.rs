//! The recovery key: made once, kept by people; and the hub's own key for what is brought to it.

use std::fs;
use std::path::Path;

use countersign_documents::public_half;
use countersign_model::recovery::{DecryptionKey, EncryptionKey, RecoveryKeys};
use countersign_model::trust::PrivateKey;
use countersign_model::{Id, canonical};

use crate::edge::Edge;
use crate::error::{HubError, Outcome};
use crate::hub::{Hub, keys_folder};
use crate::keys::write_secret;
use crate::store::{OfficeEvent, Read, Write};

/// Where `hub init` leaves the private half, in the hub's folder: to be moved off the machine.
pub const RECOVERY_FILE: &str = "recovery.key";
/// Where the hub's own key for rescue files stands, in its folder of keys.
const HUB_FILE: &str = "rescue.key";
/// The setting that holds the tenant key's statement.
const SETTING: &str = "recovery_keys";

/// What the journal and the audit log call another recovery key.
pub(crate) const RECOVERY_KEY: &str = "recovery.key";
const EVENT: &str = "recovery.renew";

const ADVICE: &str = "\
# The recovery key of {company}.
#
# It opens rescue files and backups, and nothing else does. Move it off this machine now: print it, or keep it on two
# memory sticks in two places. Whoever has it and a backup can read everything; without it a backup cannot be restored.
";

/// Makes both key pairs in a new hub's folder, stated at the time of its edge.
pub(crate) fn make_recovery_keys(
    folder: &Path,
    company: &str,
    tenant: Id,
    tenant_key: (&PrivateKey, u32),
    edge: &Edge,
) -> Outcome<RecoveryKeys> {
    let recovery = new_private_half(folder, company, edge)?;
    let hub = DecryptionKey::from_bytes(edge.random()?);
    write_secret(&keys_folder(folder).join(HUB_FILE), hub.secret_text().as_bytes())?;
    let keys = RecoveryKeys {
        tenant,
        recovery: public_half(&recovery),
        hub: public_half(&hub),
        issued: (edge.clock)(),
        key_number: tenant_key.1,
        signature: String::new(),
    };
    Ok(keys.signed(tenant_key.0)?)
}

/// Makes the private half and writes it where its owner finds it.
fn new_private_half(folder: &Path, company: &str, edge: &Edge) -> Outcome<DecryptionKey> {
    let recovery = DecryptionKey::from_bytes(edge.random()?);
    let one_line: String = company.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let text = format!("{}{}\n", ADVICE.replace("{company}", &one_line), recovery.secret_text());
    write_secret(&folder.join(RECOVERY_FILE), text.as_bytes())?;
    Ok(recovery)
}

/// Reads the private half from the file that a person kept.
pub fn read_recovery_key(path: &Path) -> Outcome<DecryptionKey> {
    let text = fs::read_to_string(path).map_err(HubError::file(path))?;
    DecryptionKey::parse_file(&text).map_err(|why| {
        HubError::Input(format!("{} is not a recovery key ({why}): name the file that `hub init` made", path.display()))
    })
}

impl Hub {
    /// To which keys rescue files are encrypted, as the tenant key states it; `None` for a hub that has no recovery key.
    pub fn recovery_keys(&self) -> Outcome<Option<RecoveryKeys>> {
        self.read(stated)
    }

    /// The recovery key's public half, which backups are encrypted to.
    pub fn recovery_key(&self) -> Outcome<EncryptionKey> {
        let missing =
            "this hub has no recovery key, so nothing can be encrypted to it: make one with `hub recovery-key`";
        Ok(self.recovery_keys()?.ok_or_else(|| HubError::Input(missing.to_owned()))?.recovery)
    }

    /// Makes a recovery key for a hub that has none. Devices learn of it at their next sync.
    pub fn make_recovery_key(&self) -> Outcome<RecoveryKeys> {
        if self.recovery_keys()?.is_some() {
            return Err(HubError::Input("this hub has a recovery key already: it stays".to_owned()));
        }
        let company = self.company_name()?;
        let signer = self.signer()?;
        let key = (&signer.key, signer.number);
        let keys = make_recovery_keys(self.folder(), &company, self.tenant(), key, &self.inner.edge)?;
        self.write(|write| keep(write, &keys))?;
        Ok(keys)
    }

    /// Makes another recovery key in the place of one that was lost or seen by others. Devices learn of it at their next
    /// sync; what was encrypted before opens with the earlier one only.
    pub fn renew_recovery_key(&self) -> Outcome<RecoveryKeys> {
        let missing = || HubError::Input("this hub has no recovery key yet: leave out --renew".to_owned());
        let before = self.recovery_keys()?.ok_or_else(missing)?;
        self.make_way(&before)?;
        let signer = self.signer()?;
        let recovery = new_private_half(self.folder(), &self.company_name()?, &self.inner.edge)?;
        let now = self.now();
        let keys = RecoveryKeys {
            tenant: self.tenant(),
            recovery: public_half(&recovery),
            hub: before.hub,
            issued: now.max(before.issued.saturating_add(1)),
            key_number: signer.number,
            signature: String::new(),
        };
        let keys = keys.signed(&signer.key)?;
        let event = OfficeEvent {
            time: now,
            kind: EVENT.to_owned(),
            facts: serde_json::json!({"fingerprint": keys.recovery.fingerprint().hex()}).to_string(),
            ..OfficeEvent::default()
        };
        self.write(|write| {
            if stated(write)?.as_ref() != Some(&before) {
                let why =
                    "the recovery key was renewed at the same time: that one counts, run this again if it should not";
                return Err(HubError::Input(why.to_owned()));
            }
            keep(write, &keys)?;
            write.journal_entry(now, RECOVERY_KEY, &canonical::to_text(&keys)?)?;
            Ok(write.keep_event(&event)?)
        })?;
        self.write_journal();
        Ok(keys)
    }

    /// The place of the new private half must be free: the present one is somebody's only copy, and one that was never
    /// stated belongs to a renewal that stopped half-way.
    fn make_way(&self, before: &RecoveryKeys) -> Outcome {
        let path = self.folder().join(RECOVERY_FILE);
        if !path.exists() {
            return Ok(());
        }
        if public_half(&read_recovery_key(&path)?) == before.recovery {
            return Err(HubError::Input(format!(
                "{} is the present key, and earlier backups open with it only: move it to a safe place first",
                path.display()
            )));
        }
        fs::remove_file(&path).map_err(HubError::file(&path))
    }

    /// What the company is called.
    pub(crate) fn company_name(&self) -> Outcome<String> {
        let tenants = self.inner.store.tenants()?;
        Ok(tenants
            .into_iter()
            .find(|(tenant, ..)| *tenant == self.tenant())
            .map(|(_, name, _)| name)
            .unwrap_or_default())
    }

    /// The key that opens what other devices bring; `None` for a hub that has no recovery key.
    pub(crate) fn rescue_key(&self) -> Outcome<Option<DecryptionKey>> {
        let path = keys_folder(self.folder()).join(HUB_FILE);
        match path.exists() {
            true => Ok(Some(read_recovery_key(&path)?)),
            false => Ok(None),
        }
    }

    /// Whether the private half of the recovery key still lies where `hub init` left it.
    pub fn recovery_key_lies_here(&self) -> bool {
        self.folder().join(RECOVERY_FILE).exists()
    }
}

fn stated(read: &Read<'_>) -> Outcome<Option<RecoveryKeys>> {
    let unreadable = |error: serde_json::Error| HubError::Input(format!("the recovery key's public half: {error}"));
    read.setting(SETTING)?.map(|text| serde_json::from_str(&text).map_err(unreadable)).transpose()
}

/// Takes a statement that the journal knows and the restored database does not.
pub(super) fn take(hub: &Hub, keys: &RecoveryKeys) -> Outcome {
    keys.check(&hub.chain()?)?;
    let newer = |before: &RecoveryKeys| before.issued < keys.issued;
    if hub.recovery_keys()?.as_ref().is_none_or(newer) {
        hub.write(|write| keep(write, keys))?;
    }
    Ok(())
}

/// Keeps the statement.
pub(crate) fn keep(write: &Write<'_>, keys: &RecoveryKeys) -> Outcome {
    let text = String::from_utf8_lossy(&countersign_model::canonical::to_bytes(keys)?).into_owned();
    Ok(write.keep_setting(SETTING, &text)?)
}
