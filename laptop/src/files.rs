//! Photos and files of a visit: as found beside as left, what each of them answers, and whether it is safe.

use std::path::PathBuf;

use askama::Template;
use axum::http::header;
use axum::response::IntoResponse as _;
use countersign_device::model::Id;
use countersign_device::screens::{EvidenceRow, JobScreen, QuestionForFile, StageRow};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::facts::of_job;
use crate::fields::Asked;
use crate::page::Frame;
use crate::trouble::Trouble;
use crate::words::{Chip, Choice, Words, offered};

pub(crate) struct FileCard {
    pub link: String,
    /// Address of the thumbnail; empty where there is no picture of it here.
    pub thumbnail: String,
    pub name: String,
    pub size: String,
    pub when: String,
    pub safety: Chip,
    pub findings: Vec<String>,
    pub is_picture: bool,
    /// What people drew over it, as SVG made from numbers and escaped words; empty for nothing.
    pub overlay: String,
}

pub(crate) struct Column {
    pub stage: String,
    pub title: String,
    pub cards: Vec<FileCard>,
    /// Whether it is shown while it is empty.
    pub expected: bool,
}

#[derive(Template)]
#[template(path = "files.html")]
struct FilesPage {
    f: Frame,
    screen: JobScreen,
    columns: Vec<Column>,
    stages: Vec<Choice>,
    reserve: bool,
    path: String,
}

/// `GET …/files`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (mut f, screen) = of_job(desk, asked, "laptop-photos-and-files")?;
    f.pane = Vec::new();
    let path = format!("/jobs/{}", screen.name);
    let asked_stage = asked.query.get("stage");
    let is_one = screen.stages.iter().any(|row| row.stage.as_str() == asked_stage);
    let stage = if is_one { asked_stage } else { screen.next_stage.as_str() };
    let column = |row: &StageRow| Column {
        stage: row.stage.to_string(),
        title: desk.words.texts.word("stage", row.stage.as_str()),
        cards: rows_of(&screen, &row.evidence).map(|row| card(&desk.words, &path, row)).collect(),
        expected: row.expected,
    };
    let page = FilesPage {
        columns: screen.stages.iter().map(column).collect(),
        stages: offered(&desk.words, "stage", stage),
        reserve: desk.app().check_reserve().is_ok(),
        path,
        screen,
        f,
    };
    drawn(&page)
}

pub(crate) fn card(words: &Words, path: &str, row: &EvidenceRow) -> FileCard {
    let link = format!("{path}/files/{}", row.evidence);
    FileCard {
        thumbnail: row.thumbnail.as_ref().map(|_| format!("{link}/thumbnail")).unwrap_or_default(),
        name: row.name.clone(),
        size: words.texts.bytes(row.bytes),
        when: row.taken.clone(),
        safety: words.safety(row.safety),
        findings: row.findings.iter().map(|finding| words.texts.word("laptop-finding", finding)).collect(),
        is_picture: row.preview.is_some() || row.thumbnail.is_some(),
        overlay: row.overlay.clone(),
        link,
    }
}

impl FileCard {
    /// The drawing over a thumbnail: it fills its box, so the drawing is cut like it.
    pub fn cut_overlay(&self) -> String {
        cut(&self.overlay)
    }
}

/// A drawing over a picture that fills its box.
pub(crate) fn cut(overlay: &str) -> String {
    overlay.replacen("<svg ", r#"<svg preserveAspectRatio="xMidYMid slice" "#, 1)
}

#[derive(Template)]
#[template(path = "file.html")]
struct FilePage {
    f: Frame,
    card: FileCard,
    /// The question that it answers, in words; empty for none.
    answers: String,
    questions: Vec<Choice>,
    /// A file of the other stage, to look at side by side.
    beside: Option<FileCard>,
    beside_stage: String,
    stage: String,
    sha256: String,
    kind: String,
    /// Who drew over it, as a sentence; empty for nobody.
    drawn_by: String,
    /// Whether this person may draw over it.
    can_draw: bool,
}

pub(crate) fn find<'a>(screen: &'a JobScreen, asked: &Asked) -> Result<&'a EvidenceRow, Trouble> {
    let id = asked.path.get("evidence");
    screen.evidence.iter().find(|row| row.evidence.to_string() == id).ok_or(Trouble::NotFound)
}

/// `GET …/files/{evidence}`
pub(crate) fn one(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (mut f, screen) = of_job(desk, asked, "laptop-file")?;
    let path = format!("/jobs/{}", screen.name);
    f.back = format!("{path}/files");
    f.pane = Vec::new();
    let row = find(&screen, asked)?;
    let beside = rows_of(&screen, &row.beside).next();
    let asks = desk.app().questions_for_file(asked.path.get("job"), row.evidence)?;
    let choice = |asks: QuestionForFile| Choice { value: asks.id, label: asks.label, chosen: false };
    let page = FilePage {
        card: card(&desk.words, &path, row),
        answers: asks.answers.map(|asks| asks.label).unwrap_or_default(),
        questions: asks.may_answer.into_iter().map(choice).collect(),
        beside: beside.map(|row| card(&desk.words, &path, row)),
        beside_stage: beside.map(|row| desk.words.texts.word("stage", row.stage.as_str())).unwrap_or_default(),
        stage: desk.words.texts.word("stage", row.stage.as_str()),
        sha256: row.sha256.hex(),
        kind: desk.words.texts.media_kind(&row.kind),
        drawn_by: row.drawn_by.clone(),
        can_draw: row.may_draw,
        f,
    };
    drawn(&page)
}

/// The files of these ids, in the order of the ids.
fn rows_of<'a>(screen: &'a JobScreen, ids: &'a [Id]) -> impl Iterator<Item = &'a EvidenceRow> {
    ids.iter().filter_map(|id| screen.evidence.iter().find(|row| row.evidence == *id))
}

/// `POST …/files/{evidence}/assign`: the file answers a question.
pub(crate) fn assign(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    let screen = desk.app().job_screen(job)?;
    let row = find(&screen, asked)?;
    desk.app().answer_with_file(job, asked.form.get("question"), row.evidence)?;
    done(&format!("/jobs/{job}/files/{}", row.evidence), "assigned")
}

/// `GET …/files/{evidence}/{size}`: `thumbnail`, `preview` or `original`.
pub(crate) fn bytes(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let screen = desk.app().job_screen(asked.path.get("job"))?;
    let row = find(&screen, asked)?;
    let (path, kind) = match asked.path.get("size") {
        "thumbnail" => (row.thumbnail.clone(), "image/jpeg"),
        "preview" => (row.preview.clone().or_else(|| row.thumbnail.clone()), "image/jpeg"),
        "original" => (row.original.clone(), "application/octet-stream"),
        _ => return Err(Trouble::NotFound),
    };
    let path: PathBuf = path.ok_or(Trouble::NotFound)?;
    let bytes = std::fs::read(&path).map_err(|error| Trouble::Shell(error.to_string()))?;
    if kind == "image/jpeg" {
        return Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response());
    }
    // Bytes from anywhere are never run or shown by the browser as a page of this shell: they are downloaded.
    let name: String = row.name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let head = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((head, bytes).into_response())
}
