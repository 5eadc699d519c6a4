//! The photo of a HEIF file: its size and how it is turned, from the properties of its primary item.
//!
//! Layout: ISO/IEC 23008-12 and 14496-12, sections 8.11. In HEIF the turning stands in `irot` and `imir`; the EXIF
//! orientation of such a file is a copy that viewers must not apply again.

use crate::boxes::{Boxed, boxes, child, number_at, u16_at, u32_at};
use crate::claims::Orientation;
use crate::facts::PixelSize;

/// What the properties say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Photo {
    pub pixels: Option<PixelSize>,
    pub orientation: Orientation,
    /// Whether every box that the file begins is there to its end.
    pub whole: bool,
}

/// Reads the whole file.
pub(crate) fn of(bytes: &[u8]) -> Photo {
    let mut read = 0;
    let mut photo = Photo::default();
    for found in boxes(bytes) {
        read = end_of(bytes, found);
        if &found.kind == b"meta" {
            // Version and flags stand before its boxes.
            let inside = found.body.get(4..).unwrap_or_default();
            (photo.pixels, photo.orientation) = primary(inside).unwrap_or_default();
        }
    }
    photo.whole = read == bytes.len();
    photo
}

fn end_of(bytes: &[u8], found: Boxed<'_>) -> usize {
    let begin = found.body.as_ptr() as usize - bytes.as_ptr() as usize;
    begin.saturating_add(found.body.len())
}

fn primary(meta: &[u8]) -> Option<(Option<PixelSize>, Orientation)> {
    let named = child(meta, b"pitm")?;
    let item = if named.first() == Some(&0) { u16_at(named, 4).map(u32::from)? } else { u32_at(named, 4)? };
    let properties = child(meta, b"iprp")?;
    let all: Vec<Boxed<'_>> = boxes(child(properties, b"ipco")?).collect();
    let own = associations(child(properties, b"ipma")?, item)?;
    let own = || own.iter().filter_map(|index| all.get(index.checked_sub(1)?));
    let size = own().find(|property| &property.kind == b"ispe");
    let pixels = size.and_then(|size| PixelSize::of(u32_at(size.body, 4), u32_at(size.body, 8)));
    let turn = own().find(|property| &property.kind == b"irot").and_then(|turn| turn.body.first()).map(|turn| turn & 3);
    let mirror =
        own().find(|property| &property.kind == b"imir").and_then(|axis| axis.body.first()).map(|axis| axis & 1);
    Some((pixels, orientation(turn.unwrap_or(0), mirror)))
}

/// Quarters counter-clockwise, then a mirror (axis 0: top and bottom change places; axis 1: left and right).
fn orientation(quarters: u8, mirror: Option<u8>) -> Orientation {
    use Orientation::*;
    match (quarters, mirror) {
        (0, None) => Upright,
        (1, None) => NeedsQuarterCounterClockwise,
        (2, None) => HalfTurned,
        (_, None) => NeedsQuarterClockwise,
        (0, Some(0)) | (2, Some(1)) => Flipped,
        (0, Some(_)) | (2, Some(_)) => Mirrored,
        (1, Some(0)) | (3, Some(1)) => Transposed,
        (_, Some(_)) => Transversed,
    }
}

/// The properties of an item, by their place from one.
fn associations(table: &[u8], item: u32) -> Option<Vec<usize>> {
    let (version, wide) = (*table.first()?, table.get(3)? & 1 == 1);
    let (id_width, index_width) = (if version < 1 { 2 } else { 4 }, if wide { 2 } else { 1 });
    let count = u32_at(table, 4)?;
    let mut at = 8;
    // Each entry takes at least three bytes, so the loop ends with the table whatever the count says.
    for _ in 0..count {
        let id = number_at(table, at, id_width)?;
        at = at.checked_add(id_width)?;
        let length = usize::from(*table.get(at)?);
        at = at.checked_add(1)?;
        let own = (0..length).map(|index| number_at(table, at + index * index_width, index_width));
        if id == u64::from(item) {
            // The highest bit says that the property is essential.
            let mask = if wide { 0x7fff } else { 0x7f };
            return own.map(|number| usize::try_from(number? & mask).ok()).collect();
        }
        at = at.checked_add(length * index_width)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::orientation;
    use crate::claims::Orientation;
    use crate::pixels::Picture;

    /// Turning and mirroring as the standard says, by moving pixels.
    #[test]
    fn turning_and_mirroring_are_what_a_viewer_does() {
        let stored = Picture::from_grey(2, 3, &[1, 2, 3, 4, 5, 6]).unwrap();
        let quarter = |picture: Picture| picture.upright(Orientation::NeedsQuarterCounterClockwise);
        for quarters in 0..4 {
            for mirror in [None, Some(0), Some(1)] {
                let mut seen = stored.clone();
                for _ in 0..quarters {
                    seen = quarter(seen);
                }
                seen = match mirror {
                    None => seen,
                    Some(0) => seen.upright(Orientation::Flipped),
                    Some(_) => seen.upright(Orientation::Mirrored),
                };
                assert_eq!(stored.clone().upright(orientation(quarters, mirror)), seen, "{quarters} {mirror:?}");
            }
        }
    }
}
