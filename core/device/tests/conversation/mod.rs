//! Conversations with the sync engine as text: `>` lines are events, `<` lines are the actions that follow, other
//! lines are comments. Files are named by a word whose digest stands for theirs.

use std::collections::BTreeMap;

use countersign_device::store::{MediaClass, ScopeToFetch};
use countersign_device::sync::engine::{Engine, Settings};
use countersign_device::sync::failure::Failure;
use countersign_device::sync::message::{Action, Batch, Event, LaneName, MediaToSend, Position};
use countersign_device::sync::status::{Phase, SyncStatus};
use countersign_model::command::{Command, Envelope, Origin};
use countersign_model::record::{Row, Scope};
use countersign_model::time::TimeRecord;
use countersign_model::trust::Receipt;
use countersign_model::wire::{FeedPage, MediaState, Push, Pushed, ScopePage, ScopesPage};
use countersign_model::{Digest, Id};

/// Plays the events of a text and returns it with the actions that followed.
pub fn play(text: &str) -> String {
    let settings = match text.lines().any(|line| line.trim() == "settings once") {
        true => Settings::once(),
        false => Settings::staying(),
    };
    let mut engine = Engine::new(settings, 7);
    let mut words = Words::default();
    let mut out = String::new();
    for line in text.lines().filter(|line| !line.starts_with('<')) {
        out.push_str(line);
        out.push('\n');
        if let Some(event) = line.strip_prefix("> ") {
            for action in engine.handle(words.event(event)) {
                out.push_str(&format!("< {}\n", words.action(&action)));
            }
        }
    }
    out
}

/// The `name=value` parts of a line.
struct Fields<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Fields<'a> {
    fn of(text: &'a str) -> Fields<'a> {
        Fields(text.split_whitespace().map(|part| part.split_once('=').unwrap_or((part, ""))).collect())
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(found, _)| *found == name).map(|(_, value)| *value)
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.get(name).map(|value| value.parse().unwrap_or_else(|_| panic!("{name}={value} is no number")))
    }

    fn list(&self, name: &str) -> Vec<&'a str> {
        self.get(name).map(|value| value.split(',').filter(|item| !item.is_empty()).collect()).unwrap_or_default()
    }
}

#[derive(Default)]
pub struct Words {
    names: BTreeMap<Digest, String>,
}

fn text(value: &str) -> Option<String> {
    (value != "-").then(|| value.to_owned())
}

pub fn lane(word: &str) -> LaneName {
    LaneName::ALL.into_iter().find(|lane| lane.as_str() == word).unwrap_or_else(|| panic!("no lane {word}"))
}

pub fn envelopes(from: u64, to: u64) -> Vec<Envelope> {
    (from..=to)
        .map(|seq| Envelope {
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
        })
        .collect()
}

pub fn rows(count: u64) -> Vec<Row> {
    let row = |seq| Row {
        kind: "job".to_owned(),
        id: Id::default(),
        scope: Scope::job(Id::default()),
        rev: 1,
        seq,
        body: None,
    };
    (0..count).map(row).collect()
}

pub fn receipt(holds: Vec<Digest>) -> Receipt {
    Receipt {
        tenant: Id::default(),
        device: Id::default(),
        epoch: "e1".to_owned(),
        holds,
        time: 0,
        key_number: 0,
        signature: String::new(),
    }
}

impl Words {
    fn file(&mut self, name: &str) -> Digest {
        let digest = Digest::of(name.as_bytes());
        self.names.insert(digest, name.to_owned());
        digest
    }

    fn name(&self, digest: &Digest) -> String {
        self.names.get(digest).cloned().unwrap_or_else(|| digest.hex())
    }

