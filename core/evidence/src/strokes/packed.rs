//! The packed form of a signature: what is signed, kept and sent.
//!
//! A pen moves smoothly, so the second differences of place and time are small, and zig-zag variable-length
//! integers make most of them one byte: 4.2 bytes a point against 30 in JSON. Unpacking is strict - one
//! signature has exactly one packed form - because the bytes are hashed: overlong numbers, trailing bytes and
//! values beyond the limits are refused.
//!
//! Layout: version byte 1, number of strokes, then each stroke: number of points, then each point: second
//! difference of x, of y and of t, first difference of pressure. A stroke starts from zero.

use thiserror::Error;

use super::{Point, Stroke, Strokes, StrokesError};

const VERSION: u8 = 1;
/// Least bytes of one packed point: its four numbers.
const LEAST_POINT_BYTES: usize = 4;

/// Why bytes are no packed signature.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum UnpackError {
    /// Written by a newer program, or no signature at all.
    #[error("packed strokes of version {found:?}; this program reads version 1, so update it")]
    UnknownVersion {
        /// The first byte; nothing if there is none.
        found: Option<u8>,
    },
    /// The bytes end inside a number or before all points.
    #[error("the packed strokes end too early, at byte {at}")]
    Short {
        /// Where, in bytes from the start.
        at: usize,
    },
    /// A number written longer than necessary, or larger than 32 bits.
    #[error("byte {at} of the packed strokes belongs to a number that is not in its shortest form")]
    NotShortest {
        /// Where, in bytes from the start.
        at: usize,
    },
    /// A sum of differences beyond what a point can hold.
    #[error("the packed strokes leave the range of a point before byte {at}")]
    Overflow {
        /// Where, in bytes from the start.
        at: usize,
    },
    /// Bytes after the last point.
    #[error("there are {count} bytes after the packed strokes")]
    Trailing {
        /// How many.
        count: usize,
    },
    /// Well packed, but no signature.
    #[error(transparent)]
    NotASignature(#[from] StrokesError),
}

impl Strokes {
    /// The one packed form of this signature.
    pub fn pack(&self) -> Vec<u8> {
        let mut packed = vec![VERSION];
        put_count(&mut packed, self.strokes.len());
        for stroke in &self.strokes {
            put_stroke(&mut packed, stroke);
        }
        packed
    }

    /// Reads a packed signature; any other bytes are refused, as is any other form of the same signature.
    pub fn unpack(bytes: &[u8]) -> Result<Self, UnpackError> {
        if bytes.first() != Some(&VERSION) {
            return Err(UnpackError::UnknownVersion { found: bytes.first().copied() });
        }
        let mut reader = Reader { bytes, position: 1 };
        let strokes = reader.count(1 + LEAST_POINT_BYTES)?;
        let strokes = (0..strokes).map(|_| reader.stroke()).collect::<Result<Vec<_>, _>>()?;
        match bytes.len().saturating_sub(reader.position) {
            0 => Ok(Self::new(strokes)?),
            count => Err(UnpackError::Trailing { count }),
        }
    }
}

fn put_stroke(packed: &mut Vec<u8>, stroke: &Stroke) {
    put_count(packed, stroke.points.len());
    let mut course = Course::default();
    for point in &stroke.points {
        let (x, y, t) = (i64::from(point.x), i64::from(point.y), i64::from(point.t));
        let step = [x - course.place[0], y - course.place[1], t - course.place[2]];
        for (now, before) in step.iter().zip(course.step) {
            put_signed(packed, now - before);
        }
        put_signed(packed, i64::from(point.pressure) - course.pressure);
        course = Course { place: [x, y, t], step, pressure: i64::from(point.pressure) };
    }
}

/// Where a stroke is, and its last step: what the next difference is taken from.
#[derive(Default)]
struct Course {
    /// x, y and t.
    place: [i64; 3],
    step: [i64; 3],
    pressure: i64,
}

fn put_count(packed: &mut Vec<u8>, count: usize) {
    put(packed, count as u64);
}

/// Zig-zag: small numbers of either sign become small numbers.
fn put_signed(packed: &mut Vec<u8>, value: i64) {
    put(packed, ((value << 1) ^ (value >> 63)) as u64);
}

/// Seven bits a byte, lowest first; a set top bit means that more follow.
fn put(packed: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        packed.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    packed.push(value as u8);
}

struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl Reader<'_> {
    fn stroke(&mut self) -> Result<Vec<Point>, UnpackError> {
        let count = self.count(LEAST_POINT_BYTES)?;
        let mut course = Course::default();
        (0..count).map(|_| self.point(&mut course)).collect()
    }

    fn point(&mut self, course: &mut Course) -> Result<Point, UnpackError> {
        for (place, step) in course.place.iter_mut().zip(&mut course.step) {
            // Differences have 32 bits and a stroke at most as many points as bytes: no sum leaves 64 bits.
            *step = step.saturating_add(self.signed()?);
            *place = place.saturating_add(*step);
        }
        course.pressure = course.pressure.saturating_add(self.signed()?);
        let overflow = UnpackError::Overflow { at: self.position };
        let [x, y, t] = course.place;
        match (i32::try_from(x), i32::try_from(y), u32::try_from(t), u8::try_from(course.pressure)) {
            (Ok(x), Ok(y), Ok(t), Ok(pressure)) => Ok(Point { x, y, t, pressure }),
            _ => Err(overflow),
        }
    }

    /// A count of things that take at least `least` bytes each: more than fit into the rest is refused before
    /// memory is taken for them.
    fn count(&mut self, least: usize) -> Result<usize, UnpackError> {
        let count = self.number()? as usize;
        let rest = self.bytes.len().saturating_sub(self.position);
        if count.saturating_mul(least) > rest {
            return Err(UnpackError::Short { at: self.bytes.len() });
        }
        Ok(count)
    }

    fn signed(&mut self) -> Result<i64, UnpackError> {
        let value = i64::from(self.number()?);
        Ok((value >> 1) ^ -(value & 1))
    }

    fn number(&mut self) -> Result<u32, UnpackError> {
        let mut value = 0_u64;
        for shift in [0, 7, 14, 21, 28] {
            let at = self.position;
            let byte = *self.bytes.get(at).ok_or(UnpackError::Short { at })?;
            self.position = at.saturating_add(1);
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                if byte == 0 && shift > 0 {
                    return Err(UnpackError::NotShortest { at });
                }
                return u32::try_from(value).map_err(|_| UnpackError::NotShortest { at });
            }
        }
        Err(UnpackError::NotShortest { at: self.position })
    }
}
