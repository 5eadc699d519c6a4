//! What the app asks of its platform: a key, free space, clocks that do not jump. Each has a real implementation per
//! shell; tests bring their own.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use countersign_model::trust::PublicKey;

/// The key cannot be used now: the phone is locked. Saving goes on; the signature follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the device's key is locked: unlock the device, the signature follows by itself")]
pub struct KeyLocked;

/// The device's private key, in hardware where there is one.
pub trait DeviceKey: Send + Sync {
    /// Its public half. Where the platform took the key away for good, that of the new one which takes its place, from the
    /// first signature on that failed.
    fn public(&self) -> PublicKey;
    /// Signs these bytes: 128 lowercase hexadecimal digits (r‖s, low-S).
    fn sign(&self, statement: &[u8]) -> Result<String, KeyLocked>;
}

/// A file that was captured and is not in the store yet: it lies with the platform, and so only on this device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaitingFile {
    /// By which the platform finds it again.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Whether it could not be filed where it belongs, so that a person has to say where.
    pub needs_person: bool,
}

/// The rest of the platform.
pub trait Platform: Send + Sync {
    /// Free bytes where this folder is; `None` where that cannot be known.
    fn free_space(&self, folder: &Path) -> Option<u64>;
    /// The wall clock, milliseconds since 1970; it may jump at any time.
    fn wall(&self) -> i64;
    /// Which boot the monotonic clock counts from; empty where unknown.
    fn boot(&self) -> String;
    /// Milliseconds since that boot.
    fn monotonic(&self) -> i64;
    /// Offset of local time from UTC in minutes.
    fn offset_minutes(&self) -> i32;
    /// Captured files that the platform still has to hand to the store. None where every capture goes into the store at
    /// once. Never asked inside a transaction.
    fn waiting_files(&self) -> Vec<WaitingFile> {
        Vec::new()
    }
    /// Fills these bytes with chance: ids are made of it. The operating system's, but where everything is to happen the
    /// same way again.
    ///
    /// # Errors
    /// The system gives none; nothing can be saved without.
    fn chance(&self, into: &mut [u8]) -> std::io::Result<()> {
        getrandom::fill(into).map_err(|error| std::io::Error::other(error.to_string()))
    }
}

/// What the platform draws of files that Rust does not decode: HEIC photos, frames of videos, first pages.
pub trait PlatformImages: Send + Sync {
    /// An upright JPEG or PNG of the file at `path`, its longer side about `edge` pixels; `None` where the platform
    /// cannot draw it. Called once a capture, outside any transaction; what it gives is looked into like any file.
    fn preview(&self, path: &Path, edge: u16) -> Option<Vec<u8>>;
}

/// A platform that draws nothing: what Rust does not decode is a labelled placeholder.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoImages;

impl PlatformImages for NoImages {
    fn preview(&self, _: &Path, _: u16) -> Option<Vec<u8>> {
        None
    }
}

/// A laptop or server running Linux, macOS or another Unix.
#[derive(Debug)]
pub struct SystemPlatform {
    started: std::time::Instant,
}

impl SystemPlatform {
    /// The platform that this program runs on.
    pub fn new() -> SystemPlatform {
        SystemPlatform { started: std::time::Instant::now() }
    }
}

impl Default for SystemPlatform {
    fn default() -> SystemPlatform {
        SystemPlatform::new()
    }
}

/// Milliseconds out of `/proc/uptime`, whose first word is seconds with two decimals.
fn uptime_milliseconds(text: &str) -> Option<i64> {
    let (seconds, hundredths) = text.split_whitespace().next()?.split_once('.')?;
    let seconds = seconds.parse::<i64>().ok()?.checked_mul(1000)?;
    seconds.checked_add(hundredths.parse::<i64>().ok()?.checked_mul(10)?)
}

impl Platform for SystemPlatform {
    fn free_space(&self, folder: &Path) -> Option<u64> {
        fs4::available_space(folder).ok()
    }

    fn wall(&self) -> i64 {
        // A clock before 1970 counts as 1970.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    fn boot(&self) -> String {
        // Linux names each boot; elsewhere the process is the boot, and `monotonic` counts from its start.
        std::fs::read_to_string("/proc/sys/kernel/random/boot_id").map(|id| id.trim().to_owned()).unwrap_or_default()
    }

    fn monotonic(&self) -> i64 {
        let uptime = std::fs::read_to_string("/proc/uptime").ok();
        let own = i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX);
        uptime.as_deref().and_then(uptime_milliseconds).unwrap_or(own)
    }

    /// The zone of this machine (`TZ`, else its settings) at the present moment; an unknown zone counts as UTC.
    fn offset_minutes(&self) -> i32 {
        let now = chrono::DateTime::from_timestamp_millis(self.wall()).unwrap_or_default();
        now.with_timezone(&chrono::Local).offset().local_minus_utc() / 60
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uptime_is_read_to_the_hundredth() {
        assert_eq!(uptime_milliseconds("4182.07 8000.11\n"), Some(4_182_070));
        for bad in ["", "x.y", "12", "99999999999999999999.00"] {
            assert_eq!(uptime_milliseconds(bad), None, "{bad}");
        }
    }
}
