//! GIF, WebP and TIFF: what their headers say, and the first picture of a GIF or WebP.
//!
//! They come from the office and from browsers rather than from phones; a TIFF is kept as a file with its facts.

use std::io::Cursor;

use image_webp::WebPDecoder;

use crate::facts::PixelSize;
use crate::pixels::{Picture, Shrinking};
use crate::preview::PreviewProblem;

/// Most memory that a decoder of GIF or WebP may take, in bytes; the size in pixels is bounded before.
const DECODER_BYTES: usize = 192 * 1024 * 1024;

/// What a header says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outline {
    pub pixels: Option<PixelSize>,
    pub whole: bool,
}

fn little_u16(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes).map(u32::from)
}

fn little_u24(bytes: &[u8], at: usize) -> Option<u32> {
    Some(little_u16(bytes, at)? | u32::from(*bytes.get(at.checked_add(2)?)?) << 16)
}

fn little_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

/// The screen of a GIF; a whole one has its trailer at the end.
pub(crate) fn gif_outline(bytes: &[u8]) -> Outline {
    let pixels = PixelSize::of(little_u16(bytes, 6), little_u16(bytes, 8));
    // Some writers fill up with zeros.
    let last = bytes.iter().rev().find(|byte| **byte != 0);
    Outline { pixels, whole: last == Some(&0x3b) }
}

/// The canvas of a WebP; a whole one is as long as its container says.
pub(crate) fn webp_outline(bytes: &[u8]) -> Outline {
    let plus_one = |side: Option<u32>| side.and_then(|side| side.checked_add(1));
    let pixels = match bytes.get(12..16) {
        Some(b"VP8X") => PixelSize::of(plus_one(little_u24(bytes, 24)), plus_one(little_u24(bytes, 27))),
        Some(b"VP8 ") => {
            let side = |at| little_u16(bytes, at).map(|side| side & 0x3fff);
            PixelSize::of(side(26), side(28))
        }
        Some(b"VP8L") => little_u32(bytes, 21)
            .and_then(|packed| PixelSize::of(Some((packed & 0x3fff) + 1), Some((packed >> 14 & 0x3fff) + 1))),
        _ => None,
    };
    let length = little_u32(bytes, 4).map(|length| u64::from(length) + 8);
    Outline { pixels, whole: length.is_some_and(|length| length <= bytes.len() as u64) }
}

/// The first picture of a TIFF: tags 256 and 257 of its first directory.
pub(crate) fn tiff_outline(bytes: &[u8]) -> Outline {
    let little = bytes.starts_with(b"II");
    let number = |at: usize, width: usize| -> Option<u32> {
        let mut digits = bytes.get(at..at.checked_add(width)?)?.to_vec();
        if little {
            digits.reverse();
        }
        Some(digits.iter().fold(0, |number, digit| number << 8 | u32::from(*digit)))
    };
    let Some(directory) = number(4, 4).and_then(|at| usize::try_from(at).ok()) else { return Outline::default() };
    let Some(count) = number(directory, 2) else { return Outline::default() };
    let (mut width, mut height) = (None, None);
    for entry in 0..usize::try_from(count).unwrap_or(0) {
        let at = directory.saturating_add(2).saturating_add(entry.saturating_mul(12));
        let value = || number(at + 8, if number(at + 2, 2) == Some(3) { 2 } else { 4 });
        match number(at, 2) {
            Some(256) => width = value(),
            Some(257) => height = value(),
            Some(_) => {}
            None => return Outline { pixels: PixelSize::of(width, height), whole: false },
        }
    }
    Outline { pixels: PixelSize::of(width, height), whole: true }
}

/// The first picture of a GIF on white.
pub(crate) fn decode_gif(bytes: &[u8], edge: u16) -> Result<Picture, PreviewProblem> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    options.set_memory_limit(gif::MemoryLimit::Bytes(
        std::num::NonZeroU64::new(DECODER_BYTES as u64).unwrap_or(std::num::NonZeroU64::MIN),
    ));
    let mut decoder = options.read_info(Cursor::new(bytes)).map_err(damaged)?;
    let (width, height) = (u32::from(decoder.width()), u32::from(decoder.height()));
    let frame = decoder.read_next_frame().map_err(damaged)?;
    let frame = frame.ok_or_else(|| damaged("no picture"))?;
    let mut shrinking = Shrinking::new(width, height, edge);
    let mut canvas_row = vec![0xff_u8; usize::try_from(width).unwrap_or(0).saturating_mul(4)];
    let (left, line) = (usize::from(frame.left).saturating_mul(4), usize::from(frame.width).saturating_mul(4));
    for row in 0..height {
        canvas_row.fill(0xff);
        let inside = row.checked_sub(u32::from(frame.top)).and_then(|row| usize::try_from(row).ok());
        let source = inside.and_then(|row| frame.buffer.get(row.checked_mul(line)?..)?.get(..line));
        if let (Some(source), Some(target)) = (source, canvas_row.get_mut(left..)) {
            target.iter_mut().zip(source).for_each(|(target, source)| *target = *source);
        }
        shrinking.row(&canvas_row, 4);
    }
    shrinking.finish().ok_or_else(|| damaged("no pixels"))
}

/// A WebP; of a moving one the first picture.
pub(crate) fn decode_webp(bytes: &[u8], edge: u16) -> Result<Picture, PreviewProblem> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    decoder.set_memory_limit(DECODER_BYTES);
    let (width, height) = decoder.dimensions();
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let length = decoder.output_buffer_size().filter(|length| *length <= DECODER_BYTES);
    let length = length.ok_or_else(|| PreviewProblem::Unsupported { reason: "too much memory".to_owned() })?;
    let mut frame = vec![0; length];
    if decoder.is_animated() { decoder.read_frame(&mut frame).map(|_| ()) } else { decoder.read_image(&mut frame) }
        .map_err(damaged)?;
    let mut shrinking = Shrinking::new(width, height, edge);
    let line = usize::try_from(width).unwrap_or(0).saturating_mul(channels);
    frame.chunks_exact(line.max(1)).for_each(|row| shrinking.row(row, channels));
    shrinking.finish().ok_or_else(|| damaged("no pixels"))
}

fn damaged(error: impl ToString) -> PreviewProblem {
    PreviewProblem::Damaged { reason: error.to_string() }
}
