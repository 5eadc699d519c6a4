//! The page of one record: its facts, what belongs to it with links both ways, and what can be done with it.

use askama::Template;
use countersign_model::Id;
use countersign_model::record::kind;

use super::history::{self, History};
use super::related::{self, Related};
use super::shown::{Showing, Shown, book_name, label};
use super::{book_of, here, may_look, may_save};
use crate::console::desk::{Desk, Outcome, drawn};
use crate::console::fields::{Asked, address};
use crate::console::page::Page;
use crate::console::trouble::Trouble;
use crate::console::words::Chip;
use crate::master::{is_archived, title_in};

#[derive(Template)]
#[template(path = "book_record.html")]
struct RecordPage {
    page: Page,
    path: &'static str,
    id: String,
    chips: Vec<Chip>,
    facts: Vec<(String, Shown)>,
    related: Vec<Related>,
    history: Option<History>,
    /// Address and label.
    actions: Vec<(String, String)>,
    can_save: bool,
    archived: bool,
    /// Just archived or brought back: the notice offers the way back.
    undo: bool,
}

/// `GET /customers/{id}` and its like.
pub(super) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let book = book_of(asked)?;
    may_look(desk, book)?;
    let id = asked.id()?;
    let words = &desk.words;
    desk.read(|read| {
        let row = read.row(book.kind, id)?.ok_or(Trouble::NotFound)?;
        let body = row.body.unwrap_or_default();
        let mut showing = Showing::new(read, words);
        let mut facts = Vec::new();
        for field in book.fields {
            let shown = showing.value(field, &body)?;
            if !shown.is_empty() {
                facts.push((label(words, field), shown));
            }
        }
        let archived = is_archived(&body);
        let office = desk.person()?.is_office();
        let title = title_in(book.kind, &body, words.language());
        let title = if title.is_empty() { words.t("master-unnamed") } else { title };
        let history = match book.kind {
            kind::MACHINE => Some(history::of(desk, read, id, asked.query.id("before"))?),
            _ => None,
        };
        let related = if office { related::of(&mut showing, book, id, &body)? } else { Vec::new() };
        let mut page = desk.page(read, title, here(book), asked)?;
        let undo = matches!(asked.query.get("done"), "archived" | "brought-back");
        if undo {
            page.done.clear();
        }
        drawn(&RecordPage {
            page,
            path: book.path,
            id: id.to_string(),
            chips: chips(desk, book.path, archived),
            facts,
            related,
            history,
            actions: actions(desk, book.kind, id, archived),
            can_save: office && may_save(desk, book.kind),
            archived,
            undo,
        })
    })
}

fn chips(desk: &Desk<'_>, path: &str, archived: bool) -> Vec<Chip> {
    let kind = Chip { class: "", icon: "file", word: book_name(&desk.words, path, false) };
    let state = Chip { class: "attention", icon: "cross", word: desk.words.t("master-archived") };
    if archived { vec![kind, state] } else { vec![kind] }
}

/// What is done with a record besides changing it.
fn actions(desk: &Desk<'_>, kind: &str, id: Id, archived: bool) -> Vec<(String, String)> {
    let id = id.to_string();
    match kind {
        kind::MACHINE if !archived && desk.makes_jobs() => {
            vec![(address("/jobs/new", &[("machine", &id)]), desk.words.t("console-make-job"))]
        }
        _ => Vec::new(),
    }
}
