//! The desk: from an HTTP request to a page or an order, in one place. It finds out who asks, refuses what is not for
//! them, and runs the page's work off the async threads. A page itself sees no HTTP but its fields.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use askama::Template;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use countersign_model::decide::Refusal;
use countersign_model::entity::Company;
use countersign_model::entity::Entity as _;
use countersign_model::payload::Payload;
use countersign_model::record::{Scope, kind};
use countersign_model::{Digest, Id};
use countersign_texts::{Texts, Zone};

use tokio::sync::watch;

use super::arrival::{self, Takes};
use super::fields::{Asked, address, encoded};
use super::master::Imports;
use super::page::{Counts, Page, Seen};
use super::routes::Answers;
use super::session::{self, Visitor};
use super::throttle::Throttle;
use super::trouble::{self, Trouble};
use super::words::Words;
use crate::Hub;
use crate::api::RequestId;
use crate::service::Actor;
use crate::store::{Direction, OfficeEvent, Read, StoreError};

/// What a page ends in.
pub(crate) type Outcome = Result<Response, Trouble>;
/// The work of a page or an order.
pub(crate) type Work = fn(&Desk<'_>, &Asked) -> Outcome;

/// How the console is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Over TLS, by the hub itself or a proxy before it: cookies are then sent over TLS only.
    pub secure: bool,
    /// Behind a proxy that names the client in `x-forwarded-for`.
    pub behind_proxy: bool,
}

/// The console over one hub.
#[derive(Clone)]
pub(crate) struct Console {
    pub shared: Arc<Shared>,
}

/// What every request shares.
pub(crate) struct Shared {
    pub hub: Hub,
    pub reached: Reached,
    /// Turns true when the server stops.
    pub closing: watch::Receiver<bool>,
    /// Files that somebody imports.
    pub imports: Imports,
    throttle: Mutex<Throttle>,
    /// Passwords that are being checked.
    checking: AtomicUsize,
}

impl Console {
    pub fn new(hub: Hub, reached: Reached, closing: watch::Receiver<bool>) -> Console {
        Console {
            shared: Arc::new(Shared {
                hub,
                reached,
                closing,
                throttle: Mutex::new(Throttle::default()),
                imports: Imports::default(),
                checking: AtomicUsize::new(0),
            }),
        }
    }
}

/// Passwords checked at once: each takes 19 MiB for a moment, and strangers decide how many are sent.
const CHECKS: usize = 16;

/// Leave to check a password; the next one may follow when it goes.
pub(crate) struct Check<'a>(&'a AtomicUsize);

impl Drop for Check<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Shared {
    /// Leave to check a password, unless too many are being checked.
    pub fn check(&self) -> Option<Check<'_>> {
        let before = self.checking.fetch_add(1, Ordering::AcqRel);
        let check = Check(&self.checking);
        (before < CHECKS).then_some(check)
    }
}

/// One request, once it is known who asks.
pub(crate) struct Desk<'a> {
    pub shared: &'a Shared,
    pub visitor: Option<Visitor>,
    pub words: Words,
    pub now: i64,
    /// The token that forms of this page carry.
    pub csrf: String,
}

