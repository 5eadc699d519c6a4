//! Coming in by the one-time link, and enrolling the device with an invitation of the office.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _};
use countersign_device::sync::{EnrolProblem, HubSeen, invitation};

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
    /// Who answers; `None` until that was asked. Only then can the device be enrolled.
    seen: Option<HubSeen>,
}

/// `GET /enrol`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let code = asked.query.get("code").to_owned();
    draw(desk, asked, code, String::new(), Ok(None))
}

/// `POST /enrol`: first says who answers, then enrols there. What was typed stays on the page where it does not succeed.
pub(crate) fn enrol(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    match look_or_redeem(desk, asked) {
        Ok(None) => done("/", "enrolled"),
        Err(trouble) if asked.script => Err(trouble),
        outcome => {
            let code = asked.form.text("code").to_owned();
            let name = asked.form.text("name").to_owned();
            let status = outcome.as_ref().map_or_else(Trouble::status, |_| StatusCode::OK);
            let mut page = draw(desk, asked, code, name, outcome)?;
            *page.status_mut() = status;
            Ok(page)
        }
    }
}

fn draw(
    desk: &Desk<'_>,
    asked: &Asked,
    code: String,
    name: String,
    outcome: Result<Option<HubSeen>, Trouble>,
) -> Outcome {
    let f = desk.frame(desk.words.t("laptop-enrol-title"), "/settings", asked)?;
    let (seen, problem) = match outcome {
        Ok(seen) => (seen, None),
        Err(trouble) => (None, Some(trouble.problem(&desk.words))),
    };
    drawn(&EnrolPage { again: desk.own.enrolled, code, name, problem, seen, f })
}

/// Who answers, where the page that was sent did not show that for this very invitation; else the device is enrolled.
fn look_or_redeem(desk: &Desk<'_>, asked: &Asked) -> Result<Option<HubSeen>, Trouble> {
    let shell = desk.shell;
    if shell.sync.connection().cut {
        return Err(Trouble::Aeroplane);
    }
    let string = invitation(asked.form.get("code")).map_err(Trouble::Enrol)?;
    let app = shell.app.clone();
    let name = match asked.form.text("name") {
        "" => USUAL_NAME,
        name => name,
    };
    match shell.runtime.block_on(app.enrol_seen(&string, asked.form.get("seen"), name)) {
        Ok(_identity) => {
            shell.sync.enrolled();
            Ok(None)
        }
        Err(EnrolProblem::NotSeen) => {
            shell.runtime.block_on(app.look_at_hub(&string)).map(Some).map_err(Trouble::Enrol)
        }
        Err(problem) => Err(Trouble::Enrol(problem)),
    }
}
