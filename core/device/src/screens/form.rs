//! The form of a job: pages of questions with what is missing, where each answer came from, and what was kept.

use std::collections::BTreeMap;

use countersign_forms::{NodeKey, PageEntry, QuestionView, RepeatView};
use countersign_model::Id;
use countersign_model::document::{Provenance, Stage};
use countersign_model::language::Language;
use countersign_texts::Texts;
use serde::Serialize;

use super::{count, problem_text, revision};
use crate::app::content::person_name;
use crate::app::filling::Filling;
use crate::app::history::{LastAnswer, last_answers};
use crate::app::{App, AppError};
use crate::store::Rows;

/// A value that lost against a later one; nothing is thrown away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptAnswer {
    /// The value.
    pub value: String,
    /// Who gave it.
    pub author: String,
}

/// What was answered on the last visit of the machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastAnswerShown {
    /// The value as stored.
    pub value: String,
    /// The value as a person reads it.
    pub display: String,
    /// The voucher's number of that visit.
    pub number: String,
    /// When that visit was, milliseconds since 1970; `None` where unknown.
    pub at: Option<i64>,
}

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OptionShown {
    /// The value as stored.
    pub value: String,
    /// What a person reads.
    pub label: String,
}

/// A scale of numbers, exact decimals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScaleShown {
    /// The first mark.
    pub start: String,
    /// The last mark.
    pub end: String,
    /// From one mark to the next.
    pub step: String,
}

/// A repeat to which a person may add items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RepeatShown {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
}

/// An answer whose question a newer version of the form does not have; kept and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OrphanShown {
    /// The question's path.
    pub path: String,
    /// The value as stored; empty for none.
    pub value: String,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormQuestion {
    /// Its instance, such as `/data/points[2]/pressure`.
    pub id: String,
    /// The question.
    pub label: String,
    /// More about it.
    pub hint: String,
    /// The kind of answer: `text`, `integer`, `select_one`, `photo`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether an answer is needed.
    pub required: bool,
    /// Whether it applies now.
    pub relevant: bool,
    /// Whether a person can answer it now.
    pub read_only: bool,
    /// The value as stored; empty for none.
    pub value: String,
    /// The value as a person reads it.
    pub display: String,
    /// Where it came from; `None` without a value.
    pub provenance: Option<Provenance>,
    /// What keeps it from being complete.
    pub problem: Option<String>,
    /// What can be chosen.
    pub options: Vec<OptionShown>,
    /// How the form wants it to look, such as `multiline`; empty for nothing.
    pub appearance: String,
    /// For a number on a scale.
    pub scale: Option<ScaleShown>,
    /// What a photo for it is at first; the person may say otherwise.
    pub stage: Stage,
    /// The command that set what is shown.
    pub seen: Option<Id>,
    /// Values that lost against it.
    pub kept: Vec<KeptAnswer>,
    /// What was answered on the last visit of the machine; `App::copy_last_answer` takes it over.
    pub last: Option<LastAnswerShown>,
}

/// What stands on a page, in document order. `depth` is 0 on the page itself and grows in each group and item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum FormEntry {
    /// A titled group begins.
    Group {
        /// Its title.
        title: String,
        /// How deep it lies.
        depth: u32,
    },
    /// A repeat begins; its items follow, if any.
    Repeat {
        /// What [`App::add_item`] takes.
        reference: String,
        /// Its title.
        title: String,
        /// How many items it has.
        count: u32,
        /// Whether a person may add and remove items.
        can_change: bool,
        /// How deep it lies.
        depth: u32,
    },
    /// An item of a repeat begins.
    Item {
        /// What [`App::remove_item`] takes.
        reference: String,
        /// Its title.
        title: String,
        /// 1 for the first.
        ordinal: u32,
        /// Whether a person may remove it.
        can_remove: bool,
        /// How deep it lies.
        depth: u32,
    },
    /// A question.
    Question {
        /// Its place among the page's questions.
        index: u32,
        /// How deep it lies.
        depth: u32,
    },
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormPage {
    /// Its path.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it applies now.
    pub relevant: bool,
    /// Questions with a value.
    pub answered: u32,
    /// All questions.
    pub total: u32,
    /// Whether nothing on it keeps the visit from being signed.
    pub complete: bool,
    /// Its questions.
    pub questions: Vec<FormQuestion>,
    /// Groups, repeats, items and questions in the order in which they stand; only what applies now, save questions.
    pub entries: Vec<FormEntry>,
    /// Repeats on the page that take another item: path and title.
    pub repeats: Vec<RepeatShown>,
}

