//! What the store and the sync engine hand each other: plain values, no connection, no file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use countersign_model::command::Envelope;
use countersign_model::record::Scope;
use countersign_model::recovery::RecoveryKeys;
use countersign_model::trust::{Credential, PublicKey, TrustChain};
use countersign_model::wire::{EnrolmentString, Push};
use countersign_model::{Digest, Id};
use serde::{Deserialize, Serialize};

/// What a device is after its enrolment. Its token stands apart, sealed ([`crate::vault::SealedToken`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The device.
    pub device: Id,
    /// Its person.
    pub person: Id,
    /// Where the hub is.
    pub url: String,
    /// Digest of the hub's TLS key (SPKI), where it is self-signed and pinned.
    pub tls_key: Option<Digest>,
    /// Counter of the statement that named this TLS key; 0 where only the invitation did.
    #[serde(default)]
    pub tls_counter: u64,
    /// The tenant key's statement about the device key.
    pub credential: Credential,
    /// The tenant's keys, pinned by the fingerprint in the enrolment string.
    pub chain: TrustChain,
    /// To which keys its rescue files are encrypted; `None` where the hub had none at the enrolment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<RecoveryKeys>,
    /// Short code of the device, used in offline numbers.
    pub code: String,
    /// The hub's epoch.
    pub epoch: String,
    /// End of the lease, hub time in milliseconds.
    pub lease_until: i64,
}

/// An enrolment that was begun: its reply may have been lost, so it is repeated with the same code and key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingEnrolment {
    /// The enrolment string as it was given.
    pub string: EnrolmentString,
    /// The key that the request carries.
    pub key: PublicKey,
}

/// The end of this device's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// The device.
    pub device: Id,
    /// The last sequence number; 0 before the first command.
    pub seq: u64,
    /// The chain's value there.
    pub hash: Digest,
}

/// A run of own commands that the hub does not have yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushBatch {
    /// In the order of their sequence numbers, without gaps.
    pub envelopes: Vec<Envelope>,
    /// Sequence number of the last one.
    pub last_seq: u64,
    /// The chain's value after it: what the device signs.
    pub chain_hash: Digest,
}

/// A run of another device's chain that this device carries to the hub (hand-over, rescue).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedPush {
    /// Whose chain it is.
    pub device: Id,
    /// Ready to send: the signature of the chain's own device is in it.
    pub push: Push,
}

/// What a page of the feed changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppliedPage {
    /// Rows that were new or newer.
    pub rows: usize,
    /// Own commands that were accepted and forgotten.
    pub forgotten: usize,
    /// Own commands that are refused since this page.
    pub refused: usize,
    /// The hub has another epoch: everything is fetched anew and offered again.
    pub new_epoch: bool,
}

/// A scope whose snapshot is missing or incomplete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeToFetch {
    /// Which.
    pub scope: Scope,
    /// Where to go on; `None` from the beginning.
    pub after: Option<String>,
}

/// What a page of a scope changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppliedScope {
    /// Rows that were new or newer.
    pub rows: usize,
    /// The scope is complete.
    pub ready: bool,
}

/// What a file is, in the order of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaClass {
    /// 320 px: the office sees the machine as found at once.
    Thumbnail,
    /// 1600 px.
    Preview,
    /// Pages of a sealed document.
    Document,
    /// An original that a sealed document cites.
    Cited,
    /// Another photo, sound or file.
    Original,
    /// A video.
    Video,
    /// A form; comes from the hub, is never sent.
    Form,
    /// A file that was found without a row and is kept until a person files it; not sent before.
    Unfiled,
    /// Pages that were shown and are not signed: not sent, and no evidence.
    Pages,
}

impl MediaClass {
    /// Its word in the store and in the keys of texts (`media-<word>`).
    pub fn word(self) -> &'static str {
        match self {
            MediaClass::Thumbnail => "thumbnail",
            MediaClass::Preview => "preview",
            MediaClass::Document => "document",
            MediaClass::Cited => "cited",
            MediaClass::Original => "original",
            MediaClass::Video => "video",
            MediaClass::Form => "form",
            MediaClass::Unfiled => "unfiled",
            MediaClass::Pages => "pages",
        }
    }
}

/// A file that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaItem {
    /// Its digest.
    pub sha256: Digest,
    /// Its length.
    pub bytes: u64,
    /// Where it is.
    pub path: PathBuf,
    /// What it is.
    pub class: MediaClass,
}

/// One successful exchange with the hub, from which the clocks' offset is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The hub's clock in its answer, milliseconds since 1970.
    pub hub_time: i64,
    /// The device's clock when the answer arrived, milliseconds since 1970.
    pub wall: i64,
    /// Milliseconds between asking and the answer.
    pub round_trip: i64,
}

impl Contact {
    /// Hub time minus the device's clock: the answer was written, at best, half a round trip before it arrived.
    pub fn offset(&self) -> i64 {
        self.hub_time.saturating_add(self.round_trip / 2).saturating_sub(self.wall)
    }

    /// Half the width of the interval in which the true offset lies.
    pub fn uncertainty(&self) -> i64 {
        self.round_trip / 2 + 1
    }
}

/// Why sync does not get on, as the status screen says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncProblem {
    /// Key of the reason, such as `offline`, `sign_in`, `revoked`, `captive_portal`, `fork`.
    pub reason: String,
    /// What a sentence about it needs.
    #[serde(default)]
    pub facts: BTreeMap<String, String>,
    /// Since when, the device's clock.
    pub since: i64,
}
