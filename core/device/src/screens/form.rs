//! The form of a job: pages of questions with what is missing, where each answer came from, and what was kept.

use std::collections::BTreeMap;

use countersign_forms::{
    ACKNOWLEDGED, NodeKey, OptionView, PageEntry, QuestionKind, QuestionView, RepeatView, values_of,
};
use countersign_model::document::{Provenance, Stage};
use countersign_model::entity::Evidence;
use countersign_model::{Digest, Id};
use countersign_texts::Texts;
use serde::Serialize;

use super::scale::ScaleShown;
use super::{count, problem_text, revision};
use crate::app::content::person_name;
use crate::app::filling::Filling;
use crate::app::history::{LastAnswer, last_answers};
use crate::app::work::Work;
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
    /// Its name, such as `/data/points[018f…]/pressure`: what [`App::answer`] takes, and what a screen keeps, since it stays
    /// when another item of a repeat comes or goes.
    pub id: String,
    /// Its place among the items now, such as `/data/points[2]/pressure`: what a voucher and a remark of a review name.
    /// [`App::answer`] takes it as well.
    pub reference: String,
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
    /// Whether a rule of the form keeps a person from answering it.
    pub read_only: bool,
    /// Whether a person may give an answer, change it or take it back now: the question applies, no rule of the form keeps
    /// them from it, and the visit is not signed.
    pub may_answer: bool,
    /// Whether it has a place on its page; a value that the form sets by itself has none.
    pub has_place: bool,
    /// Whether its answer is a file.
    pub takes_file: bool,
    /// The value as stored; empty for none.
    pub value: String,
    /// The value as a person reads it.
    pub display: String,
    /// Digests of the files that answer it.
    pub files: Vec<Digest>,
    /// Files of the visit that may answer it, the oldest first ([`App::answer_with_file`]); a signature is drawn for its
    /// question.
    pub candidates: Vec<Id>,
    /// Where it came from; `None` without a value.
    pub provenance: Option<Provenance>,
    /// Where it came from in words; empty for what somebody typed, which needs none.
    pub from: String,
    /// What keeps it from being complete.
    pub problem: Option<String>,
    /// Whether there is an answer and it does not fit; one that is only missing is not wrong.
    pub wrong: bool,
    /// What can be chosen; for a text to be acknowledged the one thing that says so.
    pub options: Vec<OptionShown>,
    /// How many characters a field for it takes.
    pub longest: u32,
    /// Whether a text is written in several lines.
    pub multiline: bool,
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
    /// What was answered on the last visit of the machine, where it may be taken over and says something else: an answer
    /// with the provenance *copied* does it.
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
        id: String,
        /// Its title.
        title: String,
        /// How many items it has.
        count: u32,
        /// Whether a person may add and remove items now.
        can_change: bool,
        /// How deep it lies.
        depth: u32,
    },
    /// An item of a repeat begins.
    Item {
        /// What [`App::remove_item`] takes.
        id: String,
        /// Its title.
        title: String,
        /// 1 for the first.
        ordinal: u32,
        /// Whether a person may remove it now.
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
    /// How many of them do not apply now, apart from those without a place.
    pub hidden: u32,
    /// Groups, repeats, items and questions in the order in which they stand; only what applies now, save questions.
    pub entries: Vec<FormEntry>,
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
    /// Questions whose answer is missing or does not fit: their ids.
    pub missing: Vec<String>,
    /// Its pages.
    pub pages: Vec<FormPage>,
    /// Answers whose question is not in this form version, with their paths: kept and shown.
    pub orphans: Vec<OrphanShown>,
}

impl FormQuestion {
    /// Whether this is its id or its reference.
    pub fn is_called(&self, question: &str) -> bool {
        self.id == question || self.reference == question
    }
}

