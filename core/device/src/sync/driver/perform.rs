//! One action, one event: the hands of the driver.

mod ahead;
mod log;
mod trust;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use countersign_model::Digest;
use countersign_model::lease::LeaseMark;
use countersign_model::seeded::{self, Bug};
use countersign_model::trust::chain_statement;
use countersign_model::wire::{ChainSignature, MediaOffer, PUSH_BYTES, Push, Pushed, ScopeWanted, ScopesRequest};
use tokio::sync::{Mutex, mpsc};

use ahead::Ahead;

use super::super::carrier::{Carrier, Chunk, FileSource, LineEvent};
use super::super::failure::{Failure, FileProblem};
use super::super::message::{Action, Batch, Event, MediaToSend, Position, SCOPES_AT_ONCE};
use super::{Surroundings, files};
use crate::store::{Contact, PushBatch, Store, StoreError, SyncProblem};

/// What an action brought, with what the report counts.
#[derive(Debug)]
pub(super) struct Done {
    pub event: Event,
    pub pushed: u64,
    pub pulled: u64,
    pub refused: u64,
    pub media_bytes: u64,
    pub fetched_bytes: u64,
}

impl From<Event> for Done {
    fn from(event: Event) -> Done {
        Done { event, pushed: 0, pulled: 0, refused: 0, media_bytes: 0, fetched_bytes: 0 }
    }
}

type Outcome = Result<Done, Failure>;

/// Bytes of command bodies in one push; the rest of [`PUSH_BYTES`] is for their envelopes.
const BODY_BYTES: usize = PUSH_BYTES - (512 << 10);

pub(super) struct Hands<C> {
    store: Store,
    carrier: Arc<C>,
    pub surroundings: Arc<dyn Surroundings>,
    line: mpsc::Sender<Event>,
    /// Held while one lane follows a change of the hub's TLS key.
    following: Mutex<()>,
    /// How often such a change was followed.
    tls_round: AtomicU64,
    /// Held while one lane introduces the device to a hub that does not know it.
    introducing: Mutex<()>,
    /// How often the hub took that.
    introduced: AtomicU64,
    /// The keys of the office that were asked about last: a hub that does not vouch for its keys is asked once.
    asked_keys: Mutex<Option<Digest>>,
    ahead: Ahead,
}

/// Runs a store call where it may block.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Failure> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| store_failure(&error)),
        Err(error) => Err(Failure::Store(error.to_string())),
    }
}

pub(super) fn store_failure(error: &StoreError) -> Failure {
    match error {
        StoreError::NotEnrolled => Failure::SignIn,
        StoreError::Vault(error) => Failure::Vault(*error),
        StoreError::Untrusted(_) => Failure::BadReceipt(error.to_string()),
        StoreError::Malformed(_) | StoreError::Source(_) => Failure::NotUnderstood(error.to_string()),
        StoreError::WrongBytes(_) => Failure::DigestMismatch,
        other => Failure::Store(other.to_string()),
    }
}

impl<C: Carrier> Hands<C> {
    pub fn new(
        store: Store,
        carrier: Arc<C>,
        surroundings: Arc<dyn Surroundings>,
        line: mpsc::Sender<Event>,
    ) -> Hands<C> {
        Hands {
            store,
            carrier,
            surroundings,
            line,
            following: Mutex::default(),
            tls_round: AtomicU64::new(0),
            introducing: Mutex::default(),
            introduced: AtomicU64::new(0),
            asked_keys: Mutex::default(),
            ahead: Ahead::default(),
        }
    }

    pub async fn data_version(&self) -> Option<i64> {
        self.with_store(|store| store.data_version()).await.ok()
    }

    /// Keeps what holds sync up, for the status screen, with the moment since when it does.
    pub async fn remember(&self, problem: Option<SyncProblem>) {
        if let Err(failure) = self.with_store(move |store| store.set_sync_problem(problem.as_ref())).await {
            tracing::warn!(%failure, "what holds sync up could not be kept");
        }
    }

