//! Capturing: bytes from a camera or file become durable media with facts, preview and thumbnail.
//!
//! The original bytes are kept as they came, whatever is wrong with them; what is odd is a finding beside them. Capture is
//! refused before anything is copied when the device has too little space left. Never files what it captured: the row and
//! the command are the caller's one transaction.

use std::io::Read;

use countersign_evidence::{Facts, Finding, PREVIEW_EDGE, Previews, inspect, inspect_stream, previews};
use countersign_model::document::Stage;
use countersign_model::entity::{Claims, Derived, InstanceKey, Location};
use countersign_model::payload::EvidenceAttach;
use countersign_model::record::Scope;
use countersign_model::wire::MEDIA_BYTES;
use countersign_model::{Digest, Id, RecordRef};

use crate::app::{NoImages, PlatformImages};
use crate::store::{MediaClass, NewMedia, StagedFile, Store, StoreError};

/// A capture whose bytes are durable and have no row yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// The original.
    pub original: StagedFile,
    /// The name that it came with.
    pub name: String,
    /// What the bytes are and claim.
    pub facts: Facts,
    /// 1600 px, where it could be drawn.
    pub preview: Option<StagedFile>,
    /// 320 px, where it could be drawn.
    pub thumbnail: Option<StagedFile>,
    /// Why there is no preview.
    pub undrawn: Option<String>,
}

/// Refuses to begin a capture when fewer bytes than the reserve are free. Asked before a camera opens.
pub fn check_reserve(store: &Store, reserve: u64) -> Result<(), StoreError> {
    let free = store.files().free_space(store.folder()).map_err(StoreError::files("looking at the free space"))?;
    if free < reserve { Err(StoreError::Reserve { free, reserve }) } else { Ok(()) }
}

/// Captures bytes on a platform that draws nothing: durable when this returns.
pub fn capture(store: &Store, reader: &mut dyn Read, name: &str, reserve: u64) -> Result<Captured, StoreError> {
    capture_with(store, reader, name, reserve, &NoImages)
}

/// Captures bytes; what Rust does not decode is drawn by the platform. Durable when this returns.
pub fn capture_with(
    store: &Store,
    reader: &mut dyn Read,
    name: &str,
    reserve: u64,
    images: &dyn PlatformImages,
) -> Result<Captured, StoreError> {
    check_reserve(store, reserve)?;
    let original = store.stage(reader, MEDIA_BYTES)?;
    describe_with(store, original, name, images)
}

/// Finds out about a file that is in the store already: after a capture, and when an adopted file is filed.
pub fn describe(store: &Store, original: StagedFile, name: &str) -> Result<Captured, StoreError> {
    describe_with(store, original, name, &NoImages)
}

/// The same on a platform that draws.
pub fn describe_with(
    store: &Store,
    original: StagedFile,
    name: &str,
    images: &dyn PlatformImages,
) -> Result<Captured, StoreError> {
    let file = store.open_media(original.sha256)?;
    let facts = inspect_stream(file, Some(name)).map_err(StoreError::files("reading the capture"))?;
    let mut captured =
        Captured { original, name: name.to_owned(), facts, preview: None, thumbnail: None, undrawn: None };
    draw(store, &mut captured, images)?;
    Ok(captured)
}

fn draw(store: &Store, captured: &mut Captured, images: &dyn PlatformImages) -> Result<(), StoreError> {
    let too_large = captured.facts.findings.iter().any(|finding| matches!(finding, Finding::TooManyBytes { .. }));
    let kind = captured.facts.kind;
    let drawn = if kind.is_drawn_here() && !too_large {
        let Some(bytes) = store.media_bytes(captured.original.sha256)? else { return Ok(()) };
        previews(&bytes, &captured.facts).map_err(|problem| problem.to_string())
    } else {
        by_platform(store, captured, images).ok_or_else(|| kind.media_type().to_owned())
    };
    match drawn {
        Ok(drawn) => {
            captured.preview = Some(store.stage_made(&drawn.preview.bytes)?);
            captured.thumbnail = Some(store.stage_made(&drawn.thumbnail.bytes)?);
        }
        Err(why) => captured.undrawn = Some(why),
    }
    Ok(())
}

