//! The engine's language: what happened ([`Event`]) and what is to be done ([`Action`]).
//!
//! Every action but the last group is answered by exactly one event of its lane: the one named, or
//! [`Event::Failed`]. Each lane has at most one such action under way.

use countersign_model::command::Envelope;
use countersign_model::record::Scope;
use countersign_model::trust::Receipt;
use countersign_model::wire::{FeedPage, MediaState, Push, Pushed, ScopePage, ScopesPage};
use countersign_model::{Digest, Id};

use super::failure::{Failure, FileProblem};
use super::status::SyncStatus;
use crate::store::{MediaClass, ScopeToFetch};

/// The roads on which work travels, independent of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LaneName {
    /// Feed and scopes.
    Down,
    /// Commands.
    Push,
    /// Media to the hub.
    Media,
    /// Media from the hub.
    Fetch,
    /// The open line on which the hub pokes.
    Listen,
}

impl LaneName {
    /// Every lane.
    pub const ALL: [LaneName; 5] = [LaneName::Down, LaneName::Push, LaneName::Media, LaneName::Fetch, LaneName::Listen];

    /// The lane's word, for logs and recorded conversations.
    pub fn as_str(self) -> &'static str {
        match self {
            LaneName::Down => "down",
            LaneName::Push => "push",
            LaneName::Media => "media",
            LaneName::Fetch => "fetch",
            LaneName::Listen => "listen",
        }
    }
}

/// How far the store is with what comes down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Where the feed goes on; `None` at the very beginning.
    pub cursor: Option<String>,
    /// The first of the scopes that are not complete, at most [`SCOPES_AT_ONCE`].
    pub scopes: Vec<ScopeToFetch>,
    /// The hub has another epoch: what was sent before waits to be sent again.
    pub offer_again: bool,
}

pub use countersign_model::wire::SCOPES_AT_ONCE;

/// Commands that wait to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// What to send.
    pub push: Push,
    /// The last sequence number of its chain on this device; the hub cannot have more.
    pub head: u64,
    /// The device whose chain it is, where it is not our own (hand-over, rescue).
    pub carried_for: Option<Id>,
}

impl Batch {
    /// The sequence number of the first command.
    pub fn first(&self) -> Option<u64> {
        self.push.envelopes.first().and_then(seq)
    }

    /// The sequence number of the last command.
    pub fn last(&self) -> Option<u64> {
        self.push.envelopes.last().and_then(seq)
    }
}

fn seq(envelope: &Envelope) -> Option<u64> {
    envelope.origin.device().map(|(_, seq)| seq)
}

