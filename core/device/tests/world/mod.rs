//! A hub, a store and a network in a few fields, around a real engine.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use countersign_device::store::{MediaClass, ScopeToFetch};
use countersign_device::sync::engine::Engine;
use countersign_device::sync::failure::Failure;
use countersign_device::sync::message::{Action, Batch, Event, LaneName, MediaToSend, Position};
use countersign_model::command::{Command, Envelope, Origin};
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;
use countersign_model::trust::Receipt;
use countersign_model::wire::{FeedPage, MediaState, Push, Pushed, ScopePage, ScopesPage};
use countersign_model::{Digest, Id};

const CHUNK: u64 = 64 << 10;

/// Everything around the engine.
#[derive(Debug)]
pub struct World {
    engine: Engine,
    /// Actions under way, one per lane at most.
    under_way: BTreeMap<LaneName, Action>,
    /// When each lane's timer fires; time passes only by that.
    timers: BTreeMap<LaneName, u64>,
    now: u64,
    // The hub.
    hub_commands: u64,
    hub_seq: u64,
    chunks: BTreeSet<(Digest, u64)>,
    // The store.
    head: u64,
    confirmed: u64,
    applied: u64,
    scopes: VecDeque<(Scope, u64)>,
    files: Vec<MediaToSend>,
    wanted: Vec<Digest>,
    made: u64,
}

fn envelope(seq: u64) -> Envelope {
    Envelope {
        origin: Origin::Device { id: Id::default(), seq, prev_hash: Digest::default() },
        command: Command {
            id: Id::default(),
            kind: "note.add".to_owned(),
            version: 1,
            author: Id::default(),
            time: TimeRecord::default(),
            lane: Scope::job(Id::default()),
            seen: None,
            instead_of: None,
            payload: serde_json::Value::Null,
        },
    }
}

fn receipt(sha256: Digest) -> Receipt {
    Receipt {
        tenant: Id::default(),
        device: Id::default(),
        epoch: "e1".to_owned(),
        holds: vec![sha256],
        time: 0,
        key_number: 0,
        signature: String::new(),
    }
}

fn page(cursor: u64, at_head: bool) -> Box<FeedPage> {
    Box::new(FeedPage {
        cursor: format!("c{cursor}"),
        epoch: "e1".to_owned(),
        rows: Vec::new(),
        at_head,
        hub_time: 0,
        backup_mark: None,
        lease_until: 0,
        keys: None,
        log: None,
        sums: Vec::new(),
    })
}

fn scope_page(scope: Scope, next: Option<String>) -> ScopePage {
    ScopePage { scope, as_of: 0, rows: Vec::new(), next }
}

fn failure(choice: u32) -> Failure {
    let retry_after = choice.is_multiple_of(3).then_some(u64::from(choice % 100));
    match choice % 17 {
        0..=2 => Failure::NotConnected(String::new()),
        3 => Failure::NotTheHub(String::new()),
        4 => Failure::Untrusted(String::new()),
        5 => Failure::SignIn,
        6 => Failure::Revoked,
        7 => Failure::TooOften { retry_after },
        8 => Failure::Unavailable { status: 503, retry_after },
        9 => Failure::HubStorage { retry_after },
        10 => Failure::TooLarge,
        11 => Failure::AnswerTooLarge,
        12 => Failure::DigestMismatch,
        13 => Failure::NotUnderstood(String::new()),
        14 => Failure::Store(String::new()),
        15 => Failure::BadReceipt(String::new()),
        _ => Failure::Gap { expected: None },
    }
}

