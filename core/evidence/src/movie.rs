//! The header of an MP4 or QuickTime file: running time, the picture as it is seen, how it is coded.
//!
//! Layout: ISO/IEC 14496-12, sections 8.2 to 8.5. What nom-exif reads of a header too (maker, model, place) is not read
//! here; this module reads what it does not: the turning of the picture, the coding, and times of 64 bits.

use chrono::DateTime;

use crate::boxes::{boxes, child, u16_at, u32_at, u64_at};
use crate::claims::{ClaimedTime, Orientation};
use crate::facts::PixelSize;

/// Seconds from 1904, where MP4 counts from, to 1970.
const EPOCH: i64 = 2_082_844_800;
/// A camera whose clock was never set claims 1904: nothing before 1980 is a claim.
const NO_TIME_BEFORE: i64 = 315_532_800;

/// What the header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Movie {
    pub duration_ms: Option<u64>,
    pub made: Option<ClaimedTime>,
    /// As stored, of the first track with pictures.
    pub pixels: Option<PixelSize>,
    pub orientation: Orientation,
    /// Of the pictures, or of the sound where there are none.
    pub codec: Option<String>,
    pub has_pictures: bool,
}

/// Reads the boxes `ftyp` and `moov`.
pub(crate) fn of(header: &[u8]) -> Movie {
    let Some(movie) = child(header, b"moov") else { return Movie::default() };
    let mut found = Movie::default();
    if let Some(general) = child(movie, b"mvhd") {
        let (made, scale, duration) = times(general);
        found.duration_ms = milliseconds(duration, scale);
        found.made = made.and_then(claimed);
    }
    for track in boxes(movie).filter(|track| &track.kind == b"trak") {
        take_track(track.body, &mut found);
    }
    found
}

fn take_track(track: &[u8], found: &mut Movie) {
    let Some(media) = child(track, b"mdia") else { return };
    let handler = child(media, b"hdlr").and_then(|handler| handler.get(8..12));
    let codec = coding(media);
    match handler {
        Some(b"vide") if !found.has_pictures => {
            found.has_pictures = true;
            found.codec = codec;
            if let Some(head) = child(track, b"tkhd") {
                (found.pixels, found.orientation) = picture(head);
            }
        }
        Some(b"soun") if !found.has_pictures && found.codec.is_none() => found.codec = codec,
        _ => {}
    }
}

/// Creation, units a second and running time of a movie header, of 32 or of 64 bits.
fn times(header: &[u8]) -> (Option<u64>, Option<u32>, Option<u64>) {
    match header.first() {
        Some(1) => (u64_at(header, 4), u32_at(header, 20), u64_at(header, 24)),
        _ => {
            let short = |at| u32_at(header, at).map(u64::from);
            // All ones means that it is not known.
            let duration = short(16).filter(|duration| *duration != u64::from(u32::MAX));
            (short(4), u32_at(header, 12), duration)
        }
    }
}

fn milliseconds(duration: Option<u64>, scale: Option<u32>) -> Option<u64> {
    let scale = scale.filter(|scale| *scale > 0)?;
    let exact = u128::from(duration?) * 1_000 / u128::from(scale);
    u64::try_from(exact).ok().filter(|duration| *duration > 0)
}

fn claimed(seconds: u64) -> Option<ClaimedTime> {
    let unix = i64::try_from(seconds).ok()?.checked_sub(EPOCH)?;
    let time = DateTime::from_timestamp(unix, 0).filter(|_| unix >= NO_TIME_BEFORE)?;
    Some(ClaimedTime { local: time.format("%Y-%m-%dT%H:%M:%S").to_string(), offset_minutes: Some(0) })
}

/// Size and turning of a track: the last 44 bytes of its header are the matrix and the size, in both versions.
fn picture(head: &[u8]) -> (Option<PixelSize>, Orientation) {
    let Some(tail) = head.len().checked_sub(44).and_then(|at| head.get(at..)) else {
        return (None, Orientation::Upright);
    };
    let side = |at| u32_at(tail, at).map(|fixed| fixed >> 16);
    let turn = |at| u32_at(tail, at).map(|fixed| i64::from(fixed.cast_signed()).signum());
    let orientation = match (turn(0), turn(4), turn(12), turn(16)) {
        (Some(0), Some(1), Some(-1), Some(0)) => Orientation::NeedsQuarterClockwise,
        (Some(-1), Some(0), Some(0), Some(-1)) => Orientation::HalfTurned,
        (Some(0), Some(-1), Some(1), Some(0)) => Orientation::NeedsQuarterCounterClockwise,
        (Some(-1), Some(0), Some(0), Some(1)) => Orientation::Mirrored,
        (Some(1), Some(0), Some(0), Some(-1)) => Orientation::Flipped,
        _ => Orientation::Upright,
    };
    (PixelSize::of(side(36), side(40)), orientation)
}

/// The four letters of the first sample description.
fn coding(media: &[u8]) -> Option<String> {
    let table = child(child(media, b"minf")?, b"stbl")?;
    let descriptions = child(table, b"stsd")?;
    let name = descriptions.get(12..16)?;
    let printable = name.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
    let name = std::str::from_utf8(name).ok().filter(|_| printable)?;
    (u16_at(descriptions, 6)? > 0).then(|| name.trim().to_owned())
}
