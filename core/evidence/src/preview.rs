//! The two small pictures of a photo: the preview that the office sees first, and the thumbnail of lists.
//!
//! Both are upright, without EXIF (a place or a name must not leave with a picture that only illustrates), and
//! the same bytes give the same pictures. The decoder shrinks while decoding, so that a photo of 48 megapixels
//! never stands in memory. The original is never touched. JPEG, PNG, GIF and WebP are decoded here; HEIC and video
//! frames are drawn by the platform or shown as a labelled placeholder.

use std::io::Read;

use jpeg_decoder::{Decoder, PixelFormat};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use thiserror::Error;

use crate::facts::{Facts, Finding};
use crate::guarded::guarded;
use crate::kind::Kind;
use crate::pixels::Picture;
use crate::{png, still};

/// Longer side of a preview in pixels (design, section 5).
pub const PREVIEW_EDGE: u16 = 1600;
/// Longer side of a thumbnail in pixels (design, section 5).
pub const THUMBNAIL_EDGE: u16 = 320;
/// JPEG quality of a preview: text on a type plate stays readable, about 300 kB.
pub const PREVIEW_QUALITY: u8 = 82;
/// JPEG quality of a thumbnail: about 15 kB.
pub const THUMBNAIL_QUALITY: u8 = 80;

/// How many end-of-image markers stand in for the missing rest of a cut photo; the decoder fills with zeros
/// once it meets one, and needs few.
const STAND_IN_MARKERS: u64 = 64 * 1024;

/// A JPEG that was made here: baseline, 4:2:0, sRGB, without EXIF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jpeg {
    /// The file.
    pub bytes: Vec<u8>,
    /// Pixels from left to right.
    pub width: u16,
    /// Pixels from top to bottom.
    pub height: u16,
}

/// The small pictures of one photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Previews {
    /// At most [`PREVIEW_EDGE`] long.
    pub preview: Jpeg,
    /// At most [`THUMBNAIL_EDGE`] long.
    pub thumbnail: Jpeg,
    /// Whether the photo was cut, so that a lower part of the picture is filling: show it as damaged.
    pub partial: bool,
}

/// Why there is no preview. The original is kept and sent all the same.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PreviewProblem {
    /// The platform may draw this kind; elsewhere it is a labelled placeholder.
    #[error("a preview of this kind ({kind:?}) comes from the platform")]
    NotDrawnHere {
        /// What the file is.
        kind: Kind,
    },
    /// There are no bytes: take the photo again.
    #[error("the file is empty; take the photo again")]
    Empty,
    /// Decoding it would take more memory than a phone can spare.
    #[error("the photo has {pixels} pixels, more than the {limit} that are decoded; take it at a lower resolution")]
    TooManyPixels {
        /// Pixels of the photo.
        pixels: u64,
        /// Most pixels that are decoded.
        limit: u64,
    },
    /// A JPEG of a sort that cameras do not write.
    #[error("this sort of JPEG is not supported; save it as an ordinary JPEG: {reason}")]
    Unsupported {
        /// What the decoder said.
        reason: String,
    },
    /// Too much of it is broken to show anything: take the photo again.
    #[error("the photo is damaged; take it again: {reason}")]
    Damaged {
        /// What the decoder said.
        reason: String,
    },
}

/// Makes preview and thumbnail of a photo from its bytes and the facts that [`crate::inspect`] found.
///
/// A cut JPEG or PNG whose header is whole gives a partial preview.
pub fn previews(bytes: &[u8], facts: &Facts) -> Result<Previews, PreviewProblem> {
    refuse_what_cannot_be_drawn(bytes, facts)?;
    let cut = facts.is_truncated();
    let decoded = guarded(|| match facts.kind {
        Kind::Png => png::decode(bytes, PREVIEW_EDGE),
        Kind::Gif => still::decode_gif(bytes, PREVIEW_EDGE).map(|picture| (picture, cut)),
        Kind::Webp => still::decode_webp(bytes, PREVIEW_EDGE).map(|picture| (picture, cut)),
        _ if cut => decode(bytes.chain(StandIn::default().take(STAND_IN_MARKERS * 2))).map(|picture| (picture, true)),
        _ => decode(bytes).map(|picture| (picture, false)),
    });
    let (picture, partial) = decoded.map_err(damaged)??;
    guarded(|| draw(picture, facts, partial)).map_err(damaged)?
}