/// The form of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormScreen {
    /// Equal as long as nothing changed.
    pub revision: u64,
    /// The form's title.
    pub title: String,
    /// Questions with a value.
    pub answered: u32,
    /// All questions.
    pub total: u32,
    /// Instances that are missing or do not fit.
    pub missing: Vec<String>,
    /// Its pages.
    pub pages: Vec<FormPage>,
    /// Answers whose question is not in this form version, with their paths: kept and shown.
    pub orphans: Vec<OrphanShown>,
}

impl App {
    /// The form of a job in the person's language; `None` where the job has none.
    pub fn form_screen(&self, job: &str) -> Result<Option<FormScreen>, AppError> {
        let language = self.language()?;
        self.show(|rows| {
            let work = self.work(rows, job)?;
            let Some(filling) = self.filling(rows, &work, language)? else { return Ok(None) };
            let last = last_answers(rows, &work)?;
            form_screen(rows, &filling, &last, language).map(Some)
        })
    }

    /// Why a question is hidden, required, read-only or does not fit: the rules and the values they looked at.
    pub fn why(&self, job: &str, question: &str) -> Result<Option<countersign_forms::Why>, AppError> {
        self.check_lease()?;
        let (_, filling) = self.open_form(job, self.language()?)?;
        let key =
            filling.fill.find(question).ok_or(AppError::NotFound { what: "question", name: question.to_owned() })?;
        Ok(filling.fill.why(&key))
    }
}

type LastAnswers = BTreeMap<NodeKey, LastAnswer>;

fn form_screen(
    rows: &Rows<'_>,
    filling: &Filling,
    last: &LastAnswers,
    language: Language,
) -> Result<FormScreen, AppError> {
    let texts = Texts::new(language);
    let progress = filling.fill.progress();
    let open = progress.missing.iter().chain(&progress.violated);
    let missing = open.filter_map(|key| filling.fill.reference(key)).collect();
    let mut pages = Vec::new();
    for page in filling.fill.pages() {
        let mut questions = Vec::new();
        let mut repeats = Vec::new();
        let mut entries = Vec::new();
        // Items stand directly behind their repeat, so the last one seen says whether they can go.
        let mut can_remove = false;
        for entry in page.entries {
            match entry {
                PageEntry::Question { question, depth } => {
                    entries.push(FormEntry::Question { index: count(questions.len()), depth: count(depth) });
                    questions.push(form_question(rows, filling, last, &texts, question)?);
                }
                PageEntry::Group { title, depth, relevant: true, .. } if !title.is_empty() => {
                    entries.push(FormEntry::Group { title, depth: count(depth) });
                }
                PageEntry::Repeat { repeat, depth } if repeat.relevant => {
                    can_remove = repeat.can_change;
                    if repeat.can_change {
                        repeats.push(RepeatShown { path: repeat.key.path.clone(), title: repeat.title.clone() });
                    }
                    entries.push(repeat_entry(filling, repeat, depth));
                }
                PageEntry::Item { item, depth } if item.relevant => entries.push(FormEntry::Item {
                    reference: item.reference,
                    title: item.title,
                    ordinal: count(item.ordinal),
                    can_remove,
                    depth: count(depth),
                }),
                _ => {}
            }
        }
        let (answered, total) = (count(page.progress.answered), count(page.progress.total));
        pages.push(FormPage {
            id: page.path,
            title: page.title,
            relevant: page.relevant,
            answered,
            total,
            complete: questions.iter().all(|asks| !asks.relevant || asks.problem.is_none()),
            questions,
            entries,
            repeats,
        });
    }
    let title = filling.fill.form().title().to_owned();
    let (answered, total) = (count(progress.answered), count(progress.total));
    let orphans = filling.orphans.iter();
    let orphans =
        orphans.map(|orphan| OrphanShown { path: orphan.key.path.clone(), value: orphan.value.clone() }).collect();
    Ok(FormScreen { revision: revision(&pages), title, answered, total, missing, pages, orphans })
}

