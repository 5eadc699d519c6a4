//! The form's part of the content: sections of numbered, relevant questions with their answers as people read them.

use std::collections::BTreeSet;

use countersign_forms::{PageEntry, PageView, QuestionKind, QuestionProblemCode, QuestionView};
use countersign_model::digest::Digest;
use countersign_model::document::{AnswerShown, SectionShown};
use countersign_texts::{Texts, Zone};

use super::cited;
use crate::app::filling::Filling;

/// The sections with their answers.
pub(super) fn sections(filling: &Filling, texts: &Texts) -> Vec<SectionShown> {
    let mut sections = Vec::new();
    for page in filling.fill.pages().iter().filter(|page| page.relevant) {
        let section = section(filling, texts, page, sections.len() + 1);
        if !section.answers.is_empty() {
            sections.push(section);
        }
    }
    sections
}

/// The texts of questions that are missing or do not fit, in the language of the filling. A question that names a file
/// which was lost is missing: the picture is to be taken again.
pub(super) fn missing(filling: &Filling, lost: &BTreeSet<Digest>) -> Vec<String> {
    let pages = filling.fill.pages();
    let asked = pages.iter().filter(|page| page.relevant).flat_map(asked);
    let lacking = asked.filter(|question| {
        let problem = question.problem.as_ref();
        problem.is_some_and(|problem| problem.code != QuestionProblemCode::Missing || question.required)
            || (question.kind.names_evidence() && cited(&question.value).iter().any(|file| lost.contains(file)))
    });
    lacking.map(|question| question.label.clone()).collect()
}

/// The questions of a page that a document prints.
fn asked(page: &PageView) -> impl Iterator<Item = &QuestionView> {
    page.entries
        .iter()
        .filter_map(|entry| match entry {
            PageEntry::Question { question, .. } => Some(question),
            _ => None,
        })
        .filter(|question| question.relevant && !matches!(question.kind, QuestionKind::Note | QuestionKind::Hidden))
}

fn section(filling: &Filling, texts: &Texts, page: &PageView, number: usize) -> SectionShown {
    let mut answers = Vec::new();
    for question in asked(page) {
        answers.push(answer(filling, texts, question, format!("{number}.{}", answers.len() + 1)));
    }
    let title = if page.title.is_empty() { filling.fill.form().title().to_owned() } else { page.title.clone() };
    SectionShown { title, answers }
}

fn answer(filling: &Filling, texts: &Texts, question: &QuestionView, number: String) -> AnswerShown {
    AnswerShown {
        number,
        reference: question.reference.clone(),
        question: question_text(question),
        value: question.value.clone(),
        display: display(texts, question),
        provenance: filling.provenance(&question.key, question.origin),
        media: if question.kind.names_evidence() { cited(&question.value) } else { Vec::new() },
    }
}

/// A question in a repeat says which item it is about, by the number in its reference.
fn question_text(question: &QuestionView) -> String {
    match question.reference.rsplit_once(']').and_then(|(before, _)| before.rsplit_once('[')) {
        Some((_, place)) => format!("{} [{place}]", question.label),
        None if !question.key.items.is_empty() => format!("{} [1]", question.label),
        None => question.label.clone(),
    }
}

/// The answer as a person reads it in this language.
pub(crate) fn display(texts: &Texts, question: &QuestionView) -> String {
    let value = question.value.as_str();
    match question.kind {
        _ if value.is_empty() => String::new(),
        QuestionKind::Integer | QuestionKind::Decimal => texts.number(value),
        QuestionKind::Date => day(value).map_or_else(|| value.to_owned(), |day| texts.date(day, &Zone::utc())),
        QuestionKind::Time => value.chars().take(5).collect(),
        QuestionKind::DateTime => moment(texts, value).unwrap_or_else(|| value.to_owned()),
        // The pages print the cited photos themselves.
        QuestionKind::Photo | QuestionKind::Signature => String::new(),
        _ => question.shown_value.clone(),
    }
}

/// In the offset in which it was given: the wall clock that the engineer saw.
fn moment(texts: &Texts, value: &str) -> Option<String> {
    let moment = chrono::DateTime::parse_from_rfc3339(value).ok()?;
    let zone = Zone::offset(moment.offset().local_minus_utc() / 60);
    Some(texts.date_time(moment.timestamp_millis(), &zone))
}

fn day(value: &str) -> Option<i64> {
    let date = chrono::NaiveDate::parse_from_str(value, "%Y-%m-%d").ok()?;
    Some(date.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
}
