//! What is said about files: honest, lying, damaged, empty and huge ones.
#![cfg(test)]

mod common;

use std::io::Cursor;

use common::{movie_box, photo, png, ramp, resized, video};
use countersign_evidence::samples::{SampleClaims, sample_photo};
use countersign_evidence::{
    BYTES_LIMIT, ClaimedPosition, ClaimedTime, Claims, Facts, Finding, Kind, Orientation, PIXEL_LIMIT, PixelSize,
    inspect, inspect_stream,
};
use jpeg_encoder::ColorType;
use proptest::prelude::*;

/// Both ways of looking must agree.
fn look(bytes: &[u8], name: Option<&str>) -> Facts {
    let facts = inspect(bytes, name);
    assert_eq!(inspect_stream(Cursor::new(bytes), name).unwrap(), facts);
    facts
}

fn size(width: u32, height: u32) -> Option<PixelSize> {
    Some(PixelSize { width, height })
}

/// Content, then the kind it must be, then names that are honest and names that lie.
#[test]
fn the_kind_is_judged_by_content_and_a_lying_name_is_found() {
    let heic = movie_box(b"ftyp", b"heic\0\0\0\0mif1heic");
    type Names = &'static [&'static str];
    let cases: [(Vec<u8>, Kind, Names, Names); 8] = [
        (photo(), Kind::Jpeg, &["a.jpg", "A.JPEG", "scan", "x.unknown", "b.jfif"], &["a.png", "a.pdf", "a.MOV"]),
        (png(8, 8), Kind::Png, &["a.png"], &["a.jpg", "photo.HEIC"]),
        (heic, Kind::Heic, &["a.heic", "a.HEIF"], &["a.jpg"]),
        (video(b"isom", true), Kind::Mp4, &["a.mp4", "a.mov", "a.3gp"], &["a.jpg"]),
        (video(b"qt  ", false), Kind::Mov, &["a.MOV", "a.mp4"], &["a.heic"]),
        (b"%PDF-1.7\n...%%EOF\n".to_vec(), Kind::Pdf, &["a.pdf"], &["a.jpeg"]),
        (b"PK\x03\x04 a workbook".to_vec(), Kind::Other, &["a.xlsx", "noname"], &["a.jpg", "a.pdf"]),
        (vec![0xff], Kind::Other, &["a.bin"], &["a.jpg"]),
    ];
    for (bytes, kind, honest, lying) in cases {
        for name in honest {
            let facts = look(&bytes, Some(name));
            assert_eq!(facts.kind, kind, "{name}");
            assert!(!facts.findings.iter().any(|f| matches!(f, Finding::Mislabelled { .. })), "{name}: {facts:?}");
        }
        for name in lying {
            let claimed = Kind::of_name(name).unwrap();
            assert!(
                look(&bytes, Some(name)).findings.contains(&Finding::Mislabelled { claimed, actual: kind }),
                "{name}"
            );
        }
    }
}

#[test]
fn an_empty_file_is_found_and_nothing_else_is_said() {
    let facts = look(b"", Some("a.jpg"));
    assert_eq!(facts.findings, [Finding::Empty]);
    assert!(facts.is_damaged());
}

#[test]
fn claims_of_a_photo_come_back_as_they_were_written() {
    let positions = [
        (0.0, 0.0, None),
        (47.376_887, 8.541_694, Some(408.25)),
        (-33.868_82, 151.209_296, Some(-2.5)),
        (51.5, -0.127_758, None),
    ];
    for (latitude, longitude, altitude) in positions {
        let position = ClaimedPosition::from_degrees(latitude, longitude, altitude);
        assert!(position.is_some());
        for orientation in Orientation::ALL {
            let claims = SampleClaims {
                taken: Some("2026:12:31 23:59:07".to_owned()),
                offset: Some("-03:30".to_owned()),
                position,
                orientation,
                make: "Müller & Sons".to_owned(),
                model: "X".to_owned(),
            };
            let facts = look(&sample_photo(1, 64, 48, &claims), Some("a.jpg"));
            let stored = if orientation.swaps_sides() { size(48, 64) } else { size(64, 48) };
            let expected = Claims {
                taken: Some(ClaimedTime { local: "2026-12-31T23:59:07".to_owned(), offset_minutes: Some(-210) }),
                position,
                orientation,
                make: Some("Müller & Sons".to_owned()),
                model: Some("X".to_owned()),
                lens: Some("Sample lens 26 mm f/1.8".to_owned()),
                software: Some("Countersign sample".to_owned()),
                pixels: stored,
            };
            assert_eq!(facts.claims, expected);
            assert_eq!((facts.pixels, facts.upright_pixels()), (stored, size(64, 48)));
            assert_eq!(facts.findings, []);
        }
    }
}

