//! The samples: the same for the same seed, different for others, and whole files.
#![cfg(test)]

mod common;

use std::collections::BTreeSet;

use common::{difference, pixels};
use countersign_evidence::samples::{SampleClaims, sample_photo, sample_signature};
use countersign_evidence::{Orientation, inspect};

#[test]
fn a_seed_gives_one_photo_and_each_seed_another() {
    let claims = SampleClaims::default();
    let photos: BTreeSet<Vec<u8>> = (0..12).map(|seed| sample_photo(seed, 120, 90, &claims)).collect();
    assert_eq!(photos.len(), 12);
    assert!(photos.contains(&sample_photo(7, 120, 90, &claims)));
    let (_, _, one) = pixels(&sample_photo(1, 240, 180, &claims));
    let (_, _, other) = pixels(&sample_photo(2, 240, 180, &claims));
    assert!(difference(&one, &other) > 1.0, "the scene itself differs, not only its grain");
}

#[test]
fn every_size_and_orientation_is_a_whole_photo() {
    for (width, height) in [(16, 16), (1, 1), (640, 480), (90, 400), (800, 60)] {
        for orientation in Orientation::ALL {
            let facts = inspect(
                &sample_photo(9, width, height, &SampleClaims { orientation, ..SampleClaims::default() }),
                Some("a.jpg"),
            );
            let upright = facts.upright_pixels().unwrap();
            assert_eq!((upright.width, upright.height), (width.max(16).into(), height.max(16).into()));
            assert_eq!(facts.findings, []);
        }
    }
}

#[test]
fn a_signature_looks_like_one() {
    let mut seen = BTreeSet::new();
    for seed in 0..40 {
        let strokes = sample_signature(seed);
        assert_eq!(strokes, sample_signature(seed));
        assert!(seen.insert(strokes.pack()), "seed {seed} repeats another");
        let around = strokes.bounding_box().unwrap();
        assert!(around.width() > around.height() && (3..=4).contains(&strokes.strokes().len()));
        assert!((120..600).contains(&strokes.point_count()), "{}", strokes.point_count());
        assert!(strokes.pack().len() < 5 * strokes.point_count(), "smooth enough to pack well");
        let pressures: BTreeSet<u8> = strokes.strokes().iter().flat_map(|s| s.points()).map(|p| p.pressure).collect();
        assert!(pressures.len() > 30);
    }
}
