//! Files of every kind that is told apart, each with the facts that it is asked for: for tests and for the demo.
//!
//! Each is as small as its kind allows and is read by ordinary programs, except HEIC, whose picture is not coded.

use crate::claims::ClaimedPosition;

use super::{SampleClaims, exif, panel};

/// One box of an ISO base media file.
fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = (body.len() as u32 + 8).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(body);
    bytes
}

/// A PNG of a machine's panel.
pub fn sample_png(seed: u64, width: u16, height: u16) -> Vec<u8> {
    let seen = panel::draw(seed, width, height);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, seen.width.into(), seen.height.into());
    encoder.set_color(png::ColorType::Rgb);
    // Memory takes every byte; an empty result would be noticed by every reader.
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(seen.bytes()));
    if written.is_err() { Vec::new() } else { bytes }
}

/// A GIF of one colour.
pub fn sample_gif(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = vec![0; usize::from(width) * usize::from(height)];
    let frame = gif::Frame::from_indexed_pixels(width, height, pixels, None);
    let written = gif::Encoder::new(&mut bytes, width, height, &[0x17, 0x60, 0x3a, 0, 0, 0])
        .and_then(|mut encoder| encoder.write_frame(&frame));
    if written.is_err() { Vec::new() } else { bytes }
}

/// A WebP of a machine's panel.
pub fn sample_webp(seed: u64, width: u16, height: u16) -> Vec<u8> {
    let seen = panel::draw(seed, width, height);
    let mut bytes = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut bytes);
    let rgb = image_webp::ColorType::Rgb8;
    let written = encoder.encode(seen.bytes(), seen.width.into(), seen.height.into(), rgb);
    if written.is_err() { Vec::new() } else { bytes }
}

/// A TIFF's header and directory.
pub fn sample_tiff(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"II*\0\x08\0\0\0\x02\0".to_vec();
    for (tag, value) in [(256_u16, width), (257, height)] {
        bytes.extend(tag.to_le_bytes());
        bytes.extend([4, 0, 1, 0, 0, 0]);
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend([0; 4]);
    bytes
}

/// A HEIC with these claims: `width` and `height` are stored, and it is turned by quarters counter-clockwise. Its
/// picture is not coded.
pub fn sample_heic(width: u32, height: u32, quarters: u8, claims: &SampleClaims) -> Vec<u8> {
    let kind = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    let mut claims_item = 6_u32.to_be_bytes().to_vec();
    claims_item.extend(exif::segment(claims, 0, 0));
    let picture = [0x55; 64];
    let entry = |item: u16, name: &[u8; 4]| {
        boxed(b"infe", &[&[2, 0, 0, 0], item.to_be_bytes().as_slice(), &[0, 0], name, &[0]].concat())
    };
    let items = [&[0, 0, 0, 0, 0, 2], entry(1, b"hvc1").as_slice(), &entry(2, b"Exif")].concat();
    let size = [&[0; 4], width.to_be_bytes().as_slice(), &height.to_be_bytes()].concat();
    let properties = [boxed(b"ispe", &size), boxed(b"irot", &[quarters & 3])].concat();
    let links = [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 0x81, 0x82];
    let meta = |at: u32| {
        let mut places = vec![0, 0, 0, 0, 0x44, 0, 0, 2];
        for (item, begin, length) in [(1_u16, at, picture.len()), (2, at + picture.len() as u32, claims_item.len())] {
            places.extend(item.to_be_bytes());
            places.extend([0, 0, 0, 1]);
            places.extend(begin.to_be_bytes());
            places.extend((length as u32).to_be_bytes());
        }
        let parts = [
            vec![0; 4],
            boxed(b"hdlr", b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"),
            boxed(b"pitm", &[0, 0, 0, 0, 0, 1]),
            boxed(b"iinf", &items),
            boxed(b"iloc", &places),
            boxed(b"iprp", &[boxed(b"ipco", &properties), boxed(b"ipma", &links)].concat()),
        ];
        boxed(b"meta", &parts.concat())
    };
    let before = (kind.len() + meta(0).len() + 8) as u32;
    [kind, meta(before), boxed(b"mdat", &[picture.as_slice(), &claims_item].concat())].concat()
}

/// What a sample video says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleVideo {
    /// `isom`, `qt  `, `M4A ` or another brand.
    pub brand: [u8; 4],
    /// Running time.
    pub duration_ms: u64,
    /// Width and height as stored; nothing makes it a sound.
    pub pixels: Option<(u16, u16)>,
    /// Quarters clockwise by which it must be turned.
    pub quarters: u8,
    /// Seconds since 1970 at which it was made.
    pub made: u64,
    /// Where it was made.
    pub position: Option<ClaimedPosition>,
    /// Four letters of the coding.
    pub codec: [u8; 4],
    /// Whether the header has times of 64 bits.
    pub long_times: bool,
    /// Bytes of pictures that follow; they are not part of what [`sample_video_head`] gives.
    pub content: u32,
}

impl Default for SampleVideo {
    fn default() -> Self {
        Self {
            brand: *b"isom",
            duration_ms: 12_500,
            pixels: Some((1920, 1080)),
            quarters: 0,
            made: 1_773_476_813,
            position: None,
            codec: *b"hvc1",
            long_times: false,
            content: 4_000,
        }
    }
}

/// Everything of a video before its pictures: `content` bytes of anything make it whole.
pub fn sample_video_head(video: &SampleVideo) -> Vec<u8> {
    let kind = boxed(b"ftyp", &[video.brand.as_slice(), &[0, 0, 2, 0], &video.brand, b"mp41"].concat());
    let mut movie = vec![boxed(b"mvhd", &movie_head(video)), boxed(b"trak", &track(video))];
    if let Some(at) = video.position {
        let text = format!("{:+08.4}{:+09.4}/", at.latitude(), at.longitude());
        let place = [(text.len() as u16).to_be_bytes().as_slice(), &[0x15, 0xc7], text.as_bytes()].concat();
        movie.push(boxed(b"udta", &boxed(b"\xa9xyz", &place)));
    }
    let mut head = [kind, boxed(b"moov", &movie.concat())].concat();
    head.extend((video.content + 8).to_be_bytes());
    head.extend(b"mdat");
    head
}

/// A whole video, its pictures filled with one byte.
pub fn sample_video(video: &SampleVideo) -> Vec<u8> {
    let mut bytes = sample_video_head(video);
    bytes.resize(bytes.len() + video.content as usize, 0x55);
    bytes
}

fn movie_head(video: &SampleVideo) -> Vec<u8> {
    // MP4 counts from 1904.
    let made = video.made + 2_082_844_800;
    let mut head = Vec::new();
    if video.long_times {
        head.extend([1, 0, 0, 0]);
        head.extend([made, made].map(u64::to_be_bytes).concat());
        head.extend(1_000_u32.to_be_bytes());
        head.extend(video.duration_ms.to_be_bytes());
    } else {
        head.extend([0; 4]);
        for number in [made as u32, made as u32, 1_000, video.duration_ms as u32] {
            head.extend(number.to_be_bytes());
        }
    }
    head.extend(0x0001_0000_u32.to_be_bytes());
    head.resize(if video.long_times { 108 } else { 96 }, 0);
    head.extend(2_u32.to_be_bytes());
    head
}

fn track(video: &SampleVideo) -> Vec<u8> {
    let one = 0x0001_0000_u32;
    let (a, b, c, d) = match video.quarters & 3 {
        0 => (one, 0, 0, one),
        1 => (0, one, one.wrapping_neg(), 0),
        2 => (one.wrapping_neg(), 0, 0, one.wrapping_neg()),
        _ => (0, one.wrapping_neg(), one, 0),
    };
    let mut head = vec![0; 40];
    for number in [a, b, 0, c, d, 0, 0, 0, 0x4000_0000] {
        head.extend(number.to_be_bytes());
    }
    let (width, height) = video.pixels.unwrap_or_default();
    head.extend((u32::from(width) << 16).to_be_bytes());
    head.extend((u32::from(height) << 16).to_be_bytes());
    let handler = if video.pixels.is_some() { b"vide" } else { b"soun" };
    let handler = boxed(b"hdlr", &[b"\0\0\0\0mhlr".as_slice(), handler, &[0; 13]].concat());
    let sample = boxed(&video.codec, &[0; 8]);
    let description = boxed(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1], sample.as_slice()].concat());
    let media = boxed(b"mdia", &[handler, boxed(b"minf", &boxed(b"stbl", &description))].concat());
    [boxed(b"tkhd", &head), media].concat()
}

