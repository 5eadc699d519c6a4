//! A person's way in: inviting a device with a QR, a link for a password, revoking a device.

use askama::Template;
use axum::http::StatusCode;
use countersign_model::entity::Device;
use countersign_model::payload::{DeviceRevoke, Payload};
use countersign_model::record::Scope;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde_json::json;

use super::desk::{Desk, Outcome, done, drawn, drawn_as, refusal_of};
use super::fields::Asked;
use super::page::Page;
use super::people::{draw_person, only_administrators, problem_of};
use super::trouble::{Problem, Trouble};
use super::visible::People;
use crate::error::HubError;

#[derive(Template)]
#[template(path = "invitation.html")]
struct Invitation {
    page: Page,
    lead: String,
    qr: String,
    label: String,
    text: String,
    /// The print of the company's key; empty for a link that enrols nothing.
    print: String,
    note: String,
    back: String,
}

#[derive(Template)]
#[template(path = "revoke.html")]
struct Revoke {
    page: Page,
    id: String,
    problem: Option<Problem>,
    lead: String,
    consequences: Vec<String>,
    reason: String,
    understood: String,
    back: String,
}

/// A QR code as SVG, dark on light in any colour scheme.
pub(super) fn qr(text: &str) -> String {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M);
    code.map(|code| code.render::<svg::Color<'_>>().min_dimensions(240, 240).quiet_zone(true).build())
        .map(|drawn| drawn.split_once("<svg").map(|(_, rest)| format!("<svg{rest}")).unwrap_or_default())
        .unwrap_or_default()
}

/// `POST /people/{id}/invite`
pub(crate) fn invite(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    only_administrators(desk)?;
    let id = asked.id()?;
    let words = &desk.words;
    let invite = match desk.hub().invite(id, None) {
        Ok(invite) => invite,
        Err(HubError::Input(_)) => {
            let problem = Problem::of(words, "no-address");
            return draw_person(desk, asked, Some(problem), StatusCode::CONFLICT);
        }
        Err(other) => return Err(other.into()),
    };
    desk.note_event(asked, "invite.make", Some(id), &json!({}))?;
    desk.read(|read| {
        let name = People::load(read)?.name(id);
        let title = words.of("console-invite-title", "name", &name);
        drawn(&Invitation {
            page: desk.page(read, title, "/people", asked)?,
            lead: words.of("console-invite-lead", "name", &name),
            qr: qr(&invite.enrolment),
            label: words.t("console-invite-text"),
            text: invite.enrolment.clone(),
            print: invite.fingerprint.print(),
            note: words.of("console-invite-note", "time", &words.when(invite.expires)),
            back: format!("/people/{id}"),
        })
    })
}

/// `POST /people/{id}/password-link`
pub(crate) fn password_link(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    only_administrators(desk)?;
    let id = asked.id()?;
    let words = &desk.words;
    let link = desk.hub().sign_in_link(id, false)?;
    desk.note_event(asked, "link.make", Some(id), &json!({}))?;
    let base = desk.hub().read(|read| Ok(read.setting(crate::service::URL_SETTING)?))?.unwrap_or_default();
    desk.read(|read| {
        let name = People::load(read)?.name(id);
        drawn(&Invitation {
            page: desk.page(read, words.of("console-link-title", "name", &name), "/people", asked)?,
            lead: words.of("console-password-link-lead", "name", &name),
            qr: String::new(),
            label: words.t("console-password-link-text"),
            text: format!("{base}{}", link.path),
            print: String::new(),
            note: words.of("console-password-link-note", "time", &words.when(link.expires)),
            back: format!("/people/{id}"),
        })
    })
}

/// `GET /devices/{id}/revoke`
pub(crate) fn ask_revoke(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw_revoke(desk, asked, None, StatusCode::OK)
}

fn draw_revoke(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    if !desk.may("device.revoke") {
        return Err(Trouble::NotAllowed);
    }
    let id = asked.id()?;
    let words = &desk.words;
    let state = desk.hub().enrolled(id)?;
    desk.read(|read| {
        let (_, device) = read.get::<Device>(id)?.ok_or(Trouble::NotFound)?;
        let name = People::load(read)?.name(device.person);
        let seen = match state.last_seen {
            Some(time) => words.of("console-device-seen", "time", &words.when(time)),
            None => words.t("console-device-never-seen"),
        };
        let shown = Revoke {
            page: desk.page(read, words.of("console-revoke-title", "code", &device.code), "/people", asked)?,
            id: id.to_string(),
            problem,
            lead: words.with("console-revoke-lead", &[("device", device.name.as_str().into()), ("name", name.into())]),
            consequences: vec![
                seen,
                words.t("console-revoke-download"),
                words.t("console-revoke-upload"),
                words.t("console-revoke-lock"),
                words.t("console-revoke-final"),
            ],
            reason: asked.form.get("reason").to_owned(),
            understood: words.of("console-revoke-understood", "code", &device.code),
            back: format!("/people/{}", device.person),
        };
        drawn_as(status, &shown)
    })
}

/// `POST /devices/{id}/revoke`
pub(crate) fn revoke(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    if !desk.may("device.revoke") {
        return Err(Trouble::NotAllowed);
    }
    let id = asked.id()?;
    if asked.form.get("understood") != "1" {
        let problem = Problem::of(&desk.words, "not-understood");
        return draw_revoke(desk, asked, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let person = desk.read(|read| Ok(read.get::<Device>(id)?.ok_or(Trouble::NotFound)?.1.person))?;
    let payload = Payload::DeviceRevoke(DeviceRevoke { device: id, reason: asked.form.get("reason").to_owned() });
    match refusal_of(desk.order(payload, Scope::device(id)))? {
        None => done(&format!("/people/{person}"), "revoked"),
        Some(refusal) => {
            let (problem, status) = problem_of(&desk.words, &refusal);
            draw_revoke(desk, asked, Some(problem), status)
        }
    }
}
