//! The company's own settings: what papers print of it, its logo, its currency and zone.

use askama::Template;
use axum::http::StatusCode;
use countersign_evidence::Kind;
use countersign_model::RecordRef;
use countersign_model::decide::RefusalCode;
use countersign_model::payload::{MasterSave, Payload};
use countersign_model::record::{Row, Scope, kind};
use serde_json::{Map, Value, json};

use super::edit::{take, typing};
use super::inputs::{Input, flaw_text, input};
use super::may_save;
use super::shown::book_name;
use crate::console::desk::{Desk, Outcome, done, drawn_as, refusal_of};
use crate::console::fields::{Asked, Fields};
use crate::console::page::Page;
use crate::console::trouble::{Problem, Trouble, refusal_status};
use crate::master::{COMPANY, Flaw, plain};
use crate::store::{Direction, Read};

/// Most bytes of a logo: it is printed on every page.
const LOGO: u64 = 512 * 1024;

#[derive(Template)]
#[template(path = "company.html")]
struct CompanyPage {
    page: Page,
    problem: Option<Problem>,
    inputs: Vec<Input>,
    seen: u64,
    can_save: bool,
    can_import: bool,
    /// Address of the logo; empty for none.
    logo: String,
    /// Books that belong to the company: address and name.
    books: Vec<(String, String)>,
}

fn row(read: &Read<'_>) -> Result<Row, Trouble> {
    let rows = read.list(kind::COMPANY, None, 1, Direction::Ascending)?;
    rows.into_iter().next().ok_or(Trouble::NotFound)
}

fn texts(read: &Read<'_>, row: &Row) -> Result<Fields, Trouble> {
    let body = row.body.clone().unwrap_or_default();
    let mut fields = Vec::new();
    for column in COMPANY.columns() {
        fields.push((column.name(), plain(read, &column, &body)?));
    }
    Ok(Fields(fields))
}

/// `GET /company`
pub(super) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw(desk, asked, None, Vec::new(), None, StatusCode::OK)
}

fn draw(
    desk: &Desk<'_>,
    asked: &Asked,
    problem: Option<Problem>,
    flaws: Vec<(String, Flaw)>,
    form: Option<&Fields>,
    status: StatusCode,
) -> Outcome {
    desk.office()?;
    let words = &desk.words;
    let books = ["branches", "codes", "depots", "models", "prices"];
    desk.read(|read| {
        let row = row(read)?;
        let standing = texts(read, &row)?;
        let mut inputs = Vec::new();
        for column in COMPANY.columns() {
            let mut input = input(read, words, &column, form.unwrap_or(&standing), false)?;
            let flaw = flaws.iter().find(|(name, _)| *name == input.name);
            input.problem = flaw.map(|(_, flaw)| flaw_text(words, flaw)).unwrap_or_default();
            if form.is_some_and(|form| form.get(&input.name) != standing.get(&input.name)) && flaws.is_empty() {
                input.now = standing.get(&input.name).to_owned();
            }
            inputs.push(input);
        }
        let logo = row.body.as_ref().and_then(|body| body.pointer("/logo/sha256")).and_then(Value::as_str);
        let shown = CompanyPage {
            page: desk.page(read, words.t("master-company"), "/company", asked)?,
            problem,
            inputs,
            seen: row.rev,
            can_save: may_save(desk, kind::COMPANY),
            can_import: super::import::may_import(desk),
            logo: logo.map(|hex| format!("/media/{hex}")).unwrap_or_default(),
            books: books.map(|path| (format!("/{path}"), book_name(words, path, true))).to_vec(),
        };
        drawn_as(status, &shown)
    })
}

/// `POST /company`
pub(super) fn save(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    if !may_save(desk, kind::COMPANY) {
        return Err(Trouble::NotAllowed);
    }
    let words = &desk.words;
    let seen = asked.form.get("seen").parse().map_err(|_| Trouble::Form)?;
    let (row, taken) = desk.read(|read| {
        let row = row(read)?;
        let taken = take(&typing(read, words)?, &COMPANY, row.body.as_ref(), &asked.form)?;
        Ok((row, taken))
    })?;
    let mut fields = match taken {
        Ok(fields) => fields,
        Err(flaws) => {
            let problem = Some(Problem::of(words, "fields"));
            return draw(desk, asked, problem, flaws, Some(&asked.form), StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    if let Some(name) = logo(desk, asked, &mut fields)? {
        let problem = Some(Problem::of(words, name));
        return draw(desk, asked, problem, Vec::new(), Some(&asked.form), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let record = RecordRef::new(kind::COMPANY, row.id);
    let order = MasterSave { record, fields: Value::Object(fields), seen: Some(seen) };
    match refusal_of(desk.order(Payload::MasterSave(order), Scope::office()))? {
        None => done("/company", "saved"),
        Some(refusal) => {
            let problem = match refusal.code {
                RefusalCode::ChangedSince => Problem::of(words, "changed-since"),
                _ => Problem::refused(words, &refusal),
            };
            draw(desk, asked, Some(problem), Vec::new(), Some(&asked.form), refusal_status(&refusal))
        }
    }
}

/// Takes a logo that was sent, or the wish to have none. Answers the name of what is wrong with it.
fn logo(desk: &Desk<'_>, asked: &Asked, fields: &mut Map<String, Value>) -> Result<Option<&'static str>, Trouble> {
    if asked.form.get("no_logo") == "1" {
        fields.insert("logo".to_owned(), Value::Null);
        return Ok(None);
    }
    let Some(file) = asked.files.iter().find(|file| file.field == "logo" && file.bytes > 0) else {
        return Ok(None);
    };
    if file.bytes > LOGO {
        return Ok(Some("logo-large"));
    }
    let bytes = file.read().map_err(|error| Trouble::Store(error.to_string()))?;
    let facts = countersign_evidence::inspect(&bytes, None);
    let drawable = matches!(facts.kind, Kind::Jpeg | Kind::Png) && facts.pixels.is_some() && facts.findings.is_empty();
    if !drawable {
        return Ok(Some("logo-picture"));
    }
    let sha256 = desk.hub().keep_media(&bytes)?;
    fields.insert("logo".to_owned(), json!({"sha256": sha256, "bytes": file.bytes}));
    Ok(None)
}
