//! Answers on the page: of a sealed document as they were signed, of a draft as they stand, each with where it came
//! from, and what changed since the round before.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};
use countersign_forms::{Environment, Fill, Form, ItemId, NodeKey, QuestionInfo, QuestionView, Saved};
use countersign_model::command::Command;
use countersign_model::document::{AnswerShown, Content, Provenance};
use countersign_model::entity::{Answer, Fill as FillRecord, InstanceKey, Item};
use countersign_model::payload::{AnswerSet, Payload};
use countersign_model::{Digest, Id};

use super::desk::Desk;
use super::evidence::without_places;
use super::sent::sent;
use super::trouble::Trouble;
use super::visible::People;
use super::words::Words;
use crate::store::Read;

/// A titled run of answers.
pub(crate) struct Section {
    pub title: String,
    pub answers: Vec<Shown>,
}

/// One question with its answer.
pub(crate) struct Shown {
    pub reference: String,
    /// The reference as an HTML id.
    pub slug: String,
    pub number: String,
    pub question: String,
    pub value: String,
    /// Whether there is a value.
    pub answered: bool,
    pub provenance: String,
    /// What a reviewer should notice: changed, in conflict, a problem.
    pub notes: Vec<String>,
    /// A remark being written, when a review's form is shown again.
    pub remark: String,
    /// Question and answer as they were signed, where the reader's language is another; empty for none.
    pub signed: String,
    /// The standard remark that was picked for it; empty for none.
    pub code: String,
}

impl Shown {
    fn new(reference: &str, number: &str, question: &str, value: String, provenance: String) -> Shown {
        let slug: String = reference.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        Shown {
            reference: reference.to_owned(),
            slug,
            number: number.to_owned(),
            question: question.to_owned(),
            answered: true,
            value,
            provenance,
            notes: Vec::new(),
            remark: String::new(),
            signed: String::new(),
            code: String::new(),
        }
    }
}

fn provenance_text(words: &Words, provenance: &Provenance) -> String {
    match provenance {
        // The usual case needs no word.
        Provenance::Typed => String::new(),
        other => words.texts.word("provenance", other.as_str()),
    }
}

/// The answers of a signed document; `before` are those of the documents that it amends.
pub(crate) fn sealed(words: &Words, content: &Content, before: &[&Content]) -> Vec<Section> {
    let mut earlier: BTreeMap<&str, &str> = BTreeMap::new();
    for answer in before.iter().flat_map(|content| &content.sections).flat_map(|section| &section.answers) {
        earlier.insert(&answer.reference, &answer.display);
    }
    let none = words.t("voucher-no-answer");
    let show = |text: &str| if text.is_empty() { none.clone() } else { text.to_owned() };
    let mut sections = Vec::with_capacity(content.sections.len());
    for section in &content.sections {
        let mut answers = Vec::with_capacity(section.answers.len());
        for answer in &section.answers {
            let provenance = provenance_text(words, &answer.provenance);
            // A photo's answer is a hash: the photo itself stands beside.
            let value = match answer.media.len() {
                0 => show(&answer.display),
                count => words.count("console-photos-count", count),
            };
            let mut shown = Shown::new(&answer.reference, &answer.number, &answer.question, value, provenance);
            shown.answered = !answer.display.is_empty() || !answer.media.is_empty();
            let was = earlier.get(answer.reference.as_str());
            match was {
                Some(was) if *was != answer.display && answer.media.is_empty() => {
                    shown.notes.push(words.of("console-was", "before", &show(was)));
                }
                Some(was) if *was != answer.display => shown.notes.push(words.t("console-photo-changed")),
                None if !before.is_empty() => shown.notes.push(words.t("console-newly-asked")),
                _ => {}
            }
            answers.push(shown);
        }
        sections.push(Section { title: section.title.clone(), answers });
    }
    sections
}

