//! Facts and previews of every kind besides JPEG: honest files, cut ones, bombs, and files that are two things at once.
#![cfg(test)]

mod common;

use common::pixels;
use countersign_evidence::samples::{
    SampleClaims, SampleVideo, sample_gif, sample_heic, sample_mp3, sample_ogg, sample_pdf, sample_photo, sample_png,
    sample_tiff, sample_video, sample_wav, sample_webp,
};
use countersign_evidence::{
    ClaimedPosition, Facts, Finding, Kind, Orientation, PixelSize, PreviewProblem, inspect, inspect_stream, previews,
};
use proptest::prelude::*;
use std::io::Cursor;

fn look(bytes: &[u8]) -> Facts {
    let facts = inspect(bytes, None);
    assert_eq!(inspect_stream(Cursor::new(bytes), None).unwrap(), facts, "both ways of looking agree");
    facts
}

fn size(width: u32, height: u32) -> Option<PixelSize> {
    Some(PixelSize { width, height })
}

/// Every sample with its kind, size, running time and pages.
#[test]
fn each_kind_tells_its_facts() {
    let sound = SampleVideo { brand: *b"M4A ", pixels: None, codec: *b"mp4a", ..SampleVideo::default() };
    let recorded = SampleVideo { brand: *b"isom", ..sound.clone() };
    type Row = (Vec<u8>, Kind, Option<PixelSize>, Option<u64>, Option<u64>);
    let rows: Vec<Row> = vec![
        (sample_png(1, 64, 48), Kind::Png, size(64, 48), None, None),
        (sample_gif(40, 30), Kind::Gif, size(40, 30), None, None),
        (sample_webp(1, 64, 48), Kind::Webp, size(64, 48), None, None),
        (sample_tiff(5_000, 4_000), Kind::Tiff, size(5_000, 4_000), None, None),
        (sample_heic(4_032, 3_024, 3, &SampleClaims::default()), Kind::Heic, size(4_032, 3_024), None, None),
        (sample_video(&SampleVideo::default()), Kind::Mp4, size(1_920, 1_080), Some(12_500), None),
        (sample_video(&sound), Kind::M4a, None, Some(12_500), None),
        (sample_video(&recorded), Kind::M4a, None, Some(12_500), None),
        (sample_wav(1_250), Kind::Wav, None, Some(1_250), None),
        (sample_ogg(90_000), Kind::Ogg, None, Some(90_000), None),
        // 417 bytes at 128 kbit/s are 26.06 ms.
        (sample_mp3(100), Kind::Mp3, None, Some(2_606), None),
        (sample_pdf(1), Kind::Pdf, None, None, Some(1)),
        (sample_pdf(1_200), Kind::Pdf, None, None, Some(1_200)),
    ];
    for (bytes, kind, pixels, duration_ms, pages) in rows {
        let facts = look(&bytes);
        assert_eq!((facts.kind, facts.pixels), (kind, pixels));
        assert_eq!((facts.duration_ms, facts.pages, facts.findings), (duration_ms, pages, vec![]), "{kind:?}");
    }
}

#[test]
fn a_heic_tells_how_it_is_turned_when_and_where_it_was_taken() {
    let turns = [
        (0, Orientation::Upright),
        (1, Orientation::NeedsQuarterCounterClockwise),
        (2, Orientation::HalfTurned),
        (3, Orientation::NeedsQuarterClockwise),
    ];
    for (quarters, orientation) in turns {
        let position = ClaimedPosition::from_degrees(47.376_887, 8.541_694, None);
        // The copy of the turning in the EXIF must not turn it twice.
        let claims = SampleClaims { position, orientation: Orientation::Flipped, ..SampleClaims::default() };
        let bytes = sample_heic(4_032, 3_024, quarters, &claims);
        let facts = look(&bytes);
        assert_eq!((facts.claims.orientation, facts.claims.position), (orientation, position));
        assert_eq!(facts.claims.taken.as_ref().unwrap().local, "2026-03-14T09:26:53");
        let upright = if quarters % 2 == 0 { size(4_032, 3_024) } else { size(3_024, 4_032) };
        assert_eq!(facts.upright_pixels(), upright);
        assert_eq!(previews(&bytes, &facts), Err(PreviewProblem::NotDrawnHere { kind: Kind::Heic }));
        for length in (40..bytes.len()).step_by(13) {
            assert!(look(&bytes[..length]).is_damaged(), "{length} of {}", bytes.len());
        }
    }
}

