//! What an engineer looks at before setting off: whether everything is on this device, and what happened to the machine.

use std::path::PathBuf;

use askama::Template;
use axum::http::header;
use axum::response::IntoResponse as _;
use countersign_device::screens::{DepartureScreen, DocumentRow, EvidenceRow, HistoryVisit, MachineScreen};

use crate::desk::{Desk, Outcome, drawn};
use crate::facts::of_job;
use crate::fields::Asked;
use crate::page::Frame;
use crate::trouble::Trouble;
use crate::words::Words;

#[derive(Template)]
#[template(path = "departure.html")]
struct DeparturePage {
    f: Frame,
    screen: DepartureScreen,
}

/// `GET …/departure`
pub(crate) fn departure(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, _) = of_job(desk, asked, "laptop-departure")?;
    let screen = desk.app().departure_screen(asked.path.get("job"))?;
    drawn(&DeparturePage { f, screen })
}

pub(crate) struct PastShot {
    pub thumbnail: String,
    pub name: String,
    /// What people drew over it.
    pub overlay: String,
}

pub(crate) struct PastVisit {
    pub title: String,
    pub lead: String,
    pub fault: String,
    pub findings: String,
    pub reason: String,
    pub found: Vec<PastShot>,
    pub left: Vec<PastShot>,
    pub parts: Vec<String>,
    pub answers: Vec<(String, String)>,
    /// What was signed: its address and its name.
    pub documents: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "machine.html")]
struct MachinePage {
    f: Frame,
    screen: MachineScreen,
    facts: Vec<(String, String)>,
    wear: Vec<(String, String)>,
    visits: Vec<PastVisit>,
}

/// `GET …/machine`
pub(crate) fn machine(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, job) = of_job(desk, asked, "word-machine")?;
    let screen = desk.app().machine_screen(asked.path.get("job"))?;
    let words = &desk.words;
    let path = format!("/jobs/{}", job.name);
    let wear = screen.wear_parts.iter().map(|part| {
        let used = part.last_used.map_or_else(|| words.t("laptop-wear-never"), |at| words.texts.date(at, &words.zone));
        (format!("{} {}", part.code, part.name), used)
    });
    let page = MachinePage {
        facts: facts(words, &screen),
        wear: wear.collect(),
        visits: screen.visits.iter().map(|visit| past(words, &path, visit)).collect(),
        screen,
        f,
    };
    drawn(&page)
}

fn facts(words: &Words, screen: &MachineScreen) -> Vec<(String, String)> {
    let meter = format!("{} {}", words.texts.number(&screen.meter), screen.meter_unit);
    let rows = [
        ("word-model", screen.model.clone()),
        ("word-serial", screen.serial.clone()),
        ("word-customer", screen.customer.clone()),
        ("word-site", joined(&[&screen.site, &screen.place])),
        ("laptop-warranty", words.texts.day(&screen.warranty_until)),
        ("laptop-contract", screen.contract.clone()),
        ("laptop-installed", words.texts.day(&screen.installed)),
        ("laptop-software", screen.software.clone()),
        ("laptop-meter", if screen.meter.is_empty() { String::new() } else { meter }),
        ("voucher-class", words.texts.word("class", screen.proposed_class.as_str())),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (words.t(key), value)).collect()
}

/// What is known of a place, in one line.
fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

fn past(words: &Words, path: &str, visit: &HistoryVisit) -> PastVisit {
    let when = visit.at.map_or_else(|| words.visit_state(&visit.state).word, |at| words.texts.date(at, &words.zone));
    let shots = |rows: &[EvidenceRow]| rows.iter().map(|row| past_shot(path, row)).collect();
    let answers = visit.answers.iter().flat_map(|section| &section.answers);
    PastVisit {
        title: format!("{when} · {}", visit.number),
        lead: visit.lead.clone(),
        fault: visit.fault.clone(),
        findings: visit.findings.clone(),
        reason: match visit.leave_reason.is_empty() {
            true => String::new(),
            false => words.texts.word("leave", &visit.leave_reason),
        },
        found: shots(&visit.found),
        left: shots(&visit.left),
        parts: visit
            .parts
            .iter()
            .map(|part| format!("{} × {}", words.texts.number(&part.quantity), part.code))
            .collect(),
        answers: answers.map(|answer| (answer.question.clone(), answer.display.clone())).collect(),
        documents: visit.documents.iter().map(|document| past_document(words, path, document)).collect(),
    }
}

fn past_document(words: &Words, path: &str, row: &DocumentRow) -> (String, String) {
    let name = format!("{} {}", words.texts.word("word", &row.kind), row.number);
    (format!("{path}/documents/{}", row.sealed), name)
}

fn past_shot(path: &str, row: &EvidenceRow) -> PastShot {
    let thumbnail = row.thumbnail.as_ref().map(|_| format!("{path}/machine/{}", row.evidence)).unwrap_or_default();
    PastShot { thumbnail, name: row.name.clone(), overlay: crate::files::cut(&row.overlay) }
}

/// `GET …/machine/{evidence}`: the thumbnail of a photo of an earlier visit.
pub(crate) fn thumbnail(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let screen = desk.app().machine_screen(asked.path.get("job"))?;
    let id = asked.path.get("evidence");
    let rows = screen.visits.iter().flat_map(|visit| visit.found.iter().chain(&visit.left));
    let path: Option<PathBuf> = rows.filter(|row| row.evidence.to_string() == id).find_map(|row| row.thumbnail.clone());
    let bytes = std::fs::read(path.ok_or(Trouble::NotFound)?).map_err(|error| Trouble::Shell(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}
