//! Answers and repeat items, by the reference that a screen shows.

use countersign_forms::{AnswerProblem, ItemId, ItemProblem, NodeKey};
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::Provenance;
use countersign_model::payload::{AnswerSet, ItemChange, Payload};
use countersign_model::{Id, Language};

use super::filling::{Filling, SERVICE, instance_key, item_id};
use super::work::{Work, not_found};
use super::{App, AppError};
use crate::store::Draft;

/// What an answer led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerGiven {
    /// The question's reference.
    pub reference: String,
    /// The value as it was saved.
    pub value: String,
    /// What keeps it from being complete, in the person's language; the answer is saved all the same.
    pub problem: Option<String>,
}

impl App {
    /// Saves an answer. `question` is the id of the question, its reference such as `/data/points[2]/pressure`, or a last
    /// name where that is unique. A value that is not of the question's type is refused; one that breaks a constraint is
    /// saved and shown. What is *copied* is the answer of the machine's last visit, whatever value comes along.
    pub fn answer(
        &self,
        job: &str,
        question: &str,
        value: &str,
        provenance: Provenance,
    ) -> Result<AnswerGiven, AppError> {
        match provenance {
            Provenance::Copied => self.copy_last_answer(job, question),
            other => self.save_answer(job, question, value, other),
        }
    }

    /// Saves an answer that came from wherever it says.
    pub(super) fn save_answer(
        &self,
        job: &str,
        question: &str,
        value: &str,
        provenance: Provenance,
    ) -> Result<AnswerGiven, AppError> {
        let language = self.language()?;
        let (work, mut filling) = self.open_form(job, language)?;
        let mut drafts = Vec::new();
        let key = match self.find_or_add(&work, &mut filling, question, &mut drafts)? {
            Some(key) => key,
            None => return Err(not_found("question", question)),
        };
        filling.fill.set(&key, value).map_err(|problem| answer_error(&key, &problem))?;
        let saved = filling.fill.value(&key).unwrap_or(value).to_owned();
        drafts.extend(self.defaults(&work, &filling)?);
        let seen = filling.answers.get(&key).map(|answer| answer.current.command);
        let set = answer_set(&work, &filling, &key, &saved, provenance);
        drafts.push(self.draft(work.lane(), seen, set)?);
        self.submit_all(&drafts)?;
        let shown = filling.fill.question(&key);
        let texts = countersign_texts::Texts::new(language);
        let problem =
            shown.and_then(|shown| shown.problem).map(|problem| crate::screens::problem_text(&texts, &problem));
        let reference = filling.fill.reference(&key).unwrap_or_else(|| key.path.clone());
        Ok(AnswerGiven { reference, value: saved, problem })
    }

    /// Adds an item to a repeat and returns its id.
    pub fn add_item(&self, job: &str, repeat: &str) -> Result<String, AppError> {
        let (work, mut filling) = self.open_form(job, self.language()?)?;
        let key = filling.fill.find_repeat(repeat).ok_or_else(|| not_found("question", repeat))?;
        let mut drafts = Vec::new();
        let item = self.add_to(&work, &mut filling, &key, &mut drafts)?;
        self.submit_all(&drafts)?;
        Ok(filling.fill.name(&item).unwrap_or_else(|| item.path.clone()))
    }

    /// Takes an item out of its repeat.
    pub fn remove_item(&self, job: &str, item: &str) -> Result<(), AppError> {
        let (work, mut filling) = self.open_form(job, self.language()?)?;
        let key = filling.fill.find(item).ok_or_else(|| not_found("question", item))?;
        filling.fill.remove_item(&key).map_err(|problem| item_error(&problem))?;
        let (own, around) = split(&key).ok_or_else(|| not_found("question", item))?;
        let payload = Payload::ItemRemove(item_change(&work, &filling, &key, around, own, 0));
        self.submit_all(&[self.draft(work.lane(), None, payload)?])
    }

    pub(crate) fn open_form(&self, job: &str, language: Language) -> Result<(Work, Filling), AppError> {
        self.read(|rows| {
            let work = self.work(rows, job)?;
            let filling = self.filling(rows, &work, language)?;
            let filling = filling.ok_or_else(|| AppError::Input { why: "this job has no form to fill".to_owned() })?;
            Ok((work, filling))
        })
    }

