//! Views of the board that a person keeps under a name: the filters stand in the address, so a view is a link.

use axum::response::{IntoResponse, Redirect};

use super::desk::{Desk, Outcome};
use super::fields::{Asked, Fields, own_address};
use super::trouble::Trouble;
use crate::store::{MOST_VIEWS, Read, SavedView};

/// Longest name of a view, characters: it stands on one line of a menu.
const LONGEST_NAME: usize = 60;
/// Longest address that is kept, bytes.
const LONGEST_ADDRESS: usize = 1_000;

/// A kept view as the board's menu shows it.
pub(crate) struct ViewShown {
    pub id: String,
    pub name: String,
    pub address: String,
    pub first: bool,
    /// Whether the board shows it now.
    pub here: bool,
}

/// The views of who is signed in.
pub(crate) fn of(desk: &Desk<'_>, read: &Read<'_>, here: &str) -> Result<Vec<ViewShown>, Trouble> {
    let views = read.views_of(desk.person()?.id)?;
    let shown = views.into_iter().map(|view| ViewShown {
        id: view.id.to_string(),
        here: view.address == here,
        name: view.name,
        address: view.address,
        first: view.first,
    });
    Ok(shown.collect())
}

/// Where the board opens when nothing is asked for: the person's first view.
pub(crate) fn first(desk: &Desk<'_>, query: &Fields) -> Result<Option<String>, Trouble> {
    // Saying what was done is no filter.
    if query.0.iter().any(|(name, _)| name != "done") {
        return Ok(None);
    }
    let person = desk.person()?.id;
    let view = desk.read(|read| Ok(read.views_of(person)?.into_iter().find(|view| view.first)))?;
    let done = query.get("done");
    Ok(view.map(|view| match (done.is_empty(), view.address.contains('?')) {
        (true, _) => view.address,
        (false, true) => format!("{}&done={}", view.address, super::fields::encoded(done)),
        (false, false) => super::fields::address(&view.address, &[("done", done)]),
    }))
}

/// `POST /board/views`: keeps what the board shows under a name.
pub(crate) fn keep(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let person = desk.person()?.id;
    let address = own_address(asked.form.get("address"));
    let name: String = asked.form.get("name").chars().take(LONGEST_NAME).collect();
    if !address.starts_with("/board") || address.len() > LONGEST_ADDRESS || name.is_empty() {
        return Err(Trouble::NotFound);
    }
    let view =
        SavedView { id: desk.new_id()?, name, address: address.to_owned(), first: asked.form.get("first") == "1" };
    let kept = desk.hub().write(|write| {
        let before = write.views_of(person)?;
        let replaces = before.iter().any(|kept| kept.name == view.name);
        if before.len() >= MOST_VIEWS && !replaces {
            return Ok(false);
        }
        write.keep_view(person, &view)?;
        Ok(true)
    })?;
    Ok(back(address, if kept { "view-kept" } else { "views-full" }))
}

/// `POST /board/views/forget`
pub(crate) fn forget(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let person = desk.person()?.id;
    let id = asked.form.made_id("id")?;
    desk.hub().write(|write| Ok(write.forget_view(person, id)?))?;
    Ok(back(own_address(asked.form.get("address")), "view-forgotten"))
}

fn back(address: &str, word: &str) -> axum::response::Response {
    let mark = if address.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{address}{mark}done={word}")).into_response()
}
