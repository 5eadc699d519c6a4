//! One job: whose machine it is, the steps with the one next button, what was recorded, and what the office wants.

use askama::Template;
use countersign_device::screens::{JobScreen, Step, StepState};

use crate::asking::{self, RequestLine};
use crate::desk::{Desk, Outcome, done, drawn};
use crate::fields::{Asked, address};
use crate::files::{self, FileCard};
use crate::jobs;
use crate::page::Frame;
use crate::trouble::Trouble;
use crate::words::{Chip, Words};

/// A step of the visit as a row, and as the primary button.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StepRow {
    /// `done`, `next` or `open`.
    pub state: &'static str,
    pub icon: &'static str,
    /// What it is called once it is done, or as a thing to do.
    pub label: String,
    /// What there is of it already.
    pub note: String,
    /// The verb on the button.
    pub verb: String,
    /// Where its page is; empty where it is one press.
    pub link: String,
    /// What one press does.
    pub press: &'static str,
    /// Whether one press may do it now.
    pub may_press: bool,
}

pub(crate) struct VisitLine {
    /// Where this person works on it; empty for the one that is shown and for others' visits.
    pub link: String,
    pub number: String,
    pub lead: String,
    pub chips: Vec<Chip>,
}

pub(crate) struct RemarkLine {
    pub label: String,
    pub text: String,
    pub reviewer: String,
    /// Where the question is; empty for the whole voucher.
    pub link: String,
}

pub(crate) struct DocumentLine {
    pub number: String,
    pub kind: String,
    pub link: String,
    pub outcome: Option<Chip>,
    pub amended: bool,
}

#[derive(Template)]
#[template(path = "job.html")]
struct JobPage {
    f: Frame,
    screen: JobScreen,
    state: Chip,
    steps: Vec<StepRow>,
    next: Option<StepRow>,
    visits: Vec<VisitLine>,
    remarks: Vec<RemarkLine>,
    documents: Vec<DocumentLine>,
    /// The newest pictures.
    shots: Vec<FileCard>,
    /// What there is to know before anything is done, each with its icon: taken over, unregistered, by phone.
    notices: Vec<(&'static str, String)>,
    requests: Vec<RequestLine>,
    class: String,
    /// Number of files.
    files: usize,
}

/// Shows a job.
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let id = asked.path.get("job");
    let screen = desk.app().job_screen(id)?;
    let words = &desk.words;
    let path = format!("/jobs/{}", screen.name);
    // A form that has not reached this device yet is told on its own page; the job is shown all the same.
    let form = desk.app().form_screen(id).ok().flatten();
    let form_note = form.map(|form| words.with("laptop-answered-of", &counts(form.answered, form.total)));
    let steps: Vec<StepRow> =
        screen.steps.iter().map(|step| step_row(words, &path, &screen, step, form_note.as_deref())).collect();
    let next = steps.iter().find(|step| step.state == "next").cloned();
    let mut f = desk.frame(screen.title.clone(), "/", asked)?;
    f.back = "/".to_owned();
    f.pane = jobs::pane(desk, &screen.job.to_string())?;
    let page = JobPage {
        f,
        state: words.job_state(&screen.state),
        next,
        visits: visits(words, &screen),
        remarks: remarks(&path, &screen),
        documents: documents(words, &path, &screen),
        shots: shots(words, &path, &screen),
        notices: notices(words, &screen),
        requests: screen.facts.requests.iter().map(|row| asking::line(words, row)).collect(),
        class: words.texts.word("class", screen.facts.class.as_str()),
        files: screen.evidence.len(),
        steps,
        screen,
    };
    drawn(&page)
}

pub(crate) fn counts<'a>(answered: u32, total: u32) -> [(&'static str, countersign_texts::Value<'a>); 2] {
    let number = |count: u32| i64::from(count).into();
    [("answered", number(answered)), ("total", number(total))]
}

/// The newest pictures of the visit, in the order of capture.
fn shots(words: &Words, path: &str, screen: &JobScreen) -> Vec<FileCard> {
    let newest = screen.evidence.iter().filter(|row| screen.newest.contains(&row.evidence));
    newest.map(|row| files::card(words, path, row)).collect()
}

fn notices(words: &Words, screen: &JobScreen) -> Vec<(&'static str, String)> {
    let mut notices = Vec::new();
    if !screen.carried_from.is_empty() {
        notices.push(("person", words.of("laptop-carried-from", "name", &screen.carried_from)));
    }
    if let Some(before) = &screen.facts.held_before {
        let name = before.name.as_str().into();
        notices.push((
            "person",
            match before.heard {
                Some(at) => words.with("laptop-held-before", &[("name", name), ("time", words.when(at).into())]),
                None => words.with("laptop-held-before-unheard", &[("name", name)]),
            },
        ));
    }
    if screen.facts.remote {
        notices.push(("call", words.t("laptop-remote-what")));
    }
    if screen.facts.unregistered {
        notices.push(("machine", words.t("laptop-unregistered")));
    }
    notices
}

