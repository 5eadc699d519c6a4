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
    /// A GIF picture.
    Gif,
    /// A WebP picture.
    Webp,
    /// A TIFF picture, as scanners and some cameras write.
    Tiff,
    /// Sound in an MPEG-4 file, as phones record it.
    M4a,
    /// An MP3 sound.
    Mp3,
    /// A WAV sound.
    Wav,
    /// An Ogg sound.
    Ogg,
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
        if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
            return Self::Gif;
        }
        if head.starts_with(b"II*\0") || head.starts_with(b"MM\0*") {
            return Self::Tiff;
        }
        if head.starts_with(b"OggS") {
            return Self::Ogg;
        }
        if head.starts_with(b"RIFF") {
            return match head.get(8..12) {
                Some(b"WEBP") => Self::Webp,
                Some(b"WAVE") => Self::Wav,
                _ => Self::Other,
            };
        }
        if head.starts_with(b"ID3") || is_mp3_frame(head) {
            return Self::Mp3;
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
            b"M4A " | b"M4B " => Self::M4a,
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
            "gif" => Some(Self::Gif),
            "webp" => Some(Self::Webp),
            "tif" | "tiff" => Some(Self::Tiff),
            "m4a" => Some(Self::M4a),
            "mp3" => Some(Self::Mp3),
            "wav" => Some(Self::Wav),
            "ogg" | "oga" | "opus" => Some(Self::Ogg),
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
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Tiff => "image/tiff",
            Self::M4a => "audio/mp4",
            Self::Mp3 => "audio/mpeg",
            Self::Wav => "audio/wav",
            Self::Ogg => "audio/ogg",
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
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Tiff => "tif",
            Self::M4a => "m4a",
            Self::Mp3 => "mp3",
            Self::Wav => "wav",
            Self::Ogg => "ogg",
            Self::Pdf => "pdf",
            Self::Other => "bin",
        }
    }

    /// Whether this is a still picture.
    pub fn is_photo(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Heic | Self::Gif | Self::Webp | Self::Tiff)
    }

    /// Whether this is a sound.
    pub fn is_sound(self) -> bool {
        matches!(self, Self::M4a | Self::Mp3 | Self::Wav | Self::Ogg)
    }

    /// Whether its header is that of an MP4 or QuickTime file.
    pub(crate) fn is_movie(self) -> bool {
        self.is_video() || self == Self::M4a
    }

    /// Whether a preview of it is drawn here rather than by the platform.
    pub fn is_drawn_here(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Gif | Self::Webp)
    }

    /// Whether this is a video.
    pub fn is_video(self) -> bool {
        matches!(self, Self::Mp4 | Self::Mov)
    }

    /// Whether a name that claims `claimed` is honest for this content. MP4 and QuickTime are one family and
    /// phones name them freely, so mixing these is no lie.
    pub(crate) fn honours(self, claimed: Self) -> bool {
        self == claimed || (self.is_movie() && claimed.is_movie())
    }
}

/// A frame of layer III with a rate and a number of samples that exist (ISO/IEC 11172-3, section 2.4.2.3).
fn is_mp3_frame(head: &[u8]) -> bool {
    let [0xff, second, third, ..] = head else { return false };
    let version = second >> 3 & 3;
    second & 0xe6 == 0xe2 && version != 1 && third >> 4 != 0xf && third >> 4 != 0 && third >> 2 & 3 != 3
}
