//! Photos and files on the page: the picture or why it is not here, when and where it was captured, what the file
//! claims of itself, what is odd about it.

use countersign_evidence::{PixelSize, overlay_svg};
use countersign_model::Id;
use countersign_model::document::Stage;
use countersign_model::entity::{Annotation, Derived, Evidence, Shape, check_sets};
use countersign_model::record::Row;

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
    /// What people drew over it, as SVG made from numbers and escaped words; empty for nothing.
    pub overlay: String,
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
    let mut found = Vec::new();
    for subject in subjects {
        found.extend(read.children_of::<Evidence>(*subject)?);
    }
    let troubles = subjects.first().map(|visit| set_troubles(words, people, *visit, &found)).unwrap_or_default();
    let mut photos = Vec::new();
    for (row, evidence) in &found {
        let mut shown = photo(read, words, people, row.id, evidence)?;
        shown.chips.extend(troubles.iter().filter(|(id, _)| *id == row.id).map(|(_, word)| warning(word.clone())));
        photos.push(Photo { visit: visit.clone(), ..shown });
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
pub(crate) fn without_places(reference: &str) -> String {
    let mut inside = false;
    let outside = reference.chars().filter(|c| {
        inside = (inside || *c == '[') && *c != ']';
        !inside && *c != ']'
    });
    outside.collect()
}

/// What is wrong with the sets of a visit's captures, each at the photo that it is about; a missing one is said at the
/// next that is there.
fn set_troubles(words: &Words, people: &People, visit: Id, found: &[(Row, Evidence)]) -> Vec<(Id, String)> {
    let members: Vec<_> = found.iter().filter_map(|(_, evidence)| evidence.set_member()).collect();
    let mut troubles = Vec::new();
    for set in check_sets(visit, &members) {
        let own = |number: u64| {
            let of_set = found.iter().filter(|(_, evidence)| evidence.set.is_some_and(|place| place.set == set.set));
            let from = of_set.filter(move |(_, evidence)| evidence.set.is_some_and(|place| place.number >= number));
            from.min_by_key(|(_, evidence)| evidence.set.map(|place| place.number))
        };
        for finding in &set.findings {
            let Some((row, evidence)) = own(finding.number) else { continue };
            let number = i64::try_from(finding.number).unwrap_or(i64::MAX);
            let facts = [("name", people.name(evidence.author).into()), ("number", number.into())];
            troubles.push((row.id, words.with(&["set", finding.trouble.word()].join("-"), &facts)));
        }
    }
    troubles
}

fn warning(word: String) -> Chip {
    Chip { class: "attention", icon: "warn", word }
}

/// The layers that people drew over a photo, and who they are.
fn drawings(read: &Read<'_>, people: &People, id: Id, evidence: &Evidence) -> Result<(String, Vec<String>), Trouble> {
    let layers = read.children_of::<Annotation>(id)?;
    let layers: Vec<Annotation> = layers.into_iter().map(|(_, layer)| layer).filter(|l| !l.shapes.is_empty()).collect();
    let shapes: Vec<Shape> = layers.iter().flat_map(|layer| layer.shapes.iter().cloned()).collect();
    if shapes.is_empty() {
        return Ok((String::new(), Vec::new()));
    }
    let svg = overlay_svg(&shapes, PixelSize::parse(&evidence.claims.pixels));
    // The thumbnail fills its box, so the drawing must be cut like it.
    let svg = svg.replacen("<svg ", r#"<svg aria-hidden="true" preserveAspectRatio="xMidYMid slice" "#, 1);
    let mut names: Vec<String> = layers.iter().map(|layer| people.name(layer.author)).collect();
    names.dedup();
    Ok((svg, names))
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
    let (overlay, drawn_by) = drawings(read, people, id, evidence)?;
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
        facts: facts(words, people, evidence, time, &drawn_by),
        overlay,
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

fn facts(words: &Words, people: &People, evidence: &Evidence, time: String, drawn_by: &[String]) -> Vec<String> {
    let by = people.name(evidence.author);
    let mut facts = vec![match evidence.chosen {
        true => [words.texts.chosen(&evidence.claims.captured, &time), by].join(" · "),
        false => words.with("console-captured", &[("time", time.into()), ("name", by.into())]),
    }];
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
    facts.extend(drawn_by.iter().map(|name| words.of("evidence-drawn-by", "names", name)));
    facts.extend(evidence.set.map(|place| {
        let number = i64::try_from(place.number).unwrap_or(i64::MAX);
        words.with("evidence-set-place", &[("number", number.into())])
    }));
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
    let mut lines: Vec<String> = filled.map(|(key, value)| words.of(key, "value", value)).collect();
    lines.extend(claims.duration_ms.map(|duration| words.of("console-claims-duration", "value", &clock(duration))));
    if !claims.codec.is_empty() {
        lines.push(words.of("console-claims-codec", "value", &claims.codec));
    }
    let pages = claims.pages.and_then(|pages| usize::try_from(pages).ok());
    lines.extend(pages.map(|pages| words.count("console-claims-pages", pages)));
    lines
}

/// Running time as players show it, `2:05` or `1:02:05`.
fn clock(duration_ms: u64) -> String {
    let seconds = duration_ms.div_ceil(1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        hours => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}