#[test]
fn a_video_tells_how_it_is_turned_coded_and_where_it_was_made() {
    let turns = [
        Orientation::Upright,
        Orientation::NeedsQuarterClockwise,
        Orientation::HalfTurned,
        Orientation::NeedsQuarterCounterClockwise,
    ];
    for (quarters, orientation) in (0_u8..).zip(turns) {
        for long_times in [false, true] {
            let position = ClaimedPosition::from_degrees(-33.5, 151.25, None);
            let video = SampleVideo { quarters, long_times, position, ..SampleVideo::default() };
            let facts = look(&sample_video(&video));
            assert_eq!((facts.claims.orientation, facts.codec.as_deref()), (orientation, Some("hvc1")));
            assert_eq!((facts.duration_ms, facts.pixels), (Some(12_500), size(1_920, 1_080)), "{long_times}");
            assert!(facts.claims.taken.unwrap().local.starts_with("2026-03-14T"), "{long_times}");
            assert_eq!(facts.claims.position, position);
        }
    }
}

#[test]
fn pictures_of_each_kind_are_drawn_small() {
    let cases =
        [(sample_png(3, 3_300, 2_400), false), (sample_webp(3, 3_300, 2_400), false), (sample_gif(3_300, 2_400), true)];
    for (bytes, plain) in cases {
        let facts = look(&bytes);
        let drawn = previews(&bytes, &facts).unwrap();
        assert!(!drawn.partial);
        let (width, height, found) = pixels(&drawn.preview.bytes);
        assert_eq!((width, height), (1_600, 1_164), "{:?}", facts.kind);
        assert_eq!((drawn.thumbnail.width, drawn.thumbnail.height), (320, 233));
        let first: [u8; 3] = found[..3].try_into().unwrap();
        let green = [0x17_u8, 0x60, 0x3a];
        assert!(!plain || first.iter().zip(green).all(|(a, b)| a.abs_diff(b) < 8), "{first:?}");
    }
    // One scene as JPEG and as PNG looks alike.
    let claims = SampleClaims::default();
    let photo = sample_photo(5, 400, 300, &claims);
    let screenshot = sample_png(5, 400, 300);
    let preview = |bytes: &[u8]| previews(bytes, &inspect(bytes, None)).unwrap().preview.bytes;
    let difference = common::difference(&pixels(&preview(&photo)).2, &pixels(&preview(&screenshot)).2);
    assert!(difference < 5.0, "{difference}");
}

#[test]
fn a_cut_png_is_found_at_every_length_and_shows_what_is_there() {
    let whole = sample_png(2, 640, 480);
    for length in (40..whole.len() - 1).step_by(whole.len() / 60) {
        let facts = look(&whole[..length]);
        assert!(facts.findings.contains(&Finding::Truncated), "{length}: {:?}", facts.findings);
        if length > whole.len() / 2 {
            assert!(previews(&whole[..length], &facts).unwrap().partial, "{length}");
        }
    }
}

/// A PNG whose header says another size; the check digits are right.
fn claimed_png(width: u32, height: u32, interlaced: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    drop(encoder.write_header().unwrap());
    if interlaced {
        bytes[28] = 1;
    }
    bytes
}

