//! Signatures: read, refused with a place and a reason, packed in exactly one way, and drawn.
#![cfg(test)]

use countersign_evidence::samples::sample_signature;
use countersign_evidence::{
    BoundingBox, Kind, Point, PointField, PointProblem, Segment, Strokes, StrokesError, UnpackError, inspect, previews,
    stroke_limits as limits,
};
use proptest::prelude::*;

fn point(x: i32, y: i32, t: u32, pressure: u8) -> Point {
    Point { x, y, t, pressure }
}

#[test]
fn json_is_read_in_pixels_and_kept_in_sixteenths() {
    let strokes =
        Strokes::from_json(r#"{"pad":"any","strokes":[[[10,20.5,0,0.5],[-1.03,0,16.4,1]],[[1,2,3,0]]]}"#).unwrap();
    let points: Vec<Vec<Point>> = strokes.strokes().iter().map(|stroke| stroke.points().to_vec()).collect();
    assert_eq!(points, [vec![point(160, 328, 0, 128), point(-16, 0, 16, 255)], vec![point(16, 32, 3, 0)]]);
    assert_eq!(strokes.bounding_box(), Some(BoundingBox { left: -16, top: 0, right: 160, bottom: 328 }));
}

/// Text that is no signature, and words that the answer must hold so that a person finds the place.
#[test]
fn each_error_names_the_place_and_what_is_wrong() {
    let cases = [
        ("", "not JSON"),
        ("{\"strokes\":[[[1,2", "line 1"),
        ("[]", "no list named \"strokes\""),
        ("{\"strokes\":7}", "no list named \"strokes\""),
        ("{\"strokes\":[7]}", "stroke 1 is not a list"),
        ("{\"strokes\":[[[1,2,3,0]],[]]}", "stroke 2 has no points"),
        ("{\"strokes\":[[[1,2,3,0],7]]}", "point 2 of stroke 1 is not a list"),
        ("{\"strokes\":[[[1,2,3]]]}", "point 1 of stroke 1 has 3 numbers"),
        ("{\"strokes\":[[[1,2,3,0,5]]]}", "has 5 numbers"),
        ("{\"strokes\":[[[1,2,3,0]],[[1,\"2\",3,0]]]}", "point 1 of stroke 2 has a y that is not a number"),
        ("{\"strokes\":[[[1,2,null,0]]]}", "ms that is not a number"),
        ("{\"strokes\":[[[16385,2,3,0]]]}", "x 16385, which is not within -16384 to 16384"),
        ("{\"strokes\":[[[1,-1e300,3,0]]]}", "which is not within"),
        ("{\"strokes\":[[[1,2,-1,0]]]}", "ms -1, which is not within 0 to 3600000"),
        ("{\"strokes\":[[[1,2,3,1.01]]]}", "pressure 1.01, which is not within 0 to 1"),
        (
            "{\"strokes\":[[[1,2,30,0],[1,2,29,0]]]}",
            "point 2 of stroke 1 is at 29 ms, before the point in front of it at 30 ms",
        ),
    ];
    for (text, words) in cases {
        let error = Strokes::from_json(text).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
}

#[test]
fn limits_are_the_last_values_that_pass() {
    let many = |strokes: usize, points: usize| {
        Strokes::new(vec![(0..points).map(|index| point(0, 0, index as u32, 0)).collect(); strokes])
    };
    assert!(many(limits::STROKES, 1).is_ok());
    assert_eq!(many(limits::STROKES + 1, 1), Err(StrokesError::TooManyStrokes { found: 513, limit: 512 }));
    assert!(many(1, limits::POINTS).is_ok());
    assert_eq!(many(2, limits::POINTS / 2 + 1), Err(StrokesError::TooManyPoints { found: 20_002, limit: 20_000 }));
    let one = |x, t| Strokes::new(vec![vec![point(x, 0, t, 0)]]);
    assert!(one(limits::UNITS, limits::MILLISECONDS).is_ok() && one(-limits::UNITS, 0).is_ok());
    assert!(matches!(
        one(limits::UNITS + 1, 0),
        Err(StrokesError::Point {
            stroke: 1,
            point: 1,
            problem: PointProblem::OutOfRange { field: PointField::X, .. }
        })
    ));
    assert!(one(0, limits::MILLISECONDS + 1).is_err());
    let long = format!("{{\"strokes\":[]{}}}", " ".repeat(limits::JSON_BYTES));
    assert_eq!(Strokes::from_json(&long), Err(StrokesError::TooLong { limit: limits::JSON_BYTES }));
}

#[test]
fn nothing_and_a_dot_are_no_signature() {
    let line = |length: i32| Strokes::new(vec![vec![point(50, 50, 0, 9), point(50, 50 + length, 8, 9)]]).unwrap();
    assert!(Strokes::default().is_blank());
    assert!(Strokes::from_json("{\"strokes\":[]}").unwrap().is_blank());
    assert!(Strokes::from_json("{\"strokes\":[[[5,5,0,1]]]}").unwrap().is_blank());
    assert!(line(limits::LEAST_EXTENT - 1).is_blank());
    assert!(!line(limits::LEAST_EXTENT).is_blank());
    assert!(!sample_signature(1).is_blank());
}

#[test]
fn taps_all_over_the_pad_are_no_signature() {
    let taps = (0..9).map(|tap| vec![point(tap * 800, tap * 100, 0, 9)]).collect();
    assert!(Strokes::new(taps).unwrap().is_blank());
    let tapped_and_drawn =
        vec![vec![point(0, 0, 0, 9)], vec![point(9, 9, 5, 9), point(9, 9 + limits::LEAST_EXTENT, 9, 9)]];
    assert!(!Strokes::new(tapped_and_drawn).unwrap().is_blank());
}

#[test]
fn a_signature_becomes_a_picture_that_is_read_like_any_other() {
    let signature = sample_signature(1);
    let picture = signature.picture().unwrap();
    assert_eq!(signature.picture().unwrap(), picture, "the same strokes give the same bytes");
    assert_ne!(sample_signature(2).picture().unwrap(), picture);
    let facts = inspect(&picture, None);
    assert_eq!(facts.kind, Kind::Png);
    let size = facts.pixels.unwrap();
    assert!(size.width <= 1_220 && size.height <= 500 && size.width.max(size.height) >= 300, "{size:?}");
    let thumbnail = previews(&picture, &facts).unwrap().thumbnail;
    assert!(!thumbnail.bytes.is_empty());
    assert_eq!(Strokes::new(vec![vec![point(5, 5, 0, 9)]]).unwrap().picture(), None);
}

/// Ink lies where the pen was and nowhere else.
#[test]
fn the_picture_shows_the_stroke() {
    let level = Strokes::new(vec![vec![point(0, 0, 0, 128), point(1_600, 0, 90, 128)]]).unwrap();
    let bytes = level.picture().unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut greys = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut greys).unwrap();
    let (width, height) = (frame.width as usize, frame.height as usize);
    let at = |x: usize, y: usize| greys[y * width + x];
    assert_eq!(at(width / 2, height / 2), 0, "the line");
    assert_eq!(at(width / 2, 0), 255, "above it");
    assert_eq!(at(0, height / 2), 255, "before it");
}

/// The packed form is what is hashed and kept for years: these bytes must never change.
#[test]
fn the_packed_form_is_fixed() {
    let strokes =
        Strokes::new(vec![vec![point(160, -3, 0, 128), point(161, 70, 8, 129), point(162, 143, 16, 120)]]).unwrap();
    // From byte 9 on: 1 - 160 = -159, 73 - (-3) = 76, 8 - 0, 129 - 128; then no change but in pressure.
    let packed = [1, 1, 3, 192, 2, 5, 0, 128, 2, 189, 2, 152, 1, 16, 2, 0, 0, 0, 17];
    assert_eq!(strokes.pack(), packed);
    assert_eq!(Strokes::unpack(&packed).unwrap(), strokes);
    assert_eq!(Strokes::default().pack(), [1, 0]);
}

/// Bytes, and why they are refused.
#[test]
fn unpacking_is_strict() {
    let good = Strokes::new(vec![vec![point(1, 2, 3, 4)]]).unwrap().pack();
    assert_eq!(good, [1, 1, 1, 2, 4, 6, 8]);
    let cases: [(&[u8], UnpackError); 11] = [
        (&[], UnpackError::UnknownVersion { found: None }),
        (&[2, 0], UnpackError::UnknownVersion { found: Some(2) }),
        (&[1], UnpackError::Short { at: 1 }),
        (&[1, 1, 1, 2, 4, 6], UnpackError::Short { at: 6 }),
        (&[1, 1, 1, 2, 4, 6, 0x88], UnpackError::Short { at: 7 }),
        (&[1, 1, 1, 2, 4, 6, 8, 0], UnpackError::Trailing { count: 1 }),
        (&[1, 0x81, 0x00, 1, 2, 4, 6, 8], UnpackError::NotShortest { at: 2 }),
        (&[1, 1, 1, 2, 4, 6, 0x88, 0x00], UnpackError::NotShortest { at: 7 }),
        (&[1, 0xff, 0xff, 0xff, 0xff, 0x1f], UnpackError::NotShortest { at: 5 }),
        (&[1, 0xff, 0xff, 0xff, 0xff, 0x0f], UnpackError::Short { at: 6 }),
        (&[1, 1, 1, 2, 4, 5, 8], UnpackError::Overflow { at: 7 }),
    ];
    for (bytes, expected) in cases {
        assert_eq!(Strokes::unpack(bytes), Err(expected), "{bytes:?}");
    }
    assert!(matches!(Strokes::unpack(&[1, 1, 0]), Err(UnpackError::Short { .. })));
}

#[test]
fn a_drawing_lies_within_its_size_and_keeps_its_shape() {
    for seed in 0..20 {
        let strokes = sample_signature(seed);
        let around = strokes.bounding_box().unwrap();
        let drawing = strokes.paths_within(180.0, 60.0);
        assert!(drawing.width <= 180.01 && drawing.height <= 60.01);
        assert!(drawing.width > 179.9 || drawing.height > 59.9, "it uses the room");
        assert!((strokes.paths(180.0).width - 180.0).abs() < 0.01);
        let shape = around.width() as f32 / around.height() as f32;
        assert!((drawing.width / drawing.height - shape).abs() < 0.4 * shape);
        for path in &drawing.paths {
            assert!(matches!(path.segments[0], Segment::Move { .. }) && path.segments.len() > 1);
            for segment in &path.segments {
                let (Segment::Move { to } | Segment::Quad { to, .. }) = segment;
                let half = path.width / 2.0;
                assert!(to.x - half > -0.01 && to.x + half < drawing.width + 0.01, "{to:?}");
                assert!(to.y - half > -0.01 && to.y + half < drawing.height + 0.01, "{to:?}");
            }
        }
    }
}

#[test]
fn pressure_makes_the_line_thicker_and_a_dot_is_drawn() {
    let light = Strokes::new(vec![vec![point(0, 0, 0, 0), point(1600, 0, 8, 0)]]).unwrap().paths(100.0);
    let heavy = Strokes::new(vec![vec![point(0, 0, 0, 255), point(1600, 0, 8, 255)]]).unwrap().paths(100.0);
    assert!(heavy.paths[0].width > 2.0 * light.paths[0].width);
    let with_dot = Strokes::new(vec![vec![point(0, 0, 0, 9)], vec![point(320, 320, 9, 9)]]).unwrap().paths(40.0);
    assert_eq!(with_dot.paths.len(), 2);
    assert!(Strokes::default().paths(100.0).paths.is_empty());
}

#[test]
fn svg_is_well_formed_and_the_same_each_time() {
    let svg = sample_signature(3).svg();
    assert_eq!(svg, sample_signature(3).svg());
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ") && svg.ends_with("</g></svg>"));
    assert_eq!(svg.matches("<path ").count(), svg.matches("\"/>").count());
    assert!(svg.len() < 20_000 && !svg.contains("NaN") && !svg.contains("inf"));
    assert!(Strokes::default().svg().ends_with("</g></svg>"));
}

/// Any signature within the limits, also one that no hand can make.
fn any_strokes() -> impl Strategy<Value = Strokes> {
    let any_point =
        (-limits::UNITS..=limits::UNITS, -limits::UNITS..=limits::UNITS, 0..=limits::MILLISECONDS, any::<u8>());
    let stroke = prop::collection::vec(any_point, 1..40).prop_map(|points| {
        let mut points: Vec<Point> = points.into_iter().map(|(x, y, t, pressure)| point(x, y, t, pressure)).collect();
        points.sort_by_key(|point| point.t);
        points
    });
    prop::collection::vec(stroke, 0..8).prop_map(|strokes| Strokes::new(strokes).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn packing_and_json_bring_back_every_point(strokes in any_strokes()) {
        prop_assert_eq!(Strokes::unpack(&strokes.pack()).unwrap(), strokes.clone());
        prop_assert_eq!(Strokes::from_json(&strokes.to_json()).unwrap(), strokes.clone());
        let drawing = strokes.paths_within(200.0, 80.0);
        prop_assert!(drawing.width.is_finite() && drawing.height.is_finite());
    }

    /// One signature has one packed form: whatever is accepted packs to the same bytes again.
    #[test]
    fn arbitrary_bytes_are_refused_or_come_back_the_same(mut bytes in prop::collection::vec(any::<u8>(), 0..200), small in any::<bool>()) {
        if let Some(first) = bytes.first_mut() {
            *first = 1;
        }
        if small {
            // Mostly small numbers reach deeper than mostly large ones.
            bytes.iter_mut().skip(1).for_each(|byte| *byte %= 6);
        }
        if let Ok(strokes) = Strokes::unpack(&bytes) {
            prop_assert_eq!(strokes.pack(), bytes);
        }
    }

    /// A changed byte of a real signature is refused or means other strokes, never the same ones.
    #[test]
    fn a_changed_byte_never_means_the_same(seed in 0_u64..50, at in any::<prop::sample::Index>(), change in 1_u8..=255) {
        let strokes = sample_signature(seed);
        let mut bytes = strokes.pack();
        let at = at.index(bytes.len());
        bytes[at] ^= change;
        if let Ok(other) = Strokes::unpack(&bytes) {
            prop_assert_ne!(other, strokes);
        }
    }

    #[test]
    fn arbitrary_text_never_stops(text in "\\{\"strokes\":[\\[\\]0-9,.e\\-]{0,60}\\}") {
        let _ = Strokes::from_json(&text);
    }
}
