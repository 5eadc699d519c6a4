//! Files for the tests: made here, small, and each with one property.

#![allow(dead_code, reason = "each test file uses its own share")]

use countersign_evidence::samples::{SampleClaims, sample_photo};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// A small photo with plain claims.
pub fn photo() -> Vec<u8> {
    sample_photo(11, 320, 240, &SampleClaims::default())
}

/// A JPEG of a colour ramp, coded as asked.
pub fn ramp(width: u16, height: u16, colour: ColorType, progressive: bool) -> Vec<u8> {
    let channels = match colour {
        ColorType::Luma => 1,
        ColorType::Rgb => 3,
        _ => 4,
    };
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let (across, down) = (u32::from(x) * 255 / u32::from(width), u32::from(y) * 255 / u32::from(height));
            let values = [across as u8, down as u8, 128, 0];
            pixels.extend(&values[..channels]);
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.set_progressive(progressive);
    encoder.encode(&pixels, width, height, colour).unwrap();
    bytes
}

/// A JPEG whose frame header claims another size; its pixels do not matter.
pub fn resized(mut jpeg: Vec<u8>, width: u16, height: u16) -> Vec<u8> {
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0] || pair == [0xff, 0xc2]).unwrap();
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

/// Decoded pixels of a JPEG made here: width, height, RGB.
pub fn pixels(jpeg: &[u8]) -> (u16, u16, Vec<u8>) {
    let mut decoder = jpeg_decoder::Decoder::new(jpeg);
    let pixels = decoder.decode().unwrap();
    let stored = decoder.info().unwrap();
    assert_eq!(stored.pixel_format, jpeg_decoder::PixelFormat::RGB24);
    (stored.width, stored.height, pixels)
}

/// Mean difference of two pictures of one size, 0 to 255.
pub fn difference(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let sum: u64 = one.iter().zip(other).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.len() as f64
}

/// A box of an ISO base media file.
pub fn movie_box(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = (body.len() as u32 + 8).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(body);
    bytes
}

/// A video without pictures: 12.5 s, 1920 by 1080, made at 2026-03-14 08:26:53 UTC; the header in front or at
/// the end, as cameras have it.
pub fn video(brand: &[u8; 4], header_first: bool) -> Vec<u8> {
    // Seconds from 1904, where MP4 counts from.
    let made = (1_773_476_813_u64 + 2_082_844_800) as u32;
    let mut movie = vec![0; 4];
    for number in [made, made, 1000, 12_500, 0x0001_0000] {
        movie.extend(number.to_be_bytes());
    }
    movie.resize(96, 0);
    movie.extend(2_u32.to_be_bytes());
    let mut track = vec![0, 0, 0, 7];
    for number in [made, made, 1, 0, 12_500] {
        track.extend(number.to_be_bytes());
    }
    track.resize(76, 0);
    track.extend((1920_u32 << 16).to_be_bytes());
    track.extend((1080_u32 << 16).to_be_bytes());
    let handler = movie_box(b"mdia", &movie_box(b"hdlr", b"\0\0\0\0mhlrvide\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    let track = movie_box(b"trak", &[movie_box(b"tkhd", &track), handler].concat());
    let header = movie_box(b"moov", &[movie_box(b"mvhd", &movie), track].concat());
    let pictures = movie_box(b"mdat", &[0x55; 4000]);
    let kind = movie_box(b"ftyp", &[brand.as_slice(), &[0, 0, 2, 0], brand, b"mp41"].concat());
    if header_first { [kind, header, pictures].concat() } else { [kind, pictures, header].concat() }
}

/// A PNG as far as it is looked into: signature, size, end.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0crc!\0\0\0\0IEND\xaeB`\x82");
    bytes
}