    async fn with_store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Failure> {
        if self.surroundings.on_this_thread() {
            return work(&self.store).map_err(|error| store_failure(&error));
        }
        let store = self.store.clone();
        blocking(move || work(&store)).await
    }

    /// Performs an action that has an answer. Where the hub's TLS key is another one, the tenant's word about it is asked
    /// for, and where the hub does not know the device, it is shown the credential; the action is then tried once more.
    pub async fn perform(self: Arc<Self>, action: Action) -> Done {
        let lane = action.lane();
        let again = (action.reaches_hub() || matches!(action, Action::RecordReceipt { .. })).then(|| action.clone());
        let round = self.tls_round.load(Ordering::SeqCst);
        let introduced = self.introduced.load(Ordering::SeqCst);
        let outcome = match (self.outcome(action).await, again) {
            (Err(Failure::Untrusted(why)), Some(action)) => match self.follow_tls_key(round, &why).await {
                Ok(()) => self.outcome(action).await,
                Err(failure) => Err(failure),
            },
            (Err(Failure::SignIn), Some(action)) => match self.introduce(introduced).await {
                Ok(()) => self.outcome(action).await,
                Err(failure) => Err(failure),
            },
            // Signed by a key that this device does not know yet?
            (Err(failure @ Failure::BadReceipt(_)), Some(action)) => match self.follow_keys(None).await {
                Ok(true) => self.outcome(action).await,
                _ => Err(failure),
            },
            (outcome, _) => outcome,
        };
        match outcome {
            Ok(done) => done,
            Err(failure) => Event::Failed(lane, failure).into(),
        }
    }

    async fn outcome(&self, action: Action) -> Outcome {
        match action {
            Action::LoadPosition => self.position(0, 0, false).await,
            Action::RequestFeed { cursor, limit } => {
                self.ahead.forget().await;
                self.feed(cursor, limit).await
            }
            Action::ApplyFeed(page) => {
                let head = page.log.clone().filter(|_| page.at_head);
                let applied = self.with_store(move |store| store.apply_feed_page(&page)).await?;
                if let Some(head) = head {
                    self.watch_log(head).await;
                }
                self.position(applied.rows, applied.refused, applied.new_epoch).await
            }
            Action::RequestScope { scope, after, limit } => {
                let page = self.carrier.scope(scope, after, limit).await?;
                Ok(Event::ScopeAnswered(Box::new(page)).into())
            }
            Action::RequestScopes { wanted, limit } => {
                let wanted = wanted.into_iter().map(|one| ScopeWanted { scope: one.scope, after: one.after });
                let request = ScopesRequest { wanted: wanted.collect(), limit };
                let answer = match self.ahead.take(&request).await {
                    Some(answer) => answer?,
                    None => self.carrier.scopes(request).await?,
                };
                Ok(Event::ScopesAnswered(Box::new(answer)).into())
            }
            Action::ApplyScopes(answer) => {
                self.ask_ahead(&answer).await?;
                let applied = self.with_store(move |store| store.apply_scopes_page(&answer)).await?;
                self.position(applied.rows, 0, false).await
            }
            Action::ApplyScope(page) => {
                let applied = self.with_store(move |store| store.apply_scope_page(&page)).await?;
                self.position(applied.rows, 0, false).await
            }
            Action::DenyScope(scope) => {
                self.with_store(move |store| store.scope_denied(&scope)).await?;
                self.position(0, 0, false).await
            }
            Action::LoadPush { commands, carried } => {
                Ok(Event::PushLoaded(self.load_push(commands, carried).await?.map(Box::new)).into())
            }
            Action::Push(batch) => self.push(*batch).await,
            Action::RecordPushed { pushed, carried_for } => {
                self.with_store(move |store| match carried_for {
                    None => store.record_pushed(&pushed),
                    Some(device) => store.record_carried_pushed(device, &pushed),
                })
                .await?;
                Ok(Event::PushRecorded.into())
            }
            Action::RewindCarried { device, expected } => {
                let still_here = self.with_store(move |store| store.rewind_carried(device, expected)).await?;
                Ok(Event::Rewound(still_here).into())
            }
            Action::RewindPush { expected } => {
                let still_here = self.with_store(move |store| store.rewind_push(expected)).await?;
                Ok(Event::Rewound(still_here).into())
            }
            Action::MarkFork => {
                self.with_store(|store| store.mark_fork()).await?;
                Ok(Event::ForkMarked.into())
            }
            Action::LoadMedia { limit } => self.load_media(limit).await,
            Action::OfferMedia(file) => {
                let state = self.carrier.offer(MediaOffer { sha256: file.sha256, bytes: file.bytes }).await?;
                Ok(Event::OfferAnswered(Box::new(state)).into())
            }
            Action::SendChunk { file, index, offset, bytes } => self.send_chunk(file, index, offset, bytes).await,
            Action::FinishMedia(file) => {
                if seeded::is_on(Bug::FreedBeforeReceipt) {
                    let gone = self.store.files().remove(&self.store.media_path(file.sha256));
                    gone.map_err(|error| Failure::File(error.to_string()))?;
                }
                self.finish(file).await
            }
            Action::RecordReceipt { receipt, .. } => {
                self.with_store(move |store| store.record_receipt(&receipt)).await?;
                Ok(Event::ReceiptRecorded.into())
            }
            Action::MarkFile { file, problem } => self.mark_file(file, problem).await,
            Action::LoadFetch { limit } => {
                let files = self.with_store(move |store| store.media_to_fetch(limit)).await?;
                Ok(Event::FetchLoaded(files).into())
            }
            Action::FetchMedia(sha256) => {
                let on_this_thread = self.surroundings.on_this_thread();
                let fetched_bytes = files::fetch(&self.store, &*self.carrier, sha256, on_this_thread).await?;
                Ok(Done { fetched_bytes, ..Event::Fetched.into() })
            }
            Action::Listen => Err(self.listen().await),
            // The driver keeps timers and status itself.
            Action::StartTimer { .. } | Action::StopTimer(_) | Action::ReportStatus(_) => {
                Err(Failure::Store("an action without an answer was performed".to_owned()))
            }
        }
    }

