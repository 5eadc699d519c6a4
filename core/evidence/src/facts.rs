//! What can be said about the bytes of one piece of evidence before anything is decoded.
//!
//! [`inspect`] never fails and never stops: whatever is wrong with a file is a [`Finding`] beside the facts
//! that could still be read. The caller keeps the original bytes in every case, shows the findings, and lets
//! the engineer take the photo again while still standing in front of the machine.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use crate::claims::{self, Claims};
use crate::jpeg::{self, Coding, Ending};
use crate::kind::{HEAD_BYTES, Kind};
use crate::video;

/// Most pixels of a photo that are decoded here: the largest phone sensors have 200 megapixels.
pub const PIXEL_LIMIT: u64 = 204_000_000;

/// Most memory that a progressive photo may take while it is decoded, in bytes: all its coefficients, two
/// bytes each, are in memory at once. Enough for 26 megapixels in full colour.
pub const COEFFICIENT_BYTES_LIMIT: u64 = 160_000_000;

/// Largest photo or document that is looked into, in bytes. Larger ones are kept and sent as files.
pub const BYTES_LIMIT: u64 = 128 * 1024 * 1024;

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PixelSize {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl PixelSize {
    /// Both sides, if both are known and neither is zero.
    pub(crate) fn of(width: Option<u32>, height: Option<u32>) -> Option<Self> {
        let (width, height) = (width.filter(|side| *side > 0)?, height.filter(|side| *side > 0)?);
        Some(Self { width, height })
    }

    /// A size as records have it, `width x height`; nothing for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (width, height) = text.split_once(" x ")?;
        Self::of(width.parse().ok(), height.parse().ok())
    }

    /// How many pixels there are.
    pub fn count(self) -> u64 {
        u64::from(self.width).saturating_mul(u64::from(self.height))
    }
}

/// What is wrong or strange about a file. The wording for a person is in texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// No bytes at all.
    Empty,
    /// The file ends before its content does, as after a full card or a broken transfer.
    Truncated,
    /// The file cannot be what its first bytes say.
    Damaged {
        /// What was found, for the support.
        reason: String,
    },
    /// The name claims another kind than the content has.
    Mislabelled {
        /// What the extension says.
        claimed: Kind,
        /// What the bytes are.
        actual: Kind,
    },
    /// Decoding would take more memory than a phone can spare.
    TooManyPixels {
        /// Pixels of the photo.
        pixels: u64,
        /// Most pixels that are decoded for a photo coded like this one.
        limit: u64,
    },
    /// More bytes than are looked into; the kind is known, the content was not examined.
    TooManyBytes {
        /// Most bytes that are looked into.
        limit: u64,
    },
    /// The metadata is damaged, so the file claims nothing.
    UnreadableClaims {
        /// What was found, for the support.
        reason: String,
    },
}

/// All that was found out about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// What the bytes are.
    pub kind: Kind,
    /// How many bytes there are.
    pub bytes: u64,
    /// Size as stored, before the orientation is applied.
    pub pixels: Option<PixelSize>,
    /// Running time of a video in milliseconds.
    pub duration_ms: Option<u64>,
    /// What the file says about its making.
    pub claims: Claims,
    /// What is wrong or strange, in the order in which it was found.
    pub findings: Vec<Finding>,
}

impl Facts {
    fn new(kind: Kind, bytes: u64) -> Self {
        Self { kind, bytes, pixels: None, duration_ms: None, claims: Claims::default(), findings: Vec::new() }
    }

    /// Size as a person sees it, with the orientation applied.
    pub fn upright_pixels(&self) -> Option<PixelSize> {
        self.pixels.map(|stored| {
            if self.claims.orientation.swaps_sides() {
                PixelSize { width: stored.height, height: stored.width }
            } else {
                stored
            }
        })
    }

    /// Whether the content is not whole, so that the person should take it again.
    pub fn is_damaged(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| matches!(finding, Finding::Empty | Finding::Truncated | Finding::Damaged { .. }))
    }

    /// Whether the file ends too early.
    pub(crate) fn is_truncated(&self) -> bool {
        self.findings.contains(&Finding::Truncated)
    }
}

/// Looks at the bytes of a file. `claimed_name` is the name it came with, to see whether the name lies.
pub fn inspect(bytes: &[u8], claimed_name: Option<&str>) -> Facts {
    let mut facts = begin(bytes, bytes.len() as u64, claimed_name);
    if facts.kind.is_video() {
        // Seeking and reading within a slice cannot fail other than by its end, which is a cut file.
        if look_into_video(&mut Cursor::new(bytes), &mut facts).is_err() {
            facts.findings.push(Finding::Truncated);
        }
    } else if facts.bytes > BYTES_LIMIT {
        facts.findings.push(Finding::TooManyBytes { limit: BYTES_LIMIT });
    } else {
        look_into_bytes(bytes, &mut facts);
    }
    facts
}

/// Looks at a file that may be too large for memory: of a video only the header is read, anything else is
/// read whole up to [`BYTES_LIMIT`].
///
/// # Errors
/// Only those of the reader itself.
pub fn inspect_stream(mut reader: impl Read + Seek, claimed_name: Option<&str>) -> io::Result<Facts> {
    let length = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    reader.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let mut facts = begin(&head, length, claimed_name);
    if facts.kind.is_video() {
        look_into_video(&mut reader, &mut facts)?;
    } else if length > BYTES_LIMIT {
        facts.findings.push(Finding::TooManyBytes { limit: BYTES_LIMIT });
    } else {
        reader.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        reader.take(BYTES_LIMIT).read_to_end(&mut bytes)?;
        look_into_bytes(&bytes, &mut facts);
    }
    Ok(facts)
}