/// Any event, sensible or not.
pub fn anything(choice: u32) -> Event {
    let lane = LaneName::ALL[(choice / 64) as usize % LaneName::ALL.len()];
    let number = u64::from(choice >> 8);
    let file =
        MediaToSend { sha256: Digest::of(&number.to_be_bytes()[6..]), bytes: number, class: MediaClass::Original };
    match choice % 32 {
        0 => Event::Start,
        1 => Event::Poke,
        2 => Event::LocalChange,
        3 => Event::NetworkChanged,
        4..=6 => Event::TimerFired(lane),
        7 | 8 => Event::PositionLoaded(Position {
            cursor: (number % 5 > 0).then(|| format!("c{number}")),
            scopes: (0..number % 3).map(|n| ScopeToFetch { scope: Scope(format!("job/{n}")), after: None }).collect(),
            offer_again: number % 7 == 0,
        }),
        9 => Event::FeedAnswered(page(number, number % 2 == 0)),
        10 if number % 4 == 1 => Event::ScopesAnswered(Box::new(ScopesPage {
            pages: (0..number % 3).map(|n| scope_page(Scope(format!("job/{n}")), None)).collect(),
            denied: (0..number % 2).map(|n| Scope(format!("job/{n}"))).collect(),
        })),
        10 => Event::ScopeAnswered(Box::new(ScopePage {
            scope: Scope(format!("job/{}", number % 3)),
            as_of: 0,
            rows: Vec::new(),
            next: (number % 2 == 0).then(|| "p".to_owned()),
        })),
        11 => Event::PushLoaded(None),
        12 => {
            let push = Push { envelopes: (1..=number % 4).map(envelope).collect(), signature: None };
            Event::PushLoaded(Some(Box::new(Batch { push, head: number % 4, carried_for: None })))
        }
        13 => Event::PushAnswered(Box::new(Pushed { stored: number, quarantined: false, outcomes: Vec::new() })),
        14 => Event::PushRecorded,
        15 => Event::Rewound(number % 2 == 0),
        16 => Event::ForkMarked,
        17 => Event::MediaLoaded(vec![file]),
        18 => Event::OfferAnswered(Box::new(MediaState {
            chunk_bytes: number,
            missing: (0..number % 4).collect(),
            receipt: None,
        })),
        19 => Event::ChunkAnswered,
        20 => Event::Finished(Box::new(receipt(file.sha256))),
        21 => Event::ReceiptRecorded,
        22 => Event::FileMarked,
        23 => Event::FetchLoaded(vec![file.sha256]),
        24 => Event::Fetched,
        25 => Event::ListenOpened,
        26 => Event::Failed(lane, Failure::Gap { expected: Some(number % 8) }),
        27 => Event::Failed(lane, Failure::Fork),
        _ => Event::Failed(lane, failure(choice >> 8)),
    }
}

fn asks_network(action: &Action) -> bool {
    matches!(
        action,
        Action::RequestFeed { .. }
            | Action::RequestScope { .. }
            | Action::Push(_)
            | Action::OfferMedia(_)
            | Action::SendChunk { .. }
            | Action::FinishMedia(_)
            | Action::FetchMedia(_)
            | Action::Listen
    )
}

impl World {
    pub fn new(engine: Engine) -> World {
        World {
            engine,
            under_way: BTreeMap::new(),
            timers: BTreeMap::new(),
            now: 0,
            hub_commands: 0,
            hub_seq: 40,
            chunks: BTreeSet::new(),
            head: 5,
            confirmed: 0,
            applied: 0,
            scopes: (0..4).map(|n| (Scope(format!("job/{n}")), n)).collect(),
            files: vec![MediaToSend {
                sha256: Digest::of(b"photo"),
                bytes: 3 * CHUNK - 1,
                class: MediaClass::Original,
            }],
            wanted: vec![Digest::of(b"form")],
            made: 0,
        }
    }

    pub fn begin(&mut self) {
        self.tell(Event::Start);
    }

    fn tell(&mut self, event: Event) {
        for action in self.engine.handle(event) {
            let lane = action.lane();
            match action {
                Action::StartTimer { ms, .. } => {
                    assert!((1_000..=4_500_000).contains(&ms), "a wait of {ms} ms");
                    self.timers.insert(lane, self.now + ms);
                }
                Action::StopTimer(_) => assert!(self.timers.remove(&lane).is_some(), "no timer of {lane:?} to stop"),
                Action::ReportStatus(_) => {}
                action => {
                    let before = self.under_way.insert(lane, action);
                    assert_eq!(before, None, "two actions of one lane at once");
                }
            }
        }
    }

    /// One thing happens, faults included.
    pub fn step(&mut self, choice: u32) {
        let detail = choice >> 8;
        match choice % 16 {
            0 => self.save(detail),
            1 => {
                self.hub_seq += u64::from(detail % 3);
                self.tell(Event::Poke);
            }
            2 => self.tell(Event::NetworkChanged),
            3 if detail.is_multiple_of(8) => self.tell(Event::Start),
            3 | 4 => self.fire(detail as usize),
            _ => self.answer(detail, true),
        }
    }