#[test]
fn a_time_without_an_offset_stays_without_one() {
    let claims = SampleClaims { offset: None, ..SampleClaims::default() };
    let taken = look(&sample_photo(1, 32, 32, &claims), None).claims.taken.unwrap();
    assert_eq!((taken.local.as_str(), taken.offset_minutes), ("2026-03-14T09:26:53", None));
    let claims = SampleClaims { taken: None, ..SampleClaims::default() };
    assert_eq!(look(&sample_photo(1, 32, 32, &claims), None).claims.taken, None);
}

#[test]
fn a_photo_without_metadata_claims_nothing_and_that_is_no_finding() {
    let facts = look(&ramp(40, 30, ColorType::Rgb, false), Some("a.jpg"));
    assert_eq!((facts.claims, facts.findings), (Claims::default(), vec![]));
    assert_eq!(facts.pixels, size(40, 30));
}

/// Each byte of the EXIF segment in turn becomes something else: the photo itself must stay a whole photo.
#[test]
fn damaged_metadata_never_damages_the_photo() {
    let original = photo();
    let segment = original.windows(6).position(|bytes| bytes == b"Exif\0\0").unwrap();
    let length = usize::from(u16::from_be_bytes([original[segment - 2], original[segment - 1]]));
    for position in segment..segment + length - 2 {
        for value in [0x00, 0xff, original[position] ^ 0x41] {
            let mut damaged = original.clone();
            damaged[position] = value;
            let facts = inspect(&damaged, Some("a.jpg"));
            assert_eq!((facts.kind, facts.pixels, facts.is_damaged()), (Kind::Jpeg, size(320, 240), false));
        }
    }
}

#[test]
fn metadata_that_cannot_be_read_yields_no_claims_and_a_note() {
    let mut damaged = photo();
    let tiff = damaged.windows(6).position(|bytes| bytes == b"Exif\0\0").unwrap() + 6;
    damaged[tiff..tiff + 8].fill(0x99);
    let facts = look(&damaged, None);
    assert_eq!(facts.claims, Claims::default());
    assert!(matches!(facts.findings[..], [Finding::UnreadableClaims { .. }]), "{:?}", facts.findings);
}

#[test]
fn a_cut_photo_is_found_at_every_length() {
    let whole = photo();
    for length in (3..whole.len()).step_by(97).chain([whole.len() - 1]) {
        let facts = look(&whole[..length], Some("a.jpg"));
        assert!(facts.findings.contains(&Finding::Truncated), "{length} bytes: {:?}", facts.findings);
    }
    let trailing = [whole, b"a motion photo has a video here".to_vec()].concat();
    assert_eq!(look(&trailing, None).findings, []);
}

#[test]
fn a_photo_with_a_hole_is_damaged() {
    let mut bytes = photo();
    bytes[20..40].fill(0);
    assert!(look(&bytes, None).is_damaged());
    assert!(look(&[0xff, 0xd8, 0xff, 0xd9], None).is_damaged());
}

#[test]
fn more_pixels_than_memory_can_hold_are_found_before_decoding() {
    let bomb = resized(ramp(16, 16, ColorType::Rgb, false), 60_000, 60_000);
    assert_eq!(look(&bomb, None).findings, [Finding::TooManyPixels { pixels: 3_600_000_000, limit: PIXEL_LIMIT }]);
    // A phone's largest sensor passes as an ordinary JPEG, and not as a progressive one.
    let large = resized(ramp(16, 16, ColorType::Rgb, false), 16_320, 12_240);
    assert_eq!(look(&large, None).findings, []);
    let progressive = resized(ramp(16, 16, ColorType::Rgb, true), 16_320, 12_240);
    assert!(matches!(look(&progressive, None).findings[..], [Finding::TooManyPixels { .. }]));
    assert!(matches!(look(&png(40_000, 40_000), None).findings[..], [Finding::TooManyPixels { .. }]));
}