    fn event(&mut self, line: &str) -> Event {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let fields = Fields::of(rest);
        match word {
            "start" => Event::Start,
            "poke" => Event::Poke,
            "local-change" => Event::LocalChange,
            "network-changed" => Event::NetworkChanged,
            "timer" => Event::TimerFired(lane(rest)),
            "position" => Event::PositionLoaded(position(&fields)),
            "feed" => Event::FeedAnswered(Box::new(FeedPage {
                cursor: fields.get("cursor").unwrap_or("c").to_owned(),
                epoch: fields.get("epoch").unwrap_or("e1").to_owned(),
                rows: rows(fields.number("rows").unwrap_or(0)),
                at_head: fields.get("head") == Some("yes"),
                hub_time: 0,
                backup_mark: None,
                lease_until: 0,
                keys: None,
                log: None,
                sums: Vec::new(),
            })),
            "scope" => Event::ScopeAnswered(Box::new(ScopePage {
                scope: Scope(fields.get("of").unwrap_or("").to_owned()),
                as_of: 9,
                rows: rows(fields.number("rows").unwrap_or(0)),
                next: fields.get("next").and_then(text),
            })),
            "scopes" => Event::ScopesAnswered(Box::new(ScopesPage {
                pages: fields.list("pages").into_iter().map(scope_page).collect(),
                denied: fields.list("denied").into_iter().map(|scope| Scope(scope.to_owned())).collect(),
            })),
            "batch" => Event::PushLoaded(batch(rest, &fields)),
            "pushed" => Event::PushAnswered(Box::new(Pushed {
                stored: fields.number("stored").unwrap_or(0),
                quarantined: fields.get("quarantined").is_some(),
                outcomes: Vec::new(),
            })),
            "push-recorded" => Event::PushRecorded,
            "rewound" => Event::Rewound(rest == "yes"),
            "fork-marked" => Event::ForkMarked,
            "files" => Event::MediaLoaded(self.files(rest)),
            "has" => Event::OfferAnswered(Box::new(MediaState {
                chunk_bytes: fields.number("chunk").unwrap_or(8 << 20),
                missing: fields.list("missing").into_iter().map(|index| index.parse().unwrap()).collect(),
                receipt: fields.get("receipt").map(|name| receipt(vec![self.file(name)])),
            })),
            "chunk-stored" => Event::ChunkAnswered,
            "receipt" => Event::Finished(Box::new(receipt(vec![self.file(rest)]))),
            "receipt-recorded" => Event::ReceiptRecorded,
            "file-marked" => Event::FileMarked,
            "wanted" => {
                Event::FetchLoaded(rest.split(',').filter(|n| !n.is_empty()).map(|name| self.file(name)).collect())
            }
            "fetched" => Event::Fetched,
            "line-open" => Event::ListenOpened,
            "failed" => {
                let (on, why) = rest.split_once(' ').unwrap_or((rest, ""));
                Event::Failed(lane(on), failure(why))
            }
            other => panic!("no event {other}"),
        }
    }

    fn files(&mut self, rest: &str) -> Vec<MediaToSend> {
        let one = |item: &str| {
            let (name, bytes) = item.split_once(':').unwrap_or((item, "100"));
            MediaToSend { sha256: self.file(name), bytes: bytes.parse().unwrap(), class: MediaClass::Original }
        };
        rest.split(',').filter(|item| !item.is_empty()).map(one).collect()
    }

    fn action(&self, action: &Action) -> String {
        let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        match action {
            Action::LoadPosition => "load-position".to_owned(),
            Action::RequestFeed { cursor, limit } => format!("request-feed cursor={} limit={limit}", or_dash(cursor)),
            Action::ApplyFeed(page) => {
                let head = if page.at_head { "yes" } else { "no" };
                format!("apply-feed cursor={} epoch={} rows={} head={head}", page.cursor, page.epoch, page.rows.len())
            }
            Action::RequestScope { scope, after, limit } => {
                format!("request-scope {scope} after={} limit={limit}", or_dash(after))
            }
            Action::RequestScopes { wanted, limit } => {
                let one = |one: &ScopeToFetch| match &one.after {
                    Some(after) => format!("{}@{after}", one.scope),
                    None => one.scope.to_string(),
                };
                format!("request-scopes {} limit={limit}", wanted.iter().map(one).collect::<Vec<_>>().join(","))
            }
            Action::ApplyScopes(answer) => {
                let pages = answer.pages.iter().map(|page| format!("{}:{}", page.scope, page.rows.len()));
                let denied = answer.denied.iter().map(|scope| format!("{scope}:denied"));
                format!("apply-scopes {}", pages.chain(denied).collect::<Vec<_>>().join(","))
            }
            Action::ApplyScope(page) => {
                format!("apply-scope {} rows={} next={}", page.scope, page.rows.len(), or_dash(&page.next))
            }
            Action::DenyScope(scope) => format!("deny-scope {scope}"),
            Action::LoadPush { commands, carried } => format!("load-push commands={commands} carried={carried}"),
            Action::Push(batch) => {
                let carried = if batch.carried_for.is_some() { " carried" } else { "" };
                format!("push {}..{}{carried}", batch.first().unwrap_or(0), batch.last().unwrap_or(0))
            }
            Action::RecordPushed { pushed, carried_for } => {
                let carried = if carried_for.is_some() { " carried" } else { "" };
                let quarantined = if pushed.quarantined { " quarantined" } else { "" };
                format!("record-pushed stored={}{quarantined}{carried}", pushed.stored)
            }
            Action::RewindPush { expected } => format!("rewind-push to={expected}"),
            Action::RewindCarried { device, expected } => format!("rewind-carried for={device} to={expected}"),
            Action::MarkFork => "mark-fork".to_owned(),
            Action::LoadMedia { limit } => format!("load-media limit={limit}"),
            Action::OfferMedia(file) => format!("offer {} bytes={}", self.name(&file.sha256), file.bytes),
            Action::SendChunk { file, index, offset, bytes } => {
                format!("send-chunk {} {index} offset={offset} bytes={bytes}", self.name(&file.sha256))
            }
            Action::FinishMedia(file) => format!("finish {}", self.name(&file.sha256)),
            Action::RecordReceipt { file, .. } => format!("record-receipt {}", self.name(&file.sha256)),
            Action::MarkFile { file, problem } => format!("mark-file {} {}", self.name(&file.sha256), problem.code()),
            Action::LoadFetch { limit } => format!("load-fetch limit={limit}"),
            Action::FetchMedia(sha256) => format!("fetch {}", self.name(sha256)),
            Action::Listen => "listen".to_owned(),
            Action::StartTimer { lane, ms } => format!("start-timer {} {ms}ms", lane.as_str()),
            Action::StopTimer(lane) => format!("stop-timer {}", lane.as_str()),
            Action::ReportStatus(status) => report(status),
        }
    }
}

