//! Reviewing a voucher: answers left, photos right, a remark on any question, approve or return. What the reviewer
//! looked at is compared with what stands when they decide; a voucher that changed in between is shown again.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::entity::{Job, MissingMedia, Remark, ReviewOutcome, Visit, Voucher, VoucherState, voucher_id};
use countersign_model::payload::{Payload, ReviewDecide};
use countersign_model::record::Scope;
use countersign_model::{Digest, Id};

use super::answers::Section;
use super::desk::{Desk, Outcome, done, drawn, drawn_as, refusal_of};
use super::evidence::Photo;
use super::fields::{Asked, address};
use super::lists::{Cell, Column, List, Table};
use super::names::Names;
use super::page::Page;
use super::review_parts as parts;
use super::trouble::{Problem, Trouble, refusal_status};
use super::visible::{self, People};
use super::visit::{self, Loaded, VisitShown};
use super::words::Words;
use crate::store::Read;

/// Vouchers of one page of the queue.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    page: Page,
    id: String,
    leaves: String,
    place: String,
    previous: String,
    next: String,
    can_decide: bool,
    /// What came in between looking and deciding: name and changes of each newer document.
    since: Vec<(String, Vec<String>)>,
    /// The sections with what changed, in a later round; the others are folded away.
    changed: Vec<Section>,
    /// How many answers stay as they were.
    unchanged: String,
    found: Vec<Photo>,
    left: Vec<Photo>,
    other: Vec<Photo>,
    closed: String,
    problem: Option<Problem>,
    findings: Vec<String>,
    changes: Vec<(String, String, String)>,
    missing: Vec<(String, String, String)>,
    unattested: bool,
    job: String,
    customer: String,
    machine: String,
    fault: String,
    whole: String,
    whole_code: String,
    /// Standard remarks: code and words in the reader's language.
    codes: Vec<(String, String)>,
    visit: VisitShown,
}

/// `GET /reviews`
pub(crate) fn list(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let words = &desk.words;
    desk.read(|read| {
        let people = People::load(read)?;
        let mut names = Names::new(read, words);
        let mut rows = Vec::new();
        let after = asked.query.get("after").parse().unwrap_or(0);
        let mut waiting = read.waiting_reviews(after, PAGE.saturating_add(1))?;
        let has_more = waiting.len() > PAGE;
        waiting.truncate(PAGE);
        for (_, id) in &waiting {
            let Some((_, voucher)) = read.get::<Voucher>(voucher_id(*id))? else { continue };
            let (Some((_, job)), Some((_, visit))) = (read.get::<Job>(voucher.job)?, read.get::<Visit>(voucher.visit)?)
            else {
                continue;
            };
            let files = read.evidence_state(&Scope::job(voucher.job))?;
            let absent: Vec<u64> = files.iter().filter(|(.., held)| !held).map(|(_, bytes, _)| *bytes).collect();
            rows.push(vec![
                Cell::link(&voucher.number, &format!("/reviews/{}", voucher.visit)),
                Cell::text(words, "word-customer", names.customer(job.customer)?),
                Cell::text(words, "word-machine", names.machine(job.machine, &job.serial)?),
                Cell::text(words, "console-lead", people.name(visit.lead)),
                Cell::number(words, "console-round", words.texts.number(&voucher.round.to_string())),
                Cell::text(
                    words,
                    "console-on-the-phone",
                    words.on_phone(absent.len(), files.len(), absent.iter().sum()),
                ),
            ]);
        }
        let mut columns = Column::plain(
            words,
            &["word-voucher", "word-customer", "word-machine", "console-lead", "console-round", "console-on-the-phone"],
        );
        if let Some(round) = columns.get_mut(4) {
            round.number = true;
        }
        let last = waiting.last().filter(|_| has_more).map(|(place, _)| place.to_string());
        let next = last.map(|place| address("/reviews", &[("after", &place)])).unwrap_or_default();
        let table = Table { columns, rows, next, empty: words.t("console-reviews-empty") };
        drawn(&List {
            page: desk.page(read, words.t("console-reviews"), "/reviews", asked)?,
            table,
            actions: Vec::new(),
        })
    })
}

/// `GET /reviews/{id}`: the id is the visit's.
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    draw(desk, asked, None, StatusCode::OK)
}

