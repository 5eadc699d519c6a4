//! What a reviewer sees besides the answers as they stand: findings, what changed since the round before and since they
//! looked, what the round before asked for, files that are missing, standard remarks.

use countersign_model::Digest;
use countersign_model::document::{ChangeShown, Stage};
use countersign_model::entity::{Charge, Code, Document, Entity, Evidence, PartUse, ReviewOutcome, code_list};
use countersign_model::record::{Scope, kind};

use super::answers::{self, Section};
use super::attention;
use super::desk::{Desk, held};
use super::documents;
use super::evidence::Photo;
use super::fields::Asked;
use super::trouble::Trouble;
use super::visible::People;
use super::visit::{Loaded, VisitShown};
use super::words::Words;
use crate::store::Read;

/// Most standard remarks that a list offers: more are no help in a menu.
const MOST_CODES: usize = 500;

/// The documents that came after the reviewer looked, each with what it changed.
pub(super) fn since(words: &Words, asked: &Asked, leaves: &[&Document]) -> Vec<(String, Vec<String>)> {
    let looked_at: Vec<Digest> = asked.form.get("leaves").split(' ').filter_map(|hex| hex.parse().ok()).collect();
    if looked_at.is_empty() {
        return Vec::new();
    }
    let newer = leaves.iter().filter(|document| !looked_at.contains(&document.sealed_sha256));
    newer.map(|document| (document.sealed.content.number.clone(), change_lines(words, document))).collect()
}

fn change_lines(words: &Words, document: &Document) -> Vec<String> {
    let nothing = words.t("voucher-change-nothing");
    let filled = |text: &str| if text.is_empty() { nothing.clone() } else { text.to_owned() };
    let changes = document.sealed.content.amendment.iter().flat_map(|amendment| &amendment.changes);
    let line = |change: &ChangeShown| {
        words.with(
            "console-change-line",
            &[
                ("what", change.what.as_str().into()),
                ("before", filled(&change.before).into()),
                ("after", filled(&change.after).into()),
            ],
        )
    };
    changes.map(line).collect()
}

/// What the round before asked for, at the questions that it asked about.
pub(super) fn note_remarks(words: &Words, loaded: &Loaded, shown: &mut VisitShown) {
    let Some(review) = loaded.reviews.last().filter(|review| review.outcome == ReviewOutcome::Returned) else { return };
    for answer in shown.sections.iter_mut().flat_map(|section| &mut section.answers) {
        for remark in review.remarks.iter().filter(|remark| remark.question == answer.reference) {
            let text = remark.in_language(words.language());
            let variables = [("round", i64::from(review.round).into()), ("text", text.into())];
            answer.notes.push(words.with("console-remark-before", &variables));
        }
    }
}

/// In a later round the answers that changed or were asked about come first; the others stay in the sections of the
/// visit, which the page folds away. In the first round nothing is taken out.
pub(super) fn what_changed(words: &Words, loaded: &Loaded, shown: &mut VisitShown) -> (Vec<Section>, String) {
    let later = loaded.reviews.iter().any(|review| review.outcome == ReviewOutcome::Returned);
    let noticed = |section: &Section| section.answers.iter().any(|answer| !answer.notes.is_empty());
    if !later || !shown.sections.iter().any(noticed) {
        return (Vec::new(), String::new());
    }
    let mut changed = Vec::new();
    let mut unchanged: usize = 0;
    for section in &mut shown.sections {
        let (noted, plain): (Vec<_>, Vec<_>) =
            std::mem::take(&mut section.answers).into_iter().partition(|answer| !answer.notes.is_empty());
        unchanged = unchanged.saturating_add(plain.len());
        section.answers = plain;
        if !noted.is_empty() {
            changed.push(Section { title: section.title.clone(), answers: noted });
        }
    }
    shown.sections.retain(|section| !section.answers.is_empty());
    (changed, words.count("console-unchanged-answers", unchanged))
}

pub(super) fn by_stage(photos: Vec<Photo>) -> (Vec<Photo>, Vec<Photo>, Vec<Photo>) {
    let (found, rest): (Vec<Photo>, Vec<Photo>) =
        photos.into_iter().partition(|photo| photo.stage == Stage::Found.as_str());
    let (left, other) = rest.into_iter().partition(|photo| photo.stage == Stage::Left.as_str());
    (found, left, other)
}

/// What a reviewer must not miss, in words.
pub(super) fn findings(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    loaded: &Loaded,
) -> Result<Vec<String>, Trouble> {
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
    found.extend(odd_answers(desk, read, people, loaded)?);
    let late = late_facts(read, loaded)?;
    if late > 0 {
        found.push(words.count("console-finding-late", late));
    }
    found.extend(attention::flag_sentences(read, words, people, loaded.visit.job)?);
    Ok(found)
}

/// Answers that do not keep to their form, or to which two people gave two answers. What an amendment says is a part of
/// the form only, so that later rounds are judged by what they changed.
fn odd_answers(desk: &Desk<'_>, read: &Read<'_>, people: &People, loaded: &Loaded) -> Result<Vec<String>, Trouble> {
    if loaded.leaves().iter().any(|document| !document.amends.is_empty()) {
        return Ok(Vec::new());
    }
    let words = &desk.words;
    let mut found = Vec::new();
    let sections = answers::draft(desk, read, people, loaded.row.id)?;
    for answer in sections.iter().flat_map(|section| &section.answers) {
        found.extend(answer.notes.iter().map(|note| {
            let variables = [("question", answer.question.as_str().into()), ("text", note.as_str().into())];
            words.with("console-remark-on", &variables)
        }));
    }
    Ok(found)
}

/// Facts that came after the signature: they stand outside the document.
fn late_facts(read: &Read<'_>, loaded: &Loaded) -> Result<usize, Trouble> {
    let mut late = 0_usize;
    for subject in loaded.subjects() {
        late = late.saturating_add(read.children_of::<PartUse>(subject)?.iter().filter(|(_, used)| used.late).count());
        late = late.saturating_add(read.children_of::<Charge>(subject)?.iter().filter(|(_, sum)| sum.late).count());
    }
    Ok(late)
}

/// What the amendments in force changed.
pub(super) fn changes(words: &Words, leaves: &[&Document]) -> Vec<(String, String, String)> {
    let nothing = words.t("voucher-change-nothing");
    let filled = |text: &str| if text.is_empty() { nothing.clone() } else { text.to_owned() };
    let amendments = leaves.iter().filter_map(|document| document.sealed.content.amendment.as_ref());
    let changes = amendments.flat_map(|amendment| &amendment.changes);
    changes.map(|change| (change.what.clone(), filled(&change.before), filled(&change.after))).collect()
}

/// Cited files that are not here, with the reason that is being written.
pub(super) fn missing(
    asked: &Asked,
    read: &Read<'_>,
    leaves: &[&Document],
) -> Result<Vec<(String, String, String)>, Trouble> {
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

/// The standard remarks that are offered, in the reader's language, by their words.
pub(super) fn standard_remarks(words: &Words, read: &Read<'_>) -> Result<Vec<(String, String)>, Trouble> {
    let rows = read.scope_of_kind(&Scope::reference("codes"), kind::CODE)?;
    let offered = rows.iter().filter_map(Code::of).filter(|code| code.list == code_list::REMARK && !code.archived);
    let mut codes: Vec<(String, String)> =
        offered.take(MOST_CODES).map(|code| (code.code, code.name.get(words.language()).to_owned())).collect();
    codes.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(codes)
}
