//! The recovery key: made once, kept by people; and the hub's own key for what is brought to it.

use std::fs;
use std::path::Path;

use countersign_documents::public_half;
use countersign_model::Id;
use countersign_model::recovery::{DecryptionKey, EncryptionKey, RecoveryKeys};
use countersign_model::trust::PrivateKey;

use crate::edge;
use crate::error::{HubError, Outcome};
use crate::hub::{Hub, keys_folder};
use crate::keys::write_secret;
use crate::store::Write;

/// Where `hub init` leaves the private half, in the hub's folder: to be moved off the machine.
pub const RECOVERY_FILE: &str = "recovery.key";
/// Where the hub's own key for rescue files stands, in its folder of keys.
const HUB_FILE: &str = "rescue.key";
/// The setting that holds the tenant key's statement.
const SETTING: &str = "recovery_keys";

const ADVICE: &str = "\
# The recovery key of {company}.
#
# It opens rescue files and backups, and nothing else does. Move it off this machine now: print it, or keep it on two
# memory sticks in two places. Whoever has it and a backup can read everything; without it a backup cannot be restored.
";

/// Makes both key pairs in a new hub's folder. `stated` is when, hub time in milliseconds.
pub(crate) fn make_recovery_keys(
    folder: &Path,
    company: &str,
    tenant: Id,
    tenant_key: (&PrivateKey, u32),
    stated: i64,
) -> Outcome<RecoveryKeys> {
    let recovery = DecryptionKey::from_bytes(edge::random()?);
    let hub = DecryptionKey::from_bytes(edge::random()?);
    let one_line: String = company.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let text = format!("{}{}\n", ADVICE.replace("{company}", &one_line), recovery.secret_text());
    write_secret(&folder.join(RECOVERY_FILE), text.as_bytes())?;
    write_secret(&keys_folder(folder).join(HUB_FILE), hub.secret_text().as_bytes())?;
    let keys = RecoveryKeys {
        tenant,
        recovery: public_half(&recovery),
        hub: public_half(&hub),
        issued: stated,
        key_number: tenant_key.1,
        signature: String::new(),
    };
    Ok(keys.signed(tenant_key.0)?)
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
        let stored = self.read(|read| Ok(read.setting(SETTING)?))?;
        let unreadable = |error: serde_json::Error| HubError::Input(format!("the recovery key's public half: {error}"));
        stored.map(|text| serde_json::from_str(&text).map_err(unreadable)).transpose()
    }

    /// The recovery key's public half, which backups are encrypted to.
    pub fn recovery_key(&self) -> Outcome<EncryptionKey> {
        let missing =
            "this hub has no recovery key, so nothing can be encrypted to it: make one with `hub recovery-key`";
        Ok(self.recovery_keys()?.ok_or_else(|| HubError::Input(missing.to_owned()))?.recovery)
    }

    /// Makes a recovery key for a hub that has none. Devices learn of it when they enrol.
    pub fn make_recovery_key(&self) -> Outcome<RecoveryKeys> {
        if self.recovery_keys()?.is_some() {
            return Err(HubError::Input("this hub has a recovery key already: it stays".to_owned()));
        }
        let company = self.company_name()?;
        let key = (&self.inner.tenant_key, self.inner.key_number);
        let keys = make_recovery_keys(self.folder(), &company, self.tenant(), key, self.now())?;
        self.write(|write| keep(write, &keys))?;
        Ok(keys)
    }

    pub(super) fn company_name(&self) -> Outcome<String> {
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

/// Keeps the statement.
pub(crate) fn keep(write: &Write<'_>, keys: &RecoveryKeys) -> Outcome {
    let text = String::from_utf8_lossy(&countersign_model::canonical::to_bytes(keys)?).into_owned();
    Ok(write.keep_setting(SETTING, &text)?)
}
