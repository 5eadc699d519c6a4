//! Settings: the language, the aeroplane switch, this device, leaving this browser.

use askama::Template;
use axum::http::header;
use axum::response::IntoResponse as _;
use countersign_device::model::Language;

use crate::desk::{Desk, Outcome, done, drawn, see};
use crate::diagnostics::VERSION;
use crate::door;
use crate::fields::Asked;
use crate::page::Frame;

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage {
    f: Frame,
    aeroplane: bool,
    follows: bool,
    version: &'static str,
}

/// `GET /settings`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let page = SettingsPage {
        f: desk.frame(desk.words.t("laptop-settings"), "/settings", asked)?,
        aeroplane: desk.shell.sync.connection().cut,
        follows: desk.own.chosen.is_none(),
        version: VERSION,
    };
    drawn(&page)
}

/// `POST /settings/language`: one of ours; anything else follows the person's own again.
pub(crate) fn language(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let tag = asked.form.get("language");
    let chosen = Language::ALL.into_iter().find(|language| language.tag() == tag);
    desk.app().choose_language(chosen)?;
    desk.shell.changed();
    done("/settings", "saved")
}

/// `POST /settings/aeroplane`: cuts sync, or lets it go on.
pub(crate) fn aeroplane(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let on = asked.form.get("aeroplane") == "on";
    desk.shell.memory.change(|kept| kept.aeroplane = on);
    desk.shell.sync.set_aeroplane(on);
    desk.shell.changed();
    done("/settings", if on { "aeroplane-on" } else { "aeroplane-off" })
}

/// `POST /settings/leave`: this browser is let out; the store stays as it is.
pub(crate) fn leave(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.shell.door.leave(&desk.shell.memory, &asked.secret);
    let mut response = see("/").into_response();
    if let Ok(value) = door::set_cookie(desk.shell.port, "").parse() {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}