/// A repeat by the reference under which an item is added: that of the item around it, then its own name.
fn repeat_entry(filling: &Filling, repeat: RepeatView, depth: usize) -> FormEntry {
    let name = repeat.key.path.rsplit('/').next().unwrap_or_default();
    let around = repeat
        .key
        .path
        .rsplit_once('/')
        .map(|(parent, _)| NodeKey { path: parent.to_owned(), items: repeat.key.items.clone() });
    let around = around.and_then(|key| filling.fill.reference(&key));
    let reference = around.map_or_else(|| repeat.key.path.clone(), |around| format!("{around}/{name}"));
    let RepeatView { title, can_change, .. } = repeat;
    FormEntry::Repeat { reference, title, count: count(repeat.count), can_change, depth: count(depth) }
}

fn form_question(
    rows: &Rows<'_>,
    filling: &Filling,
    last: &LastAnswers,
    texts: &Texts,
    view: QuestionView,
) -> Result<FormQuestion, AppError> {
    let stored = filling.answers.get(&view.key);
    let kept = stored.map(|answer| answer.kept.as_slice()).unwrap_or_default();
    let kept: Result<Vec<KeptAnswer>, AppError> = kept
        .iter()
        .map(|kept| {
            let author = person_name(rows, kept.author)?;
            Ok(KeptAnswer { value: kept.value.clone().unwrap_or_default(), author })
        })
        .collect();
    let provenance = (!view.value.is_empty()).then(|| filling.provenance(&view.key, view.origin));
    let reference = view.reference.clone();
    let last = last.get(&view.key).filter(|_| !view.kind.names_evidence() && !view.read_only);
    Ok(FormQuestion {
        last: last.map(|last| shown_last(texts, &view, last)),
        display: if view.kind.names_evidence() {
            view.value.clone()
        } else {
            crate::app::content::display(texts, &view)
        },
        problem: view.problem.as_ref().filter(|_| view.relevant).map(|problem| problem_text(texts, problem)),
        id: view.reference,
        label: view.label,
        hint: view.hint,
        kind: view.kind.word().to_owned(),
        required: view.required,
        relevant: view.relevant,
        read_only: view.read_only,
        value: view.value,
        provenance,
        options: view
            .options
            .into_iter()
            .map(|option| OptionShown { value: option.value, label: option.label })
            .collect(),
        appearance: view.appearance,
        stage: stage_of(&reference),
        scale: view.scale.map(|scale| ScaleShown { start: scale.start, end: scale.end, step: scale.step }),
        seen: stored.map(|answer| answer.current.command),
        kept: kept?,
    })
}

/// Shown as the same question shows it now: options by their labels, where they are still offered.
/// Forms name the questions of photos after the stage.
fn stage_of(reference: &str) -> Stage {
    match reference {
        found if found.ends_with("as_found") => Stage::Found,
        left if left.ends_with("as_left") => Stage::Left,
        _ => Stage::Neither,
    }
}

fn shown_last(texts: &Texts, view: &QuestionView, last: &LastAnswer) -> LastAnswerShown {
    let label = |value: &str| {
        let option = view.options.iter().find(|option| option.value == value);
        option.map_or_else(|| value.to_owned(), |option| option.label.clone())
    };
    let shown_value = match view.options.is_empty() {
        true => last.value.clone(),
        false => last.value.split_whitespace().map(label).collect::<Vec<_>>().join(", "),
    };
    let then = QuestionView { value: last.value.clone(), shown_value, ..view.clone() };
    LastAnswerShown {
        display: crate::app::content::display(texts, &then),
        value: last.value.clone(),
        number: last.number.clone(),
        at: last.at,
    }
}