fn damaged(reason: String) -> PreviewProblem {
    PreviewProblem::Damaged { reason }
}

fn refuse_what_cannot_be_drawn(bytes: &[u8], facts: &Facts) -> Result<(), PreviewProblem> {
    if bytes.is_empty() {
        return Err(PreviewProblem::Empty);
    }
    if !facts.kind.is_drawn_here() {
        return Err(PreviewProblem::NotDrawnHere { kind: facts.kind });
    }
    for finding in &facts.findings {
        match finding {
            Finding::TooManyPixels { pixels, limit } => {
                return Err(PreviewProblem::TooManyPixels { pixels: *pixels, limit: *limit });
            }
            Finding::TooManyBytes { limit } => {
                return Err(PreviewProblem::Unsupported { reason: format!("more than {limit} bytes") });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Decodes to the smallest size the decoder offers that is not below the preview's.
fn decode(reader: impl Read) -> Result<Picture, PreviewProblem> {
    let mut decoder = Decoder::new(reader);
    decoder.read_info().map_err(problem)?;
    let stored = decoder.info().ok_or_else(|| damaged("no frame".to_owned()))?;
    if stored.coding_process == jpeg_decoder::CodingProcess::Lossless {
        return Err(PreviewProblem::Unsupported { reason: "lossless".to_owned() });
    }
    // The decoder stops shrinking when either side is reached; only the longer one matters here.
    let (wanted, any) = (PREVIEW_EDGE, u16::MAX);
    let (width, height) = if stored.width >= stored.height { (wanted, any) } else { (any, wanted) };
    let (width, height) = decoder.scale(width, height).map_err(problem)?;
    let bytes = decoder.decode().map_err(problem)?;
    let picture = match stored.pixel_format {
        PixelFormat::RGB24 => Picture::from_rgb(width, height, &bytes),
        PixelFormat::L8 => Picture::from_grey(width, height, &bytes),
        PixelFormat::CMYK32 => Picture::from_cmyk(width, height, &bytes),
        PixelFormat::L16 => return Err(PreviewProblem::Unsupported { reason: "16 bits a pixel".to_owned() }),
    };
    picture.ok_or_else(|| damaged("fewer pixels than the header says".to_owned()))
}

fn problem(error: jpeg_decoder::Error) -> PreviewProblem {
    match error {
        jpeg_decoder::Error::Unsupported(feature) => PreviewProblem::Unsupported { reason: format!("{feature:?}") },
        other => damaged(other.to_string()),
    }
}

fn draw(picture: Picture, facts: &Facts, partial: bool) -> Result<Previews, PreviewProblem> {
    // Made small first, then turned: turning touches every pixel.
    let preview = picture.within(PREVIEW_EDGE).map_err(damaged)?;
    drop(picture);
    let preview = preview.upright(facts.claims.orientation);
    let thumbnail = preview.within(THUMBNAIL_EDGE).map_err(damaged)?;
    Ok(Previews {
        preview: encode(&preview, PREVIEW_QUALITY)?,
        thumbnail: encode(&thumbnail, THUMBNAIL_QUALITY)?,
        partial,
    })
}

fn encode(picture: &Picture, quality: u8) -> Result<Jpeg, PreviewProblem> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder
        .encode(picture.bytes(), picture.width, picture.height, ColorType::Rgb)
        .map_err(|error| damaged(error.to_string()))?;
    Ok(Jpeg { bytes, width: picture.width, height: picture.height })
}

/// Endless end-of-image markers.
#[derive(Default)]
struct StandIn {
    inside_marker: bool,
}

impl Read for StandIn {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = if self.inside_marker { 0xd9 } else { 0xff };
            self.inside_marker = !self.inside_marker;
        }
        Ok(buffer.len())
    }
}
