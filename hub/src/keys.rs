//! The hub's private keys: files in `keys/` that only the hub's user may read. They are never in the database,
//! never logged and never sent.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use countersign_model::trust::PrivateKey;
use countersign_model::{Digest, Id};

use crate::blobs::sync_folder;
use crate::edge::Edge;
use crate::error::{HubError, Outcome};

/// Writes a secret so that nobody but the hub's user can read it, and that it survives a power cut.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Outcome {
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(HubError::file(path))?;
    file.write_all(bytes).map_err(HubError::file(path))?;
    file.sync_all().map_err(HubError::file(path))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    sync_folder(folder).map_err(HubError::file(folder))
}

/// Makes a folder that is closed to other users of this machine: that of the hub, and that of its keys.
pub(crate) fn make_folder(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(HubError::file(folder))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let closed = fs::Permissions::from_mode(0o700);
        fs::set_permissions(folder, closed).map_err(HubError::file(folder))?;
    }
    Ok(())
}

/// A new private key from chance; the few values that are no scalar are drawn again.
pub(crate) fn new_key(edge: &Edge) -> Outcome<PrivateKey> {
    loop {
        if let Ok(key) = PrivateKey::from_bytes(&edge.random()?) {
            return Ok(key);
        }
    }
}

/// Where a tenant key stands.
pub(crate) fn key_file(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("tenant-{number}.key"))
}

/// Keeps a tenant key.
pub(crate) fn keep_tenant_key(folder: &Path, number: u32, key: &PrivateKey) -> Outcome {
    write_secret(&key_file(folder, number), hex::encode(key.to_bytes()).as_bytes())
}

/// Reads a tenant key.
pub(crate) fn tenant_key(folder: &Path, number: u32) -> Outcome<PrivateKey> {
    let bytes = read_32(&key_file(folder, number))?;
    Ok(PrivateKey::from_bytes(&bytes)?)
}

const TOKEN_SECRET: &str = "token.secret";

/// Keeps the secret from which device tokens are derived.
pub(crate) fn keep_token_secret(folder: &Path, edge: &Edge) -> Outcome {
    write_secret(&folder.join(TOKEN_SECRET), hex::encode(edge.random::<32>()?).as_bytes())
}

/// Reads the secret from which device tokens are derived.
pub(crate) fn token_secret(folder: &Path) -> Outcome<[u8; 32]> {
    read_32(&folder.join(TOKEN_SECRET))
}

fn read_32(path: &Path) -> Outcome<[u8; 32]> {
    let text = fs::read_to_string(path).map_err(HubError::file(path))?;
    let damaged = || HubError::Input(format!("{} is damaged: restore it from the backup", path.display()));
    let bytes = hex::decode(text.trim()).map_err(|_| damaged())?;
    bytes.try_into().map_err(|_| damaged())
}

/// The token of an enrolment. Derived and not stored, so that a repeated enrolment whose reply was lost gets the same
/// one, while the database holds only its digest.
pub(crate) fn token(secret: &[u8; 32], nonce: &[u8; 32], code: Digest, key: &str) -> String {
    let about = Digest::of_parts(&[b"countersign/token/1", nonce, &code.0, key.as_bytes()]);
    Digest::of_parts(&[secret, &about.0]).hex()
}

/// The secret of a webhook endpoint. Derived and not stored: who reads the database cannot sign deliveries.
pub(crate) fn webhook_secret(secret: &[u8; 32], endpoint: Id, number: u32) -> [u8; 32] {
    let about = Digest::of_parts(&[b"countersign/webhook/1", endpoint.bytes(), &number.to_be_bytes()]);
    Digest::of_parts(&[secret, &about.0]).0
}