/// Puts a signed document's questions, sections and options into the reader's language by the form's translations. What
/// was signed stands beside each; what a person wrote stays as it is and is marked.
pub(crate) fn read_in_own_language(words: &Words, sections: &mut [Section], content: &Content, form: &Form) {
    let by_path = |language: &str| -> BTreeMap<String, QuestionInfo> {
        form.questions(language).into_iter().map(|question| (question.path.clone(), question)).collect()
    };
    let (signed, own) = (by_path(content.language.tag()), by_path(words.language().tag()));
    let stored: BTreeMap<&str, &AnswerShown> =
        content.sections.iter().flat_map(|section| &section.answers).map(|a| (a.reference.as_str(), a)).collect();
    let language = words.t(&format!("language-{}", content.language.tag()));
    for section in sections {
        for shown in &mut section.answers {
            let path = without_places(&shown.reference);
            let (Some(before), Some(after)) = (signed.get(&path), own.get(&path)) else { continue };
            let last = |question: &QuestionInfo| question.groups.last().cloned().unwrap_or_default();
            if !after.groups.is_empty() && (section.title == last(before) || section.title == before.groups.join(" · "))
            {
                section.title = if section.title == last(before) { last(after) } else { after.groups.join(" · ") };
            }
            let Some(answer) = stored.get(shown.reference.as_str()) else { continue };
            let original = match shown.answered && answer.media.is_empty() {
                true => words.with(
                    "console-signed-answer",
                    &[("question", shown.question.clone().into()), ("answer", shown.value.clone().into())],
                ),
                false => shown.question.clone(),
            };
            // A label that depends on answers is longer than what the form alone says: it stays as it was signed.
            if before.label == shown.question && !after.label.is_empty() {
                shown.question.clone_from(&after.label);
            }
            match option_labels(after, &answer.value) {
                Some(labels) if shown.answered => shown.value = labels,
                None if shown.answered && before.kind.word() == "text" => {
                    shown.notes.push(words.of("console-as-written", "language", &language));
                }
                _ => {}
            }
            shown.signed = words.with("console-as-signed", &[("text", original.into())]);
        }
    }
}

/// The labels of the chosen options; `None` for a question without listed options.
fn option_labels(question: &QuestionInfo, value: &str) -> Option<String> {
    let choices = question.choices.as_ref()?;
    let label = |chosen: &str| {
        let option = choices.iter().find(|option| option.value == chosen && !option.label.is_empty());
        option.map_or_else(|| chosen.to_owned(), |option| option.label.clone())
    };
    let labels: Vec<String> = value.split_whitespace().map(label).collect();
    Some(labels.join(" · "))
}

/// The answers of a draft: computed by the form from what was sent so far. Hidden questions are left out.
pub(crate) fn draft(desk: &Desk<'_>, read: &Read<'_>, people: &People, subject: Id) -> Result<Vec<Section>, Trouble> {
    let mut sections = Vec::new();
    for (row, fill) in read.children_of::<FillRecord>(subject)? {
        let answers = read.children_of::<Answer>(row.id)?;
        let Some(form) = form_of(desk, read, fill.form)? else {
            sections.push(without_form(&desk.words, people, &answers.into_iter().map(|(_, a)| a).collect::<Vec<_>>()));
            continue;
        };
        let items = read.children_of::<Item>(row.id)?;
        let answers: Vec<Answer> = answers.into_iter().map(|(_, answer)| answer).collect();
        let questions =
            computed(desk, &form, row.id, &answers, &items.into_iter().map(|(r, i)| (r.id, i)).collect::<Vec<_>>());
        sections.extend(of_questions(&desk.words, people, &questions, &answers));
    }
    Ok(sections)
}

/// What an answer that was sent says, as its form words it: the question, and the value as a person reads it. It needs no
/// record of the answer, since one that is held back or was refused left none. `None` where the form is not here.
pub(crate) fn worded(desk: &Desk<'_>, read: &Read<'_>, set: &AnswerSet) -> Result<Option<(String, String)>, Trouble> {
    let Some(form) = form_of(desk, read, set.form)? else { return Ok(None) };
    let questions = form.questions(desk.words.language().tag());
    let asked = questions.into_iter().find(|question| question.path == set.instance.path && !question.label.is_empty());
    let value = set.value.clone().unwrap_or_default();
    Ok(asked.map(|question| (question.label.clone(), option_labels(&question, &value).unwrap_or(value))))
}

/// What a command asked for, field by field; an answer with the words of its form.
pub(crate) fn sent_words(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    command: &Command,
) -> Result<Vec<(String, String)>, Trouble> {
    let mut facts = sent(read, &desk.words, people, &command.kind, &command.payload)?;
    if let Ok(Payload::AnswerSet(set)) = command.parse()
        && let Some((question, value)) = worded(desk, read, &set)?
    {
        for (_, fact) in &mut facts {
            if *fact == set.instance.path {
                fact.clone_from(&question);
            } else if set.value.as_ref() == Some(fact) {
                fact.clone_from(&value);
            }
        }
    }
    Ok(facts)
}

pub(crate) fn form_of(desk: &Desk<'_>, read: &Read<'_>, sha256: Digest) -> Result<Option<Form>, Trouble> {
    let inner = &desk.hub().inner;
    Ok(inner.forms.get(read, &inner.blobs, inner.tenant, sha256)?)
}

fn item_id(id: Id) -> ItemId {
    ItemId::from_bytes(*id.bytes())
}

