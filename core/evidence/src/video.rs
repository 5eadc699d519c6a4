//! The header boxes of an MP4 or QuickTime video, found without reading its pictures.
//!
//! A video of an hour is gigabytes and its header often stands at the end, so the boxes are walked by seeking
//! and only `ftyp` and `moov` are read. Nothing is decoded here: a frame to show comes from the platform.
//! Box layout: ISO/IEC 14496-12, section 4.2.

use std::io::{self, Read, Seek, SeekFrom};

/// Largest header that is read, in bytes. An hour of phone video has about 2 MB.
const HEADER_LIMIT: u64 = 32 * 1024 * 1024;
/// Most top-level boxes that are walked; fragmented recordings have two per fragment.
const BOX_LIMIT: usize = 100_000;

/// What the walk found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Header {
    /// `ftyp` and `moov`, one after the other.
    Found(Vec<u8>),
    /// The file ends inside a box, or before its header: a recording that was cut off.
    Cut,
    /// The header is larger than anything a camera writes.
    TooLarge,
}

/// One box: where it lies and what it is.
struct MovieBox {
    kind: [u8; 4],
    start: u64,
    size: u64,
}

/// Walks the top-level boxes of `reader`, which has `length` bytes.
pub(crate) fn header(reader: &mut (impl Read + Seek), length: u64) -> io::Result<Header> {
    let mut walk = Walk::default();
    let mut position = 0;
    for _ in 0..BOX_LIMIT {
        // Fewer than eight bytes at the end are filling that some cameras leave.
        if length.saturating_sub(position) < 8 {
            return Ok(walk.finish());
        }
        let Some(found) = box_at(reader, position, length)? else { return Ok(Header::Cut) };
        if !walk.take(reader, &found)? {
            return Ok(Header::TooLarge);
        }
        position = found.start.saturating_add(found.size);
    }
    Ok(Header::TooLarge)
}

/// What was met on the way.
#[derive(Default)]
struct Walk {
    kept: Vec<u8>,
    has_header: bool,
    has_pictures: bool,
}

impl Walk {
    /// Notes a box and keeps it if it belongs to the header; false if the header is too large to keep.
    fn take(&mut self, reader: &mut (impl Read + Seek), found: &MovieBox) -> io::Result<bool> {
        self.has_pictures |= &found.kind == b"mdat";
        // Of two headers, the first is the one that players use.
        let wanted = &found.kind == b"ftyp" || (&found.kind == b"moov" && !self.has_header);
        if !wanted {
            return Ok(true);
        }
        if found.size.saturating_add(self.kept.len() as u64) > HEADER_LIMIT {
            return Ok(false);
        }
        self.has_header |= &found.kind == b"moov";
        reader.seek(SeekFrom::Start(found.start))?;
        reader.take(found.size).read_to_end(&mut self.kept)?;
        Ok(true)
    }

    /// A header in front says nothing about the pictures, and pictures without a header cannot be shown.
    fn finish(self) -> Header {
        if self.has_header && self.has_pictures { Header::Found(self.kept) } else { Header::Cut }
    }
}

/// The box at `position`, or nothing if it does not fit into `length`.
fn box_at(reader: &mut (impl Read + Seek), position: u64, length: u64) -> io::Result<Option<MovieBox>> {
    if length.saturating_sub(position) < 8 {
        return Ok(None);
    }
    reader.seek(SeekFrom::Start(position))?;
    let mut short = [0_u8; 4];
    let mut kind = [0_u8; 4];
    reader.read_exact(&mut short)?;
    reader.read_exact(&mut kind)?;
    let size = match u32::from_be_bytes(short) {
        0 => length.saturating_sub(position),
        1 if length.saturating_sub(position) < 16 => return Ok(None),
        1 => {
            let mut long = [0_u8; 8];
            reader.read_exact(&mut long)?;
            u64::from_be_bytes(long)
        }
        size => u64::from(size),
    };
    let fits = size >= 8 && position.checked_add(size).is_some_and(|end| end <= length);
    Ok(fits.then_some(MovieBox { kind, start: position, size }))
}
