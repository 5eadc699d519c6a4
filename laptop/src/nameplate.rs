//! A job for a machine that nobody registered: the photo of the nameplate first, which is durable at once; then, beside
//! it, what can be read from it.

use std::io::Read;

use askama::Template;
use axum::Json;
use axum::http::header;
use axum::response::IntoResponse as _;
use countersign_device::app::FileSource;
use countersign_device::model::Digest;
use serde_json::json;

use crate::desk::{Desk, Outcome, done, drawn};
use crate::fields::Asked;
use crate::page::Frame;
use crate::trouble::{Problem, Trouble};

#[derive(Template)]
#[template(path = "nameplate.html")]
struct NameplatePage {
    f: Frame,
    /// This page's own address.
    path: String,
    /// Whether there is a picture of it here.
    is_picture: bool,
    size: String,
    serial: String,
    fault: String,
    problem: Option<Problem>,
}

fn photo(asked: &Asked) -> Result<Digest, Trouble> {
    asked.path.get("photo").parse().map_err(|_| Trouble::NotFound)
}

/// Takes the photo; the page for what is read from it comes next.
pub(crate) fn take(desk: &Desk<'_>, asked: &Asked, reader: &mut dyn Read) -> Outcome {
    // A photo that is sent again because its answer was lost is there already.
    let turn = match desk.shell.once.turn(asked.query.get("once")) {
        Ok(turn) => turn,
        Err(to) => return Ok(Json(json!({ "saved": true, "to": to })).into_response()),
    };
    let name = asked.query.text("name");
    let name = if name.is_empty() { "nameplate" } else { name }.to_owned();
    let plate = desk.app().hold_nameplate(FileSource::Reader { reader, name })?;
    let to = format!("/new/nameplate/{}", plate.sha256);
    turn.led(&to);
    let size = desk.words.texts.bytes(plate.bytes);
    Ok(Json(json!({ "saved": true, "to": to, "size": size })).into_response())
}

/// `GET /new/nameplate/{photo}`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    drawn(&page(desk, asked, None)?)
}

fn page(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>) -> Result<NameplatePage, Trouble> {
    let plate = desk.app().held_nameplate(photo(asked)?)?;
    let mut f = desk.frame(desk.words.t("laptop-new-nameplate"), "/", asked)?;
    f.back = "/new".to_owned();
    // The picture stands still while somebody reads it.
    f.live_from = "/status".to_owned();
    Ok(NameplatePage {
        path: format!("/new/nameplate/{}", plate.sha256),
        is_picture: plate.picture.is_some(),
        size: desk.words.texts.bytes(plate.bytes),
        serial: asked.form.text("serial").to_owned(),
        fault: asked.form.text("fault").to_owned(),
        problem,
        f,
    })
}

/// `GET /new/nameplate/{photo}/picture`
pub(crate) fn picture(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let plate = desk.app().held_nameplate(photo(asked)?)?;
    let bytes = std::fs::read(plate.picture.ok_or(Trouble::NotFound)?);
    let bytes = bytes.map_err(|error| Trouble::Shell(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}

/// `POST /new/nameplate/{photo}`
pub(crate) fn make(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (serial, fault) = (asked.form.text("serial"), asked.form.text("fault"));
    let trouble = match desk.app().new_job_from_held(photo(asked)?, serial, fault) {
        Ok(new) => return done(&format!("/jobs/{}", new.job), "job-made"),
        Err(error) if asked.script => return Err(error.into()),
        Err(error) => Trouble::from(error),
    };
    let problem = Some(trouble.problem(&desk.words));
    let mut answer = drawn(&page(desk, asked, problem)?)?;
    *answer.status_mut() = trouble.status();
    Ok(answer)
}

/// `POST /new/nameplate/{photo}/drop`: no job is made of it, so nothing of it stays.
pub(crate) fn give_up(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.app().drop_nameplate(photo(asked)?)?;
    done("/new", "nameplate-dropped")
}
