//! Master data at the console: lists that sort, filter and search, pages of one record with everything linked, forms
//! to make, change, archive and bring back. Drawn from the table of books ([`crate::master`]) for every kind alike.

mod archive;
mod company;
mod edit;
mod history;
mod import;
mod inputs;
mod list;
mod record;
mod related;
mod shown;
mod suggest;

use super::desk::{Desk, order, page, upload};
use super::fields::Asked;
use super::routes::Routes;
use super::trouble::Trouble;
use crate::master::{BOOKS, Book, book};

pub(crate) use edit::typing;
pub(crate) use import::Imports;
pub(crate) use inputs::flaw_text;
pub(crate) use list::{BookTable, Filters, table};

/// The routes of every book.
pub(super) fn routes() -> Routes {
    let mut router = Routes::new()
        .route("/company", page(company::show).merge(upload(company::save)))
        .route("/suggest/{path}", page(suggest::options))
        .route("/import", page(import::choose).merge(upload(import::check)))
        .route("/import/templates/{path}", page(import::template_file))
        .route("/import/{id}", page(import::show))
        .route("/import/{id}/run", order(import::run))
        .route("/import/{id}/findings", page(import::findings));
    for book in BOOKS {
        let path = book.path;
        router = router.route(&format!("/{path}.csv"), page(list::csv));
        // People have pages of their own: their devices and their access to the console stand there.
        if path != "people" {
            router = router
                .route(&format!("/{path}"), page(list::show))
                .route(&format!("/{path}/new"), page(edit::new).merge(order(edit::make)))
                .route(&format!("/{path}/{{id}}"), page(record::show))
                .route(&format!("/{path}/{{id}}/edit"), page(edit::show).merge(order(edit::change)))
                .route(&format!("/{path}/{{id}}/archive"), order(archive::archive))
                .route(&format!("/{path}/{{id}}/bring-back"), order(archive::bring_back));
        }
    }
    router
}

/// The book that an address is about: its first word.
fn book_of(asked: &Asked) -> Result<&'static Book, Trouble> {
    let word = asked.address.trim_start_matches('/').split(['/', '?', '.']).next().unwrap_or_default();
    book(word).ok_or(Trouble::NotFound)
}

/// Who may look into a book: parts are looked up by everybody, the rest is the office's.
fn may_look(desk: &Desk<'_>, book: &Book) -> Result<(), Trouble> {
    match book.path {
        "parts" => desk.person().map(|_| ()),
        _ => desk.office().map(|_| ()),
    }
}

/// Whether buttons for changing a book are drawn; the rules decide again when an order comes.
fn may_save(desk: &Desk<'_>, kind: &str) -> bool {
    let seen = desk.visitor.as_ref().map(|visitor| &visitor.seen);
    seen.is_some_and(|seen| countersign_model::permission::may_save(kind, &seen.roles))
}

/// The menu's entry that a book belongs to.
fn here(book: &Book) -> &'static str {
    match book.path {
        "contacts" | "sites" => "/customers",
        "models" => "/machines",
        "prices" => "/parts",
        "branches" | "codes" | "depots" => "/company",
        other => BOOKS.iter().find(|known| known.path == other).map_or("", menu_address),
    }
}

fn menu_address(book: &Book) -> &'static str {
    match book.path {
        "customers" => "/customers",
        "machines" => "/machines",
        "parts" => "/parts",
        "people" => "/people",
        _ => "",
    }
}