/// A file that the hub does not confirm yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MediaToSend {
    /// Its digest.
    pub sha256: Digest,
    /// Its length.
    pub bytes: u64,
    /// What it is.
    pub class: MediaClass,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Begin, or a person asked for a sync: everything is tried at once, whatever stopped or waits.
    Start,
    /// The hub says that there is something new.
    Poke,
    /// Something was saved on this device.
    LocalChange,
    /// The operating system reports another network.
    NetworkChanged,
    /// The lane's timer is over.
    TimerFired(LaneName),
    /// Answers [`Action::LoadPosition`], [`Action::ApplyFeed`], [`Action::ApplyScope`],
    /// [`Action::ApplyScopes`] and [`Action::DenyScope`]: what
    /// the store has now.
    PositionLoaded(Position),
    /// Answers [`Action::RequestFeed`].
    FeedAnswered(Box<FeedPage>),
    /// Answers [`Action::RequestScope`].
    ScopeAnswered(Box<ScopePage>),
    /// Answers [`Action::RequestScopes`].
    ScopesAnswered(Box<ScopesPage>),
    /// Answers [`Action::LoadPush`]; `None`: nothing waits to be sent.
    PushLoaded(Option<Box<Batch>>),
    /// Answers [`Action::Push`].
    PushAnswered(Box<Pushed>),
    /// Answers [`Action::RecordPushed`].
    PushRecorded,
    /// Answers [`Action::RewindPush`] and [`Action::RewindCarried`]: whether the store still has what the hub lacks.
    Rewound(bool),
    /// Answers [`Action::MarkFork`].
    ForkMarked,
    /// Answers [`Action::LoadMedia`], in the order in which they should go.
    MediaLoaded(Vec<MediaToSend>),
    /// Answers [`Action::OfferMedia`].
    OfferAnswered(Box<MediaState>),
    /// Answers [`Action::SendChunk`].
    ChunkAnswered,
    /// Answers [`Action::FinishMedia`].
    Finished(Box<Receipt>),
    /// Answers [`Action::RecordReceipt`].
    ReceiptRecorded,
    /// Answers [`Action::MarkFile`].
    FileMarked,
    /// Answers [`Action::LoadFetch`].
    FetchLoaded(Vec<Digest>),
    /// Answers [`Action::FetchMedia`]: received, verified and stored.
    Fetched,
    /// The open line stands; [`Action::Listen`] is still under way and ends with `Failed`.
    ListenOpened,
    /// The action under way on this lane failed.
    Failed(LaneName, Failure),
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read how far the store is.
    LoadPosition,
    /// Ask the hub for the next page of the feed.
    RequestFeed {
        /// Where to go on.
        cursor: Option<String>,
        /// Most rows.
        limit: usize,
    },
    /// Write a page of the feed into the store, whole or not at all.
    ApplyFeed(Box<FeedPage>),
    /// Ask the hub for a page of a scope.
    RequestScope {
        /// Which.
        scope: Scope,
        /// Where to go on.
        after: Option<String>,
        /// Most rows.
        limit: usize,
    },
    /// Ask the hub for as much of these scopes as fits into one answer.
    RequestScopes {
        /// Which, and where to go on.
        wanted: Vec<ScopeToFetch>,
        /// Most rows.
        limit: usize,
    },
    /// Write what came of many scopes into the store, whole or not at all.
    ApplyScopes(Box<ScopesPage>),
    /// Write a page of a scope into the store, whole or not at all.
    ApplyScope(Box<ScopePage>),
    /// Write down that a scope is not for this device any more.
    DenyScope(Scope),
    /// Read the next commands to send.
    LoadPush {
        /// Most commands.
        commands: usize,
        /// Whether chains that are carried for others go, ahead of our own.
        carried: bool,
    },
    /// Send commands.
    Push(Box<Batch>),
    /// Write down how far the hub has a chain.
    RecordPushed {
        /// What the hub said.
        pushed: Box<Pushed>,
        /// The device whose chain it is, where it is not our own.
        carried_for: Option<Id>,
    },
    /// Offer again from this sequence number, because the hub lacks it.
    RewindPush {
        /// The number that the hub expects.
        expected: u64,
    },
    /// Offers again, from this number on, what is carried for a device.
    RewindCarried {
        /// The device whose chain it is.
        device: Id,
        /// The number that the hub expects.
        expected: u64,
    },
    /// Write down that this store was copied.
    MarkFork,
    /// Read which files wait to be sent, in their order.
    LoadMedia {
        /// Most files.
        limit: usize,
    },
    /// Offer a file.
    OfferMedia(MediaToSend),
    /// Send one chunk of a file.
    SendChunk {
        /// Which file.
        file: MediaToSend,
        /// Which chunk.
        index: u64,
        /// Where it begins in the file.
        offset: u64,
        /// Its length.
        bytes: u64,
    },
    /// Ask the hub to verify a file and give its receipt.
    FinishMedia(MediaToSend),
    /// Check a receipt's signature and write it down.
    RecordReceipt {
        /// For which file it was asked.
        file: MediaToSend,
        /// The receipt.
        receipt: Box<Receipt>,
    },
    /// Write down that a file cannot be sent and why.
    MarkFile {
        /// Which file.
        file: MediaToSend,
        /// Why.
        problem: FileProblem,
    },
    /// Read which media records cite and this device does not have, and should.
    LoadFetch {
        /// Most files.
        limit: usize,
    },
    /// Fetch a file, verify and store it.
    FetchMedia(Digest),
    /// Open the line on which the hub pokes: brings `ListenOpened`, any number of `Poke`, at last `Failed`.
    Listen,

    /// Fire `TimerFired` of the lane after this time; replaces the lane's timer.
    StartTimer {
        /// Whose.
        lane: LaneName,
        /// Milliseconds.
        ms: u64,
    },
    /// Forget the lane's timer.
    StopTimer(LaneName),
    /// Show this. Only sent when it changed.
    ReportStatus(SyncStatus),
}

impl Action {
    /// Whether it is a call to the hub.
    pub fn reaches_hub(&self) -> bool {
        matches!(
            self,
            Action::RequestFeed { .. }
                | Action::RequestScope { .. }
                | Action::RequestScopes { .. }
                | Action::Push(_)
                | Action::OfferMedia(_)
                | Action::SendChunk { .. }
                | Action::FinishMedia(_)
                | Action::FetchMedia(_)
                | Action::Listen
        )
    }

    /// The lane to which its outcome belongs.
    pub fn lane(&self) -> LaneName {
        match self {
            Action::LoadPosition
            | Action::RequestFeed { .. }
            | Action::ApplyFeed(_)
            | Action::RequestScope { .. }
            | Action::RequestScopes { .. }
            | Action::ApplyScopes(_)
            | Action::ApplyScope(_)
            | Action::DenyScope(_)
            | Action::ReportStatus(_) => LaneName::Down,
            Action::LoadPush { .. }
            | Action::Push(_)
            | Action::RecordPushed { .. }
            | Action::RewindPush { .. }
            | Action::RewindCarried { .. }
            | Action::MarkFork => LaneName::Push,
            Action::LoadMedia { .. }
            | Action::OfferMedia(_)
            | Action::SendChunk { .. }
            | Action::FinishMedia(_)
            | Action::RecordReceipt { .. }
            | Action::MarkFile { .. } => LaneName::Media,
            Action::LoadFetch { .. } | Action::FetchMedia(_) => LaneName::Fetch,
            Action::Listen => LaneName::Listen,
            Action::StartTimer { lane, .. } | Action::StopTimer(lane) => *lane,
        }
    }
}
