//! The EXIF segment of a sample photo: a TIFF structure of three directories, written by hand.
//!
//! Layout and tags are those of EXIF 2.32. Big-endian ("MM"), as most phones write it. Only what
//! [`SampleClaims`] names is written.

use super::SampleClaims;
use crate::claims::ClaimedPosition;

/// Bytes of the TIFF header; the first directory follows.
const HEADER_BYTES: u32 = 8;
/// Bytes of one directory entry.
const ENTRY_BYTES: u32 = 12;

mod tag {
    pub(super) const MAKE: u16 = 0x010f;
    pub(super) const MODEL: u16 = 0x0110;
    pub(super) const ORIENTATION: u16 = 0x0112;
    pub(super) const SOFTWARE: u16 = 0x0131;
    pub(super) const EXIF_DIRECTORY: u16 = 0x8769;
    pub(super) const GPS_DIRECTORY: u16 = 0x8825;
    pub(super) const EXIF_VERSION: u16 = 0x9000;
    pub(super) const TAKEN: u16 = 0x9003;
    pub(super) const OFFSET_TAKEN: u16 = 0x9011;
    pub(super) const WIDTH: u16 = 0xa002;
    pub(super) const HEIGHT: u16 = 0xa003;
    pub(super) const LENS_MODEL: u16 = 0xa434;
    pub(super) const GPS_VERSION: u16 = 0;
    pub(super) const LATITUDE_REFERENCE: u16 = 1;
    pub(super) const LATITUDE: u16 = 2;
    pub(super) const LONGITUDE_REFERENCE: u16 = 3;
    pub(super) const LONGITUDE: u16 = 4;
    pub(super) const ALTITUDE_REFERENCE: u16 = 5;
    pub(super) const ALTITUDE: u16 = 6;
}

/// A value of an entry: its TIFF type, how many, and its bytes.
struct Entry {
    tag: u16,
    format: u16,
    count: u32,
    bytes: Vec<u8>,
}

impl Entry {
    fn bytes(tag: u16, bytes: &[u8]) -> Self {
        Self { tag, format: 1, count: bytes.len() as u32, bytes: bytes.to_vec() }
    }

    fn text(tag: u16, text: &str) -> Self {
        let mut bytes = text.as_bytes().to_vec();
        bytes.push(0);
        Self { tag, format: 2, count: bytes.len() as u32, bytes }
    }

    fn short(tag: u16, value: u16) -> Self {
        Self { tag, format: 3, count: 1, bytes: value.to_be_bytes().to_vec() }
    }

    fn long(tag: u16, value: u32) -> Self {
        Self { tag, format: 4, count: 1, bytes: value.to_be_bytes().to_vec() }
    }

    fn rationals(tag: u16, values: &[(u32, u32)]) -> Self {
        let bytes =
            values.iter().flat_map(|(above, below)| [above.to_be_bytes(), below.to_be_bytes()]).flatten().collect();
        Self { tag, format: 5, count: values.len() as u32, bytes }
    }

    fn undefined(tag: u16, bytes: &[u8]) -> Self {
        Self { tag, format: 7, count: bytes.len() as u32, bytes: bytes.to_vec() }
    }
}

/// The payload of the segment for a picture that is stored with this size.
pub(super) fn segment(claims: &SampleClaims, width: u16, height: u16) -> Vec<u8> {
    let exif = exif_directory(claims, width, height);
    let gps = claims.position.map(|position| gps_directory(&position));
    // The places of the later directories depend on the length of the first, not on the places themselves.
    let first_length = length(&first_directory(claims, 0, gps.as_ref().map(|_| 0)));
    let exif_at = HEADER_BYTES.saturating_add(first_length);
    let gps_at = exif_at.saturating_add(length(&exif));
    let first = first_directory(claims, exif_at, gps.as_ref().map(|_| gps_at));

    let mut segment = b"Exif\0\0MM\0\x2a".to_vec();
    segment.extend(HEADER_BYTES.to_be_bytes());
    write_directory(&mut segment, &first, HEADER_BYTES);
    write_directory(&mut segment, &exif, exif_at);
    if let Some(gps) = gps {
        write_directory(&mut segment, &gps, gps_at);
    }
    segment
}