    fn save(&mut self, detail: u32) {
        self.head += 1;
        if detail.is_multiple_of(3) && self.made < 20 {
            self.made += 1;
            let bytes = u64::from(detail) % (4 * CHUNK);
            self.files.push(MediaToSend {
                sha256: Digest::of(&self.made.to_be_bytes()),
                bytes,
                class: MediaClass::Video,
            });
        }
        self.tell(Event::LocalChange);
    }

    fn fire(&mut self, which: usize) {
        let mut due: Vec<(u64, LaneName)> = self.timers.iter().map(|(lane, at)| (*at, *lane)).collect();
        due.sort();
        let Some((at, lane)) = due.get(which % due.len().max(1)).copied() else { return };
        self.timers.remove(&lane);
        self.now = self.now.max(at);
        self.tell(Event::TimerFired(lane));
    }

    fn answer(&mut self, choice: u32, with_faults: bool) {
        let lanes: Vec<LaneName> = self.under_way.keys().copied().collect();
        let Some(lane) = lanes.get(choice as usize % lanes.len().max(1)).copied() else { return };
        let Some(action) = self.under_way.remove(&lane) else { return };
        let fault = choice >> 4;
        let fails = with_faults && fault.is_multiple_of(4);
        let lost_reply = fails && fault.is_multiple_of(8) && asks_network(&action);
        if action == Action::Listen && !fails {
            self.under_way.insert(lane, action);
            return self.tell(Event::ListenOpened);
        }
        let event = match fails && !lost_reply {
            true => None,
            false => Some(self.effect(action)),
        };
        match event {
            Some(event) if !lost_reply => self.tell(event),
            Some(_) => self.tell(Event::Failed(lane, Failure::NotConnected(String::new()))),
            None => self.tell(Event::Failed(lane, failure(fault >> 3))),
        }
    }

    fn position(&self) -> Event {
        Event::PositionLoaded(Position {
            cursor: Some(format!("c{}", self.applied)),
            scopes: self
                .scopes
                .iter()
                .map(|(scope, pages)| ScopeToFetch { scope: scope.clone(), after: Some(format!("p{pages}")) })
                .collect(),
            offer_again: false,
        })
    }

    fn next_page(&self, scope: Scope) -> ScopePage {
        let left = self.scopes.iter().find(|(held, _)| *held == scope).map_or(0, |(_, left)| *left);
        scope_page(scope, left.checked_sub(1).map(|left| format!("p{left}")))
    }

    fn take_page(&mut self, page: &ScopePage) {
        let left = page.next.as_ref().map(|next| next.trim_start_matches('p').parse().unwrap());
        self.scopes.retain_mut(|(scope, pages)| match left {
            _ if *scope != page.scope => true,
            Some(left) => {
                *pages = left;
                true
            }
            None => false,
        });
    }