impl Desk<'_> {
    pub fn hub(&self) -> &Hub {
        &self.shared.hub
    }

    pub fn throttle(&self) -> MutexGuard<'_, Throttle> {
        self.shared.throttle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads one snapshot.
    pub fn read<T>(&self, work: impl FnOnce(&Read<'_>) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let hub = self.hub();
        hub.inner.store.read(hub.tenant(), work)
    }

    /// Who is signed in; pages behind the door always have somebody.
    pub fn person(&self) -> Result<&Seen, Trouble> {
        self.visitor.as_ref().map(|visitor| &visitor.seen).ok_or(Trouble::NotAllowed)
    }

    /// Whether the table lets them give this command.
    pub fn may(&self, command: &str) -> bool {
        self.visitor.as_ref().is_some_and(|visitor| visitor.seen.may(command))
    }

    /// Whether the person makes jobs at the console.
    pub fn makes_jobs(&self) -> bool {
        self.visitor.as_ref().is_some_and(|visitor| visitor.seen.makes_jobs())
    }

    /// Only people of the office come past here; for others there is no such page.
    pub fn office(&self) -> Result<&Seen, Trouble> {
        self.person().and_then(|person| if person.is_office() { Ok(person) } else { Err(Trouble::NotFound) })
    }

    /// A fresh id for what a form will make.
    pub fn new_id(&self) -> Result<Id, Trouble> {
        self.hub().inner.edge.new_id(self.now).map_err(|error| Trouble::Store(error.to_string()))
    }

    /// Gives a command in the name of the person. The rules decide, whatever the page offered.
    pub fn order(&self, payload: Payload, lane: Scope) -> Result<(), Trouble> {
        let visitor = self.visitor.as_ref().ok_or(Trouble::NotAllowed)?;
        let actor = Actor::Person { person: visitor.seen.id, session: visitor.digest.hex() };
        self.hub().order(&actor, &payload, lane)?;
        Ok(())
    }

    /// The same for somebody who saw what an earlier command set.
    pub fn order_seen(&self, payload: &Payload, lane: Scope, seen: Id) -> Result<(), Trouble> {
        let visitor = self.visitor.as_ref().ok_or(Trouble::NotAllowed)?;
        let actor = Actor::Person { person: visitor.seen.id, session: visitor.digest.hex() };
        let decision = self.hub().command(&actor, payload, lane, Some(seen))?;
        match decision.refusal {
            Some(refusal) => Err(Trouble::Refused(refusal)),
            None => Ok(()),
        }
    }

    /// Keeps in the audit log what is no command: who did it, from which session and address.
    pub fn note_event(
        &self,
        asked: &Asked,
        kind: &str,
        about: Option<Id>,
        facts: &serde_json::Value,
    ) -> Result<(), Trouble> {
        let visitor = self.visitor.as_ref();
        let event = OfficeEvent {
            time: self.now,
            kind: kind.to_owned(),
            person: visitor.map(|visitor| visitor.seen.id),
            about,
            session: visitor.map(|visitor| visitor.digest.hex()).unwrap_or_default(),
            origin: asked.from.clone(),
            facts: facts.to_string(),
            ..OfficeEvent::default()
        };
        Ok(self.hub().write(|write| Ok(write.keep_event(&event)?))?)
    }

    /// The frame of a page.
    pub fn page(&self, read: &Read<'_>, title: String, here: &'static str, asked: &Asked) -> Result<Page, Trouble> {
        let office = self.visitor.as_ref().is_some_and(|visitor| visitor.seen.is_office());
        let counts = if office {
            Counts { reviews: read.count_submitted()?, attention: read.count_attention()? }
        } else {
            Counts::default()
        };
        let done = asked.query.get("done");
        let done = if done.is_empty() { String::new() } else { self.done_text(done) };
        Ok(Page {
            words: self.words.clone(),
            person: self.visitor.as_ref().map(|visitor| visitor.seen.clone()),
            csrf: self.csrf.clone(),
            title,
            here,
            path: asked.address.clone(),
            counts,
            done,
            search: if here == "/search" { asked.query.get("q").to_owned() } else { String::new() },
        })
    }

    /// A frame without menu, for people who are not signed in, and for errors.
    pub fn bare(&self, title: String, address: &str) -> Page {
        Page {
            words: self.words.clone(),
            person: self.visitor.as_ref().map(|visitor| visitor.seen.clone()),
            csrf: self.csrf.clone(),
            title,
            here: "",
            path: address.to_owned(),
            counts: Counts::default(),
            done: String::new(),
            search: String::new(),
        }
    }

    /// Only words that the console itself puts into an address are said; anything else is silent.
    fn done_text(&self, word: &str) -> String {
        let key = format!("console-done-{word}");
        let plain = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        if plain && self.words.texts.has(&key) { self.words.t(&key) } else { String::new() }
    }
}

/// A drawn page.
pub(crate) fn drawn(template: &impl Template) -> Outcome {
    Ok(Html(template.render()?).into_response())
}

/// A drawn page with another status: what was wrong stands on it.
pub(crate) fn drawn_as(status: StatusCode, template: &impl Template) -> Outcome {
    Ok((status, Html(template.render()?)).into_response())
}

/// After an order: to the page that shows its effect, which says what was done.
pub(crate) fn done(path: &str, word: &str) -> Outcome {
    Ok(Redirect::to(&address(path, &[("done", word)])).into_response())
}

/// The refusal, if that is what went wrong; other troubles go on.
pub(crate) fn refusal_of(result: Result<(), Trouble>) -> Result<Option<Refusal>, Trouble> {
    match result {
        Ok(()) => Ok(None),
        Err(Trouble::Refused(refusal)) => Ok(Some(refusal)),
        Err(other) => Err(other),
    }
}

/// A page for people who are signed in.
pub(crate) fn page(work: Work) -> Answers {
    Answers::page(get(move |State(console): State<Console>, request: Request| {
        answer(console, request, work, Door::SignedIn)
    }))
}

/// An order of people who are signed in.
pub(crate) fn order(work: Work) -> Answers {
    Answers::order(post(move |State(console): State<Console>, request: Request| {
        answer(console, request, work, Door::SignedIn)
    }))
}

/// An order of people who are signed in, with files. Who is not signed in sends none: their form is not read.
pub(crate) fn upload(work: Work) -> Answers {
    let take =
        post(move |State(console): State<Console>, request: Request| answer(console, request, work, Door::Upload));
    Answers::order(take.layer(DefaultBodyLimit::max(arrival::UPLOAD_BYTES)))
}

/// A page for anybody.
pub(crate) fn open_page(work: Work) -> Answers {
    Answers::page(get(move |State(console): State<Console>, request: Request| {
        answer(console, request, work, Door::Open)
    }))
}