fn report(status: &SyncStatus) -> String {
    let phase = match status.phase {
        Phase::Idle => "idle",
        Phase::Working => "working",
        Phase::Waiting => "waiting",
        Phase::Stopped => "stopped",
    };
    let connected = match status.connected {
        Some(true) => "connected",
        Some(false) => "not-connected",
        None => "unknown",
    };
    let quarantined = if status.quarantined { " quarantined" } else { "" };
    let problem = status.problem.as_ref().map_or("-", |problem| problem.code());
    format!("status {phase} {connected}{quarantined} problem={problem}")
}

fn position(fields: &Fields<'_>) -> Position {
    let one = |item: &str| {
        let (scope, after) = item.split_once('@').map_or((item, None), |(scope, after)| (scope, Some(after)));
        ScopeToFetch { scope: Scope(scope.to_owned()), after: after.map(str::to_owned) }
    };
    Position {
        cursor: fields.get("cursor").and_then(text),
        scopes: fields.list("scopes").into_iter().map(one).collect(),
        offer_again: fields.get("offer-again").is_some(),
    }
}

/// `job/a:5` with five rows and complete, `job/a:5@p1` with more after `p1`.
fn scope_page(item: &str) -> ScopePage {
    let (scope, rest) = item.split_once(':').unwrap_or((item, "0"));
    let (count, next) = rest.split_once('@').map_or((rest, None), |(count, next)| (count, Some(next.to_owned())));
    ScopePage { scope: Scope(scope.to_owned()), as_of: 9, rows: rows(count.parse().unwrap()), next }
}

fn batch(rest: &str, fields: &Fields<'_>) -> Option<Box<Batch>> {
    let (from, to) = rest.split_whitespace().next()?.split_once("..")?;
    let (from, to): (u64, u64) = (from.parse().unwrap(), to.parse().unwrap());
    let push = Push { envelopes: envelopes(from, to), signature: None };
    let carried_for = fields.get("carried").map(|_| Id::default());
    Some(Box::new(Batch { push, head: fields.number("head").unwrap_or(to), carried_for }))
}

fn failure(why: &str) -> Failure {
    let fields = Fields::of(why);
    let retry_after = fields.number("retry");
    let word = why.split_whitespace().next().unwrap_or("");
    match word {
        "not-connected" => Failure::NotConnected(String::new()),
        "not-the-hub" => Failure::NotTheHub(String::new()),
        "untrusted" => Failure::Untrusted(String::new()),
        "sign-in" => Failure::SignIn,
        "revoked" => Failure::Revoked,
        "unconfirmed" => Failure::Unconfirmed,
        "fork" => Failure::Fork,
        "gap" => Failure::Gap { expected: fields.number("expected") },
        "too-large" => Failure::TooLarge,
        "answer-too-large" => Failure::AnswerTooLarge,
        "too-often" => Failure::TooOften { retry_after },
        "digest-mismatch" => Failure::DigestMismatch,
        "not-found" => Failure::NotFound,
        "hub-storage" => Failure::HubStorage { retry_after },
        "unavailable" => Failure::Unavailable { status: 503, retry_after },
        "not-understood" => Failure::NotUnderstood(String::new()),
        "bad-receipt" => Failure::BadReceipt(String::new()),
        "file" => Failure::File(String::new()),
        "store" => Failure::Store(String::new()),
        other => panic!("no failure {other}"),
    }
}