fn draw(desk: &Desk<'_>, asked: &Asked, problem: Option<Problem>, status: StatusCode) -> Outcome {
    let id = asked.id()?;
    let words = &desk.words;
    desk.read(|read| {
        let seen = desk.person()?;
        let (row, visit) = read.get::<Visit>(id)?.ok_or(Trouble::NotFound)?;
        let (_, job) = visible::job(read, seen, visit.job)?;
        let people = People::load(read)?;
        let loaded = Loaded::of(read, row, visit)?;
        let voucher = loaded.voucher.clone().ok_or(Trouble::NotFound)?;
        let mut names = Names::new(read, words);
        let own = loaded.visit.has(seen.id);
        let can_decide = desk.may("review.decide") && loaded.is_submitted() && !own;
        let queue = queue(read)?;
        let mut shown = visit::shown(desk, read, &people, &loaded, true)?;
        parts::note_remarks(words, &loaded, &mut shown);
        keep_written(asked, &mut shown);
        let (changed, unchanged) = parts::what_changed(words, &loaded, &mut shown);
        let (found, left, other) = parts::by_stage(std::mem::take(&mut shown.photos));
        let leaves = loaded.leaves();
        let customer = names.customer(job.customer)?;
        let title = words.with(
            "console-review-title",
            &[
                ("number", voucher.number.as_str().into()),
                ("customer", customer.clone().into()),
                ("round", i64::from(voucher.round).into()),
            ],
        );
        let page = desk.page(read, title, "/reviews", asked)?;
        let unattested = leaves.iter().any(|document| document.attestation.is_none());
        let drawn = ReviewPage {
            id: desk.new_id()?.to_string(),
            leaves: voucher.leaves.iter().map(Digest::hex).collect::<Vec<_>>().join(" "),
            place: place(words, &queue, id),
            previous: previous_of(&queue, id),
            next: next_of(&queue, id),
            can_decide,
            since: parts::since(words, asked, &leaves),
            changed,
            unchanged,
            found,
            left,
            other,
            closed: closed(words, &voucher, own, can_decide),
            problem,
            findings: parts::findings(desk, read, &people, &loaded)?,
            changes: parts::changes(words, &leaves),
            missing: parts::missing(asked, read, &leaves)?,
            unattested,
            job: loaded.visit.job.to_string(),
            customer,
            machine: names.machine(job.machine, &job.serial)?,
            fault: job.fault.clone(),
            whole: written_at(asked, ""),
            whole_code: asked.form.get("code.").to_owned(),
            codes: parts::standard_remarks(words, read)?,
            visit: shown,
            page,
        };
        drawn_as(status, &drawn)
    })
}

/// The visits whose vouchers wait, those that wait longest first.
fn queue(read: &Read<'_>) -> Result<Vec<Id>, Trouble> {
    Ok(read.waiting_reviews(0, usize::MAX)?.into_iter().map(|(_, visit)| visit).collect())
}

/// "12 of 50": where this voucher stands in the queue.
fn place(words: &Words, queue: &[Id], visit: Id) -> String {
    let Some(at) = queue.iter().position(|waiting| *waiting == visit) else { return String::new() };
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    words.with(
        "console-place-in-queue",
        &[("place", number(at.saturating_add(1)).into()), ("count", number(queue.len()).into())],
    )
}

/// The voucher that comes after this one; the first where this one is not (or no longer) in the queue.
fn next_of(queue: &[Id], visit: Id) -> String {
    let at = queue.iter().position(|waiting| *waiting == visit);
    let next = match at {
        Some(at) => queue.get(at.saturating_add(1)),
        None => queue.first(),
    };
    next.map(|visit| format!("/reviews/{visit}")).unwrap_or_default()
}

/// The voucher that comes before this one; none where this one is not in the queue.
fn previous_of(queue: &[Id], visit: Id) -> String {
    let at = queue.iter().position(|waiting| *waiting == visit);
    let previous = at.and_then(|at| at.checked_sub(1)).and_then(|at| queue.get(at));
    previous.map(|visit| format!("/reviews/{visit}")).unwrap_or_default()
}

fn closed(words: &Words, voucher: &Voucher, own: bool, can_decide: bool) -> String {
    match () {
        () if can_decide => String::new(),
        () if own => words.t("console-own-voucher"),
        () if voucher.state == VoucherState::Submitted => words.t("console-review-not-yours"),
        () => words.of("console-review-closed", "state", &words.voucher_state(&voucher.state).word),
    }
}