    async fn position(&self, rows: usize, refused: usize, offer_again: bool) -> Outcome {
        let position = self
            .with_store(move |store| {
                let scopes = store.next_scopes_to_fetch(SCOPES_AT_ONCE)?;
                Ok(Position { cursor: store.cursor()?, scopes, offer_again })
            })
            .await?;
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        Ok(Done { pulled: count(rows), refused: count(refused), ..Event::PositionLoaded(position).into() })
    }

    /// The feed is asked often and answers fast, so its answers also measure the hub's clock.
    async fn feed(&self, cursor: Option<String>, limit: usize) -> Outcome {
        let asked = self.surroundings.monotonic();
        let answer = self.carrier.feed(cursor, limit).await;
        self.heard_unknown(answer.as_ref().err()).await?;
        let answer = answer?;
        let now = self.surroundings.clocks();
        let contact = Contact {
            hub_time: answer.hub_time.unwrap_or(answer.page.hub_time),
            wall: now.wall,
            round_trip: now.monotonic.saturating_sub(asked).max(0),
        };
        let mark = LeaseMark::new(contact.hub_time, &now);
        self.with_store(move |store| store.record_contact(&contact, &mark)).await?;
        if let Some(named) = answer.page.keys {
            // The page counts all the same: whoever cannot follow goes on with the keys that are known.
            if let Err(failure) = self.follow_keys(Some(named)).await {
                tracing::warn!(%failure, "the office's new keys are not taken");
            }
        }
        Ok(Event::FeedAnswered(Box::new(answer.page)).into())
    }

    async fn load_push(&self, commands: usize, carried: bool) -> Result<Option<Batch>, Failure> {
        let surroundings = Arc::clone(&self.surroundings);
        self.with_store(move |store| {
            if store.is_forked()? {
                return Ok(Err(Failure::Fork));
            }
            // A colleague's work first: what was recorded after it here must not look earlier to the office.
            let next = if carried { store.next_carried_push(commands)? } else { None };
            if let Some(next) = next {
                return Ok(Ok(Some(Batch { push: next.push, head: u64::MAX, carried_for: Some(next.device) })));
            }
            let Some(batch) = store.next_push(commands, BODY_BYTES)? else { return Ok(Ok(None)) };
            let head = store.chain_head()?;
            let push = signed(head.device, batch, &*surroundings)?;
            Ok(Ok(Some(Batch { push, head: head.seq, carried_for: None })))
        })
        .await?
    }

