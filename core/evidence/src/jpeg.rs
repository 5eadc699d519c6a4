//! The outline of a JPEG: its frame, its EXIF segment and whether it is whole, without decoding a pixel.
//!
//! The outline is what guards the decoder: the size in pixels is known before memory is taken, and a cut file
//! is told from a whole one. Marker codes are those of ITU-T T.81, table B.1.

use std::ops::Range;

/// How the pixels were coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    /// Baseline or extended sequential: decoded row by row, so memory follows the preview.
    Sequential,
    /// Progressive: every coefficient is kept until the end, so memory follows the photo.
    Progressive,
    /// Lossless, hierarchical or arithmetic: no phone writes them.
    Rare,
}

/// The frame header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame {
    pub width: u16,
    pub height: u16,
    pub components: u8,
    pub coding: Coding,
}

/// How the file ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The end-of-image marker was reached.
    Whole,
    /// The bytes end before the image does.
    Cut,
    /// Something that is no JPEG segment stands where one must be.
    Broken {
        /// Where, in bytes from the start.
        at: usize,
    },
}

/// What the segments say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outline {
    pub frame: Option<Frame>,
    /// Where the first EXIF segment lies, marker included.
    pub exif: Option<Range<usize>>,
    pub ending: Ending,
}

const START_OF_SCAN: u8 = 0xda;
const END_OF_IMAGE: u8 = 0xd9;
const APPLICATION_1: u8 = 0xe1;

/// Walks all segments of `bytes`, which must begin with a start-of-image marker.
pub(crate) fn outline(bytes: &[u8]) -> Outline {
    let mut found = Outline { frame: None, exif: None, ending: Ending::Cut };
    let mut position = 2;
    found.ending = loop {
        let (marker, after_marker) = match marker_at(bytes, position) {
            Ok(marker) => marker,
            Err(ending) => break ending,
        };
        if marker == END_OF_IMAGE {
            break Ending::Whole;
        }
        if stands_alone(marker) {
            position = after_marker;
            continue;
        }
        let (payload, end) = match payload_at(bytes, after_marker) {
            Ok(payload) => payload,
            Err(ending) => break ending,
        };
        if let Some(coding) = coding_of(marker) {
            found.frame = found.frame.or_else(|| frame_of(payload, coding));
        }
        if marker == APPLICATION_1 && payload.starts_with(b"Exif\0") && found.exif.is_none() {
            found.exif = Some(position..end);
        }
        position = if marker == START_OF_SCAN { end_of_entropy_data(bytes, end) } else { end };
    };
    found
}

/// The marker at `position`, past any fill bytes, and where its segment goes on.
fn marker_at(bytes: &[u8], position: usize) -> Result<(u8, usize), Ending> {
    match bytes.get(position) {
        None => return Err(Ending::Cut),
        Some(0xff) => {}
        Some(_) => return Err(Ending::Broken { at: position }),
    }
    let mut next = position.saturating_add(1);
    loop {
        match bytes.get(next) {
            None => return Err(Ending::Cut),
            Some(0xff) => next = next.saturating_add(1),
            Some(0) => return Err(Ending::Broken { at: position }),
            Some(marker) => return Ok((*marker, next.saturating_add(1))),
        }
    }
}

/// The payload whose length field is at `position`, and where it ends.
fn payload_at(bytes: &[u8], position: usize) -> Result<(&[u8], usize), Ending> {
    let start = position.saturating_add(2);
    let Some(&[high, low]) = bytes.get(position..start) else { return Err(Ending::Cut) };
    let length = usize::from(u16::from_be_bytes([high, low]));
    if length < 2 {
        return Err(Ending::Broken { at: position });
    }
    let end = position.saturating_add(length);
    bytes.get(start..end).map(|payload| (payload, end)).ok_or(Ending::Cut)
}

/// Markers without a payload: TEM, the restarts, and a start of image.
fn stands_alone(marker: u8) -> bool {
    matches!(marker, 0x01 | 0xd0..=0xd8)
}

/// The coding of a start-of-frame marker; C4, C8 and CC are other things.
fn coding_of(marker: u8) -> Option<Coding> {
    match marker {
        0xc0 | 0xc1 => Some(Coding::Sequential),
        0xc2 => Some(Coding::Progressive),
        0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => Some(Coding::Rare),
        _ => None,
    }
}

fn frame_of(payload: &[u8], coding: Coding) -> Option<Frame> {
    let &[_precision, high, low, wide, narrow, components, ..] = payload else { return None };
    Some(Frame {
        width: u16::from_be_bytes([wide, narrow]),
        height: u16::from_be_bytes([high, low]),
        components,
        coding,
    })
}

/// Where the compressed data that begins at `start` meets the next marker that is no restart.
fn end_of_entropy_data(bytes: &[u8], start: usize) -> usize {
    let mut position = start;
    while let Some(offset) = bytes.get(position..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)) {
        let marker = position.saturating_add(offset);
        match bytes.get(marker.saturating_add(1)) {
            // A stuffed zero or a restart belongs to the data; a fill byte may stand before either.
            Some(0x00 | 0xd0..=0xd7) => position = marker.saturating_add(2),
            Some(0xff) => position = marker.saturating_add(1),
            _ => return marker,
        }
    }
    bytes.len()
}