/// Kind, size and the honesty of the name: what the first bytes tell.
fn begin(head: &[u8], length: u64, claimed_name: Option<&str>) -> Facts {
    let mut facts = Facts::new(Kind::of_content(head), length);
    if length == 0 {
        facts.findings.push(Finding::Empty);
        return facts;
    }
    if let Some(claimed) = claimed_name.and_then(Kind::of_name)
        && !facts.kind.honours(claimed)
    {
        facts.findings.push(Finding::Mislabelled { claimed, actual: facts.kind });
    }
    facts
}

fn look_into_bytes(bytes: &[u8], facts: &mut Facts) {
    match facts.kind {
        Kind::Jpeg => look_into_jpeg(bytes, facts),
        Kind::Png => look_into_png(bytes, facts),
        Kind::Heic => take_claims(claims::of_picture(bytes.to_vec()), facts),
        Kind::Pdf => look_into_pdf(bytes, facts),
        Kind::Mp4 | Kind::Mov | Kind::Other => {}
    }
}

fn look_into_jpeg(bytes: &[u8], facts: &mut Facts) {
    let outline = jpeg::outline(bytes);
    match outline.ending {
        Ending::Whole => {}
        Ending::Cut => facts.findings.push(Finding::Truncated),
        Ending::Broken { at } => {
            facts.findings.push(Finding::Damaged { reason: format!("no JPEG segment at byte {at}") });
        }
    }
    if let Some(frame) = outline.frame {
        facts.pixels = PixelSize::of(Some(frame.width.into()), Some(frame.height.into()));
        let limit = pixel_limit(frame.coding, frame.components);
        if let Some(size) = facts.pixels.filter(|size| size.count() > limit) {
            facts.findings.push(Finding::TooManyPixels { pixels: size.count(), limit });
        }
    } else if outline.ending == Ending::Whole {
        facts.findings.push(Finding::Damaged { reason: "a JPEG without a frame".to_owned() });
    }
    if let Some(segment) = outline.exif.and_then(|range| bytes.get(range)) {
        take_claims(claims::of_picture(exif_only(segment)), facts);
    }
}

/// A JPEG that holds nothing but the EXIF segment: the parser wants to own its bytes, and copying 64 kB is
/// better than copying a whole photo.
fn exif_only(segment: &[u8]) -> Vec<u8> {
    let end_of_image = [0xff, 0xd9];
    [&[0xff, 0xd8], segment, &end_of_image].concat()
}

/// Most pixels for a coding: what is decoded row by row is bounded by time, what is kept whole by memory.
fn pixel_limit(coding: Coding, components: u8) -> u64 {
    match coding {
        Coding::Progressive => COEFFICIENT_BYTES_LIMIT / (2 * u64::from(components.max(1))),
        Coding::Sequential | Coding::Rare => PIXEL_LIMIT,
    }
}

/// The size from the IHDR chunk and the IEND chunk at the end (PNG specification, section 11.2).
fn look_into_png(bytes: &[u8], facts: &mut Facts) {
    let side = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    facts.pixels = PixelSize::of(side(16), side(20));
    if !bytes.ends_with(b"IEND\xaeB`\x82") {
        facts.findings.push(Finding::Truncated);
    }
    if let Some(size) = facts.pixels.filter(|size| size.count() > PIXEL_LIMIT) {
        facts.findings.push(Finding::TooManyPixels { pixels: size.count(), limit: PIXEL_LIMIT });
    }
    take_claims(claims::of_picture(bytes.to_vec()), facts);
}

/// A whole PDF has its end mark within the last 1,024 bytes (PDF 1.7, appendix H, note 18).
fn look_into_pdf(bytes: &[u8], facts: &mut Facts) {
    let tail = bytes.get(bytes.len().saturating_sub(1024)..).unwrap_or(bytes);
    if !tail.windows(5).any(|window| window == b"%%EOF") {
        facts.findings.push(Finding::Truncated);
    }
}

fn look_into_video(reader: &mut (impl Read + Seek), facts: &mut Facts) -> io::Result<()> {
    match video::header(reader, facts.bytes)? {
        video::Header::Cut => facts.findings.push(Finding::Truncated),
        video::Header::TooLarge => {
            facts.findings.push(Finding::UnreadableClaims { reason: "the header is too large to read".to_owned() });
        }
        video::Header::Found(boxes) => match claims::of_video(boxes) {
            Ok(video) => {
                facts.pixels = video.claims.pixels;
                facts.duration_ms = video.duration_ms;
                facts.claims = video.claims;
            }
            Err(reason) => facts.findings.push(Finding::UnreadableClaims { reason }),
        },
    }
    Ok(())
}

fn take_claims(claims: Result<Claims, String>, facts: &mut Facts) {
    match claims {
        Ok(claims) => {
            if facts.pixels.is_none() {
                facts.pixels = claims.pixels;
            }
            facts.claims = claims;
        }
        Err(reason) => facts.findings.push(Finding::UnreadableClaims { reason }),
    }
}
