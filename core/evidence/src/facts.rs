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
use crate::{heic, mixed, movie, png, sound, still, video};

/// Most pixels of a photo that are decoded here: the largest phone sensors have 200 megapixels.
pub const PIXEL_LIMIT: u64 = 204_000_000;

/// Most pixels of a picture that stands in memory as a whole while it is decoded: GIF, WebP and interlaced PNG.
pub const FRAME_PIXEL_LIMIT: u64 = 24_000_000;

/// How far around its mark a node of a PDF's page tree is looked for, in bytes.
const PDF_NODE: usize = 64 * 1024;

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
    /// The file is something else as well: the usual way to slip a program past a filter.
    Mixed {
        /// What else it is; `other` is an archive.
        also: Kind,
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
    /// Running time of a video or sound in milliseconds.
    pub duration_ms: Option<u64>,
    /// How pictures or sound are coded, as the file names it, such as `hvc1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
    /// Pages of a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u64>,
    /// What the file says about its making.
    pub claims: Claims,
    /// What is wrong or strange, in the order in which it was found.
    pub findings: Vec<Finding>,
}

impl Facts {
    fn new(kind: Kind, bytes: u64) -> Self {
        Self {
            kind,
            bytes,
            pixels: None,
            duration_ms: None,
            codec: None,
            pages: None,
            claims: Claims::default(),
            findings: Vec::new(),
        }
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
    if facts.kind.is_movie() {
        // Seeking and reading within a slice cannot fail other than by its end, which is a cut file.
        if look_into_video(&mut Cursor::new(bytes), &mut facts).is_err() {
            facts.findings.push(Finding::Truncated);
        }
    } else if facts.kind.is_sound() {
        if look_into_sound(&mut Cursor::new(bytes), &mut facts).is_err() {
            facts.findings.push(Finding::Truncated);
        }
    } else if facts.bytes > BYTES_LIMIT {
        facts.findings.push(Finding::TooManyBytes { limit: BYTES_LIMIT });
    } else {
        look_into_bytes(bytes, &mut facts);
    }
    facts
}

/// Looks at a file that may be too large for memory: of a video only the header is read, of a sound its beginning and
/// its end; anything else is read whole up to [`BYTES_LIMIT`].
///
/// # Errors
/// Only those of the reader itself.
pub fn inspect_stream(mut reader: impl Read + Seek, claimed_name: Option<&str>) -> io::Result<Facts> {
    let length = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    reader.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let mut facts = begin(&head, length, claimed_name);
    if facts.kind.is_movie() {
        look_into_video(&mut reader, &mut facts)?;
    } else if facts.kind.is_sound() {
        look_into_sound(&mut reader, &mut facts)?;
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
        Kind::Heic => look_into_heic(bytes, facts),
        Kind::Gif => take_outline(still::gif_outline(bytes), facts),
        Kind::Webp => take_outline(still::webp_outline(bytes), facts),
        Kind::Tiff => take_outline(still::tiff_outline(bytes), facts),
        Kind::Pdf => look_into_pdf(bytes, facts),
        Kind::Mp4 | Kind::Mov | Kind::M4a | Kind::Mp3 | Kind::Wav | Kind::Ogg | Kind::Other => {}
    }
    if matches!(facts.kind, Kind::Webp | Kind::Tiff) {
        take_claims(claims::of_picture(bytes.to_vec()), facts);
    }
    if facts.kind != Kind::Other
        && let Some(also) = mixed::also(facts.kind, bytes)
    {
        facts.findings.push(Finding::Mixed { also });
    }
}

fn take_outline(outline: still::Outline, facts: &mut Facts) {
    facts.pixels = outline.pixels;
    if !outline.whole {
        facts.findings.push(Finding::Truncated);
    }
    limit_pixels(FRAME_PIXEL_LIMIT, facts);
}

/// A picture of more pixels than are decoded is found before anything is decoded.
fn limit_pixels(limit: u64, facts: &mut Facts) {
    if let Some(size) = facts.pixels.filter(|size| size.count() > limit) {
        facts.findings.push(Finding::TooManyPixels { pixels: size.count(), limit });
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
        limit_pixels(pixel_limit(frame.coding, frame.components), facts);
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

fn look_into_png(bytes: &[u8], facts: &mut Facts) {
    let outline = png::outline(bytes);
    facts.pixels = outline.pixels;
    match (outline.end, outline.broken_at, outline.pixels) {
        (_, Some(at), _) => facts.findings.push(Finding::Damaged { reason: format!("no PNG chunk at byte {at}") }),
        (None, None, _) => facts.findings.push(Finding::Truncated),
        (Some(_), None, None) => facts.findings.push(Finding::Damaged { reason: "a PNG without a size".to_owned() }),
        (Some(_), None, Some(_)) => {}
    }
    limit_pixels(if outline.interlaced { FRAME_PIXEL_LIMIT } else { PIXEL_LIMIT }, facts);
    take_claims(claims::of_picture(bytes.to_vec()), facts);
}

/// The size and the turning that viewers apply are the primary item's; EXIF only repeats them.
fn look_into_heic(bytes: &[u8], facts: &mut Facts) {
    take_claims(claims::of_picture(bytes.to_vec()), facts);
    let photo = heic::of(bytes);
    if photo.pixels.is_some() {
        facts.pixels = photo.pixels;
        facts.claims.orientation = photo.orientation;
    }
    if !photo.whole {
        facts.findings.push(Finding::Truncated);
    }
}

/// A whole PDF has its end mark within the last 1,024 bytes (PDF 1.7, appendix H, note 18).
fn look_into_pdf(bytes: &[u8], facts: &mut Facts) {
    let tail = bytes.get(bytes.len().saturating_sub(1024)..).unwrap_or(bytes);
    if !tail.windows(5).any(|window| window == b"%%EOF") {
        facts.findings.push(Finding::Truncated);
    }
    facts.pages = pdf_pages(bytes);
}

/// The count of the root of the page tree, where it stands uncompressed: the largest of all nodes of the tree.
fn pdf_pages(bytes: &[u8]) -> Option<u64> {
    let text = |bytes: &[u8]| bytes.split(|byte| byte.is_ascii_whitespace()).map(<[u8]>::to_vec).collect::<Vec<_>>();
    let mut pages = None;
    for (at, _) in bytes.windows(6).enumerate().filter(|(_, window)| window == b"/Pages") {
        // The node's own dictionary: back to its beginning, on to its end. A root with many kids is long.
        let before = bytes.get(at.saturating_sub(PDF_NODE)..at).unwrap_or_default();
        let begin = before.windows(2).rposition(|window| window == b"<<").unwrap_or(before.len());
        let after = bytes.get(at..bytes.len().min(at + PDF_NODE)).unwrap_or_default();
        let end = after.windows(2).position(|window| window == b">>").unwrap_or(after.len());
        let node = [before.get(begin..).unwrap_or_default(), after.get(..end).unwrap_or_default()].concat();
        if let Some(count) = node.windows(6).position(|window| window == b"/Count") {
            let rest = text(node.get(count + 6..).unwrap_or_default());
            let digits = rest.iter().find(|word| !word.is_empty()).map(|word| {
                word.iter().take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect::<String>()
            });
            pages = pages.max(digits.and_then(|digits| digits.parse().ok()));
        }
    }
    pages.filter(|pages| *pages > 0)
}

/// The beginning and the end of a sound tell how long it runs.
fn look_into_sound(reader: &mut (impl Read + Seek), facts: &mut Facts) -> io::Result<()> {
    let mut part = |from: u64, length: u64| -> io::Result<Vec<u8>> {
        reader.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        reader.by_ref().take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let head = part(0, sound::HEAD)?;
    let tail = part(facts.bytes.saturating_sub(sound::TAIL), sound::TAIL)?;
    let sound = sound::Sound { head: &head, tail: &tail, length: facts.bytes };
    match facts.kind {
        Kind::Wav => {
            let (duration, whole) = sound::wav(sound);
            facts.duration_ms = duration;
            if !whole {
                facts.findings.push(Finding::Truncated);
            }
        }
        Kind::Ogg => facts.duration_ms = sound::ogg(sound),
        _ => facts.duration_ms = sound::mp3(sound),
    }
    Ok(())
}

fn look_into_video(reader: &mut (impl Read + Seek), facts: &mut Facts) -> io::Result<()> {
    match video::header(reader, facts.bytes)? {
        video::Header::Cut => facts.findings.push(Finding::Truncated),
        video::Header::TooLarge => {
            facts.findings.push(Finding::UnreadableClaims { reason: "the header is too large to read".to_owned() });
        }
        video::Header::Found(boxes) => {
            let movie = movie::of(&boxes);
            match claims::of_video(boxes) {
                Ok(claims) => facts.claims = claims,
                Err(reason) => facts.findings.push(Finding::UnreadableClaims { reason }),
            }
            facts.pixels = movie.pixels;
            facts.duration_ms = movie.duration_ms;
            facts.codec = movie.codec;
            facts.claims.orientation = movie.orientation;
            // The header's own time is read here, since it may have 64 bits; a camera's own note is better.
            facts.claims.taken = facts.claims.taken.take().or(movie.made);
            // A recording of sound may carry any brand.
            if !movie.has_pictures && facts.kind == Kind::Mp4 && facts.codec.is_some() {
                facts.kind = Kind::M4a;
            }
        }
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
