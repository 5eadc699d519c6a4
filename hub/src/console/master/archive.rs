//! Archiving and bringing back: one click, and the page that follows offers to undo it.

use countersign_model::RecordRef;
use countersign_model::payload::{MasterSave, Payload};
use countersign_model::record::Scope;
use serde_json::json;

use super::{book_of, may_save};
use crate::console::desk::{Desk, Outcome, done};
use crate::console::fields::Asked;
use crate::console::trouble::Trouble;

/// `POST /customers/{id}/archive` and its like.
pub(super) fn archive(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    set(desk, asked, true, "archived")
}

/// `POST /customers/{id}/bring-back` and its like.
pub(super) fn bring_back(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    set(desk, asked, false, "brought-back")
}

/// Sets one field: what somebody else changed in the meantime stays.
fn set(desk: &Desk<'_>, asked: &Asked, archived: bool, word: &str) -> Outcome {
    let book = book_of(asked)?;
    desk.office()?;
    if !may_save(desk, book.kind) {
        return Err(Trouble::NotAllowed);
    }
    let id = asked.id()?;
    desk.read(|read| read.row(book.kind, id)?.ok_or(Trouble::NotFound))?;
    let record = RecordRef::new(book.kind, id);
    let order = MasterSave { record, fields: json!({"archived": archived}), seen: None };
    desk.order(Payload::MasterSave(order), Scope::office())?;
    done(&format!("/{}/{id}", book.path), word)
}
