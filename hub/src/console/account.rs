//! A person's own sign-ins: where they are signed in, ending one or all of them, another password. An administrator ends
//! all of somebody else's.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use countersign_model::entity::Person;
use countersign_model::{Digest, Id};
use serde_json::json;

use super::desk::{Desk, Outcome, done, drawn_as};
use super::fields::Asked;
use super::page::{Page, role_words};
use super::session::{self, Kept};
use super::sign_in;
use super::trouble::{Problem, Trouble};
use super::words::Words;
use crate::store::SessionRow;

/// One sign-in that has not ended.
struct SignIn {
    digest: String,
    program: String,
    facts: Vec<String>,
    here: bool,
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    page: Page,
    id: String,
    own: bool,
    roles: String,
    name: String,
    sign_ins: Vec<SignIn>,
    has_password: bool,
    problem: Option<Problem>,
}

/// The browser and the system that a user agent names, as a person knows them.
fn program(words: &Words, agent: &str) -> String {
    let first =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    // The order matters: Edge and Chrome also say Safari, Android also says Linux.
    let browser = first(&[("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari")]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => {
            words.with("console-session-program", &[("browser", browser.into()), ("system", system.into())])
        }
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => words.t("console-session-unknown"),
    }
}

fn shown(desk: &Desk<'_>, row: &SessionRow) -> SignIn {
    let words = &desk.words;
    let kept: Kept = serde_json::from_str(&row.body).unwrap_or_default();
    let used = row.expires.saturating_sub(session::LASTS).min(desk.now);
    let mut facts = vec![words.of("console-session-used", "time", &words.when(used))];
    if kept.begun > 0 {
        facts.insert(0, words.of("console-session-begun", "time", &words.when(kept.begun)));
    }
    if !kept.from.is_empty() {
        facts.push(words.of("console-session-from", "address", &kept.from));
    }
    SignIn {
        digest: row.digest.hex(),
        program: program(words, &kept.agent),
        facts,
        here: desk.visitor.as_ref().is_some_and(|visitor| visitor.digest == row.digest),
    }
}

/// `GET /account`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let own = desk.person()?.id;
    draw(desk, asked, own, None, StatusCode::OK)
}

/// `GET /people/{id}/sign-ins`: somebody else's, for administrators.
pub(crate) fn of_person(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    administers(desk)?;
    draw(desk, asked, asked.id()?, None, StatusCode::OK)
}

fn administers(desk: &Desk<'_>) -> Result<(), Trouble> {
    if desk.may("device.revoke") { Ok(()) } else { Err(Trouble::NotFound) }
}

fn draw(desk: &Desk<'_>, asked: &Asked, id: Id, problem: Option<Problem>, status: StatusCode) -> Outcome {
    let own = desk.person()?.id == id;
    let words = &desk.words;
    desk.read(|read| {
        let (_, person) = read.get::<Person>(id)?.ok_or(Trouble::NotFound)?;
        let login = read.login_of(id)?;
        let title =
            if own { words.t("console-account") } else { words.of("console-sign-ins-of", "name", &person.name) };
        let drawn = Account {
            page: desk.page(read, title, if own { "" } else { "/people" }, asked)?,
            id: id.to_string(),
            own,
            roles: role_words(words, &person.roles),
            has_password: login.is_some(),
            name: login.map(|login| login.username).unwrap_or_default(),
            sign_ins: read.sessions_of(id, desk.now)?.iter().map(|row| shown(desk, row)).collect(),
            problem,
        };
        drawn_as(status, &drawn)
    })
}

/// `POST /account/sign-ins/end`: one of one's own.
pub(crate) fn end_one(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let own = desk.person()?.id;
    let digest: Digest = asked.form.get("session").parse().map_err(|_| Trouble::NotFound)?;
    let known = desk.read(|read| Ok(read.sessions_of(own, desk.now)?.iter().any(|row| row.digest == digest)))?;
    if !known {
        return Err(Trouble::NotFound);
    }
    desk.note_event(asked, "session.end_one", Some(own), &json!({ "session": digest.hex() }))?;
    desk.hub().write(|write| Ok(write.end_session(digest)?))?;
    done("/account", "sign-in-ended")
}

/// `POST /account/sign-out-everywhere`
pub(crate) fn end_all(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let own = desk.person()?.id;
    desk.note_event(asked, "session.end_all", Some(own), &json!({}))?;
    desk.hub().write(|write| Ok(write.end_sessions_of(own)?))?;
    Ok(Redirect::to("/sign-in").into_response())
}

/// `POST /people/{id}/sign-out`: an administrator ends every sign-in of somebody, and links that were not used yet.
pub(crate) fn end_all_of(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    administers(desk)?;
    let id = asked.id()?;
    desk.hub().get::<Person>(id)?.ok_or(Trouble::NotFound)?;
    desk.note_event(asked, "session.end_all", Some(id), &json!({}))?;
    desk.hub().write(|write| Ok(write.end_sessions_of(id)?))?;
    done(&format!("/people/{id}/sign-ins"), "signed-out")
}

/// `POST /account/password`: another password, for whoever knows the present one.
pub(crate) fn change_password(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let own = desk.person()?.id;
    let login = desk.read(|read| Ok(read.login_of(own)?))?.ok_or(Trouble::NotFound)?;
    let minutes = desk.throttle().wait(&login.username, &asked.from, desk.now);
    if minutes > 0 {
        return Err(Trouble::Throttled(minutes));
    }
    if desk.hub().check_password(&login.username, sign_in::raw(asked, "present"))? != Some(own) {
        desk.throttle().failed(&login.username, &asked.from, desk.now);
        let problem = Problem::of(&desk.words, "present-password");
        return draw(desk, asked, own, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
    }
    if let Some(name) = sign_in::password_problem(asked) {
        let problem = Problem::of(&desk.words, name);
        return draw(desk, asked, own, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
    }
    desk.note_event(asked, "password.set", Some(own), &json!({}))?;
    desk.hub().set_password(own, &login.username, sign_in::raw(asked, "password"))?;
    // Every session ended with the old password; this browser gets a new one.
    sign_in::begin(desk, asked, own, "/account?done=password", false)
}
