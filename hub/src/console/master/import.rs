//! Importing a file at the console: choose it, read what it would do and everything that is wrong with it, then run it.
//! The file lies on the disk while somebody decides; a run goes on behind the page, which shows how far it is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use countersign_model::Id;

use super::list::file;
use super::may_save;
use super::shown::book_name;
use crate::console::desk::{Desk, Outcome, drawn, drawn_as};
use crate::console::fields::{Asked, SentFile};
use crate::console::master::flaw_text;
use crate::console::page::Page;
use crate::console::trouble::{Problem, Trouble};
use crate::console::words::{Choice, Words};
use crate::import::{Encoding, Options, Report, candidates, csv_line, template, workbook};
use crate::master::{BOOKS, Book, DateOrder, book};
use crate::service::Actor;

/// Files held at a time; the oldest that does not run makes room.
const HELD: usize = 8;
/// Findings on the page; all of them are in the file.
const SHOWN: usize = 200;

/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file that somebody chose.
pub(crate) struct Held {
    person: Id,
    book: &'static Book,
    file: SentFile,
    options: Options,
    stage: Mutex<Stage>,
}

/// How far it is.
#[derive(Clone)]
enum Stage {
    Running { done: usize, total: usize },
    Ready(Report),
    Failed(String),
}

/// The files that are held.
#[derive(Default)]
pub(crate) struct Imports(Mutex<BTreeMap<Id, Arc<Held>>>);

impl Imports {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Id, Arc<Held>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, id: Id, held: Arc<Held>) {
        let mut files = self.lock();
        while files.len() >= HELD {
            let idle = files.iter().find(|(_, held)| !matches!(held.stage(), Stage::Running { .. })).map(|(id, _)| *id);
            let Some(idle) = idle else { break };
            files.remove(&idle);
        }
        files.insert(id, held);
    }

    /// A file of this person; those of others are not theirs to see.
    fn of(&self, id: Id, person: Id) -> Option<Arc<Held>> {
        self.lock().get(&id).filter(|held| held.person == person).cloned()
    }
}

impl Held {
    fn stage(&self) -> Stage {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, stage: Stage) {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = stage;
    }
}

#[derive(Template)]
#[template(path = "import.html")]
struct ChoosePage {
    page: Page,
    problem: Option<Problem>,
    kinds: Vec<Choice>,
    /// What is in it, the address as CSV and as XLSX.
    templates: Vec<(String, String, String)>,
    encodings: Vec<Choice>,
    separators: Vec<Choice>,
    decimals: Vec<Choice>,
    orders: Vec<Choice>,
}

struct Told {
    row: String,
    column: String,
    text: String,
    is_error: bool,
}

#[derive(Template)]
#[template(path = "import_report.html")]
struct ReportPage {
    page: Page,
    problem: String,
    id: String,
    name: String,
    kind: String,
    /// Sentence of a run that goes on; empty otherwise.
    running: String,
    done: usize,
    total: usize,
    counts: Vec<(String, String)>,
    findings: Vec<Told>,
    more: String,
    samples: Vec<(String, String)>,
    run: String,
    without: String,
    list: String,
}

/// Whether the person may import any file at all.
pub(super) fn may_import(desk: &Desk<'_>) -> bool {
    BOOKS.iter().any(|book| may_save(desk, book.kind))
}

fn allowed(desk: &Desk<'_>) -> Result<(), Trouble> {
    desk.office()?;
    if may_import(desk) { Ok(()) } else { Err(Trouble::NotAllowed) }
}

fn mine<'d>(desk: &'d Desk<'_>) -> impl Iterator<Item = &'static Book> + 'd {
    BOOKS.iter().filter(move |book| may_save(desk, book.kind))
}

/// `GET /import`
pub(super) fn choose(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw_choose(desk, asked, None, StatusCode::OK)
}