/// A source that has a photo's first bytes and then zeros without end, as a sparse file has.
struct Sparse {
    position: u64,
}

impl std::io::Read for Sparse {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = if self.position < 3 { 0xff } else { 0 };
            if self.position == 1 {
                *byte = 0xd8;
            }
            self.position += 1;
        }
        Ok(buffer.len())
    }
}

impl std::io::Seek for Sparse {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.position = match to {
            std::io::SeekFrom::Start(position) => position,
            std::io::SeekFrom::End(_) => BYTES_LIMIT + 1,
            std::io::SeekFrom::Current(_) => self.position,
        };
        Ok(self.position)
    }
}

#[test]
fn a_photo_of_absurd_length_is_not_read() {
    let facts = inspect_stream(Sparse { position: 0 }, Some("a.jpg")).unwrap();
    assert_eq!(facts.kind, Kind::Jpeg);
    assert_eq!(facts.findings, [Finding::TooManyBytes { limit: BYTES_LIMIT }]);
}

#[test]
fn a_video_tells_its_length_size_and_time_wherever_its_header_is() {
    for (brand, kind) in [(b"isom", Kind::Mp4), (b"qt  ", Kind::Mov)] {
        for header_first in [true, false] {
            let facts = look(&video(brand, header_first), None);
            assert_eq!((facts.kind, facts.findings), (kind, vec![]), "{header_first}");
            assert_eq!((facts.duration_ms, facts.pixels), (Some(12_500), size(1920, 1080)));
            assert!(facts.claims.taken.unwrap().local.starts_with("2026-03-14T"));
        }
    }
}

#[test]
fn a_header_that_cannot_be_read_right_claims_no_time() {
    let mut never_set = video(b"isom", true);
    let header = never_set.windows(4).position(|kind| kind == b"mvhd").unwrap() + 4;
    never_set[header + 4..header + 8].fill(0);
    let facts = look(&never_set, None);
    assert_eq!((facts.claims.taken, facts.duration_ms), (None, Some(12_500)), "a clock that was never set says 1904");

    let mut long = video(b"isom", true);
    long[header] = 1;
    let facts = look(&long, None);
    assert_eq!((facts.claims.taken, facts.duration_ms), (None, None), "times of 64 bits");
}

#[test]
fn a_cut_video_is_found_at_every_length() {
    for header_first in [true, false] {
        let whole = video(b"isom", header_first);
        for length in (16..whole.len()).step_by(7) {
            let facts = look(&whole[..length], Some("a.mp4"));
            assert!(facts.is_damaged(), "{length} of {} bytes, header first: {header_first}", whole.len());
        }
    }
}

#[test]
fn facts_survive_json() {
    let bytes =
        sample_photo(3, 64, 48, &SampleClaims { orientation: Orientation::Transposed, ..SampleClaims::default() });
    let facts = inspect(&bytes[..bytes.len() - 9], Some("a.png"));
    let json = serde_json::to_string(&facts).unwrap();
    assert_eq!(serde_json::from_str::<Facts>(&json).unwrap(), facts);
    assert!(json.contains(r#"{"finding":"mislabelled","claimed":"png","actual":"jpeg"}"#), "{json}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    /// Any bytes behind any known beginning are looked at without a stop.
    #[test]
    fn nothing_stops_an_inspection(beginning in 0_usize..7, rest in prop::collection::vec(any::<u8>(), 0..600)) {
        let beginnings: [&[u8]; 7] = [
            b"", b"\xff\xd8\xff\xe1\x01\x00Exif\0\0MM\0\x2a\0\0\0\x08", b"\xff\xd8\xff\xc0\x00\x11\x08", b"\x89PNG\r\n\x1a\n",
            b"\0\0\0\x14ftypheic\0\0\0\0mif1", b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x60moov\0\0\0\x50mvhd", b"%PDF-",
        ];
        let bytes = [beginnings[beginning], &rest].concat();
        let facts = inspect(&bytes, Some("a.jpg"));
        prop_assert_eq!(facts.bytes, bytes.len() as u64);
        let _ = countersign_evidence::previews(&bytes, &facts);
    }
}
