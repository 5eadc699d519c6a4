//! The form of a visit, page by page: every kind of question, what is missing with a way there, why something is asked or
//! hidden, where each answer came from, and answers of others that were kept.

use askama::Template;
use countersign_device::forms::values_of;
use countersign_device::model::document::Provenance;
use countersign_device::screens::{
    EvidenceRow, FormEntry, FormPage, FormQuestion, FormScreen, JobScreen, OptionShown, OrphanShown, ScaleShown,
    picked_in,
};

use crate::desk::{Desk, Outcome, drawn};
use crate::facts::of_job;
use crate::fields::{Asked, address};
use crate::job::counts;
use crate::page::Frame;
use crate::trouble::Trouble;
use crate::words::{Choice, Words};

/// A question on the page.
pub(crate) struct Asks {
    pub id: String,
    /// A name for elements of the page: letters, digits and dashes only.
    pub slug: String,
    pub label: String,
    pub hint: String,
    pub kind: String,
    pub required: bool,
    pub read_only: bool,
    pub takes_file: bool,
    /// How many characters its field takes.
    pub longest: u32,
    pub value: String,
    /// The time of day of the answer as a field of the page has it; empty for none.
    pub time: String,
    /// The same with the day.
    pub moment: String,
    pub display: String,
    pub from: String,
    pub measured: bool,
    /// What is wrong with the answer; empty for nothing.
    pub problem: String,
    pub options: Vec<Choice>,
    pub scale: Option<ScaleShown>,
    pub multiline: bool,
    pub kept: Vec<(String, String)>,
    /// What was answered on the last visit, as a person reads it; empty for nothing or the same.
    pub last: String,
    pub why: String,
    /// Files that answer it.
    pub files: Vec<Shot>,
    /// Files that may answer it.
    pub candidates: Vec<Shot>,
    /// `found`, `left` or `other`: what a photo taken here is at first.
    pub stage: String,
}

/// A file to look at.
#[derive(Clone)]
pub(crate) struct Shot {
    pub sha256: String,
    pub evidence: String,
    pub name: String,
    pub thumbnail: String,
    /// What people drew over it.
    pub overlay: String,
    pub link: String,
}

/// What stands on the page.
pub(crate) enum Line {
    Group { title: String, depth: u32 },
    Repeat { id: String, title: String, count: u32, can_change: bool, depth: u32 },
    Item { id: String, title: String, ordinal: u32, can_remove: bool, depth: u32 },
    Asks(Box<Asks>),
    Hidden { label: String, why: String },
}

/// An entry of the list of pages.
pub(crate) struct Tab {
    pub title: String,
    pub link: String,
    pub answered: String,
    pub here: bool,
    pub complete: bool,
}

pub(crate) struct Missing {
    pub label: String,
    pub link: String,
}

#[derive(Template)]
#[template(path = "form.html")]
struct FormTemplate {
    f: Frame,
    screen: JobScreen,
    title: String,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    missing: Vec<Missing>,
    progress: String,
    answered: u32,
    total: u32,
    next: String,
    previous: String,
    orphans: Vec<OrphanShown>,
    hidden: usize,
    show_hidden: String,
    page_title: String,
    path: String,
}

