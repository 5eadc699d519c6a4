//! Photos and signatures that the repository makes itself, for the demo and for tests.
//!
//! Everything follows from the arguments, so a seed names a photo. Nothing here is ever used on evidence that a
//! person captured.

mod canvas;
mod chance;
mod exif;
mod files;
mod panel;
mod signature;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::claims::{ClaimedPosition, Orientation};
use crate::pixels::Picture;

pub use files::{
    SampleVideo, sample_gif, sample_heic, sample_mp3, sample_ogg, sample_pdf, sample_png, sample_tiff, sample_video,
    sample_video_head, sample_wav, sample_webp,
};
pub use signature::sample_signature;

/// Quality of sample photos: as phones write them.
const QUALITY: u8 = 88;
/// APP1 carries EXIF (EXIF 2.32, section 4.7.2).
const EXIF_SEGMENT: u8 = 1;

/// What a sample photo says about its making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleClaims {
    /// The camera's wall clock as EXIF writes it, `2026:03:14 09:26:53`; nothing leaves it out.
    pub taken: Option<String>,
    /// The offset from UTC as EXIF writes it, `+08:00`.
    pub offset: Option<String>,
    /// Where it was taken.
    pub position: Option<ClaimedPosition>,
    /// How it is stored; a viewer that honours it shows the picture upright.
    pub orientation: Orientation,
    /// Maker of the camera.
    pub make: String,
    /// Model of the camera.
    pub model: String,
}

impl Default for SampleClaims {
    fn default() -> Self {
        Self {
            taken: Some("2026:03:14 09:26:53".to_owned()),
            offset: Some("+01:00".to_owned()),
            position: None,
            orientation: Orientation::Upright,
            make: "Sample".to_owned(),
            model: "Bench camera".to_owned(),
        }
    }
}

/// A photo of a machine's panel: a pressure gauge, a pump and a leak, different for each seed.
///
/// `width` and `height` are those of the upright picture, 16 pixels at least; it is stored turned as
/// `claims.orientation` says. The result is a JPEG with an EXIF segment.
pub fn sample_photo(seed: u64, width: u16, height: u16, claims: &SampleClaims) -> Vec<u8> {
    let seen = panel::draw(seed, width.max(16), height.max(16));
    let stored = seen.upright(inverse(claims.orientation));
    encode(&stored, claims)
}

/// The turn that undoes `orientation`: only the two quarter turns are not their own inverse.
fn inverse(orientation: Orientation) -> Orientation {
    match orientation {
        Orientation::NeedsQuarterClockwise => Orientation::NeedsQuarterCounterClockwise,
        Orientation::NeedsQuarterCounterClockwise => Orientation::NeedsQuarterClockwise,
        other => other,
    }
}

fn encode(picture: &Picture, claims: &SampleClaims) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    let segment = exif::segment(claims, picture.width, picture.height);
    // Neither can fail: the segment is under 1 kB, the picture has the size that is named, and memory takes
    // every byte. An empty result would be noticed by every reader.
    let _ = encoder.add_app_segment(EXIF_SEGMENT, segment);
    let _ = encoder.encode(picture.bytes(), picture.width, picture.height, ColorType::Rgb);
    bytes
}
