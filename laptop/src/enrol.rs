//! Coming in by the one-time link, and enrolling the device with an invitation of the office.

use std::str::FromStr as _;

use askama::Template;
use axum::http::header;
use axum::response::{Html, IntoResponse as _};
use countersign_device::model::wire::EnrolmentString;

use crate::desk::{Desk, Outcome, done, drawn, see};
use crate::door;
use crate::fields::Asked;
use crate::page::Frame;
use crate::trouble::{Problem, Trouble};

/// What the office sees where a person gave the device no name.
const USUAL_NAME: &str = "laptop";

#[derive(Template)]
#[template(path = "enter.html")]
struct EnterPage {
    f: Frame,
}

/// `GET /enter/{token}`: exchanges the link for a cookie. The answer is a page that goes on by itself, since a browser
/// does not send a strict cookie along a redirect that another site's link began.
pub(crate) fn enter(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let shell = desk.shell;
    let entered = shell.door.enter(&shell.memory, asked.path.get("token"), shell.app.now())?;
    let Some(secret) = entered else {
        // Who is in already only pressed an old link again.
        return match shell.door.knows(&shell.memory, &asked.secret, shell.app.now()) {
            true => Ok(see("/")),
            false => Err(Trouble::Link),
        };
    };
    let frame = Frame { bare: true, ..desk.bare(desk.words.t("laptop-title"), "") };
    let text = EnterPage { f: frame }.render()?;
    let cookie = door::set_cookie(shell.port, &secret);
    Ok(([(header::SET_COOKIE, cookie), (header::REFRESH, "0; url=/".to_owned())], Html(text)).into_response())
}

#[derive(Template)]
#[template(path = "enrol.html")]
struct EnrolPage {
    f: Frame,
    code: String,
    name: String,
    again: bool,
    problem: Option<Problem>,
}

/// `GET /enrol`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let code = asked.query.get("code").to_owned();
    let f = desk.frame(desk.words.t("laptop-enrol-title"), "/settings", asked)?;
    drawn(&EnrolPage { again: desk.own.enrolled, code, name: String::new(), problem: None, f })
}

/// `POST /enrol`: what was typed stays on the page where it does not succeed.
pub(crate) fn enrol(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    match redeem(desk, asked) {
        Ok(()) => done("/", "enrolled"),
        Err(trouble) if asked.script => Err(trouble),
        Err(trouble) => {
            let f = desk.frame(desk.words.t("laptop-enrol-title"), "/settings", asked)?;
            let problem = Some(trouble.problem(&desk.words));
            let code = asked.form.text("code").to_owned();
            let name = asked.form.text("name").to_owned();
            let mut page = drawn(&EnrolPage { again: desk.own.enrolled, code, name, problem, f })?;
            *page.status_mut() = trouble.status();
            Ok(page)
        }
    }
}

fn redeem(desk: &Desk<'_>, asked: &Asked) -> Result<(), Trouble> {
    let shell = desk.shell;
    if shell.sync.connection().cut {
        return Err(Trouble::Aeroplane);
    }
    // A code that was broken over lines by a mail is the same code.
    let code: String = asked.form.get("code").split_whitespace().collect();
    let string = EnrolmentString::from_str(&code).map_err(|problem| {
        tracing::info!(%problem, "no enrolment string");
        Trouble::Enrol(countersign_device::sync::EnrolProblem::CodeUnknown)
    })?;
    let name = match asked.form.text("name") {
        "" => USUAL_NAME,
        name => name,
    };
    let app = shell.app.clone();
    shell.runtime.block_on(app.enrol(&string, name)).map_err(Trouble::Enrol)?;
    shell.sync.enrolled();
    Ok(())
}