/// `GET …/form`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (mut f, screen) = of_job(desk, asked, "laptop-form")?;
    f.pane = Vec::new();
    let path = format!("/jobs/{}", screen.name);
    let form = desk.app().form_screen(asked.path.get("job"))?.ok_or(Trouble::NotFound)?;
    let pages: Vec<&FormPage> = form.pages.iter().filter(|page| page.relevant).collect();
    let wanted = asked.query.get("question");
    let number = match wanted.is_empty() {
        true => asked.query.get("page").parse::<usize>().unwrap_or(1).saturating_sub(1),
        false => holder(&pages, wanted).unwrap_or(0),
    };
    let number = number.min(pages.len().saturating_sub(1));
    let here = pages.get(number).ok_or(Trouble::NotFound)?;
    let all = asked.query.get("hidden") == "yes";
    let lines = lines(&desk.words, &path, &screen, here, all);
    let link = |number: usize| address(&format!("{path}/form"), &[("page", &(number + 1).to_string())]);
    let next = if number + 1 < pages.len() { link(number + 1) } else { String::new() };
    let page = FormTemplate {
        tabs: tabs(&desk.words, &pages, number, link),
        missing: missing(&path, &form),
        progress: desk.words.with("laptop-answered-of", &counts(form.answered, form.total)),
        answered: form.answered,
        total: form.total,
        previous: number.checked_sub(1).map(link).unwrap_or_default(),
        show_hidden: address(&format!("{path}/form"), &[("page", &(number + 1).to_string()), ("hidden", "yes")]),
        page_title: here.title.clone(),
        orphans: form.orphans.clone(),
        title: form.title.clone(),
        hidden: if all { 0 } else { usize::try_from(here.hidden).unwrap_or(usize::MAX) },
        next,
        lines,
        path,
        screen,
        f,
    };
    drawn(&page)
}

/// The page that a question stands on.
fn holder(pages: &[&FormPage], question: &str) -> Option<usize> {
    pages.iter().position(|page| page.questions.iter().any(|asks| asks.is_called(question)))
}

fn tabs(words: &Words, pages: &[&FormPage], here: usize, link: impl Fn(usize) -> String) -> Vec<Tab> {
    let tab = |(number, page): (usize, &&FormPage)| Tab {
        title: if page.title.is_empty() { (number + 1).to_string() } else { page.title.clone() },
        link: link(number),
        answered: words.with("laptop-answered-of", &counts(page.answered, page.total)),
        here: number == here,
        complete: page.complete,
    };
    pages.iter().enumerate().map(tab).collect()
}

fn missing(path: &str, form: &FormScreen) -> Vec<Missing> {
    let label = |id: &String| {
        let asks = form.pages.iter().flat_map(|page| &page.questions).find(|asks| asks.id == *id);
        asks.map_or_else(|| id.clone(), |asks| asks.label.clone())
    };
    let line = |id: &String| Missing {
        label: label(id),
        link: format!("{}#q-{}", address(&format!("{path}/form"), &[("question", id)]), slug(id)),
    };
    form.missing.iter().map(line).collect()
}

/// The id of a question as a name for an element of the page.
pub(crate) fn slug(id: &str) -> String {
    let dashed = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    id.trim_start_matches('/').chars().map(dashed).collect()
}

fn lines(words: &Words, path: &str, screen: &JobScreen, page: &FormPage, all: bool) -> Vec<Line> {
    let line = |entry: &FormEntry| match entry {
        FormEntry::Group { title, depth } => Some(Line::Group { title: title.clone(), depth: *depth }),
        FormEntry::Repeat { id, title, count, can_change, depth } => Some(Line::Repeat {
            id: id.clone(),
            title: title.clone(),
            count: *count,
            can_change: *can_change,
            depth: *depth,
        }),
        FormEntry::Item { id, title, ordinal, can_remove, depth } => Some(Line::Item {
            id: id.clone(),
            title: title.clone(),
            ordinal: *ordinal,
            can_remove: *can_remove,
            depth: *depth,
        }),
        FormEntry::Question { index, .. } => {
            let question = page.questions.get(usize::try_from(*index).ok()?)?;
            question_line(words, path, screen, question, all)
        }
    };
    page.entries.iter().filter_map(line).collect()
}

