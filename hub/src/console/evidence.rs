//! Photos and files on the page: the picture or why it is not here, when and where it was captured, what the file
//! claims of itself, what is odd about it.

use countersign_model::Id;
use countersign_model::document::Stage;
use countersign_model::entity::{Derived, Evidence};

use super::answers::Section;
use super::desk::held;
use super::trouble::Trouble;
use super::visible::People;
use super::words::{Chip, Words};
use crate::store::Read;

/// A photo or file.
pub(crate) struct Photo {
    /// Address of the original; empty while it is not here.
    pub full: String,
    /// Address that saves the original under its name; empty while it is not here.
    pub download: String,
    /// Address of the smallest picture that is here; empty where there is none.
    pub thumbnail: String,
    pub is_picture: bool,
    pub name: String,
    pub id: String,
    pub stage: String,
    /// The visit that it belongs to, also where an amendment of it captured it.
    pub visit: String,
    /// The place in the form of the question that it answers; empty for none.
    pub question: String,
    /// That question's text, where a document or a form says it.
    pub question_text: String,
    pub alt: String,
    pub chips: Vec<Chip>,
    pub facts: Vec<String>,
    pub claims: Vec<String>,
    order: (u8, i64),
}

fn stage_order(stage: &Stage) -> u8 {
    match stage {
        Stage::Found => 0,
        Stage::Left => 1,
        _ => 2,
    }
}

/// The evidence of a visit and its drafts, as found first, then as left, each in the order of capture. The first subject
/// is the visit.
pub(crate) fn of(read: &Read<'_>, words: &Words, people: &People, subjects: &[Id]) -> Result<Vec<Photo>, Trouble> {
    let visit = subjects.first().map(Id::to_string).unwrap_or_default();
    let mut photos = Vec::new();
    for subject in subjects {
        for (row, evidence) in read.children_of::<Evidence>(*subject)? {
            let found = photo(read, words, people, row.id, &evidence)?;
            photos.push(Photo { visit: visit.clone(), ..found });
        }
    }
    photos.sort_by_key(|photo| photo.order);
    Ok(photos)
}

/// Puts the questions' texts to the photos that answer them.
pub(crate) fn name_questions(photos: &mut [Photo], sections: &[Section]) {
    for photo in photos.iter_mut().filter(|photo| !photo.question.is_empty()) {
        let answers = sections.iter().flat_map(|section| &section.answers);
        let mut fits = answers.filter(|answer| without_places(&answer.reference) == photo.question);
        photo.question_text = fits.next().map_or_else(|| photo.question.clone(), |answer| answer.question.clone());
    }
}

/// A question's reference without the places of repeat items: `/data/point[2]/photo` is `/data/point/photo`.
fn without_places(reference: &str) -> String {
    let mut inside = false;
    let outside = reference.chars().filter(|c| {
        inside = (inside || *c == '[') && *c != ']';
        !inside && *c != ']'
    });
    outside.collect()
}

fn photo(read: &Read<'_>, words: &Words, people: &People, id: Id, evidence: &Evidence) -> Result<Photo, Trouble> {
    let here = held(read, evidence.sha256)?;
    let small = |derived: &Option<Derived>| -> Result<Option<String>, Trouble> {
        match derived {
            Some(derived) if held(read, derived.sha256)? => Ok(Some(address(&derived.sha256.hex()))),
            _ => Ok(None),
        }
    };
    let shows = matches!(evidence.media_type.as_str(), "image/jpeg" | "image/png" | "image/webp" | "image/gif");
    let own = address(&evidence.sha256.hex());
    let thumbnail = match (small(&evidence.thumbnail)?, small(&evidence.preview)?) {
        (Some(thumbnail), _) => thumbnail,
        (None, Some(preview)) => preview,
        (None, None) if here && shows => own.clone(),
        (None, None) => String::new(),
    };
    // What cannot be drawn by a browser is looked at through its preview.
    let full = match (here, shows, small(&evidence.preview)?) {
        (true, true, _) => own,
        (_, false, Some(preview)) => preview,
        (true, false, None) => own,
        (false, _, Some(preview)) => preview,
        (false, _, None) => String::new(),
    };
    let stage = words.texts.word("stage", evidence.stage.as_str());
    let time = words.recorded(&evidence.time, None);
    let alt = words.with(
        "console-photo-alt",
        &[("stage", stage.clone().into()), ("name", evidence.name.as_str().into()), ("time", time.clone().into())],
    );
    Ok(Photo {
        id: id.to_string(),
        visit: String::new(),
        question: evidence.question.as_ref().map(|key| key.path.clone()).unwrap_or_default(),
        question_text: String::new(),
        download: match here {
            true => {
                super::fields::address(&address(&evidence.sha256.hex()), &[("download", "1"), ("name", &evidence.name)])
            }
            false => String::new(),
        },
        is_picture: !full.is_empty() && !thumbnail.is_empty(),
        full,
        thumbnail,
        name: evidence.name.clone(),
        alt,
        chips: chips(words, evidence, stage, here),
        facts: facts(words, people, evidence, time),
        claims: claims(words, evidence),
        stage: evidence.stage.as_str().to_owned(),
        order: (stage_order(&evidence.stage), evidence.time.wall),
    })
}

/// Where bytes are fetched.
pub(crate) fn address(hex: &str) -> String {
    format!("/media/{hex}")
}

fn chips(words: &Words, evidence: &Evidence, stage: String, here: bool) -> Vec<Chip> {
    let class = if evidence.stage == Stage::Neither { "" } else { "info" };
    let mut chips = vec![Chip { class, icon: "camera", word: stage }];
    if !here {
        chips.push(Chip {
            class: "attention",
            icon: "phone",
            word: words.of("console-original-on-phone", "size", &words.texts.bytes(evidence.bytes)),
        });
    }
    for finding in &evidence.findings {
        let key = format!("console-finding-{finding}");
        let word = if words.texts.has(&key) { words.t(&key) } else { finding.clone() };
        chips.push(Chip { class: "attention", icon: "warn", word });
    }
    chips
}

fn facts(words: &Words, people: &People, evidence: &Evidence, time: String) -> Vec<String> {
    let by = people.name(evidence.author);
    let mut facts = vec![words.with("console-captured", &[("time", time.into()), ("name", by.into())])];
    if let Some(place) = &evidence.location {
        facts.push(words.with(
            "console-captured-at",
            &[
                ("latitude", place.latitude.as_str().into()),
                ("longitude", place.longitude.as_str().into()),
                ("metres", place.accuracy_metres.into()),
            ],
        ));
    }
    facts.push(words.with(
        "console-file-facts",
        &[("name", evidence.name.as_str().into()), ("size", words.texts.bytes(evidence.bytes).into())],
    ));
    facts
}

fn claims(words: &Words, evidence: &Evidence) -> Vec<String> {
    let claims = &evidence.claims;
    let rows = [
        ("console-claims-time", &claims.captured),
        ("console-claims-place", &claims.position),
        ("console-claims-camera", &claims.camera),
        ("console-claims-pixels", &claims.pixels),
    ];
    let filled = rows.into_iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(key, value)| words.of(key, "value", value)).collect()
}
