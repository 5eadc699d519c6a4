//! What can go wrong between a device and its hub, sorted by what the engine does about it ([`Failure`]) and by what a
//! person can do about it ([`Problem`], [`FileProblem`]).

use crate::vault::VaultError;

/// Why one action of the engine did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The hub was not reached, or the connection broke or went silent.
    #[error("not connected: {0}")]
    NotConnected(String),
    /// Something answered that is not our hub: a captive portal, a proxy's page, a redirect, another company's hub.
    #[error("the answer did not come from the hub: {0}")]
    NotTheHub(String),
    /// The hub's TLS key is not the one that was pinned, or no known authority vouches for it.
    #[error("the connection cannot be trusted: {0}")]
    Untrusted(String),
    /// The device's own token cannot be opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The token is not known.
    #[error("the hub does not know this device's token")]
    SignIn,
    /// The device is revoked.
    #[error("this device is revoked")]
    Revoked,
    /// The hub knows the device by its credential only, and nobody confirmed it yet.
    #[error("the office must confirm this device first")]
    Unconfirmed,
    /// The invitation is not taken.
    #[error("the invitation is {}", if *.used { "used up or too old" } else { "not known" })]
    Invitation {
        /// Whether it was known once.
        used: bool,
    },
    /// The hub expected another sequence number.
    #[error("the hub misses commands before these")]
    Gap {
        /// The one expected, if the hub named it.
        expected: Option<u64>,
    },
    /// The hub has other content under the same sequence number.
    #[error("the hub has other commands under the same numbers: this store was copied or restored")]
    Fork,
    /// What was sent is too large for the hub.
    #[error("too large for the hub")]
    TooLarge,
    /// What the hub sent is larger than a device takes at once.
    #[error("the hub's answer is too large")]
    AnswerTooLarge,
    /// Too often.
    #[error("the hub asks to wait")]
    TooOften {
        /// For how long, in seconds, if the hub said.
        retry_after: Option<u64>,
    },
    /// The bytes that arrived do not have the digest.
    #[error("the bytes that arrived do not have their digest")]
    DigestMismatch,
    /// Not there, or not for this device.
    #[error("the hub does not have it, or not for this device")]
    NotFound,
    /// The hub cannot store more.
    #[error("the hub cannot store more now")]
    HubStorage {
        /// For how long to wait, in seconds, if the hub said.
        retry_after: Option<u64>,
    },
    /// The hub cannot answer now.
    #[error("the hub cannot answer now (status {status})")]
    Unavailable {
        /// The HTTP status.
        status: u16,
        /// For how long to wait, in seconds, if the hub said.
        retry_after: Option<u64>,
    },
    /// The hub answered something that this program does not understand, or refused the request as malformed.
    #[error("the hub and this program do not understand each other: {0}")]
    NotUnderstood(String),
    /// A receipt is not signed by the tenant's key for this device and these bytes.
    #[error("the hub's receipt is not valid: {0}")]
    BadReceipt(String),
    /// The device's own file cannot be read or is not what it should be.
    #[error("the file on this device cannot be read: {0}")]
    File(String),
    /// The device's own store failed.
    #[error("this device's store failed: {0}")]
    Store(String),
}

/// A state of sync that lasts, with what a person can do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// No hub is reached: nothing to do but find a network; work goes on.
    NotConnected,
    /// Something else answers: sign in to the network's own page, or check the address.
    NotTheHub,
    /// The hub asked to wait or cannot answer now: nothing to do, it is tried again.
    HubBusy,
    /// The hub has no space: tell the office.
    HubStorage,
    /// What seals the device's token is locked: unlock the device. Saving and signing go on.
    TokenLocked,
    /// The two programs do not understand each other: update the app.
    NotUnderstood,
    /// The device's own store cannot write: free space.
    LocalStore,
    /// The connection cannot be trusted: do not go on here; ask the office for a new invitation if its key changed.
    Untrusted,
    /// One command is too large for the hub: tell the office; the number is its place in the device's chain.
    CommandTooLarge(u64),
    /// The hub misses commands that this device no longer has: tell the office.
    MissingOnHub(u64),
    /// The store was copied: a person confirms which device goes on.
    Forked,
    /// The office server came back from a backup without this device: uploads go out, into quarantine, until an
    /// administrator confirms it.
    Unconfirmed,
    /// Revoked: uploads still go out, into quarantine; tell the office.
    Revoked,
    /// Enrol again.
    SignIn,
    /// The device's token is lost with what sealed it, or this store is a copy: enrol again.
    TokenLost,
}