    async fn push(&self, batch: Batch) -> Outcome {
        let (first, last) = (batch.first(), batch.last());
        let pushed: Pushed = self.carrier.push(batch.push).await?;
        let stored = match (first, last) {
            (Some(first), Some(last)) => (pushed.stored.min(last) + 1).saturating_sub(first),
            _ => 0,
        };
        Ok(Done { pushed: stored, ..Event::PushAnswered(Box::new(pushed)).into() })
    }

    async fn load_media(&self, limit: usize) -> Outcome {
        let items = self.with_store(move |store| store.media_to_send(limit)).await?;
        let files = items
            .iter()
            .map(|item| MediaToSend { sha256: item.sha256, bytes: item.bytes, class: item.class })
            .collect();
        Ok(Event::MediaLoaded(files).into())
    }

    fn source(&self, sha256: Digest) -> FileSource {
        let store = self.store.clone();
        FileSource::new(move || store.open_media(sha256).map_err(io::Error::other))
    }

    async fn send_chunk(&self, file: MediaToSend, index: u64, offset: u64, bytes: u64) -> Outcome {
        let source = self.source(file.sha256);
        let chunk = Chunk { sha256: file.sha256, index, source, file_bytes: file.bytes, offset, bytes };
        self.carrier.chunk(chunk).await?;
        Ok(Done { media_bytes: bytes, ..Event::ChunkAnswered.into() })
    }

    /// A file whose bytes arrived wrong is hashed here once more: sending it again helps only if it is right here.
    async fn finish(&self, file: MediaToSend) -> Outcome {
        match self.carrier.finish(file.sha256).await {
            Ok(receipt) => Ok(Event::Finished(Box::new(receipt)).into()),
            Err(Failure::DigestMismatch) => {
                files::check(self.source(file.sha256), file.sha256).await?;
                Err(Failure::DigestMismatch)
            }
            Err(failure) => Err(failure),
        }
    }

    /// A file whose bytes arrive changed again and again is damaged only if it is wrong here too. One that is right here
    /// was changed on its way, and is sent by the next round.
    async fn mark_file(&self, file: MediaToSend, problem: FileProblem) -> Outcome {
        let is_damaged = match problem {
            FileProblem::Unreadable => true,
            FileProblem::Damaged => files::check(self.source(file.sha256), file.sha256).await.is_err(),
            FileProblem::TooLarge | FileProblem::BadReceipt | FileProblem::Refused => false,
        };
        if is_damaged {
            self.with_store(move |store| store.media_damaged(file.sha256)).await?;
        }
        tracing::warn!(sha256 = %file.sha256, problem = problem.code(), "a file cannot be sent");
        Ok(Event::FileMarked.into())
    }

    async fn listen(&self) -> Failure {
        let (into, mut heard) = mpsc::channel(4);
        let mut line = std::pin::pin!(self.carrier.listen(into));
        loop {
            let event = tokio::select! {
                biased;
                failure = &mut line => return failure,
                Some(event) = heard.recv() => event,
            };
            let event = match event {
                LineEvent::Opened => Event::ListenOpened,
                LineEvent::Poke => Event::Poke,
            };
            if self.line.send(event).await.is_err() {
                return Failure::NotConnected("sync ended".to_owned());
            }
        }
    }
}

fn signed(
    device: countersign_model::Id,
    batch: PushBatch,
    surroundings: &dyn Surroundings,
) -> Result<Push, StoreError> {
    let statement = chain_statement(device, batch.last_seq, batch.chain_hash)?;
    let signature = surroundings.sign(&statement).map(|signature| ChainSignature {
        seq: batch.last_seq,
        chain_hash: batch.chain_hash,
        signature,
    });
    Ok(Push { envelopes: batch.envelopes, signature })
}