fn first_directory(claims: &SampleClaims, exif_at: u32, gps_at: Option<u32>) -> Vec<Entry> {
    let mut entries = vec![
        Entry::text(tag::MAKE, &claims.make),
        Entry::text(tag::MODEL, &claims.model),
        Entry::short(tag::ORIENTATION, claims.orientation.exif_value().into()),
        Entry::text(tag::SOFTWARE, "Countersign sample"),
        Entry::long(tag::EXIF_DIRECTORY, exif_at),
    ];
    entries.extend(gps_at.map(|at| Entry::long(tag::GPS_DIRECTORY, at)));
    entries
}

fn exif_directory(claims: &SampleClaims, width: u16, height: u16) -> Vec<Entry> {
    let mut entries = vec![Entry::undefined(tag::EXIF_VERSION, b"0232")];
    entries.extend(claims.taken.as_deref().map(|taken| Entry::text(tag::TAKEN, taken)));
    entries.extend(claims.offset.as_deref().map(|offset| Entry::text(tag::OFFSET_TAKEN, offset)));
    entries.push(Entry::long(tag::WIDTH, width.into()));
    entries.push(Entry::long(tag::HEIGHT, height.into()));
    entries.push(Entry::text(tag::LENS_MODEL, "Sample lens 26 mm f/1.8"));
    entries
}

fn gps_directory(position: &ClaimedPosition) -> Vec<Entry> {
    let reference = |negative: bool, one: &'static str, other: &'static str| if negative { one } else { other };
    let mut entries = vec![
        Entry::bytes(tag::GPS_VERSION, &[2, 3, 0, 0]),
        Entry::text(tag::LATITUDE_REFERENCE, reference(position.latitude_microdegrees < 0, "S", "N")),
        Entry::rationals(tag::LATITUDE, &degrees_minutes_seconds(position.latitude_microdegrees)),
        Entry::text(tag::LONGITUDE_REFERENCE, reference(position.longitude_microdegrees < 0, "W", "E")),
        Entry::rationals(tag::LONGITUDE, &degrees_minutes_seconds(position.longitude_microdegrees)),
    ];
    if let Some(altitude) = position.altitude_centimetres {
        entries.push(Entry::bytes(tag::ALTITUDE_REFERENCE, &[u8::from(altitude < 0)]));
        entries.push(Entry::rationals(tag::ALTITUDE, &[(altitude.unsigned_abs(), 100)]));
    }
    entries
}

/// Degrees, minutes and ten-thousandths of seconds: exact for microdegrees, of which one is 36 of them.
fn degrees_minutes_seconds(microdegrees: i32) -> [(u32, u32); 3] {
    let whole = microdegrees.unsigned_abs();
    let (degrees, rest) = (whole / 1_000_000, u64::from(whole % 1_000_000) * 36);
    let (minutes, seconds) = (rest / 600_000, rest % 600_000);
    // Both are far below 32 bits: minutes below 60, seconds below 600,000.
    [(degrees, 1), (minutes as u32, 1), (seconds as u32, 10_000)]
}

/// Bytes of a directory with its values.
fn length(entries: &[Entry]) -> u32 {
    let values: u32 = entries.iter().map(outside_bytes).sum();
    2 + ENTRY_BYTES * entries.len() as u32 + 4 + values
}

/// Bytes of a value that does not fit into its entry, padded to an even number.
fn outside_bytes(entry: &Entry) -> u32 {
    let length = entry.bytes.len() as u32;
    if length <= 4 { 0 } else { length + length % 2 }
}

/// Writes a directory that begins `at` bytes after the TIFF header, its values behind it.
fn write_directory(segment: &mut Vec<u8>, entries: &[Entry], at: u32) {
    let mut value_at = at + 2 + ENTRY_BYTES * entries.len() as u32 + 4;
    let mut values = Vec::new();
    segment.extend((entries.len() as u16).to_be_bytes());
    for entry in entries {
        segment.extend(entry.tag.to_be_bytes());
        segment.extend(entry.format.to_be_bytes());
        segment.extend(entry.count.to_be_bytes());
        if outside_bytes(entry) == 0 {
            segment.extend(entry.bytes.iter().copied().chain(std::iter::repeat(0)).take(4));
        } else {
            segment.extend(value_at.to_be_bytes());
            value_at += outside_bytes(entry);
            values.extend(&entry.bytes);
            values.extend((!entry.bytes.len().is_multiple_of(2)).then_some(0));
        }
    }
    // No further directory.
    segment.extend(0_u32.to_be_bytes());
    segment.extend(values);
}