#[test]
fn bombs_are_found_before_anything_is_decoded() {
    let bombs = [
        (claimed_png(60_000, 60_000, false), "a PNG of 3,600 megapixels"),
        (claimed_png(8_000, 8_000, true), "a PNG that must stand in memory as a whole"),
        (sample_tiff(60_000, 60_000), "a TIFF"),
        ([b"GIF89a\xff\xff\xff\xff\0\0\0".as_slice(), b"\x3b"].concat(), "a GIF"),
        (
            [b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".as_slice(), &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff]].concat(),
            "a WebP",
        ),
    ];
    for (bytes, what) in bombs {
        let facts = look(&bytes);
        assert!(facts.findings.iter().any(|f| matches!(f, Finding::TooManyPixels { .. })), "{what}: {facts:?}");
        let problem = previews(&bytes, &facts).unwrap_err();
        assert!(
            matches!(problem, PreviewProblem::TooManyPixels { .. } | PreviewProblem::NotDrawnHere { .. }),
            "{what}: {problem:?}"
        );
    }
}

/// 196 megapixels of one colour are 200 kB as a file: they are read row by row and never stand in memory.
#[test]
fn a_large_png_of_one_colour_is_drawn_row_by_row() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 14_000, 14_000);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let row_bytes = 14_000 / 8;
    encoder.write_header().unwrap().write_image_data(&vec![0xff; row_bytes * 14_000]).unwrap();
    let facts = look(&bytes);
    assert_eq!(facts.findings, []);
    let drawn = previews(&bytes, &facts).unwrap();
    assert_eq!((drawn.preview.width, drawn.preview.height), (1_600, 1_600));
}

#[test]
fn files_that_are_two_things_at_once_are_named() {
    let archive = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    let photo = sample_photo(1, 64, 48, &SampleClaims::default());
    let rows: Vec<(Vec<u8>, Option<Kind>)> = vec![
        ([photo.as_slice(), archive].concat(), Some(Kind::Other)),
        ([sample_png(1, 64, 48).as_slice(), archive].concat(), Some(Kind::Other)),
        ([sample_pdf(1).as_slice(), archive].concat(), Some(Kind::Other)),
        ([b"GIF89a\x01\0\x01\0\0\0\0%PDF-1.4 ".as_slice(), b"%%EOF\x3b"].concat(), Some(Kind::Pdf)),
        ([photo.as_slice(), b"PK\x05\x06 is no archive here"].concat(), None),
        (photo, None),
    ];
    for (index, (bytes, also)) in rows.into_iter().enumerate() {
        let facts = look(&bytes);
        let found = facts.findings.iter().find_map(|finding| match finding {
            Finding::Mixed { also } => Some(*also),
            _ => None,
        });
        assert_eq!(found, also, "row {index}: {:?}", facts.findings);
    }
}

/// One of the samples, by number.
fn sample(which: usize) -> Vec<u8> {
    match which {
        0 => sample_png(1, 48, 32),
        1 => sample_gif(48, 32),
        2 => sample_webp(1, 48, 32),
        3 => sample_tiff(48, 32),
        4 => sample_heic(48, 32, 1, &SampleClaims::default()),
        5 => sample_video(&SampleVideo { content: 64, ..SampleVideo::default() }),
        6 => sample_video(&SampleVideo { content: 64, long_times: true, ..SampleVideo::default() }),
        7 => sample_wav(20),
        8 => sample_ogg(20),
        9 => sample_mp3(3),
        10 => sample_pdf(2),
        _ => sample_photo(1, 48, 32, &SampleClaims::default()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    /// A sample with any bytes changed and cut anywhere is looked at and drawn without a stop.
    #[test]
    fn no_damage_stops_an_inspection(
        which in 0_usize..12,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let mut bytes = sample(which);
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        let facts = inspect(&bytes, Some("a.jpg"));
        prop_assert_eq!(&inspect_stream(Cursor::new(&bytes), Some("a.jpg")).unwrap(), &facts);
        if let Ok(drawn) = previews(&bytes, &facts) {
            prop_assert!(drawn.preview.width <= 1_600 && drawn.preview.height <= 1_600);
        }
    }
}