fn draw_choose(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    allowed(desk)?;
    let words = &desk.words;
    let wish = if asked.query.get("kind").is_empty() { asked.form.get("kind") } else { asked.query.get("kind") };
    let auto = |chosen: &str| Choice::new("", words.t("import-automatic"), chosen);
    let with_auto = |name: &str, rest: Vec<(&str, String)>| {
        let chosen = asked.form.get(name);
        let rest = rest.into_iter().map(|(value, label)| Choice::new(value, label, chosen));
        std::iter::once(auto(chosen)).chain(rest).collect::<Vec<_>>()
    };
    desk.read(|read| {
        let shown = ChoosePage {
            page: desk.page(read, words.t("import-title"), "/company", asked)?,
            problem,
            kinds: mine(desk).map(|book| Choice::new(book.path, book_name(words, book.path, true), wish)).collect(),
            templates: mine(desk)
                .map(|book| {
                    let address = format!("/import/templates/{}", book.path);
                    (book_name(words, book.path, true), address.clone(), format!("{address}.xlsx"))
                })
                .collect(),
            encodings: with_auto(
                "encoding",
                Encoding::ALL.iter().map(|encoding| (encoding.word(), encoding.word().to_owned())).collect(),
            ),
            separators: with_auto("separator", [",", ";", "tab", "|"].map(|sign| (sign, sign.to_owned())).to_vec()),
            decimals: with_auto("decimal", [".", ","].map(|sign| (sign, sign.to_owned())).to_vec()),
            orders: with_auto(
                "dates",
                vec![("day", words.t("import-day-first")), ("month", words.t("import-month-first"))],
            ),
        };
        drawn_as(status, &shown)
    })
}

/// `GET /import/templates/{path}`: as CSV, or as XLSX where the path ends so.
pub(super) fn template_file(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    allowed(desk)?;
    let word = asked.word("path");
    let of = |path: &str| book(path).ok_or(Trouble::NotFound);
    if let Some(path) = word.strip_suffix(".xlsx") {
        let book = of(path)?;
        let bytes = workbook(book, &desk.words.texts).map_err(|error| Trouble::Store(error.to_string()))?;
        return Ok(file(&format!("{}.xlsx", book.path), XLSX, bytes));
    }
    let book = of(word)?;
    let text = template(book, &desk.words.texts);
    Ok(file(&format!("{}.csv", book.path), "text/csv; charset=utf-8", text.into_bytes()))
}

fn options(asked: &Asked) -> Options {
    let form = &asked.form;
    Options {
        encoding: Encoding::of_word(form.get("encoding")),
        separator: match form.get("separator") {
            "tab" => Some('\t'),
            text => text.chars().next(),
        },
        decimal: form.get("decimal").chars().next(),
        dates: match form.get("dates") {
            "day" => Some(DateOrder::DayFirst),
            "month" => Some(DateOrder::MonthFirst),
            _ => None,
        },
    }
}

/// `POST /import`: takes the file and tries it.
pub(super) fn check(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    allowed(desk)?;
    let book = book(asked.form.get("kind")).ok_or(Trouble::Form)?;
    if !may_save(desk, book.kind) {
        return Err(Trouble::NotAllowed);
    }
    let Some(sent) = asked.files.iter().find(|file| file.field == "file") else {
        let problem = Problem::of(&desk.words, "no-file");
        return draw_choose(desk, asked, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
    };
    let held = Held {
        person: desk.person()?.id,
        book,
        file: sent.clone(),
        options: options(asked),
        stage: Mutex::new(Stage::Running { done: 0, total: 0 }),
    };
    let id = desk.new_id()?;
    begin(desk, id, Arc::new(held), None)
}

/// `POST /import/{id}/run`
pub(super) fn run(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    allowed(desk)?;
    let id = asked.id()?;
    let held = desk.shared.imports.of(id, desk.person()?.id).ok_or(Trouble::NotFound)?;
    // A second click finds it running or done.
    let ready = matches!(held.stage(), Stage::Ready(report) if report.dry_run && !report.is_unusable());
    if !ready {
        return Ok(Redirect::to(&format!("/import/{id}")).into_response());
    }
    let visitor = desk.visitor.as_ref().ok_or(Trouble::NotAllowed)?;
    let actor = Actor::Person { person: visitor.seen.id, session: visitor.digest.hex() };
    begin(desk, id, held, Some(actor))
}

/// Tries or runs a file behind the page.
fn begin(desk: &Desk<'_>, id: Id, held: Arc<Held>, actor: Option<Actor>) -> Outcome {
    held.set(Stage::Running { done: 0, total: 0 });
    desk.shared.imports.keep(id, Arc::clone(&held));
    let hub = desk.hub().clone();
    tokio::task::spawn_blocking(move || {
        let mut hear = |done, total| held.set(Stage::Running { done, total });
        let report = match (held.file.read(), &actor) {
            (Err(error), _) => Err(error.to_string()),
            (Ok(bytes), None) => {
                hub.try_import(held.book, &bytes, &held.options, &mut hear).map_err(|error| error.to_string())
            }
            (Ok(bytes), Some(actor)) => {
                hub.import(actor, held.book, &bytes, &held.options, &mut hear).map_err(|error| error.to_string())
            }
        };
        held.set(report.map_or_else(Stage::Failed, Stage::Ready));
    });
    Ok(Redirect::to(&format!("/import/{id}")).into_response())
}

/// `GET /import/{id}`
pub(super) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    allowed(desk)?;
    let id = asked.id()?;
    let held = desk.shared.imports.of(id, desk.person()?.id).ok_or(Trouble::NotFound)?;
    let words = &desk.words;
    desk.read(|read| {
        let mut shown = ReportPage {
            page: desk.page(read, words.t("import-title"), "/company", asked)?,
            problem: String::new(),
            id: id.to_string(),
            name: held.file.name.clone(),
            kind: book_name(words, held.book.path, true),
            running: String::new(),
            done: 0,
            total: 1,
            counts: Vec::new(),
            findings: Vec::new(),
            more: String::new(),
            samples: Vec::new(),
            run: String::new(),
            without: String::new(),
            list: format!("/{}", held.book.path),
        };
        match held.stage() {
            Stage::Running { done, total } => {
                shown.running = words.with("import-running", &[("done", count(done)), ("total", count(total))]);
                (shown.done, shown.total) = (done, total.max(1));
            }
            Stage::Failed(why) => shown.problem = why,
            Stage::Ready(report) => tell(words, &held, &report, &mut shown),
        }
        drawn(&shown)
    })
}

