//! The desk: from an HTTP request to a page or an order, in one place. It finds out who asks, keeps everything shut while
//! the device is in the customer's hands, and runs the work off the async threads.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Query, RawPathParams, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use countersign_device::app::App;
use countersign_device::model::Language;
use countersign_device::screens::{OwnScreen, StatusScreen, Strip};
use countersign_texts::{Texts, Zone};

use crate::door;
use crate::fields::{Asked, Fields, address};
use crate::page::{Frame, status, strip};
use crate::shell::Shell;
use crate::trouble::{self, Trouble};
use crate::words::Words;

/// Most bytes of a form: the longest one is a signature with its strokes.
const FORM_BYTES: usize = 4 << 20;

/// What a page ends in.
pub(crate) type Outcome = Result<Response, Trouble>;
/// The work of a page or an order.
pub(crate) type Work = fn(&Desk<'_>, &Asked) -> Outcome;

/// Who may come to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Anybody on this machine.
    Anybody,
    /// A browser that was let in, on a device that may not be enrolled yet.
    LetIn,
    /// A browser that was let in, on an enrolled device that is in the engineer's hands.
    Engineer,
    /// A browser that was let in, on a device that is in the customer's hands.
    Customer,
}

/// One request, once it is known who asks.
pub(crate) struct Desk<'a> {
    pub shell: &'a Shell,
    pub words: Words,
    pub own: OwnScreen,
    /// The shell's count of changes when the request came: what a page shows is at least as new.
    pub seen: u64,
}

impl Desk<'_> {
    pub fn app(&self) -> &App {
        &self.shell.app
    }

    /// The frame of a page.
    pub fn frame(&self, title: String, here: &'static str, asked: &Asked) -> Result<Frame, Trouble> {
        let status: StatusScreen = status(self.shell)?;
        let done = asked.query.get("done");
        Ok(Frame {
            strip: strip(self.shell, &self.words, &status),
            attention: status.attention,
            done: if done.is_empty() { String::new() } else { self.done_text(done) },
            once: door::secret()?,
            ..self.bare(title, here)
        })
    }

    /// A frame without menu and strip.
    pub fn bare(&self, title: String, here: &'static str) -> Frame {
        Frame {
            words: self.words.clone(),
            own: self.own.clone(),
            strip: Strip::default(),
            title,
            back: String::new(),
            here,
            attention: 0,
            done: String::new(),
            pane: Vec::new(),
            once: String::new(),
            live_from: String::new(),
            seen: self.seen,
            bare: false,
        }
    }

    /// Only words that the shell itself puts into an address are said; anything else is silent.
    fn done_text(&self, word: &str) -> String {
        let key = format!("laptop-done-{word}");
        let plain = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        if plain && self.words.texts.has(&key) { self.words.t(&key) } else { String::new() }
    }
}

/// A drawn page.
pub(crate) fn drawn(template: &impl Template) -> Outcome {
    Ok(Html(template.render()?).into_response())
}

/// After an order: to the page that shows its effect, which says what was done.
pub(crate) fn done(path: &str, word: &str) -> Outcome {
    Ok(see(&address(path, &[("done", word)])))
}

/// To another page.
pub(crate) fn see(place: &str) -> Response {
    Redirect::to(place).into_response()
}

/// A page.
pub(crate) fn page(who: Who, work: Work) -> MethodRouter<Arc<Shell>> {
    get(move |State(shell): State<Arc<Shell>>, request: Request| answer(shell, request, work, who))
}

/// An order: something that changes.
pub(crate) fn order(who: Who, work: Work) -> MethodRouter<Arc<Shell>> {
    post(move |State(shell): State<Arc<Shell>>, request: Request| answer(shell, request, work, who))
}

