//! The network between a device and the hub: each call has a fate that the seed draws.
//!
//! What it carries passes through JSON as over HTTP; the hub's own functions answer. A call whose reply is lost has had
//! its effect, one that was delayed has it later, when the device has long given it up.

use std::io::{Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use countersign_device::sync::carrier::{Carrier, Chunk, FeedAnswer, LineEvent, Stranger};
use countersign_device::sync::failure::Failure;
use countersign_device::sync::http::failure_of;
use countersign_hub::api::status_of;
use countersign_hub::{Caller, Hub, Problem, RawPush};
use countersign_model::Digest;
use countersign_model::log::{LogProof, LogQuestion};
use countersign_model::record::Scope;
use countersign_model::trust::{Introduction, Receipt};
use countersign_model::wire::{
    EnrolRequest, Enrolment, Error, Introduced, MediaOffer, MediaState, Push, Pushed, ScopePage, ScopesPage,
    ScopesRequest, Trust,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::coverage::Coverage;
use crate::chance::Chance;

/// How long a device waits for an answer that does not come.
const PATIENCE: Duration = Duration::from_secs(30);
/// Seconds for which a busy hub asks to wait.
const BUSY_S: u64 = 5;

/// Where the hub is, or is not.
#[derive(Clone, Default)]
pub struct Server(Arc<Mutex<Option<Hub>>>);

impl Server {
    /// Serves this hub from now on, or none.
    pub fn put(&self, hub: Option<Hub>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = hub;
    }

    /// The hub that serves.
    pub fn hub(&self) -> Option<Hub> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// How bad the network is: of a thousand calls, so many have each fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weather {
    /// Never arrive.
    pub lost: u64,
    /// Arrive, and the reply does not.
    pub reply_lost: u64,
    /// Arrive twice.
    pub doubled: u64,
    /// Arrive much later, after the device gave up.
    pub late: u64,
    /// Are answered by somebody else's page.
    pub portal: u64,
    /// Are turned away by a busy hub.
    pub busy: u64,
    /// Of a thousand pieces of files, so many arrive with other bytes.
    pub mangled: u64,
    /// The longest way, milliseconds each way.
    pub delay_ms: u64,
}

impl Weather {
    /// Everything arrives at once.
    pub const FINE: Weather =
        Weather { lost: 0, reply_lost: 0, doubled: 0, late: 0, portal: 0, busy: 0, mangled: 0, delay_ms: 0 };

    /// Drawn: a third of it fine, a third mixed, a third a storm.
    pub fn drawn(chance: &mut Chance) -> Weather {
        let most = match chance.below(3) {
            0 => return Weather { delay_ms: 20, ..Weather::FINE },
            1 => 60,
            _ => 250,
        };
        Weather {
            lost: chance.below(most),
            reply_lost: chance.below(most),
            doubled: chance.below(most),
            late: chance.below(most),
            portal: chance.below(most / 4),
            busy: chance.below(most / 4),
            mangled: chance.below(most),
            delay_ms: chance.below(3_000),
        }
    }
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Fine,
    Lost,
    ReplyLost,
    Doubled,
    Late,
    Portal,
    Busy,
}

impl Fate {
    fn word(self) -> &'static str {
        match self {
            Fate::Fine => "fine",
            Fate::Lost => "lost",
            Fate::ReplyLost => "reply-lost",
            Fate::Doubled => "doubled",
            Fate::Late => "late",
            Fate::Portal => "portal",
            Fate::Busy => "busy",
        }
    }
}

/// The network of all devices.
pub struct Network {
    chance: Chance,
    /// How it is now.
    pub weather: Weather,
    /// What happened, a line each call.
    pub trace: Vec<String>,
    /// What it came across.
    pub coverage: Coverage,
    /// Rows of one page at most: a hub may cut its pages anywhere.
    rows: usize,
}

/// Sizes of pages, of which each network has one.
const ROWS: [usize; 3] = [500, 40, 6];

/// A network that all devices share.
pub type SharedNetwork = Arc<Mutex<Network>>;

impl Network {
    /// A network with chance of its own.
    pub fn shared(seed: u64) -> SharedNetwork {
        let (weather, trace, coverage) = (Weather::FINE, Vec::new(), Coverage::default());
        let mut chance = Chance::new(seed);
        let rows = ROWS[usize::try_from(chance.below(3)).unwrap_or(0)];
        Arc::new(Mutex::new(Network { chance, weather, trace, coverage, rows }))
    }

    fn fate(&mut self, phone: usize, call: &str) -> (Fate, Duration, Duration) {
        let weather = self.weather;
        let kinds = [
            (weather.lost, Fate::Lost),
            (weather.reply_lost, Fate::ReplyLost),
            (weather.doubled, Fate::Doubled),
            (weather.late, Fate::Late),
            (weather.portal, Fate::Portal),
            (weather.busy, Fate::Busy),
        ];
        let mut drawn = self.chance.below(1_000);
        let mut fate = Fate::Fine;
        for (share, kind) in kinds {
            if drawn < share {
                fate = kind;
                break;
            }
            drawn -= share;
        }
        let mut way = || Duration::from_millis(self.chance.below(weather.delay_ms + 1));
        let (there, back) = (way(), way());
        if fate != Fate::Fine {
            self.coverage.hit("fault", fate.word());
        }
        self.trace.push(format!("{phone} {call} {} {} {}", fate.word(), there.as_millis(), back.as_millis()));
        (fate, there, back)
    }

    /// These bytes of a file as they arrive: now and then one of them is another.
    fn mangled(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        let at = self.chance.below(u64::try_from(bytes.len()).unwrap_or(1));
        if self.chance.below(1_000) < self.weather.mangled
            && let Some(byte) = usize::try_from(at).ok().and_then(|at| bytes.get_mut(at))
        {
            *byte ^= 0x10;
            self.coverage.hit("fault", "mangled");
        }
        bytes
    }
}

/// One device's way to the hub.
#[derive(Clone)]
pub struct Wire {
    server: Server,
    network: SharedNetwork,
    phone: usize,
    token: String,
}

type Answer<T> = Result<T, Failure>;

/// What a call does at the hub, as often as it arrives.
type Work<T> = dyn Fn(&Hub) -> Result<T, Problem> + Send + Sync;

fn meaning(problem: Problem) -> Failure {
    let status = status_of(&problem.code).as_u16();
    failure_of(status, Some(BUSY_S), Some(Error { code: problem.code, detail: problem.detail }))
}

/// The same value as the other side reads it.
fn over_the_wire<From: Serialize, To: DeserializeOwned>(value: &From) -> To {
    let text = serde_json::to_vec(value).expect("what is sent can be written");
    serde_json::from_slice(&text).expect("what is sent can be read")
}

impl Wire {
    /// The way of this device, with its token.
    pub fn new(server: &Server, network: &SharedNetwork, phone: usize, token: &str) -> Wire {
        Wire { server: server.clone(), network: Arc::clone(network), phone, token: token.to_owned() }
    }

    fn network(&self) -> MutexGuard<'_, Network> {
        self.network.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer<T>(server: &Server, work: &Work<T>) -> Answer<T> {
        let hub = server.hub().ok_or_else(|| Failure::NotConnected("nobody listens".to_owned()))?;
        work(&hub).map_err(meaning)
    }

    async fn carry<T: Send + 'static>(
        &self,
        call: &str,
        work: impl Fn(&Hub) -> Result<T, Problem> + Send + Sync + 'static,
    ) -> Answer<T> {
        let (fate, there, back) = self.network().fate(self.phone, call);
        sleep(there).await;
        let silence = || Failure::NotConnected("nothing came".to_owned());
        let answer = match fate {
            Fate::Fine => Self::answer(&self.server, &work),
            Fate::Doubled => {
                // The first of the two is answered as well; the device hears the second.
                let _unheard = Self::answer(&self.server, &work);
                Self::answer(&self.server, &work)
            }
            Fate::Lost => {
                sleep(PATIENCE).await;
                Err(silence())
            }
            Fate::ReplyLost => {
                let _unheard = Self::answer(&self.server, &work);
                sleep(PATIENCE).await;
                Err(silence())
            }
            Fate::Late => {
                let (server, later) = (self.server.clone(), PATIENCE * 2 + back * 20);
                tokio::spawn(async move {
                    sleep(later).await;
                    let _unheard = Self::answer(&server, &work);
                });
                sleep(PATIENCE).await;
                return Err(silence());
            }
            Fate::Portal => Err(Failure::NotTheHub("a page of the network".to_owned())),
            Fate::Busy => Err(Failure::Unavailable { status: 503, retry_after: Some(BUSY_S) }),
        };
        sleep(back).await;
        answer
    }

    /// The same for a device that the hub must know.
    async fn carry_for<T: Send + 'static>(
        &self,
        call: &str,
        work: impl Fn(&Hub, &Caller) -> Result<T, Problem> + Send + Sync + 'static,
    ) -> Answer<T> {
        let token = self.token.clone();
        self.carry(call, move |hub| {
            let caller = hub.recognise(&token)?;
            work(hub, &caller)
        })
        .await
    }
}

