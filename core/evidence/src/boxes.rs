//! Boxes of an ISO base media file that are in memory already: sizes and kinds, never what they mean.
//!
//! Nothing that a file says of its own sizes is believed beyond the bytes that are there.

/// One box: its kind and what is in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Boxed<'b> {
    pub kind: [u8; 4],
    pub body: &'b [u8],
}

/// The boxes of `bytes`, one after the other, up to the first one that does not fit.
pub(crate) fn boxes(bytes: &[u8]) -> impl Iterator<Item = Boxed<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (found, after) = first(rest)?;
        rest = after;
        Some(found)
    })
}

/// The first box of this kind.
pub(crate) fn child<'b>(bytes: &'b [u8], kind: &[u8; 4]) -> Option<&'b [u8]> {
    boxes(bytes).find(|found| &found.kind == kind).map(|found| found.body)
}

fn first(bytes: &[u8]) -> Option<(Boxed<'_>, &[u8])> {
    let kind: [u8; 4] = bytes.get(4..8)?.try_into().ok()?;
    let (head, size) = match u32_at(bytes, 0)? {
        0 => (8, bytes.len()),
        1 => (16, usize::try_from(u64_at(bytes, 8)?).ok()?),
        size => (8, usize::try_from(size).ok()?),
    };
    let body = bytes.get(head..size)?;
    Some((Boxed { kind, body }, bytes.get(size..)?))
}

/// A number of 16 bits.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_be_bytes)
}

/// A number of 32 bits.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}

/// A number of 64 bits.
pub(crate) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_be_bytes)
}

/// A number whose width is given in bytes, 0 to 8, as tables of HEIF have them.
pub(crate) fn number_at(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let digits = bytes.get(at..at.checked_add(width.min(8))?)?;
    Some(digits.iter().fold(0, |number, digit| number << 8 | u64::from(*digit)))
}