/// What an address that nothing answers gets: a person a page, a program (and whatever is no look) the bare status.
pub(crate) async fn nowhere(State(console): State<Console>, request: Request) -> Response {
    let for_people = request.method() == Method::GET && !request.uri().path().starts_with("/v1/");
    match for_people {
        true => answer(console, request, |_, _| Err(Trouble::NotFound), Door::Open).await,
        false => StatusCode::NOT_FOUND.into_response(),
    }
}

/// An order of anybody, such as signing in.
pub(crate) fn open_order(work: Work) -> Answers {
    Answers::order(post(move |State(console): State<Console>, request: Request| {
        answer(console, request, work, Door::Open)
    }))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    Open,
    SignedIn,
    Upload,
}

async fn answer(console: Console, request: Request, work: Work, door: Door) -> Response {
    let method = request.method().clone();
    let headers = request.headers().clone();
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let takes =
        if door == Door::Upload && has_session(&console.shared, &headers) { Takes::Files } else { Takes::Fields };
    let asked = arrival::asked(request, &console.shared, takes).await;
    let span = tracing::Span::current();
    let run = move || span.in_scope(|| serve(&console.shared, &method, &headers, asked, work, door, &id));
    match tokio::task::spawn_blocking(run).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a page stopped");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Only somebody with a session makes the hub take in a file.
fn has_session(shared: &Shared, headers: &HeaderMap) -> bool {
    let secret = session::cookie(headers, session::SESSION);
    secret.is_some_and(|secret| session::visitor(&shared.hub, &secret).is_ok_and(|visitor| visitor.is_some()))
}

fn serve(
    shared: &Shared,
    method: &Method,
    headers: &HeaderMap,
    asked: Result<Asked, Trouble>,
    work: Work,
    door: Door,
    id: &str,
) -> Response {
    let (desk, fresh_form) = match desk(shared, headers) {
        Ok(found) => found,
        Err(trouble) => {
            tracing::error!(?trouble, "who asks could not be found out");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let address = asked.as_ref().map_or_else(|_| "/".to_owned(), |asked| asked.address.clone());
    let outcome = asked.and_then(|asked| let_in(&desk, method, headers, asked, work, door));
    let mut response =
        outcome.unwrap_or_else(|trouble| trouble::page(desk.bare(String::new(), &address), &trouble, id));
    if let Some(cookie) = fresh_form
        .and_then(|value| session::set_cookie(session::FORM, &value, session::LASTS / 1000, shared.reached.secure))
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn let_in(desk: &Desk<'_>, method: &Method, headers: &HeaderMap, asked: Asked, work: Work, door: Door) -> Outcome {
    if *method == Method::POST
        && (session::from_elsewhere(headers) || !session::same(asked.form.get("csrf"), &desk.csrf))
    {
        return Err(Trouble::Form);
    }
    if door != Door::Open && desk.visitor.is_none() {
        return Ok(to_sign_in(method, &asked));
    }
    work(desk, &asked)
}

/// Whoever is not signed in signs in first and then comes to the page that they asked for.
fn to_sign_in(method: &Method, asked: &Asked) -> Response {
    if asked.fragment {
        return (StatusCode::UNAUTHORIZED, [("hx-redirect", "/sign-in")]).into_response();
    }
    let next = if *method == Method::GET { asked.address.as_str() } else { "/" };
    Redirect::to(&format!("/sign-in?next={}", encoded(next))).into_response()
}

/// Who asks, in which language; and the cookie value for forms where there is no session and no cookie yet.
fn desk<'a>(shared: &'a Shared, headers: &HeaderMap) -> Result<(Desk<'a>, Option<String>), Trouble> {
    let now = shared.hub.now();
    let secret = session::cookie(headers, session::SESSION);
    let visitor = secret.map(|secret| session::visitor(&shared.hub, &secret)).transpose()?.flatten();
    let zone = shared.hub.read(|read| Ok(zone_of(read)?))?;
    let language = session::language(headers, visitor.as_ref().map(|visitor| visitor.language));
    let texts = Texts::new(language);
    let (csrf, fresh) = match &visitor {
        Some(visitor) => (visitor.csrf.clone(), None),
        None => match session::cookie(headers, session::FORM).filter(|value| value.len() == 64) {
            Some(value) => (value, None),
            None => session::secret().map(|value| (value.clone(), Some(value)))?,
        },
    };
    Ok((Desk { shared, visitor, words: Words { texts, zone }, now, csrf }, fresh))
}

/// The zone in which the company writes times.
fn zone_of(read: &Read<'_>) -> Result<Zone, StoreError> {
    Ok(Zone::of(&company(read)?.zone, 0))
}

/// The serving company; an empty one before it has a record.
pub(crate) fn company(read: &Read<'_>) -> Result<Company, StoreError> {
    let rows = read.list(kind::COMPANY, None, 1, Direction::Ascending)?;
    Ok(rows.first().and_then(Company::of).unwrap_or_default())
}

/// Whether the office holds these bytes.
pub(crate) fn held(read: &Read<'_>, sha256: Digest) -> Result<bool, Trouble> {
    Ok(read.media_bytes(sha256)?.is_some())
}