/// Icon, page under the job (empty for one press), the step's word for a press.
fn place_of(step: &str) -> (&'static str, &'static str, &'static str) {
    match step {
        "travel" => ("road", "", "travel"),
        "arrive" => ("place", "", "arrive"),
        "as_found" => ("camera", "files?stage=found", ""),
        "form" => ("file", "form", ""),
        "parts" => ("part", "parts", ""),
        "as_left" => ("camera", "files?stage=left", ""),
        "amend" => ("remark", "amend", ""),
        "sign" => ("sign", "sign", ""),
        "submit" => ("inbox", "", "submit"),
        "leave" => ("road", "leave", ""),
        _ => ("dot", "", ""),
    }
}

fn step_row(words: &Words, path: &str, screen: &JobScreen, step: &Step, form: Option<&str>) -> StepRow {
    let (icon, page, press) = place_of(step.step.word());
    let state = match step.state {
        StepState::Done => "done",
        StepState::Next => "next",
        StepState::Open => "open",
    };
    let photos = match step.files {
        0 => String::new(),
        count => words.count("photos-count", u64::from(count)),
    };
    let note = match step.step.word() {
        "as_found" | "as_left" => photos,
        "form" => form.unwrap_or_default().to_owned(),
        "amend" => screen.draft.clone().unwrap_or_default(),
        _ => String::new(),
    };
    // A session by phone begins and ends; nobody arrives or leaves.
    let (name, icon) = match (step.step.word(), step.remote) {
        ("arrive", true) => ("begin", "call"),
        ("leave", true) => ("end", "call"),
        (other, _) => (other, icon),
    };
    StepRow {
        state,
        icon,
        label: words.t(&format!("laptop-step-{name}")),
        verb: words.t(&format!("laptop-verb-{name}")),
        note,
        link: if page.is_empty() { String::new() } else { format!("{path}/{page}") },
        press,
        may_press: step.may_press,
    }
}

fn visits(words: &Words, screen: &JobScreen) -> Vec<VisitLine> {
    let line = |visit: &countersign_device::screens::VisitRow| {
        let mut chips = vec![words.visit_state(&visit.state)];
        chips.extend(visit.voucher.as_ref().map(|voucher| words.voucher_state(voucher)));
        chips.dedup();
        chips.extend(visit.remote.then(|| words.remote()));
        let link = if visit.opens { format!("/jobs/{}", visit.visit) } else { String::new() };
        VisitLine { link, number: visit.number.clone(), lead: visit.lead.clone(), chips }
    };
    screen.visits.iter().map(line).collect()
}

fn remarks(path: &str, screen: &JobScreen) -> Vec<RemarkLine> {
    let line = |remark: &countersign_device::screens::RemarkRow| RemarkLine {
        label: remark.label.clone(),
        text: remark.text.clone(),
        reviewer: remark.reviewer.clone(),
        link: match remark.question.is_empty() {
            true => String::new(),
            false => address(&format!("{path}/form"), &[("question", &remark.question)]),
        },
    };
    screen.remarks.iter().map(line).collect()
}

fn documents(words: &Words, path: &str, screen: &JobScreen) -> Vec<DocumentLine> {
    let line = |document: &countersign_device::screens::DocumentRow| DocumentLine {
        number: document.number.clone(),
        kind: words.t(&format!("word-{}", document.kind)),
        link: format!("{path}/documents/{}", document.sealed),
        outcome: document.outcome.as_ref().map(|outcome| words.outcome(outcome)),
        amended: document.amended,
    };
    screen.documents.iter().map(line).collect()
}

/// A step that is one press: setting off, arriving, handing in.
pub(crate) fn step(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, app) = (asked.path.get("job"), desk.app());
    let word = match asked.form.get("step") {
        "travel" => app.travel(job).map(|()| "travelling")?,
        "arrive" => app.arrive(job).map(|()| "arrived")?,
        "submit" => app.submit(job).map(|()| "handed-in")?,
        _ => return Err(Trouble::Form),
    };
    done(&format!("/jobs/{job}"), word)
}

/// Adds a note.
pub(crate) fn note(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    desk.app().add_note(job, asked.form.text("text"))?;
    done(&format!("/jobs/{job}"), "noted")
}
