//! What is safe, what waits, what needs a person. Mirrors of the core's records: a field that is missing here does not compile.

use countersign_device::app::Remedy;
use countersign_device::model::lease::Lease;
use countersign_device::model::{Id, Language};
use countersign_device::screens::{
    AttentionAction, AttentionItem, AttentionKind, OnlyHere, OutboxScreen, OwnScreen, StatusScreen,
};
use countersign_device::store::Topic;
use countersign_device::sync::{Connection, FilesToSend, Network};

/// What is safe and what is only here.
#[uniffi::remote(Record)]
pub struct StatusScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The one sentence, in the person's language.
    pub sentence: String,
    /// Commands that the hub does not durably have.
    pub pending_commands: u64,
    /// Files without a receipt.
    pub unconfirmed_media: u64,
    /// Their length together.
    pub unconfirmed_bytes: u64,
    /// Whether anything would be lost with this device.
    pub unique_on_this_device: bool,
    /// The last contact with the hub, milliseconds since 1970 by the hub's clock.
    pub last_sync: Option<i64>,
    /// How many things need a person.
    pub attention: u32,
    /// Why sync does not get on: `offline`, `sign_in`, `revoked`, …; `None` when it does.
    pub problem: Option<String>,
    /// The same as a sentence that says what to do, in the person's language.
    pub advice: Option<String>,
    /// What was salvaged from a damaged store, in the person's language; `None` where nothing was, or it was read.
    pub salvaged: Option<String>,
    /// Whether the device is enrolled.
    pub enrolled: bool,
    /// Where the lease stands; `None` before the device is enrolled.
    pub lease: Option<Lease>,
    /// What the lease asks of a person, in their language; `None` while it runs.
    pub lease_advice: Option<String>,
    /// What the device saw where the office's log was changed, as JSON with both signed heads: the proof, for support.
    /// `None` where all fits.
    pub log_changed: Option<String>,
    /// For support: how often rows here were not those of the hub and came anew.
    pub scopes_fetched_anew: u64,
}

/// Files of one class that are only on this device.
#[uniffi::remote(Record)]
pub struct OnlyHere {
    /// The class in the reader's language.
    pub name: String,
    /// How many.
    pub files: u64,
    /// Their length together.
    pub bytes: u64,
}

/// What using the present network costs.
#[uniffi::remote(Enum)]
pub enum Network {
    /// None is there.
    None,
    /// Nothing.
    Unmetered,
    /// By what is sent.
    Metered,
    /// The same, abroad.
    Roaming,
}

/// Which files are sent.
#[uniffi::remote(Enum)]
pub enum FilesToSend {
    /// All.
    All,
    /// What the office needs to see the machine and the papers: small pictures and documents; originals and videos wait
    /// for a network that costs nothing.
    Small,
    /// All but videos.
    AllButVideos,
}

/// How the connection to the office is, over all runs of sync.
#[uniffi::remote(Record)]
pub struct Connection {
    /// A person cut sync.
    pub cut: bool,
    /// Whether the office answered the last call; `None` before the first.
    pub connected: Option<bool>,
    /// Since when the office is not reached, milliseconds of this device's clock.
    pub since: Option<i64>,
    /// Something is under way.
    pub working: bool,
    /// What holds sync up, by its code.
    pub problem: Option<String>,
}

/// Where a lease stands.
#[uniffi::remote(Enum)]
pub enum Lease {
    /// It runs.
    Runs {
        /// Its end, hub time in milliseconds since 1970.
        until: i64,
    },
    /// It runs, and ends within [`WARNING_MS`].
    EndsSoon {
        /// Its end, hub time in milliseconds since 1970.
        until: i64,
        /// Days that are left, the begun one counted.
        days: i64,
    },
    /// It is over: content is hidden until the device syncs.
    Over {
        /// Its end, hub time in milliseconds since 1970.
        until: i64,
    },
}