fn question_line(words: &Words, path: &str, screen: &JobScreen, question: &FormQuestion, all: bool) -> Option<Line> {
    let why = address(&format!("{path}/form/why"), &[("question", &question.id)]);
    if !question.has_place {
        return None;
    }
    if !question.relevant {
        return all.then(|| Line::Hidden { label: question.label.clone(), why });
    }
    let shots: Vec<Shot> = screen.evidence.iter().map(|row| shot(path, row)).collect();
    let option = |option: &OptionShown| Choice {
        chosen: values_of(&question.value).any(|value| value == option.value),
        value: option.value.clone(),
        label: option.label.clone(),
    };
    let answers = |shot: &&Shot| question.files.iter().any(|file| file.hex() == shot.sha256);
    let may_answer = |shot: &&Shot| question.candidates.iter().any(|file| file.to_string() == shot.evidence);
    let picked = picked_in(&question.value, &words.zone);
    Some(Line::Asks(Box::new(Asks {
        slug: slug(&question.id),
        id: question.id.clone(),
        label: question.label.clone(),
        hint: question.hint.clone(),
        kind: question.kind.clone(),
        required: question.required,
        read_only: !question.may_answer,
        takes_file: question.takes_file,
        longest: question.longest,
        moment: if picked.date.is_empty() || picked.time.is_empty() {
            String::new()
        } else {
            format!("{}T{}", picked.date, picked.time)
        },
        time: picked.time,
        value: question.value.clone(),
        display: question.display.clone(),
        from: question.from.clone(),
        measured: question.provenance == Some(Provenance::Measured),
        problem: question.problem.clone().filter(|_| question.wrong).unwrap_or_default(),
        options: question.options.iter().map(option).collect(),
        scale: question.scale.clone(),
        multiline: question.multiline,
        kept: question.kept.iter().map(|kept| (kept.value.clone(), kept.author.clone())).collect(),
        last: last(words, question),
        why,
        files: shots.iter().filter(answers).cloned().collect(),
        candidates: shots.iter().filter(may_answer).cloned().collect(),
        stage: question.stage.to_string(),
    })))
}

/// The answer of the last visit, where it may be taken over.
fn last(words: &Words, question: &FormQuestion) -> String {
    let Some(last) = &question.last else { return String::new() };
    let when = last.at.map_or_else(|| last.number.clone(), |at| words.texts.date(at, &words.zone));
    words.with("laptop-last-answer", &[("answer", last.display.as_str().into()), ("when", when.into())])
}

pub(crate) fn shot(path: &str, row: &EvidenceRow) -> Shot {
    let link = format!("{path}/files/{}", row.evidence);
    Shot {
        sha256: row.sha256.hex(),
        evidence: row.evidence.to_string(),
        name: row.name.clone(),
        overlay: crate::files::cut(&row.overlay),
        thumbnail: row.thumbnail.as_ref().map(|_| format!("{link}/thumbnail")).unwrap_or_default(),
        link,
    }
}

pub(crate) struct ReasonLine {
    pub effect: String,
    pub carrier: String,
    pub inputs: Vec<(String, String)>,
    pub expression: String,
}

#[derive(Template)]
#[template(path = "why.html")]
struct WhyPage {
    f: Frame,
    label: String,
    reasons: Vec<ReasonLine>,
}

/// `GET …/form/why`
pub(crate) fn why(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let question = asked.query.get("question");
    let why = desk.app().why(asked.path.get("job"), question)?.ok_or(Trouble::NotFound)?;
    let mut f = desk.frame(desk.words.t("laptop-why"), "/", asked)?;
    f.back = address(&format!("/jobs/{}/form", asked.path.get("job")), &[("question", question)]);
    let mut reasons = Vec::new();
    for reason in why.reasons {
        let effect = serde_json::to_value(reason.effect).ok();
        let effect = effect.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().replace('_', "-");
        let named = |label: &str, reference: &str| if label.is_empty() { reference } else { label }.to_owned();
        let input = |shown: &str| if shown.is_empty() { desk.words.t("laptop-no-answer") } else { shown.to_owned() };
        reasons.push(ReasonLine {
            effect: desk.words.t(&format!("laptop-why-{effect}")),
            carrier: if reason.carrier == why.key { String::new() } else { reason.carrier_label },
            inputs: reason
                .inputs
                .iter()
                .map(|seen| (named(&seen.label, &seen.reference), input(&seen.shown_value)))
                .collect(),
            expression: reason.expression,
        });
    }
    drawn(&WhyPage { f, label: why.label, reasons })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_becomes_a_name_for_an_element() {
        assert_eq!(slug("/visit/work/component[0a1b]/name"), "visit-work-component-0a1b--name");
    }
}