    /// Finds a question; an answer to the first question of the next item of a repeat adds the item.
    fn find_or_add(
        &self,
        work: &Work,
        filling: &mut Filling,
        question: &str,
        drafts: &mut Vec<Draft>,
    ) -> Result<Option<NodeKey>, AppError> {
        if let Some(key) = find(filling, question) {
            return Ok(Some(key));
        }
        let Some((repeat, place)) = next_item(question) else { return Ok(None) };
        let Some(key) = filling.fill.find_repeat(&repeat) else { return Ok(None) };
        if filling.fill.find(&format!("{repeat}[{place}]")).is_some() {
            return Ok(None);
        }
        let before = place.saturating_sub(1);
        if before > 0 && filling.fill.find(&format!("{repeat}[{before}]")).is_none() {
            return Ok(None);
        }
        self.add_to(work, filling, &key, drafts)?;
        Ok(find(filling, question))
    }

    fn add_to(
        &self,
        work: &Work,
        filling: &mut Filling,
        repeat: &NodeKey,
        drafts: &mut Vec<Draft>,
    ) -> Result<NodeKey, AppError> {
        let id = self.new_id()?;
        let item = ItemId::from_bytes(*id.bytes());
        filling.fill.add_item(&repeat.path, &repeat.items, item.clone()).map_err(|problem| item_error(&problem))?;
        let mut items = repeat.items.clone();
        items.push(item);
        let key = NodeKey::within(&repeat.path, items);
        let around = repeat.items.iter().filter_map(item_id).collect();
        let place = i64::try_from(drafts.len()).unwrap_or(0).saturating_add(self.now());
        let payload = Payload::ItemAdd(item_change(work, filling, &key, around, id, place));
        drafts.push(self.draft(work.lane(), None, payload)?);
        Ok(key)
    }

    /// Values that the form itself put there, which become answers with provenance *default* when the fill begins.
    fn defaults(&self, work: &Work, filling: &Filling) -> Result<Vec<Draft>, AppError> {
        let mut drafts = Vec::new();
        for default in filling.fill.defaults() {
            if !filling.answers.contains_key(&default.key) {
                let set = answer_set(work, filling, &default.key, &default.value, Provenance::Default);
                drafts.push(self.draft(work.lane(), None, set)?);
            }
        }
        Ok(drafts)
    }
}

fn answer_set(work: &Work, filling: &Filling, key: &NodeKey, value: &str, provenance: Provenance) -> Payload {
    Payload::AnswerSet(AnswerSet {
        subject: work.subject(),
        form: filling.sha256,
        purpose: SERVICE.to_owned(),
        instance: instance_key(key),
        value: (!value.is_empty()).then(|| value.to_owned()),
        provenance,
    })
}

fn item_change(work: &Work, filling: &Filling, key: &NodeKey, around: Vec<Id>, item: Id, place: i64) -> ItemChange {
    ItemChange {
        subject: work.subject(),
        form: filling.sha256,
        purpose: SERVICE.to_owned(),
        repeat: key.path.clone(),
        around,
        item,
        place,
    }
}

/// The item's own id and those around it.
fn split(key: &NodeKey) -> Option<(Id, Vec<Id>)> {
    let (own, around) = key.items.split_last()?;
    Some((item_id(own)?, around.iter().filter_map(item_id).collect()))
}

/// By reference, or by last name where only one question has it.
pub(crate) fn find(filling: &Filling, question: &str) -> Option<NodeKey> {
    if question.starts_with('/') {
        return filling.fill.find(question);
    }
    let named = |reference: &str| reference.rsplit('/').next() == Some(question);
    let mut hits = filling.fill.questions().into_iter().filter(|view| named(&view.reference));
    let first = hits.next()?;
    // A repeat's first item and its siblings share a name: that is ambiguous, and a reference is needed.
    hits.next().is_none().then_some(first.key)
}

/// `/data/points[2]/pressure` → (`/data/points`, 2); without an index the first item is meant.
fn next_item(question: &str) -> Option<(String, usize)> {
    let (group, _) = question.rsplit_once('/')?;
    match group.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        Some((repeat, place)) => Some((repeat.to_owned(), place.parse().ok()?)),
        None => Some((group.to_owned(), 1)),
    }
}

fn answer_error(key: &NodeKey, problem: &AnswerProblem) -> AppError {
    let refusal = match problem {
        AnswerProblem::WrongType { kind, value } => {
            Refusal::new(RefusalCode::WrongAnswer).with("expected", kind.word()).with("value", value)
        }
        AnswerProblem::NotAnOption { value, .. } => {
            Refusal::new(RefusalCode::WrongAnswer).with("expected", "option").with("value", value)
        }
        other => return AppError::Input { why: other.to_string() },
    };
    AppError::Refused { refusal: refusal.with("question", &key.path) }
}

fn item_error(problem: &ItemProblem) -> AppError {
    AppError::Input { why: problem.to_string() }
}