/// The outbox with what needs attention.
#[uniffi::remote(Record)]
pub struct OutboxScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Own commands that the hub does not durably have.
    pub pending: u64,
    /// Own commands that wait at the hub for something.
    pub waiting: u64,
    /// What needs a person.
    pub attention: Vec<AttentionItem>,
}

/// One thing that needs a person.
#[uniffi::remote(Record)]
pub struct AttentionItem {
    /// The command, or the digest of the file or document.
    pub id: String,
    /// What kind of thing happened.
    pub kind: AttentionKind,
    /// The command's type, for a refused one.
    pub command: String,
    /// The job.
    pub job: Option<Id>,
    /// What it is about, in the person's language.
    pub title: String,
    /// What happened and what is safe, in the person's language.
    pub text: String,
    /// Whether it is an answer, which may be sent again with another value.
    pub takes_value: bool,
    /// What can be done.
    pub actions: Vec<AttentionAction>,
}

/// What kind of thing needs a person.
#[uniffi::remote(Enum)]
pub enum AttentionKind {
    /// A command was refused.
    Refused,
    /// A signed document waits for the device's signature.
    Unattested,
    /// The bytes of a file are damaged here.
    DamagedFile,
    /// A file that a stop left without a job.
    UnfiledFile,
    /// This store is a copy of one that another device uses.
    Fork,
    /// Work of the device before waits for a person's word.
    Held,
    /// The lease is over: what is here is hidden.
    LeaseOver,
    /// The lease ends soon.
    LeaseEndsSoon,
    /// The store was damaged and made anew.
    Salvaged,
    /// The key that the office knows is lost.
    LostKey,
    /// A colleague's command that came in this device was refused.
    RefusedCarried,
    /// The device's token is lost with what sealed it, or this store is a copy.
    LostToken,
    /// What answers at the office's address is not the company's hub, or its TLS key changed and nobody vouches for it.
    StrangeHub,
    /// The office's log of what it received was changed afterwards.
    LogChanged,
}

/// What a person can do.
#[uniffi::remote(Enum)]
pub enum AttentionAction {
    /// Mend it and send it again.
    Fix,
    /// Keep it as a note.
    Note,
    /// Give it up with a reason.
    Discard,
    /// Confirm that it is sent under this device.
    Confirm,
    /// Ask the office for an invitation and enrol.
    Enrol,
    /// Unlock the device, so that its key can sign.
    Unlock,
    /// Take the picture again: the file is damaged.
    CaptureAgain,
    /// File it with a job.
    File,
    /// Sync with the office.
    Sync,
    /// Say that it was read.
    Acknowledge,
}

/// What this device is and for whom.
#[uniffi::remote(Record)]
pub struct OwnScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// Whether the device is enrolled; everything below is empty before.
    pub enrolled: bool,
    /// Its person's name.
    pub person: String,
    /// The company's name.
    pub company: String,
    /// IANA zone in which times are written.
    pub zone: String,
    /// Short code of the device.
    pub code: String,
    /// Where the hub is.
    pub hub: String,
    /// The language of the screens.
    pub language: Language,
    /// The language that was chosen on this device; `None` follows the person's.
    pub chosen: Option<Language>,
}

/// What a person does about a refused command.
#[uniffi::remote(Enum)]
pub enum Remedy {
    /// Send it again; for an answer with another value.
    Fix {
        /// The corrected value of an answer.
        value: Option<String>,
    },
    /// Keep its words as a note on the job.
    Note,
    /// Give it up.
    Discard {
        /// Why.
        reason: String,
    },
}

/// What may look different after a commit.
#[uniffi::remote(Enum)]
pub enum Topic {
    /// The list of jobs.
    Jobs,
    /// Everything of one job.
    Job(Id),
    /// The outbox and what needs attention.
    Outbox,
    /// The status sentence and its counts.
    Status,
    /// Catalogues: people, parts, forms.
    References,
}