impl Problem {
    /// A word for stores, scripts and the keys of texts.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::NotConnected => "offline",
            Problem::NotTheHub => "captive_portal",
            Problem::HubBusy => "hub_busy",
            Problem::HubStorage => "hub_storage",
            Problem::NotUnderstood => "not_understood",
            Problem::LocalStore => "local_store",
            Problem::Untrusted => "untrusted",
            Problem::CommandTooLarge(_) => "command_too_large",
            Problem::MissingOnHub(_) => "missing_on_hub",
            Problem::Forked => "fork",
            Problem::Unconfirmed => "unconfirmed",
            Problem::Revoked => "revoked",
            Problem::SignIn => "sign_in",
            Problem::TokenLocked => "token_locked",
            Problem::TokenLost => "token_lost",
        }
    }

    /// Whether waiting may help; the others need a person.
    pub fn passes_by_itself(&self) -> bool {
        *self <= Problem::LocalStore || *self == Problem::Untrusted
    }

    /// Whether the problem of this code, as a store remembers it, needs a person: one that waiting does not end.
    pub fn needs_a_person(code: &str) -> bool {
        let lasting = [
            Problem::CommandTooLarge(0),
            Problem::MissingOnHub(0),
            Problem::Forked,
            Problem::Unconfirmed,
            Problem::Revoked,
            Problem::SignIn,
            Problem::TokenLost,
        ];
        lasting.iter().any(|problem| problem.code() == code)
    }
}

/// What is wrong with one file that cannot be sent. Other files go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileProblem {
    /// It is missing, shorter than recorded or unreadable on this device.
    Unreadable,
    /// Its bytes do not have the recorded digest any more, or arrive changed again and again.
    Damaged,
    /// The hub does not take files of this size.
    TooLarge,
    /// The hub's receipts for it are not valid.
    BadReceipt,
    /// The hub refuses it.
    Refused,
}

impl FileProblem {
    /// A word for stores, scripts and the keys of texts.
    pub fn code(self) -> &'static str {
        match self {
            FileProblem::Unreadable => "unreadable",
            FileProblem::Damaged => "damaged",
            FileProblem::TooLarge => "too_large",
            FileProblem::BadReceipt => "bad_receipt",
            FileProblem::Refused => "refused",
        }
    }
}

impl Failure {
    /// How long the hub asked to wait, in seconds.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Failure::TooOften { retry_after }
            | Failure::HubStorage { retry_after }
            | Failure::Unavailable { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The lasting problem that this failure is a sign of, where nothing more particular is known.
    pub fn problem(&self) -> Problem {
        match self {
            Failure::NotConnected(_) => Problem::NotConnected,
            Failure::NotTheHub(_) => Problem::NotTheHub,
            Failure::Untrusted(_) => Problem::Untrusted,
            Failure::SignIn | Failure::Invitation { .. } => Problem::SignIn,
            Failure::Vault(VaultError::Locked) => Problem::TokenLocked,
            Failure::Vault(VaultError::Gone) => Problem::TokenLost,
            Failure::Unconfirmed => Problem::Unconfirmed,
            Failure::Revoked => Problem::Revoked,
            Failure::Fork => Problem::Forked,
            Failure::TooOften { .. } | Failure::Unavailable { .. } => Problem::HubBusy,
            Failure::HubStorage { .. } => Problem::HubStorage,
            Failure::File(_) | Failure::Store(_) => Problem::LocalStore,
            Failure::Gap { .. }
            | Failure::TooLarge
            | Failure::AnswerTooLarge
            | Failure::DigestMismatch
            | Failure::NotFound
            | Failure::NotUnderstood(_)
            | Failure::BadReceipt(_) => Problem::NotUnderstood,
        }
    }

    /// Whether the hub itself answered, or the matter never left the device.
    pub fn was_connected(&self) -> Option<bool> {
        match self {
            Failure::NotConnected(_) | Failure::NotTheHub(_) | Failure::Untrusted(_) => Some(false),
            Failure::File(_) | Failure::Store(_) | Failure::Vault(_) => None,
            _ => Some(true),
        }
    }
}