fn count(number: usize) -> countersign_texts::Value<'static> {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}

fn tell(words: &Words, held: &Held, report: &Report, shown: &mut ReportPage) {
    let title = if report.dry_run { "import-checked" } else { "import-done" };
    shown.page.title = words.t(title);
    let counts = [
        ("import-rows", report.rows),
        ("import-new", report.new),
        ("import-changed", report.changed),
        ("import-unchanged", report.unchanged),
        ("import-left-out", report.left_out),
    ];
    shown.counts = counts.iter().map(|(key, number)| (words.t(key), words.texts.number(&number.to_string()))).collect();
    shown.findings = report.findings.iter().take(SHOWN).map(|finding| told(words, finding)).collect();
    if report.findings.len() > SHOWN {
        let more = report.findings.len().saturating_sub(SHOWN);
        shown.more = words.with("import-more", &[("count", count(more))]);
    }
    if report.findings.iter().any(|finding| finding.flaw.code == "file-encoding") {
        let readable = candidates(&held.file.read().unwrap_or_default());
        shown.samples = readable.into_iter().map(|(encoding, text)| (encoding.word().to_owned(), text)).collect();
    }
    let useful = report.new.saturating_add(report.changed);
    if report.dry_run && !report.is_unusable() && useful > 0 {
        shown.run = words.with("import-run", &[("count", count(useful))]);
        if report.left_out > 0 {
            shown.without = words.with("import-run-without", &[("count", count(report.left_out))]);
        }
    }
}

fn told(words: &Words, finding: &crate::import::Finding) -> Told {
    Told {
        row: if finding.row == 0 { String::new() } else { finding.row.to_string() },
        column: finding.column.clone(),
        text: flaw_text(words, &finding.flaw),
        is_error: finding.is_error,
    }
}

/// `GET /import/{id}/findings`: all of them, as CSV.
pub(super) fn findings(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    allowed(desk)?;
    let held = desk.shared.imports.of(asked.id()?, desk.person()?.id).ok_or(Trouble::NotFound)?;
    let Stage::Ready(report) = held.stage() else { return Err(Trouble::NotFound) };
    let words = &desk.words;
    let head = ["import-row", "import-column", "import-what"].map(|key| words.t(key));
    let mut text = format!("\u{feff}{}", csv_line(&head));
    for finding in &report.findings {
        let told = told(words, finding);
        text.push_str(&csv_line(&[told.row, told.column, told.text]));
    }
    Ok(file("findings.csv", "text/csv; charset=utf-8", text.into_bytes()))
}
