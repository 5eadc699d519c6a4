//! The photos and files of a job in one grid, under filters that stand in the address.

use askama::Template;
use countersign_model::document::Stage;
use countersign_model::entity::Visit;

use super::desk::{Desk, Outcome, drawn};
use super::evidence::{self, Photo};
use super::fields::Asked;
use super::names::Names;
use super::page::Page;
use super::visible::{self, People};
use super::visit::{self, Loaded};
use super::words::{Choice, Words};

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    page: Page,
    job: String,
    visits: Vec<Choice>,
    stages: Vec<Choice>,
    questions: Vec<Choice>,
    photos: Vec<Photo>,
    count: String,
}

/// `GET /jobs/{id}/photos?visit=…&stage=…&question=…`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let id = asked.id()?;
    let words = &desk.words;
    desk.read(|read| {
        let (_, job) = visible::job(read, desk.person()?, id)?;
        let people = People::load(read)?;
        let mut visits = read.children_of::<Visit>(id)?;
        visits.sort_by_key(|(row, visit)| (visit.ordinal, row.id));
        let wanted = |name| asked.query.get(name);
        let mut visit_choices = vec![Choice::new("", words.t("console-any"), wanted("visit"))];
        let mut photos = Vec::new();
        for (row, visit) in visits {
            let loaded = Loaded::of(read, row, visit)?;
            visit_choices.push(Choice::new(loaded.row.id, visit::title(words, &loaded), wanted("visit")));
            let mut own = evidence::of(read, words, &people, &loaded.subjects())?;
            let leaf = loaded.leaves().last().copied().cloned();
            let (sections, _) = visit::sections(desk, read, &people, &loaded, leaf.as_ref())?;
            evidence::name_questions(&mut own, &sections);
            photos.extend(own);
        }
        let questions = questions(words, &photos, wanted("question"));
        let fits = |asked: &str, value: &str| asked.is_empty() || asked == value;
        photos.retain(|photo| {
            fits(wanted("visit"), &photo.visit)
                && fits(wanted("stage"), &photo.stage)
                && fits(wanted("question"), &photo.question)
        });
        let number = &job.number;
        let customer = Names::new(read, words).customer(job.customer)?;
        let title =
            words.with("console-gallery-title", &[("number", number.as_str().into()), ("customer", customer.into())]);
        let mut stages = vec![Choice::new("", words.t("console-any"), wanted("stage"))];
        stages.extend(super::words::choices(words, "stage", Stage::KNOWN.iter().map(Stage::as_str), wanted("stage")));
        drawn(&Gallery {
            page: desk.page(read, title, "/board", asked)?,
            job: id.to_string(),
            visits: visit_choices,
            stages,
            questions,
            count: words.count("console-photos-count", photos.len()),
            photos,
        })
    })
}

/// The questions that photos answer, each once, in the order of the photos.
fn questions(words: &Words, photos: &[Photo], chosen: &str) -> Vec<Choice> {
    let mut all = vec![Choice::new("", words.t("console-any"), chosen)];
    for photo in photos.iter().filter(|photo| !photo.question.is_empty()) {
        if !all.iter().any(|choice| choice.value == photo.question) {
            all.push(Choice::new(&photo.question, photo.question_text.clone(), chosen));
        }
    }
    all
}