impl App {
    /// The form of a job in the person's language; `None` where the job has none.
    pub fn form_screen(&self, job: &str) -> Result<Option<FormScreen>, AppError> {
        let language = self.language()?;
        self.show(|rows| {
            let work = self.work(rows, job)?;
            let Some(filling) = self.filling(rows, &work, language)? else { return Ok(None) };
            let last = last_answers(rows, &work)?;
            let evidence = evidence_of(rows, &work)?;
            let filled = Filled {
                rows,
                filling: &filling,
                last: &last,
                locked: work.is_locked(),
                evidence: &evidence,
                texts: Texts::new(language),
            };
            form_screen(&filled).map(Some)
        })
    }

    /// Whether the form asks this question now. An answer that was not saved holds nobody up once nobody asks for it: its
    /// item was taken out, or another answer hid its question.
    pub fn asks(&self, job: &str, question: &str) -> Result<bool, AppError> {
        let form = self.form_screen(job)?;
        let pages = form.iter().flat_map(|form| &form.pages).filter(|page| page.relevant);
        Ok(pages.flat_map(|page| &page.questions).any(|asked| asked.is_called(question) && asked.relevant))
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

/// What the form of a job is drawn from.
struct Filled<'a> {
    rows: &'a Rows<'a>,
    filling: &'a Filling,
    last: &'a LastAnswers,
    /// Nothing of the visit can be changed now.
    locked: bool,
    /// Files of the visit, the oldest first.
    evidence: &'a [Id],
    texts: Texts,
}

/// The files of the visit and its amendments.
fn evidence_of(rows: &Rows<'_>, work: &Work) -> Result<Vec<Id>, AppError> {
    let mut found = Vec::new();
    for layer in work.layers(rows)? {
        found.extend(rows.children_of::<Evidence>(layer.id)?.into_iter().map(|(id, _)| id));
    }
    found.sort_unstable();
    Ok(found)
}

fn form_screen(filled: &Filled<'_>) -> Result<FormScreen, AppError> {
    let Filled { filling, locked, .. } = *filled;
    let progress = filling.fill.progress();
    let open = progress.missing.iter().chain(&progress.violated);
    let missing = open.filter_map(|key| filling.fill.name(key)).collect();
    let mut pages = Vec::new();
    for page in filling.fill.pages() {
        let mut questions = Vec::new();
        let mut entries = Vec::new();
        // Items stand directly behind their repeat, so the last one seen says whether they can go.
        let mut can_remove = false;
        for entry in page.entries {
            match entry {
                PageEntry::Question { question, depth } => {
                    entries.push(FormEntry::Question { index: count(questions.len()), depth: count(depth) });
                    questions.push(form_question(filled, question)?);
                }
                PageEntry::Group { title, depth, relevant: true, .. } if !title.is_empty() => {
                    entries.push(FormEntry::Group { title, depth: count(depth) });
                }
                PageEntry::Repeat { mut repeat, depth } if repeat.relevant => {
                    repeat.can_change &= !locked;
                    can_remove = repeat.can_change;
                    entries.push(repeat_entry(filling, repeat, depth));
                }
                PageEntry::Item { item, depth } if item.relevant => entries.push(FormEntry::Item {
                    id: item.name,
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
            hidden: count(questions.iter().filter(|asks| !asks.relevant && asks.has_place).count()),
            questions,
            entries,
        });
    }
    let title = filling.fill.form().title().to_owned();
    let (answered, total) = (count(progress.answered), count(progress.total));
    let orphans = filling.orphans.iter();
    let orphans =
        orphans.map(|orphan| OrphanShown { path: orphan.key.path.clone(), value: orphan.value.clone() }).collect();
    Ok(FormScreen { revision: revision(&pages), title, answered, total, missing, pages, orphans })
}

/// A repeat by the name under which an item is added: that of what is around it, then its own.
fn repeat_entry(filling: &Filling, repeat: RepeatView, depth: usize) -> FormEntry {
    let NodeKey { path, items } = repeat.key;
    let (parent, own) = path.rsplit_once('/').unwrap_or_default();
    let around = filling.fill.name(&NodeKey::within(parent, items));
    let id = around.map_or_else(|| path.clone(), |around| format!("{around}/{own}"));
    FormEntry::Repeat {
        id,
        title: repeat.title,
        count: count(repeat.count),
        can_change: repeat.can_change,
        depth: count(depth),
    }
}

fn form_question(filled: &Filled<'_>, view: QuestionView) -> Result<FormQuestion, AppError> {
    let Filled { filling, ref texts, .. } = *filled;
    let stored = filling.answers.get(&view.key);
    let kept = stored.map(|answer| answer.kept.as_slice()).unwrap_or_default();
    let kept: Result<Vec<KeptAnswer>, AppError> = kept
        .iter()
        .map(|kept| {
            let author = person_name(filled.rows, kept.author)?;
            Ok(KeptAnswer { value: kept.value.clone().unwrap_or_default(), author })
        })
        .collect();
    let provenance = (!view.value.is_empty()).then(|| filling.provenance(&view.key, view.origin));
    let takes_file = view.kind.names_evidence();
    let may_answer = view.relevant && !view.read_only && !filled.locked;
    let last = filled.last.get(&view.key).filter(|last| may_answer && !takes_file && last.value != view.value);
    let files = values_of(&view.value).filter(|_| takes_file).filter_map(|name| name.parse().ok()).collect();
    let is_chosen = takes_file && may_answer && view.kind != QuestionKind::Signature;
    let problem = view.problem.as_ref().filter(|_| view.relevant).map(|problem| problem_text(texts, problem));
    Ok(FormQuestion {
        last: last.map(|last| shown_last(texts, &view, last)),
        display: match takes_file {
            true => view.value.clone(),
            false => crate::app::content::display(texts, &view),
        },
        wrong: problem.is_some() && !view.value.is_empty(),
        problem,
        stage: stage_of(&view.reference),
        from: from(texts, provenance.as_ref()),
        options: options(texts, &view),
        longest: count(view.kind.longest()),
        multiline: view.kind == QuestionKind::Text
            && view.appearance.split_whitespace().any(|word| word == "multiline"),
        has_place: view.kind != QuestionKind::Hidden,
        id: view.name,
        reference: view.reference,
        label: view.label,
        hint: view.hint,
        kind: view.kind.word().to_owned(),
        required: view.required,
        relevant: view.relevant,
        read_only: view.read_only,
        value: view.value,
        appearance: view.appearance,
        scale: view.scale.map(ScaleShown::from),
        seen: stored.map(|answer| answer.current.command),
        kept: kept?,
        may_answer,
        takes_file,
        files,
        candidates: if is_chosen { filled.evidence.to_vec() } else { Vec::new() },
        provenance,
    })
}

fn options(texts: &Texts, view: &QuestionView) -> Vec<OptionShown> {
    if view.kind == QuestionKind::Acknowledge {
        return vec![OptionShown { value: ACKNOWLEDGED.to_owned(), label: texts.get("laptop-acknowledge") }];
    }
    let option = |option: &OptionView| OptionShown { value: option.value.clone(), label: option.label.clone() };
    view.options.iter().map(option).collect()
}

/// What the reader typed a moment ago needs no word about where it came from.
fn from(texts: &Texts, provenance: Option<&Provenance>) -> String {
    match provenance {
        None | Some(Provenance::Typed) => String::new(),
        Some(provenance) => texts.word("provenance", provenance.as_str()),
    }
}

/// Forms name the questions of photos after the stage.
pub(crate) fn stage_of(reference: &str) -> Stage {
    match reference {
        found if found.ends_with("as_found") => Stage::Found,
        left if left.ends_with("as_left") => Stage::Left,
        _ => Stage::Neither,
    }
}

/// Shown as the same question shows it now: options by their labels, where they are still offered.
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
