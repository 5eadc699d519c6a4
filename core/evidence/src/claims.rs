//! What a file says about itself: EXIF and video metadata, kept as claims.
//!
//! A claim is evidence of nothing: anyone can write any time and place into a file. Our own capture facts are
//! a separate record. This module therefore never fails because of a claim: what cannot be read is left out,
//! and damaged metadata yields a note. All parsing is by nom-exif behind [`guarded`].

use nom_exif::{Exif, ExifDateTime, ExifTag, GPSInfo, MediaParser, MediaSource, TrackInfo, TrackInfoTag};
use serde::{Deserialize, Serialize};

use crate::facts::PixelSize;
use crate::guarded::guarded;

/// Longest text kept from a claim, in characters: camera names are far shorter, attacks are longer.
const TEXT_LIMIT: usize = 120;

/// MP4 counts its time from 1904: a camera whose clock was never set claims that year.
const NO_VIDEO_BEFORE: &str = "1980";

/// How a photo is stored, by the EXIF orientation value 1 to 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(into = "u8", from = "u8")]
pub enum Orientation {
    /// 1: as it is seen.
    #[default]
    Upright,
    /// 2: left and right are swapped.
    Mirrored,
    /// 3: turned by half.
    HalfTurned,
    /// 4: top and bottom are swapped.
    Flipped,
    /// 5: rows are columns.
    Transposed,
    /// 6: must be turned a quarter clockwise to be upright.
    NeedsQuarterClockwise,
    /// 7: rows are columns, counted from the other corner.
    Transversed,
    /// 8: must be turned a quarter counter-clockwise to be upright.
    NeedsQuarterCounterClockwise,
}

impl Orientation {
    /// All eight, in the order of their EXIF values.
    pub const ALL: [Self; 8] = [
        Self::Upright,
        Self::Mirrored,
        Self::HalfTurned,
        Self::Flipped,
        Self::Transposed,
        Self::NeedsQuarterClockwise,
        Self::Transversed,
        Self::NeedsQuarterCounterClockwise,
    ];

    /// The EXIF value, 1 to 8.
    pub fn exif_value(self) -> u8 {
        self.into()
    }

    /// Whether width and height of the stored picture are exchanged in the upright one.
    pub fn swaps_sides(self) -> bool {
        self.exif_value() >= 5
    }
}

impl From<Orientation> for u8 {
    fn from(orientation: Orientation) -> Self {
        orientation as Self + 1
    }
}

impl From<u8> for Orientation {
    /// A value outside 1 to 8 means nothing, so the picture stays as it is.
    fn from(value: u8) -> Self {
        value.checked_sub(1).and_then(|index| Self::ALL.get(usize::from(index))).copied().unwrap_or_default()
    }
}

/// A time as a camera wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedTime {
    /// The camera's wall clock, `2026-03-14T09:26:53`.
    pub local: String,
    /// Minutes east of UTC, where the camera said so.
    pub offset_minutes: Option<i32>,
}

/// A place as a camera wrote it. Integers, so that it can stand in canonical JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedPosition {
    /// Degrees north times 1,000,000.
    pub latitude_microdegrees: i32,
    /// Degrees east times 1,000,000.
    pub longitude_microdegrees: i32,
    /// Centimetres above sea level.
    pub altitude_centimetres: Option<i32>,
}

impl ClaimedPosition {
    /// A position from degrees and metres; nothing if it is not on the globe.
    pub fn from_degrees(latitude: f64, longitude: f64, altitude_metres: Option<f64>) -> Option<Self> {
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return None;
        }
        // Both products are within i32 because of the check above.
        let micro = |degrees: f64| (degrees * 1_000_000.0).round() as i32;
        // Deeper than the sea or higher than an aircraft is no claim about a machine's place.
        let altitude = altitude_metres.filter(|metres| (-12_000.0..=100_000.0).contains(metres));
        Some(Self {
            latitude_microdegrees: micro(latitude),
            longitude_microdegrees: micro(longitude),
            altitude_centimetres: altitude.map(|metres| (metres * 100.0).round() as i32),
        })
    }

    /// Degrees north.
    pub fn latitude(&self) -> f64 {
        f64::from(self.latitude_microdegrees) / 1_000_000.0
    }

    /// Degrees east.
    pub fn longitude(&self) -> f64 {
        f64::from(self.longitude_microdegrees) / 1_000_000.0
    }
}

/// All that a file claims about its making.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Claims {
    /// When it was taken.
    pub taken: Option<ClaimedTime>,
    /// Where it was taken.
    pub position: Option<ClaimedPosition>,
    /// How the picture is stored; upright where nothing is said.
    #[serde(default)]
    pub orientation: Orientation,
    /// Maker of the camera.
    pub make: Option<String>,
    /// Model of the camera.
    pub model: Option<String>,
    /// Lens.
    pub lens: Option<String>,
    /// The program that wrote the file: a photo that went through an editor says so here.
    pub software: Option<String>,
    /// Size in pixels as the metadata has it; the file's real size is in the facts.
    pub pixels: Option<PixelSize>,
}

