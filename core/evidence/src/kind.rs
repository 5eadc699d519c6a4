//! What a file is, judged by its first bytes, and what its name says it is.
//!
//! This module never believes a name: the name only shows whether the file lies about itself.

use serde::{Deserialize, Serialize};

/// How many bytes from the start are enough for [`Kind::of_content`].
pub(crate) const HEAD_BYTES: usize = 64;

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A JPEG photo.
    Jpeg,
    /// A PNG picture, usually a screenshot.
    Png,
    /// A HEIF photo as iPhones take it.
    Heic,
    /// An MPEG-4 video.
    Mp4,
    /// A QuickTime video.
    Mov,
    /// A PDF document.
    Pdf,
    /// Anything else: kept and sent as a file, without a preview.
    Other,
}

impl Kind {
    /// The kind by the first bytes (64 are enough); too few bytes are [`Kind::Other`].
    pub fn of_content(head: &[u8]) -> Self {
        if head.starts_with(&[0xff, 0xd8, 0xff]) {
            return Self::Jpeg;
        }
        if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Self::Png;
        }
        if head.starts_with(b"%PDF-") {
            return Self::Pdf;
        }
        match head.get(4..8) {
            Some(b"ftyp") => head.get(8..12).map_or(Self::Other, Self::of_brand),
            // QuickTime files from before 2001, and some cameras today, have no `ftyp` box.
            Some(b"moov" | b"mdat" | b"wide") => Self::Mov,
            _ => Self::Other,
        }
    }

    /// The kind by the major brand of an ISO base media file (registered brands: mp4ra.org).
    fn of_brand(brand: &[u8]) -> Self {
        match brand {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" | b"mif1" | b"msf1" => {
                Self::Heic
            }
            b"qt  " => Self::Mov,
            b"isom" | b"iso2" | b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" | b"M4V "
            | b"MSNV" | b"dash" => Self::Mp4,
            brand if brand.starts_with(b"3gp") || brand.starts_with(b"3g2") => Self::Mp4,
            _ => Self::Other,
        }
    }

    /// The kind that a file name claims by its extension; nothing if it claims none that we know.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" | "jpe" | "jfif" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "heic" | "heif" | "hif" => Some(Self::Heic),
            "mp4" | "m4v" | "3gp" => Some(Self::Mp4),
            "mov" | "qt" => Some(Self::Mov),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }

    /// The media type for an upload or a download.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::Pdf => "application/pdf",
            Self::Other => "application/octet-stream",
        }
    }

    /// The usual extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Heic => "heic",
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::Pdf => "pdf",
            Self::Other => "bin",
        }
    }

    /// Whether this is a still picture.
    pub fn is_photo(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Heic)
    }

    /// Whether this is a video.
    pub fn is_video(self) -> bool {
        matches!(self, Self::Mp4 | Self::Mov)
    }

    /// Whether a name that claims `claimed` is honest for this content. MP4 and QuickTime are one family and
    /// phones name them freely, so mixing these two is no lie.
    pub(crate) fn honours(self, claimed: Self) -> bool {
        self == claimed || (self.is_video() && claimed.is_video())
    }
}
