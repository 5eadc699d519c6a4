//! Sound: the running time of MP3, WAV and Ogg from their first and last bytes. Nothing is decoded.

/// What is looked at of a sound: its beginning, its end, and how long it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sound<'b> {
    pub head: &'b [u8],
    pub tail: &'b [u8],
    pub length: u64,
}

/// How many bytes of the beginning are looked at: cover pictures of MP3 files are skipped by their size.
pub(crate) const HEAD: u64 = 1024 * 1024;
/// How many bytes of the end.
pub(crate) const TAIL: u64 = 64 * 1024;

fn little_u16(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes).map(u64::from)
}

fn little_u32(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes).map(u64::from)
}

fn ratio(count: u64, rate: u64) -> Option<u64> {
    let exact = u128::from(count).checked_mul(1_000)?.checked_div(u128::from(rate))?;
    u64::try_from(exact).ok()
}

/// Milliseconds of a WAV, and whether all of it is there.
pub(crate) fn wav(sound: Sound<'_>) -> (Option<u64>, bool) {
    let mut at = 12_usize;
    let mut rate = None;
    while let (Some(name), Some(size)) = (sound.head.get(at..at + 4), little_u32(sound.head, at + 4)) {
        if name == b"fmt " {
            rate = little_u32(sound.head, at + 16);
        }
        if name == b"data" {
            let whole = (at as u64 + 8).saturating_add(size) <= sound.length;
            return (rate.filter(|rate| *rate > 0).and_then(|rate| ratio(size, rate)), whole);
        }
        // Chunks begin at even places.
        let Some(next) = usize::try_from(size + size % 2).ok().and_then(|size| at.checked_add(size)?.checked_add(8))
        else {
            break;
        };
        at = next;
    }
    (None, false)
}

/// Milliseconds of an Ogg: the last page says how many samples were before its end.
pub(crate) fn ogg(sound: Sound<'_>) -> Option<u64> {
    let packet = sound.head.get(28..)?;
    let (rate, skipped) = if packet.starts_with(b"OpusHead") {
        (48_000, little_u16(packet, 10)?)
    } else if packet.starts_with(b"\x01vorbis") {
        (little_u32(packet, 12)?, 0)
    } else {
        return None;
    };
    let last = sound.tail.windows(4).rposition(|window| window == b"OggS")?;
    let samples = sound.tail.get(last + 6..last + 14)?.try_into().ok().map(u64::from_le_bytes)?;
    // All ones means that no packet ends on that page.
    ratio(samples.checked_sub(skipped).filter(|_| samples != u64::MAX)?, rate)
}

/// Kilobits a second by their index, of MPEG 1 and of MPEG 2, layer III.
const RATES: [[u64; 15]; 2] = [
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
/// Samples a second of MPEG 1.
const SAMPLES: [u64; 3] = [44_100, 48_000, 32_000];

/// Milliseconds of an MP3: by the count of frames in its first frame, else from the rate of that frame.
pub(crate) fn mp3(sound: Sound<'_>) -> Option<u64> {
    let begin = after_id3(sound.head)?;
    let frame = sound.head.get(begin..)?;
    let (second, third) = (*frame.get(1)?, *frame.get(2)?);
    let is_layer_3 = frame.first() == Some(&0xff) && second & 0xe6 == 0xe2;
    let version_1 = second & 0x18 == 0x18;
    if !is_layer_3 {
        return None;
    }
    let samples = *SAMPLES.get(usize::from(third >> 2 & 3))?;
    // Half the rate in MPEG 2, a quarter in 2.5.
    let samples = if version_1 {
        samples
    } else if second & 0x18 == 0x10 {
        samples / 2
    } else {
        samples / 4
    };
    if let Some(frames) = frame_count(frame) {
        return ratio(frames.checked_mul(if version_1 { 1_152 } else { 576 })?, samples);
    }
    let rate = RATES.get(usize::from(!version_1))?.get(usize::from(third >> 4))?.checked_mul(1_000)?;
    ratio(sound.length.checked_sub(begin as u64)?.checked_mul(8)?, rate)
}

/// Where the sound begins behind an ID3 tag.
fn after_id3(head: &[u8]) -> Option<usize> {
    if !head.starts_with(b"ID3") {
        return Some(0);
    }
    // Seven bits a byte.
    let size = head.get(6..10)?.iter().fold(0_usize, |size, byte| size << 7 | usize::from(byte & 0x7f));
    size.checked_add(10)
}

/// The number of frames that an encoder with a varying rate writes into the first one.
fn frame_count(frame: &[u8]) -> Option<u64> {
    let inside = frame.get(..frame.len().min(200))?;
    let at = inside.windows(4).position(|window| window == b"Xing" || window == b"Info")?;
    let has_count = inside.get(at + 7)? & 1 == 1;
    let count = inside.get(at + 8..at + 12)?.try_into().ok().map(u32::from_be_bytes)?;
    has_count.then_some(u64::from(count))
}