/// Claims of a picture whose bytes are `container`; an error is the note why there are none. A picture
/// without metadata claims nothing, and that is no error.
pub(crate) fn of_picture(container: Vec<u8>) -> Result<Claims, String> {
    match guarded(|| exif_of(container).map(|exif| from_exif(&exif)))? {
        Ok(claims) => Ok(claims),
        Err(nom_exif::Error::ExifNotFound) => Ok(Claims::default()),
        Err(error) => Err(error.to_string()),
    }
}

/// Claims of a video or sound whose header boxes are `container`. Size, turning and running time are read by ourselves.
pub(crate) fn of_video(container: Vec<u8>) -> Result<Claims, String> {
    // Version 1 of the movie header has times of 64 bits, which nom-exif 3.8 reads as if they had 32.
    let has_long_times = container.windows(5).any(|bytes| bytes == b"mvhd\x01");
    match guarded(|| track_of(container).map(|track| from_track(&track)))? {
        Ok(mut claims) => {
            if has_long_times {
                claims.taken = None;
            }
            Ok(claims)
        }
        // Sound files of some brands are not read by nom-exif: they claim nothing.
        Err(nom_exif::Error::TrackNotFound | nom_exif::Error::UnsupportedFormat) => Ok(Claims::default()),
        Err(error) => Err(error.to_string()),
    }
}

fn exif_of(container: Vec<u8>) -> nom_exif::Result<Exif> {
    MediaParser::new().parse_exif(MediaSource::from_memory(container)?).map(Exif::from)
}

fn track_of(container: Vec<u8>) -> nom_exif::Result<TrackInfo> {
    MediaParser::new().parse_track(MediaSource::from_memory(container)?)
}

fn from_exif(exif: &Exif) -> Claims {
    let text = |tag| exif.get(tag).and_then(|value| value.as_str()).and_then(clean_text);
    let time = |tag| exif.get(tag).and_then(|value| value.as_datetime()).map(claimed_time);
    let number = |tag| exif.get(tag).and_then(whole_number);
    Claims {
        taken: time(ExifTag::DateTimeOriginal).or_else(|| time(ExifTag::CreateDate)),
        position: exif.gps_info().and_then(claimed_position),
        orientation: number(ExifTag::Orientation).and_then(|value| u8::try_from(value).ok()).unwrap_or(1).into(),
        make: text(ExifTag::Make),
        model: text(ExifTag::Model),
        lens: text(ExifTag::LensModel),
        software: text(ExifTag::Software),
        pixels: PixelSize::of(number(ExifTag::ExifImageWidth), number(ExifTag::ExifImageHeight)),
    }
}

fn from_track(track: &TrackInfo) -> Claims {
    let text = |tag| track.get(tag).and_then(|value| value.as_str()).and_then(clean_text);
    let number = |tag| track.get(tag).and_then(whole_number);
    Claims {
        taken: track
            .get(TrackInfoTag::CreateDate)
            .and_then(|value| value.as_datetime())
            .map(claimed_time)
            .filter(|time| time.local.as_str() >= NO_VIDEO_BEFORE),
        position: track.gps_info().and_then(claimed_position),
        make: text(TrackInfoTag::Make),
        model: text(TrackInfoTag::Model),
        software: text(TrackInfoTag::Software),
        pixels: PixelSize::of(number(TrackInfoTag::Width), number(TrackInfoTag::Height)),
        ..Claims::default()
    }
}

/// Writers choose 16 or 32 bits freely for sizes.
fn whole_number(value: &nom_exif::EntryValue) -> Option<u32> {
    value.as_u32().or_else(|| value.as_u16().map(u32::from)).or_else(|| value.as_u8().map(u32::from))
}

fn claimed_time(time: ExifDateTime) -> ClaimedTime {
    let offset_minutes = time.aware().map(|aware| aware.offset().local_minus_utc() / 60);
    ClaimedTime { local: time.into_naive().format("%Y-%m-%dT%H:%M:%S").to_string(), offset_minutes }
}

fn claimed_position(gps: &GPSInfo) -> Option<ClaimedPosition> {
    ClaimedPosition::from_degrees(gps.latitude_decimal()?, gps.longitude_decimal()?, gps.altitude_meters())
}

/// Text for a screen: no control characters, no filling, not endless; nothing if nothing is left.
fn clean_text(text: &str) -> Option<String> {
    let printable: String = text.chars().filter(|character| !character.is_control()).take(TEXT_LIMIT).collect();
    let trimmed = printable.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}