/// Silence as WAV, 8,000 samples a second.
pub fn sample_wav(duration_ms: u32) -> Vec<u8> {
    let length = duration_ms * 8;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((length + 36).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend([8_000_u32, 8_000].map(u32::to_le_bytes).concat());
    bytes.extend(b"\x01\0\x08\0data");
    bytes.extend(length.to_le_bytes());
    bytes.resize(bytes.len() + length as usize, 0x80);
    bytes
}

/// The first and the last page of an Ogg with Opus.
pub fn sample_ogg(duration_ms: u64) -> Vec<u8> {
    let page = |samples: u64, packet: &[u8]| {
        let mut page = b"OggS\0\0".to_vec();
        page.extend(samples.to_le_bytes());
        page.extend([0; 12]);
        page.extend([1, packet.len() as u8]);
        page.extend(packet);
        page
    };
    let head = page(0, b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0");
    [head, page(duration_ms * 48 + 312, &[0x55; 40])].concat()
}

/// An MP3 of silence, 128 kbit/s, behind an ID3 tag.
pub fn sample_mp3(frames: usize) -> Vec<u8> {
    let mut bytes = b"ID3\x04\0\0\0\0\0\x0a".to_vec();
    bytes.extend([0; 10]);
    let mut frame = vec![0xff, 0xfb, 0x90, 0x00];
    frame.resize(417, 0);
    bytes.extend(frame.repeat(frames));
    bytes
}

/// A PDF with this many empty pages.
pub fn sample_pdf(pages: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", page + 3)).collect();
    let mut text = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n".to_owned();
    text.push_str(&format!("2 0 obj\n<</Type/Pages/Kids[{}]/Count {pages}>>\nendobj\n", kids.join(" ")));
    for page in 0..pages {
        text.push_str(&format!("{} 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>\nendobj\n", page + 3));
    }
    text.push_str("trailer\n<</Root 1 0 R>>\n%%EOF\n");
    text.into_bytes()
}