    /// What the action does in the hub or the store, and the event that tells of it.
    fn effect(&mut self, action: Action) -> Event {
        match action {
            Action::LoadPosition => self.position(),
            Action::RequestFeed { .. } => {
                let to = self.hub_seq.min(self.applied + 7);
                Event::FeedAnswered(page(to, to == self.hub_seq))
            }
            Action::ApplyFeed(page) => {
                self.applied = self.applied.max(page.cursor.trim_start_matches('c').parse().unwrap());
                self.position()
            }
            Action::RequestScope { scope, .. } => Event::ScopeAnswered(Box::new(self.next_page(scope))),
            Action::RequestScopes { wanted, limit } => {
                // As many as the limit lets through; the last may have more to come.
                let pages = wanted.into_iter().take(limit.min(2)).map(|one| self.next_page(one.scope)).collect();
                Event::ScopesAnswered(Box::new(ScopesPage { pages, denied: Vec::new() }))
            }
            Action::ApplyScopes(answer) => {
                answer.pages.iter().for_each(|page| self.take_page(page));
                self.position()
            }
            Action::ApplyScope(page) => {
                self.take_page(&page);
                self.position()
            }
            Action::DenyScope(denied) => {
                self.scopes.retain(|(scope, _)| *scope != denied);
                self.position()
            }
            Action::LoadPush { commands, .. } => {
                let last = self.head.min(self.confirmed + commands as u64);
                let envelopes: Vec<Envelope> = (self.confirmed + 1..=last).map(envelope).collect();
                let push = Push { envelopes, signature: None };
                let batch = Batch { push, head: self.head, carried_for: None };
                Event::PushLoaded((!batch.push.envelopes.is_empty()).then(|| Box::new(batch)))
            }
            Action::Push(batch) => {
                assert!(batch.first().unwrap() <= self.hub_commands + 1, "a gap was sent");
                self.hub_commands = self.hub_commands.max(batch.last().unwrap());
                self.hub_seq += 1;
                let stored = self.hub_commands;
                Event::PushAnswered(Box::new(Pushed { stored, quarantined: false, outcomes: Vec::new() }))
            }
            Action::RecordPushed { pushed, .. } => {
                assert!(pushed.stored <= self.hub_commands);
                self.confirmed = self.confirmed.max(pushed.stored);
                Event::PushRecorded
            }
            Action::RewindPush { .. } | Action::RewindCarried { .. } => Event::Rewound(true),
            Action::MarkFork => Event::ForkMarked,
            Action::LoadMedia { limit } => Event::MediaLoaded(self.files.iter().take(limit).copied().collect()),
            Action::OfferMedia(file) => Event::OfferAnswered(Box::new(MediaState {
                chunk_bytes: CHUNK,
                missing: self.missing(file),
                receipt: None,
            })),
            Action::SendChunk { file, index, bytes, offset } => {
                assert!(offset + bytes <= file.bytes.max(1));
                self.chunks.insert((file.sha256, index));
                Event::ChunkAnswered
            }
            Action::FinishMedia(file) => {
                assert_eq!(self.missing(file), Vec::<u64>::new(), "finished before all was sent");
                Event::Finished(Box::new(receipt(file.sha256)))
            }
            Action::RecordReceipt { file, receipt } => {
                assert!(receipt.holds.contains(&file.sha256));
                self.files.retain(|waiting| waiting.sha256 != file.sha256);
                Event::ReceiptRecorded
            }
            Action::MarkFile { .. } => Event::FileMarked,
            Action::LoadFetch { limit } => Event::FetchLoaded(self.wanted.iter().take(limit).copied().collect()),
            Action::FetchMedia(sha256) => {
                self.wanted.retain(|wanted| *wanted != sha256);
                Event::Fetched
            }
            Action::Listen => Event::Failed(LaneName::Listen, Failure::NotConnected(String::new())),
            Action::StartTimer { .. } | Action::StopTimer(_) | Action::ReportStatus(_) => panic!("kept elsewhere"),
        }
    }

    fn missing(&self, file: MediaToSend) -> Vec<u64> {
        let count = file.bytes.div_ceil(CHUNK).max(1);
        (0..count).filter(|index| !self.chunks.contains(&(file.sha256, *index))).collect()
    }

    /// The faults are over and a person asks for a sync.
    pub fn heal(&mut self) {
        self.tell(Event::Start);
    }

    /// Something that is under way succeeds, or a timer fires when nothing is.
    pub fn calm_step(&mut self) {
        let busy: Vec<usize> = self
            .under_way
            .iter()
            .enumerate()
            .filter(|(_, (_, action))| **action != Action::Listen)
            .map(|(place, _)| place)
            .collect();
        match busy.first() {
            Some(place) => self.answer(*place as u32, false),
            None => self.fire(0),
        }
    }

    pub fn is_quiet(&self) -> bool {
        self.engine.is_quiet()
    }

    /// What should be through and is not.
    pub fn what_is_left(&self) -> Vec<String> {
        let mut left = Vec::new();
        let mut check = |through: bool, what: String| {
            if !through {
                left.push(what);
            }
        };
        check(self.confirmed == self.head, format!("commands {} of {}", self.confirmed, self.head));
        check(self.applied == self.hub_seq, format!("feed {} of {}", self.applied, self.hub_seq));
        check(self.scopes.is_empty(), format!("scopes {:?}", self.scopes));
        check(self.files.is_empty(), format!("files {:?}", self.files));
        check(self.wanted.is_empty(), format!("wanted {:?}", self.wanted));
        check(self.engine.status().problem.is_none(), format!("problem {:?}", self.engine.status().problem));
        left
    }
}