fn written_at(asked: &Asked, reference: &str) -> String {
    asked.form.get(&format!("remark.{reference}")).to_owned()
}

/// A refused form comes back with everything that was written.
fn keep_written(asked: &Asked, shown: &mut VisitShown) {
    for answer in shown.sections.iter_mut().flat_map(|section| &mut section.answers) {
        answer.remark = written_at(asked, &answer.reference);
        answer.code = asked.form.get(&format!("code.{}", answer.reference)).to_owned();
    }
}

/// `POST /reviews/{id}`
pub(crate) fn decide(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let id = asked.id()?;
    let (job, labels) = desk.read(|read| {
        let (row, visit) = read.get::<Visit>(id)?.ok_or(Trouble::NotFound)?;
        let (job_row, _) = visible::job(read, desk.person()?, visit.job)?;
        let loaded = Loaded::of(read, row, visit)?;
        Ok((job_row.id, labels(&loaded)))
    })?;
    let outcome = ReviewOutcome::from_word(asked.form.get("outcome"));
    let remarks = remarks_sent(asked, &labels);
    if outcome == ReviewOutcome::Approved && !remarks.is_empty() {
        // A remark that is approved away would be lost to the engineer, who would never see it.
        let problem = Problem::of(&desk.words, "remarks-written");
        return draw(desk, asked, Some(problem), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let missing = asked
        .form
        .under("missing.")
        .filter_map(|(hex, reason)| hex.parse().ok().map(|sha256| MissingMedia { sha256, reason: reason.to_owned() }));
    let payload = Payload::ReviewDecide(ReviewDecide {
        review: asked.form.made_id("id")?,
        visit: id,
        leaves: asked.form.get("leaves").split(' ').filter_map(|hex| hex.parse().ok()).collect(),
        missing: if outcome == ReviewOutcome::Approved { missing.collect() } else { Vec::new() },
        without_attestation: asked.form.get("without_attestation") == "1",
        outcome: outcome.clone(),
        remarks,
    });
    let word = if outcome == ReviewOutcome::Approved { "approved" } else { "returned" };
    match refusal_of(desk.order(payload, Scope::job(job)))? {
        None => after(desk, id, word),
        // The form was sent twice: it was decided the first time.
        Some(refusal) if refusal.code == RefusalCode::Exists => after(desk, id, word),
        Some(refusal) => refused(desk, asked, &refusal),
    }
}

/// The remarks of the form: own words and standard remarks of one question are one remark.
fn remarks_sent(asked: &Asked, labels: &[(String, String)]) -> Vec<Remark> {
    let mut references: Vec<&str> = Vec::new();
    // In the order of the form, which is the order of the questions.
    for (name, _) in asked.form.0.iter().filter(|(_, value)| !value.trim().is_empty()) {
        let reference = name.strip_prefix("remark.").or_else(|| name.strip_prefix("code."));
        references.extend(reference.filter(|reference| !references.contains(reference)));
    }
    let label = |reference: &str| labels.iter().find(|(known, _)| known == reference).map(|(_, label)| label.clone());
    let remark = |reference: &str| Remark {
        question: reference.to_owned(),
        label: label(reference).unwrap_or_default(),
        text: written_at(asked, reference),
        code: asked.form.get(&format!("code.{reference}")).to_owned(),
        ..Remark::default()
    };
    references.into_iter().map(remark).collect()
}

/// On to the next voucher; to the queue where there is none.
fn after(desk: &Desk<'_>, visit: Id, word: &str) -> Outcome {
    let next = desk.read(|read| Ok(next_of(&queue(read)?, visit)))?;
    match next.is_empty() {
        true => done("/reviews", word),
        false => Ok(Redirect::to(&address(&next, &[("done", word)])).into_response()),
    }
}

fn refused(desk: &Desk<'_>, asked: &Asked, refusal: &Refusal) -> Outcome {
    draw(desk, asked, Some(Problem::refused(&desk.words, refusal)), refusal_status(refusal))
}

/// The question texts of the documents in force, as the reviewer saw them, by reference.
fn labels(loaded: &Loaded) -> Vec<(String, String)> {
    let sections = loaded.leaves().into_iter().flat_map(|document| &document.sealed.content.sections);
    sections
        .flat_map(|section| &section.answers)
        .map(|answer| (answer.reference.clone(), answer.question.clone()))
        .collect()
}
