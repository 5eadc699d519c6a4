//! The secret address of a person's calendar: theirs to make and revoke, and an administrator's.

use askama::Template;
use countersign_model::Id;
use countersign_model::entity::{Person, Role};
use serde_json::json;

use super::desk::{Desk, Outcome, done, drawn};
use super::fields::Asked;
use super::page::Page;
use super::trouble::Trouble;
use crate::service::URL_SETTING;

#[derive(Template)]
#[template(path = "calendar.html")]
struct CalendarPage {
    page: Page,
    id: String,
    lead: String,
    /// Where there is an address: since when.
    since: String,
    /// The address, just made; empty otherwise.
    address: String,
    /// The same as calendar programs open it.
    subscribe: String,
}

/// Everybody for themselves, administrators for everybody.
fn whose(desk: &Desk<'_>, asked: &Asked) -> Result<(Id, Person), Trouble> {
    let id = asked.id()?;
    let seen = desk.person()?;
    if seen.id != id && !seen.has(&Role::Administrator) {
        return Err(Trouble::NotFound);
    }
    let found = desk.hub().get::<Person>(id)?.filter(|(_, person)| !person.archived);
    found.map(|(_, person)| (id, person)).ok_or(Trouble::NotFound)
}

/// `GET /people/{id}/calendar`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw(desk, asked, String::new())
}

fn draw(desk: &Desk<'_>, asked: &Asked, address: String) -> Outcome {
    let (id, person) = whose(desk, asked)?;
    let words = &desk.words;
    let since = desk.hub().calendar_link_since(id)?;
    let subscribe = address.split_once("://").map(|(_, rest)| format!("webcal://{rest}")).unwrap_or_default();
    desk.read(|read| {
        drawn(&CalendarPage {
            page: desk.page(read, words.of("calendar-page", "name", &person.name), "/people", asked)?,
            id: id.to_string(),
            lead: words.t("calendar-lead"),
            since: since.map(|time| words.of("calendar-since", "time", &words.when(time))).unwrap_or_default(),
            address,
            subscribe,
        })
    })
}

/// `POST /people/{id}/calendar`
pub(crate) fn make(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (id, _) = whose(desk, asked)?;
    let path = desk.hub().make_calendar_link(id)?;
    desk.note_event(asked, "calendar.make", Some(id), &json!({}))?;
    let base = desk.read(|read| Ok(read.setting(URL_SETTING)?))?.unwrap_or_default();
    draw(desk, asked, format!("{base}{path}"))
}

/// `POST /people/{id}/calendar/revoke`
pub(crate) fn revoke(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (id, _) = whose(desk, asked)?;
    desk.hub().revoke_calendar_link(id)?;
    desk.note_event(asked, "calendar.revoke", Some(id), &json!({}))?;
    done(&format!("/people/{id}/calendar"), "calendar-revoked")
}
