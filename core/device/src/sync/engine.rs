//! The sync engine: event in, actions out. It has no clock, no chance but its seed, and touches nothing.
//!
//! Five lanes, independent of each other: what comes down, commands, media up, media down, and the open line on which
//! the hub pokes. They meet in four places only: a stored push makes the feed worth asking, the feed's head makes
//! missing media known, media let commands pass, and a line that opens ends waits for the network.
//!
//! Lasting memory is the store's: the engine knows only what is under way, and a new engine on the same store goes on
//! where the old one was killed.

use super::chance::Chance;
use super::down::Down;
use super::failure::{Failure, Problem};
use super::fetch::Fetch;
pub use super::lane::Settings;
use super::lane::{Context, Lane, Rest};
use super::listen::Listen;
use super::media::Media;
use super::message::{Action, Event, LaneName};
use super::push::Push;
use super::status::{Phase, SyncStatus};

/// The feed is asked this often where the hub cannot poke, milliseconds.
const POLL_MS: u64 = 60_000;
/// And this often where it can: the poll is the truth, pokes may get lost.
const POLL_WITH_LINE_MS: u64 = 300_000;

/// The state of one device's sync.
#[derive(Clone, Debug)]
pub struct Engine {
    context: Context,
    down: Down,
    push: Push,
    media: Media,
    fetch: Fetch,
    listen: Listen,
    connected: Option<bool>,
    reported: SyncStatus,
}

impl Engine {
    /// An engine at rest. The seed spreads waiting times: give each device and start another.
    pub fn new(settings: Settings, seed: u64) -> Engine {
        let chance = Chance::new(seed);
        Engine {
            context: Context { settings, chance, actions: Vec::new(), ever_connected: false },
            down: Down::new(),
            push: Push::new(),
            media: Media::new(),
            fetch: Fetch::new(),
            listen: Listen::new(),
            connected: None,
            reported: SyncStatus::default(),
        }
    }

    /// Takes what happened and returns what is to be done.
    pub fn handle(&mut self, event: Event) -> Vec<Action> {
        self.note_connection(&event);
        self.dispatch(event);
        if !self.push.lane.is_working() {
            self.media.go_on(&mut self.context);
        }
        let status = self.status();
        if status != self.reported {
            self.reported = status.clone();
            self.context.act(Action::ReportStatus(status));
        }
        std::mem::take(&mut self.context.actions)
    }

    /// Whether nothing is under way and nothing waits for another try: where one sync ends.
    pub fn is_quiet(&self) -> bool {
        self.work_lanes().iter().all(|lane| !matches!(lane.rest, Rest::Working | Rest::Waiting))
    }

    /// What sync is doing.
    pub fn status(&self) -> SyncStatus {
        let lanes = self.work_lanes();
        let any = |rest: Rest| lanes.iter().any(|lane| lane.rest == rest);
        let phase = match () {
            () if any(Rest::Working) => Phase::Working,
            () if any(Rest::Waiting) => Phase::Waiting,
            () if any(Rest::Stopped) => Phase::Stopped,
            () => Phase::Idle,
        };
        let problem = lanes.iter().filter_map(|lane| lane.problem.clone()).max();
        SyncStatus { phase, connected: self.connected, quarantined: self.push.quarantined, problem }
    }

    /// The lanes that move something; the open line does not.
    fn work_lanes(&self) -> [&Lane; 4] {
        [&self.down.lane, &self.push.lane, &self.media.lane, &self.fetch.lane]
    }

    fn note_connection(&mut self, event: &Event) {
        let connected = match event {
            Event::FeedAnswered(_)
            | Event::ScopeAnswered(_)
            | Event::ScopesAnswered(_)
            | Event::PushAnswered(_)
            | Event::OfferAnswered(_)
            | Event::ChunkAnswered
            | Event::Finished(_)
            | Event::Fetched
            | Event::ListenOpened => Some(true),
            // An open line that ends, as proxies end it after a while, says nothing about the hub.
            Event::Failed(LaneName::Listen, _) => None,
            Event::Failed(_, failure) => failure.was_connected(),
            _ => None,
        };
        self.connected = connected.or(self.connected);
        self.context.ever_connected |= connected == Some(true);
    }

