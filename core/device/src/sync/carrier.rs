//! What the driver asks of a network. The real one is [`super::http::HttpCarrier`]; tests bring scripted ones.

use std::fmt;
use std::future::Future;
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use countersign_model::Digest;
use countersign_model::log::{LogProof, LogQuestion};
use countersign_model::record::Scope;
use countersign_model::trust::{Introduction, Receipt};
use countersign_model::wire::{
    EnrolRequest, Enrolment, FeedPage, Introduced, MediaOffer, MediaState, Push, Pushed, ScopePage, ScopesPage,
    ScopesRequest, Trust,
};
use tokio::sync::mpsc;

use super::failure::Failure;
use crate::store::files::ReadFile;

/// Opens a file of this device's store, as often as it is asked.
#[derive(Clone)]
pub struct FileSource(Arc<dyn Fn() -> io::Result<Box<dyn ReadFile>> + Send + Sync>);

impl FileSource {
    /// A source that opens the file like this.
    pub fn new(open: impl Fn() -> io::Result<Box<dyn ReadFile>> + Send + Sync + 'static) -> FileSource {
        FileSource(Arc::new(open))
    }

    /// Opens the file at its beginning.
    pub fn open(&self) -> io::Result<Box<dyn ReadFile>> {
        (self.0)()
    }
}

impl fmt::Debug for FileSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileSource")
    }
}

/// One chunk of a file on this device.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// The whole file's digest.
    pub sha256: Digest,
    /// Which chunk.
    pub index: u64,
    /// The file.
    pub source: FileSource,
    /// The whole file's length as recorded.
    pub file_bytes: u64,
    /// Where the chunk begins.
    pub offset: u64,
    /// The chunk's length.
    pub bytes: u64,
}

/// What the open line brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEvent {
    /// It stands.
    Opened,
    /// The hub says that there is something new.
    Poke,
}

/// A page of the feed with the hub's clock when it answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedAnswer {
    /// The page.
    pub page: FeedPage,
    /// From the answer's header, milliseconds since 1970.
    pub hub_time: Option<i64>,
}

/// What answers at the hub's address although nobody vouches for its TLS key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// What it says about its office's keys.
    pub trust: Trust,
    /// SHA-256 of the TLS key (SPKI) with which it answered.
    pub tls_key: Digest,
}

/// Carries calls to one hub. Every call may be dropped half-way and made again: the hub takes each as often as it comes.
pub trait Carrier: Send + Sync + 'static {
    /// `GET /v1/trust`.
    fn trust(&self) -> impl Future<Output = Result<Trust, Failure>> + Send;
    /// `GET /v1/trust` of whoever answers at the hub's address: nothing else is sent, and no token.
    fn stranger(&self) -> impl Future<Output = Result<Stranger, Failure>> + Send;
    /// From now on this TLS key is the hub's; `None`: public authorities vouch for it.
    fn pin(&self, tls_key: Option<Digest>) -> Result<(), Failure>;
    /// `POST /v1/enrol`.
    fn enrol(&self, request: EnrolRequest) -> impl Future<Output = Result<Enrolment, Failure>> + Send;
    /// `POST /v1/introduce`.
    fn introduce(&self, introduction: Introduction) -> impl Future<Output = Result<Introduced, Failure>> + Send;
    /// `POST /v1/commands`.
    fn push(&self, push: Push) -> impl Future<Output = Result<Pushed, Failure>> + Send;
    /// `GET /v1/feed`.
    fn feed(&self, cursor: Option<String>, limit: usize) -> impl Future<Output = Result<FeedAnswer, Failure>> + Send;
    /// `GET /v1/scopes/{scope}`.
    fn scope(
        &self,
        scope: Scope,
        after: Option<String>,
        limit: usize,
    ) -> impl Future<Output = Result<ScopePage, Failure>> + Send;
    /// `POST /v1/scopes`.
    fn scopes(&self, request: ScopesRequest) -> impl Future<Output = Result<ScopesPage, Failure>> + Send;
    /// `POST /v1/log`.
    fn log_proof(&self, question: LogQuestion) -> impl Future<Output = Result<LogProof, Failure>> + Send;
    /// `POST /v1/media`.
    fn offer(&self, offer: MediaOffer) -> impl Future<Output = Result<MediaState, Failure>> + Send;
    /// `PUT /v1/media/{sha256}/chunks/{i}`.
    fn chunk(&self, chunk: Chunk) -> impl Future<Output = Result<(), Failure>> + Send;
    /// `POST /v1/media/{sha256}/finish`.
    fn finish(&self, sha256: Digest) -> impl Future<Output = Result<Receipt, Failure>> + Send;
    /// `GET /v1/media/{sha256}`: the bytes, piece by piece. A receiver that is dropped ends it.
    fn fetch(&self, sha256: Digest, into: mpsc::Sender<Bytes>) -> impl Future<Output = Result<(), Failure>> + Send;
    /// `GET /v1/poke`: ends only by failing.
    fn listen(&self, into: mpsc::Sender<LineEvent>) -> impl Future<Output = Failure> + Send;
}
