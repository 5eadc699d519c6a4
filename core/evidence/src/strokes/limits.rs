//! What a signature can be at most. Generous against people, strict against files: a real signature has 1 to 30
//! strokes and under 2,000 points.

use super::{Point, PointField, PointProblem, StrokesError, UNITS_PER_PIXEL};

/// Most strokes of a signature.
pub const STROKES: usize = 512;
/// Most points of all strokes together: a minute and a half at 240 points a second.
pub const POINTS: usize = 20_000;
/// Farthest coordinate from zero, in pixels: larger than any screen; a pen may also leave the pad.
pub const PIXELS: i32 = 16_384;
/// Farthest coordinate from zero, in sixteenths of a pixel.
pub const UNITS: i32 = PIXELS * UNITS_PER_PIXEL;
/// Latest time of a point in milliseconds: an hour after the pad was opened.
pub const MILLISECONDS: u32 = 3_600_000;
/// Most bytes of a signature as JSON: 100 a point.
pub const JSON_BYTES: usize = 2_000_000;
/// Least width or height of something that is more than a dot, in sixteenths of a pixel: 6 pixels, as much as a
/// resting thumb moves.
pub const LEAST_EXTENT: i32 = 6 * UNITS_PER_PIXEL;

/// Checks how many strokes and points there are.
pub(super) fn check_counts(strokes: usize, points: impl Iterator<Item = usize>) -> Result<(), StrokesError> {
    if strokes > STROKES {
        return Err(StrokesError::TooManyStrokes { found: strokes, limit: STROKES });
    }
    let found = points.fold(0, usize::saturating_add);
    if found > POINTS {
        return Err(StrokesError::TooManyPoints { found, limit: POINTS });
    }
    Ok(())
}

/// Checks one point against the limits and against the time of the point before it.
pub(super) fn check_point(before: Option<u32>, point: &Point) -> Result<(), PointProblem> {
    check_coordinate(PointField::X, point.x)?;
    check_coordinate(PointField::Y, point.y)?;
    if point.t > MILLISECONDS {
        let (value, highest) = (f64::from(point.t), f64::from(MILLISECONDS));
        return Err(PointProblem::OutOfRange { field: PointField::Time, value, lowest: 0.0, highest });
    }
    match before {
        Some(previous) if point.t < previous => Err(PointProblem::TimeGoesBack { previous, found: point.t }),
        _ => Ok(()),
    }
}

fn check_coordinate(field: PointField, units: i32) -> Result<(), PointProblem> {
    if (-UNITS..=UNITS).contains(&units) {
        return Ok(());
    }
    let (value, highest) = (f64::from(units) / f64::from(UNITS_PER_PIXEL), f64::from(PIXELS));
    Err(PointProblem::OutOfRange { field, value, lowest: -highest, highest })
}