impl Carrier for Wire {
    async fn trust(&self) -> Answer<Trust> {
        self.carry("trust", Hub::trust).await
    }

    async fn stranger(&self) -> Answer<Stranger> {
        Err(Failure::Untrusted("nobody else answers here".to_owned()))
    }

    fn pin(&self, _: Option<Digest>) -> Answer<()> {
        Ok(())
    }

    async fn enrol(&self, request: EnrolRequest) -> Answer<Enrolment> {
        self.carry("enrol", move |hub| hub.enrol(&request)).await
    }

    async fn introduce(&self, introduction: Introduction) -> Answer<Introduced> {
        self.carry("introduce", move |hub| hub.introduce(&introduction)).await
    }

    async fn push(&self, push: Push) -> Answer<Pushed> {
        self.carry_for("push", move |hub, caller| hub.receive(caller, over_the_wire::<_, RawPush>(&push))).await
    }

    async fn feed(&self, cursor: Option<String>, limit: usize) -> Answer<FeedAnswer> {
        let limit = limit.min(self.network().rows);
        // As the real line does: whoever took no page yet asks for its own scope first.
        let page = self
            .carry_for("feed", move |hub, caller| match &cursor {
                None => hub.feed_of_newcomer(caller, Some(limit)),
                Some(cursor) => hub.feed(caller, Some(cursor), Some(limit)),
            })
            .await?;
        let hub_time = Some(page.hub_time);
        Ok(FeedAnswer { page: over_the_wire(&page), hub_time })
    }

