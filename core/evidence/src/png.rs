//! PNG: its outline without decoding, and its pixels row by row, so that a large one never stands in memory.
//!
//! Chunks are those of the PNG specification, third edition, section 11.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Transformations};

use crate::boxes::u32_at;
use crate::facts::PixelSize;
use crate::pixels::{Picture, Shrinking};
use crate::preview::PreviewProblem;

/// Most memory that the decoder may take besides the rows: a palette, a profile and its window need far less.
const DECODER_BYTES: usize = 32 * 1024 * 1024;
const SIGNATURE: usize = 8;

/// What the chunks say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outline {
    pub pixels: Option<PixelSize>,
    /// Adam7: all rows are in memory before the first is whole.
    pub interlaced: bool,
    /// Where the file's end chunk ends; nothing if it is cut before.
    pub end: Option<usize>,
    /// Something that is no chunk stands at this place.
    pub broken_at: Option<usize>,
}

/// Walks all chunks of `bytes`, which must begin with the signature.
pub(crate) fn outline(bytes: &[u8]) -> Outline {
    let mut found = Outline { pixels: None, interlaced: false, end: None, broken_at: None };
    let mut at = SIGNATURE;
    while let (Some(length), Some(kind)) = (u32_at(bytes, at), bytes.get(at + 4..at + 8)) {
        if !kind.iter().all(u8::is_ascii_alphabetic) {
            found.broken_at = Some(at);
            break;
        }
        // Length, kind and check digits take twelve bytes.
        let Some(next) = usize::try_from(length).ok().and_then(|length| at.checked_add(length)?.checked_add(12)) else {
            break;
        };
        if kind == b"IHDR" && at == SIGNATURE {
            found.pixels = PixelSize::of(u32_at(bytes, at + 8), u32_at(bytes, at + 12));
            found.interlaced = bytes.get(at + 20) == Some(&1);
        }
        if next > bytes.len() {
            break;
        }
        if kind == b"IEND" {
            found.end = Some(next);
            break;
        }
        at = next;
    }
    found
}

/// The picture, shrunk while it is read; with `true` where it ends too early and the rest is white.
pub(crate) fn decode(bytes: &[u8], edge: u16) -> Result<(Picture, bool), PreviewProblem> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: DECODER_BYTES });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().map_err(problem)?;
    let (width, height) = (reader.info().width, reader.info().height);
    let channels = match reader.output_color_type().0 {
        ColorType::Grayscale | ColorType::Indexed => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb => 3,
        ColorType::Rgba => 4,
    };
    let mut shrinking = Shrinking::new(width, height, edge);
    let line = reader.output_line_size(width).unwrap_or_default();
    let mut whole = true;
    if reader.info().interlaced {
        let mut frame = vec![0xff; line.saturating_mul(usize::try_from(height).unwrap_or(usize::MAX))];
        // What was read before a cut stays in the frame.
        whole = reader.next_frame(&mut frame).is_ok();
        frame.chunks(line.max(1)).for_each(|row| shrinking.row(row, channels));
    } else {
        let mut rows = 0_u32;
        while rows < height {
            match reader.next_row() {
                Ok(Some(row)) => shrinking.row(row.data(), channels),
                Ok(None) => break,
                Err(error) if rows == 0 => return Err(problem(error)),
                Err(_) => break,
            }
            rows += 1;
        }
        whole &= rows == height;
    }
    let picture = shrinking.finish();
    picture.map(|picture| (picture, !whole)).ok_or_else(|| damaged("no pixels".to_owned()))
}

fn damaged(reason: String) -> PreviewProblem {
    PreviewProblem::Damaged { reason }
}

fn problem(error: png::DecodingError) -> PreviewProblem {
    match error {
        png::DecodingError::LimitsExceeded => PreviewProblem::Unsupported { reason: "too much memory".to_owned() },
        other => damaged(other.to_string()),
    }
}