async fn answer(shell: Arc<Shell>, request: Request, work: Work, who: Who) -> Response {
    let method = request.method().clone();
    let (asked, read) = asked(request, shell.port).await;
    let run = move || serve(&shell, &method, &asked, read, work, who);
    match tokio::task::spawn_blocking(run).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a page stopped");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What the head of a request says.
pub(crate) fn asked_by(headers: &HeaderMap, port: u16) -> Asked {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    Asked {
        secret: door::cookie(headers, port).unwrap_or_default(),
        languages: text("accept-language"),
        script: headers.contains_key("x-countersign"),
        ..Asked::default()
    }
}

/// The request as pages see it. Fields that cannot be read are told as such, once it is known in which language.
async fn asked(request: Request, port: u16) -> (Asked, Result<(), Trouble>) {
    let (mut parts, body) = request.into_parts();
    let path = RawPathParams::from_request_parts(&mut parts, &()).await;
    let path = path.map(|found| found.iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect()).unwrap_or_default();
    let query = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map(|query| query.0).unwrap_or_default();
    let mut asked = Asked { path: Fields(path), query: Fields(query), ..asked_by(&parts.headers, port) };
    if parts.method != Method::POST {
        return (asked, Ok(()));
    }
    let Ok(bytes) = axum::body::to_bytes(body, FORM_BYTES).await else { return (asked, Err(Trouble::Form)) };
    let whole = Request::from_parts(parts, bytes.into());
    match Form::<Vec<(String, String)>>::from_request(whole, &()).await {
        Ok(Form(fields)) => asked.form = Fields(fields),
        Err(_) => return (asked, Err(Trouble::Form)),
    }
    (asked, Ok(()))
}

/// Finds out in which language and zone to speak.
pub(crate) fn desk<'a>(shell: &'a Shell, asked: &Asked) -> Desk<'a> {
    let seen = *shell.changes.borrow();
    // A store that does not answer is told by the page itself; the frame then speaks the browser's language.
    let own = shell.app.own_screen().unwrap_or_default();
    let browser = || asked.languages.split([',', ';']).find_map(Language::from_tag).unwrap_or_default();
    let language = if own.enrolled { own.language } else { own.chosen.unwrap_or_else(browser) };
    let words = Words { texts: Texts::new(language), zone: Zone::of(&own.zone, 0) };
    Desk { shell, words, own, seen }
}

/// Whether this request may come here; else where it is sent instead.
pub(crate) fn let_in(desk: &Desk<'_>, method: &Method, asked: &Asked, who: Who) -> Result<Option<Response>, Trouble> {
    let shell = desk.shell;
    if who == Who::Anybody {
        return Ok(None);
    }
    if !shell.door.knows(&shell.memory, &asked.secret, shell.app.now()) {
        return Err(Trouble::Link);
    }
    let changes = *method != Method::GET;
    match (who, shell.is_with_customer()) {
        (Who::Customer, true) => Ok(None),
        (Who::Customer, false) if changes => Err(Trouble::NotFound),
        (Who::Customer, false) => Ok(Some(see("/"))),
        // Whatever is asked for, by whichever button, link or back: the customer's page is all there is.
        (_, true) if changes => Err(Trouble::WithCustomer),
        (_, true) => Ok(Some(see("/customer"))),
        (Who::Engineer, false) if !desk.own.enrolled && changes => Err(countersign_device::app::AppError::Enrol.into()),
        (Who::Engineer, false) if !desk.own.enrolled => Ok(Some(see("/enrol"))),
        _ => Ok(None),
    }
}

fn serve(shell: &Shell, method: &Method, asked: &Asked, read: Result<(), Trouble>, work: Work, who: Who) -> Response {
    let desk = desk(shell, asked);
    let outcome = read.and_then(|()| match let_in(&desk, method, asked, who)? {
        Some(elsewhere) => Ok(elsewhere),
        None if *method == Method::POST => carry_out(&desk, asked, work),
        None => work(&desk, asked),
    });
    outcome.unwrap_or_else(|trouble| refuse(&desk, asked, &trouble))
}

/// The answer to what could not be done.
pub(crate) fn refuse(desk: &Desk<'_>, asked: &Asked, trouble: &Trouble) -> Response {
    // A page that cannot even be framed still says what happened.
    let shut = matches!(trouble, Trouble::Link | Trouble::WithCustomer) || desk.shell.is_with_customer();
    let mut frame = match shut {
        true => Frame { bare: true, ..desk.bare(String::new(), "") },
        false => desk.frame(String::new(), "", asked).unwrap_or_else(|_| desk.bare(String::new(), "")),
    };
    frame.done = String::new();
    frame.back = asked.form.get("back").to_owned();
    if !frame.back.starts_with('/') || frame.back.starts_with("//") {
        frame.back = String::new();
    }
    trouble::answer(frame, trouble, asked.script)
}

/// Carries an order out once: a second press with the same name hears where the first one led.
fn carry_out(desk: &Desk<'_>, asked: &Asked, work: Work) -> Outcome {
    let turn = match desk.shell.once.turn(asked.form.get("once")) {
        Ok(turn) => turn,
        Err(led) => return Ok(see(&led)),
    };
    let response = work(desk, asked)?;
    let led = response.headers().get(header::LOCATION).and_then(|place| place.to_str().ok());
    match led {
        Some(place) => turn.led(place),
        None => drop(turn),
    }
    Ok(response)
}
