//! Reviewing a voucher: answers left, photos right, a remark on any question, approve or return. What the reviewer
//! looked at is compared with what stands when they decide; a voucher that changed in between is shown again.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::Stage;
use countersign_model::entity::{
    Document, Entity, Evidence, Job, MissingMedia, Remark, ReviewOutcome, Visit, Voucher, VoucherState,
};
use countersign_model::payload::{Payload, ReviewDecide};
use countersign_model::record::{Scope, kind};
use countersign_model::{Digest, Id};

use super::attention;
use super::desk::{Desk, Outcome, done, drawn, drawn_as, held, refusal_of};
use super::documents;
use super::fields::{Asked, address};
use super::lists::{Cell, Column, List, Table};
use super::names::Names;
use super::page::Page;
use super::trouble::{Problem, Trouble, refusal_status};
use super::visible::{self, People};
use super::visit::{self, Loaded, VisitShown};
use super::words::Words;
use crate::store::Read;

/// Vouchers of one page of the queue.
const QUEUE: usize = 200;

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    page: Page,
    id: String,
    leaves: String,
    place: String,
    next: String,
    can_decide: bool,
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
    visit: VisitShown,
}

/// The visits whose vouchers wait, those that wait longest first.
fn queue(read: &Read<'_>) -> Result<Vec<Voucher>, Trouble> {
    let rows = read.in_states(kind::VOUCHER, &[VoucherState::Submitted.as_str()], None, QUEUE)?;
    let mut found: Vec<(u64, Voucher)> =
        rows.iter().filter_map(|row| Voucher::of(row).map(|voucher| (row.seq, voucher))).collect();
    found.sort_by_key(|(seq, _)| *seq);
    Ok(found.into_iter().map(|(_, voucher)| voucher).collect())
}

/// `GET /reviews`
pub(crate) fn list(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    desk.office()?;
    let words = &desk.words;
    desk.read(|read| {
        let people = People::load(read)?;
        let mut names = Names::new(read, words);
        let mut rows = Vec::new();
        for voucher in queue(read)? {
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
        let table = Table { columns, rows, next: String::new(), empty: words.t("console-reviews-empty") };
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
        keep_written(asked, &mut shown);
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
            next: next_of(&queue, id),
            can_decide,
            closed: closed(words, &voucher, own, can_decide),
            problem,
            findings: findings(desk, read, &people, &loaded)?,
            changes: changes(words, &leaves),
            missing: missing(asked, read, &leaves)?,
            unattested,
            job: loaded.visit.job.to_string(),
            customer,
            machine: names.machine(job.machine, &job.serial)?,
            fault: job.fault.clone(),
            whole: written(asked, ""),
            visit: shown,
            page,
        };
        drawn_as(status, &drawn)
    })
}

/// "12 of 50": where this voucher stands in the queue.
fn place(words: &Words, queue: &[Voucher], visit: Id) -> String {
    let Some(at) = queue.iter().position(|voucher| voucher.visit == visit) else { return String::new() };
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    words.with(
        "console-place-in-queue",
        &[("place", number(at.saturating_add(1)).into()), ("count", number(queue.len()).into())],
    )
}

/// The voucher that comes after this one; the first where this one is not (or no longer) in the queue.
fn next_of(queue: &[Voucher], visit: Id) -> String {
    let at = queue.iter().position(|voucher| voucher.visit == visit);
    let next = match at {
        Some(at) => queue.get(at.saturating_add(1)),
        None => queue.first(),
    };
    next.map(|voucher| format!("/reviews/{}", voucher.visit)).unwrap_or_default()
}

fn closed(words: &Words, voucher: &Voucher, own: bool, can_decide: bool) -> String {
    match () {
        () if can_decide => String::new(),
        () if own => words.t("console-own-voucher"),
        () if voucher.state == VoucherState::Submitted => words.t("console-review-not-yours"),
        () => words.of("console-review-closed", "state", &words.voucher_state(&voucher.state).word),
    }
}

/// What a reviewer must not miss, in words.
fn findings(desk: &Desk<'_>, read: &Read<'_>, people: &People, loaded: &Loaded) -> Result<Vec<String>, Trouble> {
    let words = &desk.words;
    let mut found = Vec::new();
    let leaves = loaded.leaves();
    if leaves.len() > 1 {
        found.push(words.t("console-refused-several_documents"));
    }
    if leaves.iter().any(|document| document.attestation.is_none()) {
        found.push(words.t("console-finding-unattested"));
    }
    let evidence = read.scope_of_kind(&Scope::job(loaded.visit.job), kind::EVIDENCE)?;
    let subjects = loaded.subjects();
    let evidence: Vec<Evidence> =
        evidence.iter().filter_map(Evidence::of).filter(|photo| subjects.contains(&photo.subject.id)).collect();
    for (stage, key) in [(Stage::Found, "console-finding-no-found"), (Stage::Left, "console-finding-no-left")] {
        if !evidence.iter().any(|photo| photo.stage == stage) {
            found.push(words.t(key));
        }
    }
    let mut absent = Vec::new();
    for photo in &evidence {
        if !held(read, photo.sha256)? {
            absent.push(photo.bytes);
        }
    }
    if !absent.is_empty() {
        found.push(words.on_phone(absent.len(), evidence.len(), absent.iter().sum()));
    }
    found.extend(leaves.iter().filter_map(|document| documents::customer_said(words, document)));
    found.extend(attention::flag_sentences(read, words, people, loaded.visit.job)?);
    Ok(found)
}

/// What the amendments in force changed.
fn changes(words: &Words, leaves: &[&Document]) -> Vec<(String, String, String)> {
    let nothing = words.t("voucher-change-nothing");
    let filled = |text: &str| if text.is_empty() { nothing.clone() } else { text.to_owned() };
    let amendments = leaves.iter().filter_map(|document| document.sealed.content.amendment.as_ref());
    let changes = amendments.flat_map(|amendment| &amendment.changes);
    changes.map(|change| (change.what.clone(), filled(&change.before), filled(&change.after))).collect()
}

/// Cited files that are not here, with the reason that is being written.
fn missing(asked: &Asked, read: &Read<'_>, leaves: &[&Document]) -> Result<Vec<(String, String, String)>, Trouble> {
    let mut found = Vec::new();
    for shown in leaves.iter().flat_map(|document| &document.sealed.content.evidence) {
        if !held(read, shown.sha256)? {
            let hex = shown.sha256.hex();
            let reason = asked.form.get(&format!("missing.{hex}")).to_owned();
            found.push((hex, shown.name.clone(), reason));
        }
    }
    Ok(found)
}

fn written(asked: &Asked, reference: &str) -> String {
    asked.form.get(&format!("remark.{reference}")).to_owned()
}

/// A refused form comes back with everything that was written.
fn keep_written(asked: &Asked, shown: &mut VisitShown) {
    for answer in shown.sections.iter_mut().flat_map(|section| &mut section.answers) {
        answer.remark = written(asked, &answer.reference);
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
    let remarks: Vec<Remark> = asked
        .form
        .under("remark.")
        .map(|(reference, text)| Remark {
            question: reference.to_owned(),
            label: labels
                .iter()
                .find(|(known, _)| known == reference)
                .map(|(_, label)| label.clone())
                .unwrap_or_default(),
            text: text.to_owned(),
        })
        .collect();
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
