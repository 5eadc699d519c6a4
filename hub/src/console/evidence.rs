//! Photos and files on the page: the picture or why it is not here, when and where it was captured, what the file
//! claims of itself, what is odd about it.

use countersign_model::Id;
use countersign_model::document::Stage;
use countersign_model::entity::{Derived, Evidence};

use super::desk::held;
use super::trouble::Trouble;
use super::visible::People;
use super::words::{Chip, Words};
use crate::store::Read;

/// A photo or file.
pub(crate) struct Photo {
    /// Address of the original; empty while it is not here.
    pub full: String,
    /// Address of the smallest picture that is here; empty where there is none.
    pub thumbnail: String,
    pub is_picture: bool,
    pub name: String,
    pub stage: String,
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

/// The evidence of a visit or a draft, as found first, then as left, each in the order of capture.
pub(crate) fn of(read: &Read<'_>, words: &Words, people: &People, subjects: &[Id]) -> Result<Vec<Photo>, Trouble> {
    let mut photos = Vec::new();
    for subject in subjects {
        for (_, evidence) in read.children_of::<Evidence>(*subject)? {
            photos.push(photo(read, words, people, &evidence)?);
        }
    }
    photos.sort_by_key(|photo| photo.order);
    Ok(photos)
}

fn photo(read: &Read<'_>, words: &Words, people: &People, evidence: &Evidence) -> Result<Photo, Trouble> {
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