/// What the platform draws, made small by ourselves: it is a file from outside like any other.
fn by_platform(store: &Store, captured: &Captured, images: &dyn PlatformImages) -> Option<Previews> {
    let bytes = images.preview(&store.media_path(captured.original.sha256), PREVIEW_EDGE)?;
    let facts = inspect(&bytes, None);
    previews(&bytes, &facts).ok()
}

impl Captured {
    /// Every file of it.
    pub(crate) fn files(&self) -> Vec<StagedFile> {
        std::iter::once(self.original).chain(self.preview).chain(self.thumbnail).collect()
    }

    /// What the command says of it.
    pub fn attach(
        &self,
        evidence: Id,
        subject: RecordRef,
        stage: Stage,
        question: Option<InstanceKey>,
        location: Option<Location>,
    ) -> EvidenceAttach {
        EvidenceAttach {
            evidence,
            subject,
            sha256: self.original.sha256,
            bytes: self.original.bytes,
            media_type: self.facts.kind.media_type().to_owned(),
            name: self.name.clone(),
            stage,
            question,
            preview: self.preview.map(derived),
            thumbnail: self.thumbnail.map(derived),
            claims: claims(&self.facts),
            findings: findings(&self.facts),
            location,
            chosen: false,
            set: None,
        }
    }

    /// The rows of its files: to be put in the transaction of the command.
    pub fn rows(&self, scope: &Scope, added: i64) -> Vec<NewMedia> {
        let class = if self.facts.kind.is_video() { MediaClass::Video } else { MediaClass::Original };
        let row = |file: StagedFile, class| NewMedia { file, class, scope: scope.clone(), added };
        let small = [(self.thumbnail, MediaClass::Thumbnail), (self.preview, MediaClass::Preview)];
        let small = small.into_iter().filter_map(|(file, class)| file.map(|file| row(file, class)));
        small.chain(std::iter::once(row(self.original, class))).collect()
    }

    /// The digest of the original.
    pub fn sha256(&self) -> Digest {
        self.original.sha256
    }
}

fn derived(file: StagedFile) -> Derived {
    Derived { sha256: file.sha256, bytes: file.bytes }
}

fn claims(facts: &Facts) -> Claims {
    let taken = facts.claims.taken.as_ref();
    let captured = taken.map(|time| match time.offset_minutes {
        Some(offset) => format!("{}{}", time.local, zone(offset)),
        None => time.local.clone(),
    });
    let position = facts.claims.position.map(|at| format!("{:.6} {:.6}", at.latitude(), at.longitude()));
    let camera = [&facts.claims.make, &facts.claims.model].into_iter().flatten().cloned().collect::<Vec<_>>();
    let pixels = facts.upright_pixels().map(|size| format!("{} x {}", size.width, size.height));
    Claims {
        captured: captured.unwrap_or_default(),
        position: position.unwrap_or_default(),
        camera: camera.join(" "),
        pixels: pixels.unwrap_or_default(),
        duration_ms: facts.duration_ms,
        codec: facts.codec.clone().unwrap_or_default(),
        pages: facts.pages,
    }
}

fn zone(offset_minutes: i32) -> String {
    let sign = if offset_minutes < 0 { '-' } else { '+' };
    let minutes = offset_minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The words of the evidence record for what is odd, each once.
fn findings(facts: &Facts) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for finding in &facts.findings {
        let word = match finding {
            Finding::Empty => "empty",
            Finding::Truncated | Finding::Damaged { .. } => "damaged",
            Finding::Mislabelled { .. } => "mislabelled",
            Finding::TooManyPixels { .. } | Finding::TooManyBytes { .. } => "huge",
            Finding::Mixed { .. } => "mixed",
            Finding::UnreadableClaims { .. } => "claims",
        };
        if !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}
