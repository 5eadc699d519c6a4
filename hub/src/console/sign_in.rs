//! Signing in and out, one-time links, choosing a password and a language.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use countersign_model::entity::Person;
use countersign_model::{Digest, Id, Language};

use super::desk::{Desk, Outcome, company, drawn, drawn_as};
use super::fields::{Asked, own_address};
use super::page::{Page, role_words};
use super::session;
use super::trouble::{Problem, Trouble};
use crate::error::HubError;
use crate::service::{LONGEST_PASSWORD, SHORTEST_PASSWORD};
use crate::store::OfficeEvent;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    page: Page,
    company: String,
    problem: Option<Problem>,
    name: String,
    next: String,
}

#[derive(Template)]
#[template(path = "set_password.html")]
struct SetPassword {
    page: Page,
    lead: String,
    name: String,
    problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "link.html")]
struct Link {
    page: Page,
    action: String,
    roles: String,
    button: String,
}

/// `GET /`
pub(crate) fn start(desk: &Desk<'_>, _: &Asked) -> Outcome {
    let to = if desk.visitor.is_some() { "/board" } else { "/sign-in" };
    Ok(Redirect::to(to).into_response())
}

fn form(desk: &Desk<'_>, name: &str, next: &str, problem: Option<Problem>, status: StatusCode) -> Outcome {
    let company = desk.read(|read| Ok(company(read)?.name))?;
    let next = own_address(next).to_owned();
    let page = desk.bare(desk.words.t("console-sign-in"), "/sign-in");
    drawn_as(status, &SignIn { page, company, problem, name: name.to_owned(), next })
}

/// `GET /sign-in`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    if desk.visitor.is_some() {
        return Ok(Redirect::to(own_address(asked.query.get("next"))).into_response());
    }
    form(desk, "", asked.query.get("next"), None, StatusCode::OK)
}

/// The raw value of a field: passwords are taken as typed, blanks included.
pub(crate) fn raw<'a>(asked: &'a Asked, name: &str) -> &'a str {
    asked.form.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// `POST /sign-in`
pub(crate) fn enter(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let name = asked.form.get("name");
    let next = asked.form.get("next");
    let account: String = name.to_lowercase().chars().take(80).collect();
    let check = desk.shared.check();
    let minutes = if check.is_some() { held_up(desk, asked, &account) } else { Some(1) };
    if let Some(minutes) = minutes {
        let (status, problem, _) = Trouble::Throttled(minutes).told(&desk.words);
        return form(desk, name, next, Some(problem), status);
    }
    match desk.hub().check_password(name, raw(asked, "password"))? {
        Some(person) => {
            desk.throttle().succeeded(&account, &asked.from, desk.now);
            begin(desk, asked, person, own_address(next), false)
        }
        None => {
            // What was typed as a name may be a password: only a name that exists is written down.
            let known = desk.read(|read| Ok(read.login_named(&account)?))?;
            signed(desk, asked, "session.refused", known.map(|login| login.person), String::new(), "sign-in")?;
            form(desk, name, next, Some(Problem::of(&desk.words, "sign-in")), StatusCode::UNAUTHORIZED)
        }
    }
}

/// Minutes to wait, or nothing where the attempt may be made. It counts as failed before it is tried: many at once
/// would otherwise all be looked at before the first of them had failed.
fn held_up(desk: &Desk<'_>, asked: &Asked, account: &str) -> Option<i64> {
    let mut throttle = desk.throttle();
    let minutes = throttle.wait(account, &asked.from, desk.now);
    if minutes == 0 {
        throttle.failed(account, &asked.from, desk.now);
    }
    (minutes > 0).then_some(minutes)
}

/// Begins a session and goes on. An older session of this browser ends.
pub(crate) fn begin(desk: &Desk<'_>, asked: &Asked, person: Id, next: &str, choosing: bool) -> Outcome {
    if let Some(before) = &desk.visitor {
        desk.hub().close_session(&before.secret)?;
    }
    let kept = session::begun(choosing, desk.now, &asked.from, &asked.agent)?;
    let secret = desk.hub().open_session(person, &kept)?;
    let way = if choosing { "link" } else { "sign-in" };
    signed(desk, asked, "session.begin", Some(person), Digest::of(secret.as_bytes()).hex(), way)?;
    let mut response = Redirect::to(next).into_response();
    set(&mut response, desk, session::SESSION, &secret, session::LASTS / 1000);
    set(&mut response, desk, session::FORM, "", 0);
    Ok(response)
}

/// Writes down who signed in, or tried to, and from where.
fn signed(
    desk: &Desk<'_>,
    asked: &Asked,
    kind: &str,
    person: Option<Id>,
    session: String,
    way: &str,
) -> Result<(), Trouble> {
    let event = OfficeEvent {
        time: desk.now,
        kind: kind.to_owned(),
        person,
        about: person,
        session,
        origin: asked.from.clone(),
        facts: serde_json::json!({ "way": way }).to_string(),
        ..OfficeEvent::default()
    };
    Ok(desk.hub().write(|write| Ok(write.keep_event(&event)?))?)
}

