//! The small pictures: upright, small, plain, the same each time, and a clear problem where there is none.
#![cfg(test)]

mod common;

use common::{difference, photo, pixels, png, ramp, resized, video};
use countersign_evidence::samples::{SampleClaims, sample_photo};
use countersign_evidence::{Kind, Orientation, PreviewProblem, Previews, inspect, previews};
use jpeg_encoder::ColorType;

fn draw(bytes: &[u8]) -> Result<Previews, PreviewProblem> {
    previews(bytes, &inspect(bytes, None))
}

fn sample(orientation: Orientation, width: u16, height: u16) -> Vec<u8> {
    sample_photo(5, width, height, &SampleClaims { orientation, ..SampleClaims::default() })
}

/// The same scene stored in eight ways must look the same; stored otherwise it would not.
#[test]
fn all_eight_orientations_come_out_upright() {
    let upright = draw(&sample(Orientation::Upright, 480, 360)).unwrap();
    let (width, height, expected) = pixels(&upright.preview.bytes);
    assert_eq!((width, height), (480, 360));
    for orientation in Orientation::ALL {
        let bytes = sample(orientation, 480, 360);
        let previews = draw(&bytes).unwrap();
        let (width, height, found) = pixels(&previews.preview.bytes);
        assert_eq!((width, height), (480, 360), "{orientation:?}");
        assert!(difference(&expected, &found) < 5.0, "{orientation:?}: {}", difference(&expected, &found));
        if orientation != Orientation::Upright && !orientation.swaps_sides() {
            let (_, _, stored) = pixels(&bytes);
            assert!(difference(&expected, &stored) > 15.0, "{orientation:?} is not told from upright by this scene");
        }
    }
}

/// Width and height of the photo, of its preview and of its thumbnail.
#[test]
fn sizes_follow_the_longer_side_and_never_grow() {
    let cases = [
        ((2000, 1500), (1600, 1200), (320, 240)),
        ((1500, 2000), (1200, 1600), (240, 320)),
        ((3400, 2550), (1600, 1200), (320, 240)),
        ((1600, 900), (1600, 900), (320, 180)),
        ((300, 200), (300, 200), (300, 200)),
        ((1, 1), (1, 1), (1, 1)),
        ((5000, 9), (1600, 3), (320, 1)),
        ((8, 3333), (4, 1600), (1, 320)),
    ];
    for ((width, height), preview, thumbnail) in cases {
        let found = draw(&ramp(width, height, ColorType::Rgb, false)).unwrap();
        assert_eq!((found.preview.width, found.preview.height), preview, "{width} x {height}");
        assert_eq!((found.thumbnail.width, found.thumbnail.height), thumbnail, "{width} x {height}");
        for jpeg in [&found.preview, &found.thumbnail] {
            let (width, height, _) = pixels(&jpeg.bytes);
            assert_eq!((width, height), (jpeg.width, jpeg.height));
        }
    }
}

/// Every coding of the ramp shows red growing to the right and green growing downwards.
#[test]
fn progressive_grey_and_ink_photos_are_drawn() {
    let cases = [
        (ColorType::Rgb, true, [(0, 0), (1, 0), (0, 1)]),
        (ColorType::Rgb, false, [(0, 0), (1, 0), (0, 1)]),
        (ColorType::Luma, false, [(0, 0), (1, 1), (0, 0)]),
        (ColorType::Luma, true, [(0, 0), (1, 1), (0, 0)]),
    ];
    for (colour, progressive, corners) in cases {
        let found = draw(&ramp(200, 100, colour, progressive)).unwrap();
        let (width, _, rgb) = pixels(&found.preview.bytes);
        let at = |x: usize, y: usize| &rgb[(y * usize::from(width) + x) * 3..][..2];
        for ((x, y), (red, green)) in [(4, 4), (195, 4), (4, 95)].into_iter().zip(corners) {
            let close = |value: u8, high: i32| (i32::from(value) - high * 255).abs() < 30;
            assert!(close(at(x, y)[0], red) && close(at(x, y)[1], green), "{colour:?} at {x},{y}: {:?}", at(x, y));
        }
    }
}