    fn dispatch(&mut self, event: Event) {
        let context = &mut self.context;
        match event {
            Event::Start => self.start(),
            Event::Poke => self.wake_down(true),
            Event::LocalChange => {
                self.wake_push();
                self.wake_media();
            }
            Event::NetworkChanged => {
                self.network_changed();
                if self.listen.lane.network_changed(&mut self.context) {
                    self.listen.begin(&mut self.context);
                }
            }
            Event::TimerFired(lane) => self.timer_fired(lane),
            Event::PositionLoaded(position) => {
                let offer_again = position.offer_again;
                if self.down.position_loaded(context, position) {
                    self.down_at_head();
                }
                if offer_again {
                    self.wake_push();
                    self.wake_media();
                }
            }
            Event::FeedAnswered(page) => self.down.feed_answered(context, page),
            Event::ScopeAnswered(page) => self.down.scope_answered(context, page),
            Event::ScopesAnswered(answer) => self.down.scopes_answered(context, answer),
            Event::PushLoaded(batch) => self.push.loaded(context, batch),
            Event::PushAnswered(pushed) => self.push.answered(context, pushed),
            Event::PushRecorded => {
                if self.push.recorded(context) {
                    // The decisions wait in the feed; evidence that these commands name may wait for its bytes.
                    self.wake_down(false);
                    self.wake_media();
                }
            }
            Event::Rewound(still_here) => self.push.rewound(context, still_here),
            Event::ForkMarked => self.push.fork_marked(),
            Event::MediaLoaded(files) => self.media.loaded(context, files),
            Event::OfferAnswered(state) => self.media.offer_answered(context, *state),
            Event::ChunkAnswered => self.media.chunk_answered(),
            Event::Finished(receipt) => self.media.finished(context, receipt),
            Event::ReceiptRecorded => self.media.receipt_recorded(),
            Event::FileMarked => self.media.file_marked(),
            Event::FetchLoaded(files) => self.fetch.loaded(context, files),
            Event::Fetched => self.fetch.fetched(context),
            Event::ListenOpened => {
                if self.listen.opened() {
                    self.network_changed();
                }
            }
            Event::Failed(lane, failure) => self.failed(lane, &failure),
        }
    }

    fn start(&mut self) {
        let context = &mut self.context;
        self.push.forget_refused();
        self.media.forget_given_up();
        self.fetch.forget_given_up();
        if self.down.lane.restart(context) {
            self.down.begin(context);
        }
        if self.push.lane.restart(context) {
            self.push.begin(context);
        }
        if self.media.lane.restart(context) {
            self.media.begin();
        }
        if self.fetch.lane.restart(context) {
            self.fetch.begin(context);
        }
        if context.settings.stay && !self.listen.lane.is_working() && self.listen.lane.restart(context) {
            self.listen.begin(context);
        }
    }

    fn wake_down(&mut self, from_hub: bool) {
        let context = &mut self.context;
        // A poke proves that the hub is reached.
        let reached = from_hub && self.down.lane.network_changed(context);
        if reached || self.down.lane.wake(context) {
            self.down.begin(context);
        }
    }

    fn wake_push(&mut self) {
        if self.push.lane.wake(&mut self.context) {
            self.push.begin(&mut self.context);
        }
    }

    fn wake_media(&mut self) {
        if self.media.lane.wake(&mut self.context) {
            self.media.begin();
        }
    }

    /// The network works again or is another one: waits for it are over, and pokes may have been missed.
    fn network_changed(&mut self) {
        self.wake_down(true);
        let context = &mut self.context;
        if self.push.lane.network_changed(context) {
            self.push.begin(context);
        }
        if self.media.lane.network_changed(context) {
            self.media.begin();
        }
        if self.fetch.lane.network_changed(context) {
            self.fetch.begin(context);
        }
    }

    fn down_at_head(&mut self) {
        let context = &mut self.context;
        if context.settings.stay {
            let ms = if self.listen.open { POLL_WITH_LINE_MS } else { POLL_MS };
            self.down.lane.poll_after(context, ms);
        }
        if self.fetch.lane.wake(context) {
            self.fetch.begin(context);
        }
    }

    fn timer_fired(&mut self, lane: LaneName) {
        let context = &mut self.context;
        match lane {
            LaneName::Down if self.down.lane.timer_fired() => self.down.begin(context),
            LaneName::Push if self.push.lane.timer_fired() => self.push.begin(context),
            LaneName::Media if self.media.lane.timer_fired() => self.media.begin(),
            LaneName::Fetch if self.fetch.lane.timer_fired() => self.fetch.begin(context),
            LaneName::Listen if self.listen.lane.timer_fired() => self.listen.begin(context),
            _ => {}
        }
    }

    fn failed(&mut self, lane: LaneName, failure: &Failure) {
        let context = &mut self.context;
        match lane {
            LaneName::Down => {
                self.down.failed(context, failure);
                if matches!(failure, Failure::Unconfirmed) {
                    // What this office lost is offered again by now: it waits there for a person, as the device does.
                    self.wake_push();
                    self.wake_media();
                }
            }
            LaneName::Push => self.push.failed(context, failure),
            LaneName::Media => self.media.failed(context, failure),
            LaneName::Fetch => self.fetch.failed(context, failure),
            LaneName::Listen => self.listen.failed(context, failure),
        }
    }

    /// What holds a lane up, for tests and reports.
    pub fn problem_of(&self, lane: LaneName) -> Option<&Problem> {
        let lane = match lane {
            LaneName::Down => &self.down.lane,
            LaneName::Push => &self.push.lane,
            LaneName::Media => &self.media.lane,
            LaneName::Fetch => &self.fetch.lane,
            LaneName::Listen => &self.listen.lane,
        };
        lane.problem.as_ref()
    }
}