fn node_key(key: &InstanceKey) -> NodeKey {
    NodeKey { path: key.path.clone(), items: key.items.iter().copied().map(item_id).collect() }
}

fn computed(desk: &Desk<'_>, form: &Form, fill: Id, answers: &[Answer], items: &[(Id, Item)]) -> Vec<QuestionView> {
    let environment = Environment {
        job: serde_json::Value::Object(serde_json::Map::new()),
        language: desk.words.language().tag().to_owned(),
        now: DateTime::<Utc>::from_timestamp_millis(desk.now).unwrap_or_default().with_timezone(&utc()),
        fill: *fill.bytes(),
    };
    let mut ordered: Vec<&(Id, Item)> = items.iter().collect();
    // Items around others come first, then their places among siblings.
    ordered.sort_by_key(|(id, item)| (item.around.len(), item.place, *id));
    let key = |id: &Id, item: &Item| NodeKey {
        path: item.repeat.clone(),
        items: item.around.iter().chain(std::iter::once(id)).copied().map(item_id).collect(),
    };
    let (removed, added): (Vec<_>, Vec<_>) = ordered.into_iter().partition(|(_, item)| item.removed);
    let values = answers
        .iter()
        .filter_map(|answer| answer.current.value.as_ref().map(|value| (node_key(&answer.instance), value.clone())));
    let saved = Saved {
        added: added.iter().map(|(id, item)| key(id, item)).collect(),
        removed: removed.iter().map(|(id, item)| key(id, item)).collect(),
        answers: values.collect(),
    };
    Fill::restore(form, &environment, &saved).0.questions()
}

fn utc() -> FixedOffset {
    // An offset of zero exists; the fallback is never reached.
    FixedOffset::east_opt(0).unwrap_or_else(|| DateTime::<Utc>::default().fixed_offset().timezone())
}

fn of_questions(words: &Words, people: &People, questions: &[QuestionView], answers: &[Answer]) -> Vec<Section> {
    let by_key: BTreeMap<NodeKey, &Answer> =
        answers.iter().map(|answer| (node_key(&answer.instance), answer)).collect();
    let mut sections: Vec<Section> = Vec::new();
    for question in questions.iter().filter(|question| question.relevant && question.kind.word() != "note") {
        let title = question.groups.join(" · ");
        let answer = by_key.get(&question.key);
        let mut provenance = answer.map(|a| provenance_text(words, &a.current.provenance)).unwrap_or_default();
        if answer.is_none() && !question.value.is_empty() {
            provenance = words.texts.word("provenance", "calculated");
        }
        let value = match (question.value.is_empty(), question.kind.names_evidence()) {
            (true, _) => words.t("voucher-no-answer"),
            (false, true) => words.count("console-photos-count", question.value.split(' ').count()),
            (false, false) => question.shown_value.clone(),
        };
        let mut shown = Shown::new(&question.reference, "", &question.label, value, provenance);
        shown.answered = !question.value.is_empty();
        shown.notes.extend(conflict_notes(words, people, answer.copied()));
        if let Some(problem) = question.problem.as_ref().and_then(|problem| problem.message.clone()) {
            shown.notes.push(problem);
        }
        match sections.last_mut().filter(|section| section.title == title) {
            Some(section) => section.answers.push(shown),
            None => sections.push(Section { title, answers: vec![shown] }),
        }
    }
    sections
}

/// The values that lost against a later one are kept and said.
fn conflict_notes(words: &Words, people: &People, answer: Option<&Answer>) -> Vec<String> {
    let kept = answer.map(|answer| answer.kept.as_slice()).unwrap_or_default();
    let note = |value: &countersign_model::entity::AnswerValue| {
        let text = value.value.clone().unwrap_or_else(|| words.t("voucher-no-answer"));
        let name = people.name(value.author);
        words.with("console-also-answered", &[("name", name.into()), ("value", text.into())])
    };
    kept.iter().map(note).collect()
}

/// A form that has not reached the office yet: the answers under their paths rather than nothing.
fn without_form(words: &Words, people: &People, answers: &[Answer]) -> Section {
    let mut shown: Vec<Shown> = answers
        .iter()
        .map(|answer| {
            let path = &answer.instance.path;
            let value = answer.current.value.clone().unwrap_or_else(|| words.t("voucher-no-answer"));
            let mut row = Shown::new(path, "", path, value, provenance_text(words, &answer.current.provenance));
            row.notes = conflict_notes(words, people, Some(answer));
            row
        })
        .collect();
    shown.sort_by(|a, b| a.reference.cmp(&b.reference));
    Section { title: words.t("console-form-not-here"), answers: shown }
}