/// The ramp as inks: cyan grows to the right, so red fades; both ways in which printers' files hold inks.
#[test]
fn cmyk_photos_come_out_as_light() {
    for colour in [ColorType::Cmyk, ColorType::CmykAsYcck] {
        let found = draw(&ramp(200, 100, colour, false)).unwrap();
        let (width, _, rgb) = pixels(&found.preview.bytes);
        let red = |x: usize| rgb[(50 * usize::from(width) + x) * 3];
        assert!(red(4) > 225 && red(195) < 30, "{colour:?}: {} to {}", red(4), red(195));
    }
}

#[test]
fn the_same_bytes_give_the_same_pictures_and_no_metadata_leaves() {
    let bytes = photo();
    let found = draw(&bytes).unwrap();
    assert_eq!(draw(&bytes).unwrap(), found);
    assert!(!found.partial);
    for jpeg in [&found.preview.bytes, &found.thumbnail.bytes] {
        assert!(!jpeg.windows(4).any(|bytes| bytes == b"Exif"));
        assert_eq!(inspect(jpeg, Some("a.jpg")).findings, []);
        let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a baseline frame");
        assert_eq!(jpeg[frame + 11], 0x22, "brightness is sampled twice as densely as colour, both ways");
    }
}

/// A cut photo shows what arrived as soon as its header is whole, and says that it is partial.
#[test]
fn a_cut_photo_gives_a_partial_preview_or_a_problem_and_never_stops() {
    let whole = photo();
    let (_, _, expected) = pixels(&draw(&whole).unwrap().preview.bytes);
    let scan = whole.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap() + 14;
    for length in (0..whole.len()).step_by(97) {
        match draw(&whole[..length]) {
            Ok(found) => {
                assert!(found.partial && length >= scan, "{length}");
                if length > whole.len() * 3 / 4 {
                    let (width, height, rgb) = pixels(&found.preview.bytes);
                    let half = usize::from(width) * usize::from(height) / 2 * 3;
                    assert!(difference(&expected[..half], &rgb[..half]) < 2.0, "the upper half is there");
                }
            }
            Err(PreviewProblem::Empty) => assert_eq!(length, 0),
            Err(PreviewProblem::Damaged { .. }) => assert!(length < scan, "{length} of {}", whole.len()),
            Err(problem) => panic!("{length}: {problem}"),
        }
    }
}

#[test]
fn a_cut_progressive_photo_never_stops() {
    let whole = ramp(160, 120, ColorType::Rgb, true);
    for length in (0..whole.len()).step_by(31) {
        if let Ok(found) = draw(&whole[..length]) {
            assert!(found.partial, "{length}");
        }
    }
}

#[test]
fn a_flipped_byte_anywhere_never_stops() {
    let whole = sample(Orientation::NeedsQuarterClockwise, 96, 72);
    for position in 0..whole.len().min(1200) {
        let mut damaged = whole.clone();
        damaged[position] ^= 0xff;
        let _ = draw(&damaged);
    }
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let bomb = resized(ramp(16, 16, ColorType::Rgb, true), 40_000, 40_000);
    assert!(matches!(draw(&bomb), Err(PreviewProblem::TooManyPixels { pixels: 1_600_000_000, .. })));
    assert_eq!(draw(b""), Err(PreviewProblem::Empty));
    assert!(matches!(draw(&png(4, 4)), Err(PreviewProblem::Damaged { .. })), "a head without its picture");
    assert_eq!(draw(&video(b"isom", true)), Err(PreviewProblem::NotDrawnHere { kind: Kind::Mp4 }));
    assert_eq!(draw(b"notes"), Err(PreviewProblem::NotDrawnHere { kind: Kind::Other }));
    let mut arithmetic = ramp(16, 16, ColorType::Rgb, false);
    let frame = arithmetic.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    arithmetic[frame + 1] = 0xc9;
    assert!(matches!(draw(&arithmetic), Err(PreviewProblem::Unsupported { .. })));
}
