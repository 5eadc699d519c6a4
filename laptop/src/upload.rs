//! Files from the browser, streamed into the device core: the answer comes when the bytes are durable, and not before.

use std::io::Read;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use countersign_device::app::{CaptureRequest, FileSource, Origin};
use countersign_device::model::document::Stage;
use futures_util::StreamExt as _;
use serde_json::json;
use tokio::sync::mpsc;

use crate::desk::{Desk, Outcome, Who, asked_by, desk, let_in, refuse};
use crate::fields::{Asked, Fields};
use crate::shell::Shell;
use crate::trouble::Trouble;

/// Pieces of a file that wait to be written.
const QUEUE: usize = 16;
/// Largest bundle of a colleague that is taken: what one file can hold at most.
const MOST_BUNDLE_BYTES: usize = 2 << 30;

/// A body as a reader for the core, which writes and hashes as it comes.
struct Pieces {
    from: mpsc::Receiver<Result<Bytes, String>>,
    piece: Bytes,
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        while self.piece.is_empty() {
            match self.from.blocking_recv() {
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(broken)) => return Err(std::io::Error::other(broken)),
                None => return Ok(0),
            }
        }
        let count = self.piece.len().min(into.len());
        let taken = self.piece.split_to(count);
        into.iter_mut().zip(taken.iter()).for_each(|(to, from)| *to = *from);
        Ok(count)
    }
}

/// Passes a body on; a connection that breaks in the middle is an error, never a shorter file.
async fn pass_on(body: Body, to: mpsc::Sender<Result<Bytes, String>>) {
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        if to.send(piece.map_err(|error| error.to_string())).await.is_err() {
            return;
        }
    }
}

/// Runs work over a body off the async threads.
pub(crate) async fn with_body(
    shell: Arc<Shell>,
    request: Request,
    who: Who,
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    work: impl FnOnce(&Desk<'_>, &Asked, &mut dyn Read) -> Outcome + Send + 'static,
) -> Response {
    let (parts, body) = request.into_parts();
    let (to, from) = mpsc::channel(QUEUE);
    let passing = tokio::spawn(pass_on(body, to));
    let run = move || receive(&shell, &parts.headers, who, path, query, from, work);
    let answered = tokio::task::spawn_blocking(run).await;
    passing.abort();
    answered.unwrap_or_else(|error| {
        tracing::error!(%error, "an upload stopped");
        axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
    })
}

fn receive(
    shell: &Shell,
    headers: &HeaderMap,
    who: Who,
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    from: mpsc::Receiver<Result<Bytes, String>>,
    work: impl FnOnce(&Desk<'_>, &Asked, &mut dyn Read) -> Outcome,
) -> Response {
    let asked = Asked { path: Fields(path), query: Fields(query), script: true, ..asked_by(headers, shell.port) };
    let desk = desk(shell, &asked);
    let mut pieces = Pieces { from, piece: Bytes::new() };
    let outcome = let_in(&desk, &Method::PUT, &asked, who).and_then(|elsewhere| match elsewhere {
        Some(_) => Err(Trouble::NotFound),
        None => work(&desk, &asked, &mut pieces),
    });
    outcome.unwrap_or_else(|trouble| refuse(&desk, &asked, &trouble))
}

/// `PUT …/files?name=…&stage=…&question=…&age=…&once=…`: the body is the file; its `age` in milliseconds comes along where it
/// came through a field for a camera.
pub(crate) async fn attach(
    State(shell): State<Arc<Shell>>,
    Path(job): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    with_body(shell, request, Who::Engineer, vec![("job".to_owned(), job)], query, take_file).await
}

fn take_file(desk: &Desk<'_>, asked: &Asked, reader: &mut dyn Read) -> Outcome {
    // A file that is sent again because its answer was lost is there already.
    let turn = match desk.shell.once.turn(asked.query.get("once")) {
        Ok(turn) => turn,
        Err(evidence) => return Ok(Json(json!({ "saved": true, "evidence": evidence })).into_response()),
    };
    let question = Some(asked.query.get("question").to_owned()).filter(|question| !question.is_empty());
    let name = asked.query.text("name");
    let request = CaptureRequest {
        job: asked.path.get("job").to_owned(),
        source: FileSource::Reader { reader, name: if name.is_empty() { "file" } else { name }.to_owned() },
        question,
        stage: Stage::from_word(asked.query.get("stage")),
        origin: Origin::of_file(asked.query.get("age").parse().ok(), None),
    };
    let attached = desk.app().attach(request)?;
    turn.led(&attached.evidence.to_string());
    let findings: Vec<String> =
        attached.findings.iter().map(|finding| desk.words.texts.word("laptop-finding", finding)).collect();
    let size = desk.words.texts.bytes(attached.bytes);
    let object = json!({
        "saved": true, "evidence": attached.evidence, "sha256": attached.sha256, "size": size, "findings": findings,
    });
    Ok(Json(object).into_response())
}

/// `PUT /new/nameplate?name=…&once=…`: the body is the photo.
pub(crate) async fn nameplate(
    State(shell): State<Arc<Shell>>,
    Query(query): Query<Vec<(String, String)>>,
    request: Request,
) -> Response {
    with_body(shell, request, Who::Engineer, Vec::new(), query, crate::nameplate::take).await
}

/// `PUT /status/import`: the body is a colleague's hand-over or rescue file.
pub(crate) async fn import(State(shell): State<Arc<Shell>>, request: Request) -> Response {
    with_body(shell, request, Who::Engineer, Vec::new(), Vec::new(), take_bundle).await
}

fn take_bundle(desk: &Desk<'_>, _asked: &Asked, reader: &mut dyn Read) -> Outcome {
    let file = crate::status::aside(desk, "import")?;
    let limit = u64::try_from(MOST_BUNDLE_BYTES).unwrap_or(u64::MAX);
    let copied = std::fs::File::create(&file)
        .and_then(|mut to| std::io::copy(&mut reader.take(limit), &mut to))
        .map_err(|error| Trouble::Shell(error.to_string()));
    let imported = copied.and_then(|_| Ok(desk.app().import(&file)?));
    // What was taken is in the store; what was not is still the sender's.
    let _gone = std::fs::remove_file(&file);
    let imported = imported?;
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX).into();
    let text = desk.words.with(
        "laptop-imported",
        &[
            ("person", imported.person_name.as_str().into()),
            ("commands", count(imported.commands)),
            ("files", count(imported.media)),
        ],
    );
    Ok(Json(json!({ "saved": true, "text": text })).into_response())
}