fn set(response: &mut Response, desk: &Desk<'_>, name: &str, value: &str, seconds: i64) {
    if let Some(cookie) = session::set_cookie(name, value, seconds, desk.shared.reached.secure) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// `POST /sign-out`
pub(crate) fn leave(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    if let Some(visitor) = &desk.visitor {
        desk.note_event(asked, "session.end", Some(visitor.seen.id), &serde_json::json!({}))?;
        desk.hub().close_session(&visitor.secret)?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    set(&mut response, desk, session::SESSION, "", 0);
    // What a page showed must not come back from the browser's memory on a shared machine.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}

/// How long a chosen language is remembered, seconds: a year.
const LANGUAGE_KEPT: i64 = 365 * 24 * 60 * 60;

/// `POST /language`
pub(crate) fn language(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let chosen = Language::from_tag(asked.form.get("language")).ok_or(Trouble::NotFound)?;
    let mut response = Redirect::to(own_address(asked.form.get("back"))).into_response();
    set(&mut response, desk, session::LANGUAGE, chosen.tag(), LANGUAGE_KEPT);
    Ok(response)
}

/// Whose link it is. Guessing 256 bits is hopeless; the throttle is for whoever tries anyway.
fn whose(desk: &Desk<'_>, asked: &Asked) -> Result<(Id, Person), Trouble> {
    // Counted per address only: under one name for everybody, a stranger could lock everybody's links.
    let account = format!("link of {}", asked.from);
    let minutes = desk.throttle().wait(&account, &asked.from, desk.now);
    if minutes > 0 {
        return Err(Trouble::Throttled(minutes));
    }
    let id = desk.hub().whose_link(asked.word("secret"))?;
    let person = id.map(|id| desk.hub().get::<Person>(id)).transpose()?.flatten();
    match (id, person.filter(|(_, person)| !person.archived)) {
        (Some(id), Some((_, person))) => Ok((id, person)),
        _ => {
            desk.throttle().failed(&account, &asked.from, desk.now);
            Err(Trouble::Link)
        }
    }
}

/// `GET /sign-in/{secret}`: signing in takes a press of a button, so that a preview of the link does not use it up.
pub(crate) fn link(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (_, person) = whose(desk, asked)?;
    let button = desk.words.of("console-sign-in-as", "name", &person.name);
    let roles = role_words(&desk.words, &person.roles);
    let page = Page { person: None, ..desk.bare(desk.words.t("console-sign-in"), &asked.address) };
    let action = format!("/sign-in/{}", super::fields::encoded(asked.word("secret")));
    drawn(&Link { page, action, roles, button })
}

/// `POST /sign-in/{secret}`
pub(crate) fn enter_by_link(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    whose(desk, asked)?;
    let secret = asked.word("secret");
    let person = desk.hub().redeem_link(secret)?.ok_or(Trouble::Link)?;
    // A link that still holds is the demo's, where people only look around. A link that is used up was sent so that
    // its reader chooses a password, the first one or another.
    let stays = desk.hub().whose_link(secret)?.is_some();
    begin(desk, asked, person, if stays { "/board" } else { "/password" }, !stays)
}

/// Whoever came by a link may choose a password; others ask for a link, so that a forgotten browser is not enough.
fn choosing(desk: &Desk<'_>) -> Result<Id, Trouble> {
    let visitor = desk.visitor.as_ref().filter(|visitor| visitor.choosing);
    visitor.map(|visitor| visitor.seen.id).ok_or(Trouble::NotFound)
}

/// `GET /password`
pub(crate) fn password(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    choosing(desk)?;
    password_form(desk, asked, None)
}

fn password_form(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>) -> Outcome {
    let seen = desk.person()?;
    let login = desk.read(|read| Ok(read.login_of(seen.id)?))?;
    let again = asked.form.get("name");
    let name = match (again.is_empty(), login) {
        (false, _) => again.to_owned(),
        (true, Some(login)) => login.username,
        (true, None) => seen.name.to_lowercase(),
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let lead = desk.words.of("console-set-password-lead", "name", &seen.name);
    let page = Page { person: None, ..desk.bare(desk.words.t("console-set-password"), "/password") };
    drawn_as(status, &SetPassword { page, lead, name, problem })
}

/// `POST /password`
pub(crate) fn set_password(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let id = choosing(desk)?;
    if let Some(name) = why_not(desk, asked, id)? {
        return password_form(desk, asked, Some(Problem::of(&desk.words, name)));
    }
    match desk.hub().set_password(id, asked.form.get("name"), raw(asked, "password")) {
        // Every session of the person ended with the old password; this browser gets a new one.
        Ok(()) => {
            desk.note_event(asked, "password.set", Some(id), &serde_json::json!({}))?;
            begin(desk, asked, id, "/board?done=password", false)
        }
        Err(HubError::Input(_)) => password_form(desk, asked, Some(Problem::of(&desk.words, "name-taken"))),
        Err(other) => Err(other.into()),
    }
}

/// Why a name and password are not taken: the name of the problem, or nothing.
fn why_not(desk: &Desk<'_>, asked: &Asked, id: Id) -> Result<Option<&'static str>, Trouble> {
    let name = asked.form.get("name").to_lowercase();
    let taken = desk.read(|read| Ok(read.login_named(&name)?.is_some_and(|login| login.person != id)))?;
    Ok(match () {
        () if name.is_empty() || name.len() > 80 => Some("sign-in-name"),
        () if taken => Some("name-taken"),
        () => password_problem(asked),
    })
}

/// Why the new password of a form is not taken: the name of the problem, or nothing.
pub(crate) fn password_problem(asked: &Asked) -> Option<&'static str> {
    let chosen = raw(asked, "password");
    match chosen.chars().count() {
        length if length < SHORTEST_PASSWORD => Some("password-short"),
        length if length > LONGEST_PASSWORD => Some("password-long"),
        _ if chosen != raw(asked, "again") => Some("password-again"),
        _ => None,
    }
}