    async fn scope(&self, scope: Scope, after: Option<String>, limit: usize) -> Answer<ScopePage> {
        let limit = limit.min(self.network().rows);
        let page = self
            .carry_for("scope", move |hub, caller| hub.scope_page(caller, &scope, after.as_deref(), Some(limit)))
            .await?;
        Ok(over_the_wire(&page))
    }

    async fn scopes(&self, request: ScopesRequest) -> Answer<ScopesPage> {
        let request = ScopesRequest { limit: request.limit.min(self.network().rows), ..request };
        let pages = self.carry_for("scopes", move |hub, caller| hub.scope_pages(caller, &request)).await?;
        Ok(over_the_wire(&pages))
    }

    async fn log_proof(&self, question: LogQuestion) -> Answer<LogProof> {
        self.carry_for("log", move |hub, caller| hub.log_proof(caller, &question)).await
    }

    async fn offer(&self, offer: MediaOffer) -> Answer<MediaState> {
        self.carry_for("offer", move |hub, caller| hub.offer_media(caller, &offer)).await
    }

    async fn chunk(&self, chunk: Chunk) -> Answer<()> {
        let bytes = read_chunk(&chunk).map_err(|error| Failure::File(error.to_string()))?;
        let digest = Digest::of(&bytes);
        let bytes = self.network().mangled(bytes);
        self.carry_for("chunk", move |hub, caller| hub.take_chunk(caller, chunk.sha256, chunk.index, digest, &bytes))
            .await
    }

    async fn finish(&self, sha256: Digest) -> Answer<Receipt> {
        self.carry_for("finish", move |hub, caller| hub.finish_media(caller, sha256)).await
    }

    async fn fetch(&self, sha256: Digest, into: mpsc::Sender<Bytes>) -> Answer<()> {
        let bytes = self
            .carry_for("fetch", move |hub, caller| {
                let mut bytes = Vec::new();
                hub.media_for(caller, sha256)?.file.read_to_end(&mut bytes).expect("a blob of the hub");
                Ok(bytes)
            })
            .await?;
        for piece in bytes.chunks(64 << 10) {
            if into.send(Bytes::copy_from_slice(piece)).await.is_err() {
                return Err(Failure::AnswerTooLarge);
            }
        }
        Ok(())
    }

    async fn listen(&self, _: mpsc::Sender<LineEvent>) -> Failure {
        std::future::pending().await
    }
}

fn read_chunk(chunk: &Chunk) -> std::io::Result<Vec<u8>> {
    let mut file = chunk.source.open()?;
    file.seek(SeekFrom::Start(chunk.offset))?;
    let mut bytes = Vec::new();
    file.take(chunk.bytes).read_to_end(&mut bytes)?;
    Ok(bytes)
}
