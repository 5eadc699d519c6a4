//! A signature as the pen made it: strokes of points with time and pressure.
//!
//! Time and pressure are kept because they are what tells a signature from a drawing of one. A [`Strokes`]
//! value is within [`limits`] by construction, so packing, drawing and printing never fail. Nothing here
//! judges *whose* signature it is. It is drawn as vectors everywhere but where it answers a question of a form: there it is
//! a picture like any other, the same on every device.

mod drawing;
mod json;
pub mod limits;
mod packed;
mod picture;

use std::fmt;

use thiserror::Error;

use drawing::pixels;
pub use drawing::{Drawing, Path, Position, Segment};
pub use packed::UnpackError;

/// Units of a coordinate per pixel of the screen: finer than any digitiser, and exact in integers.
pub const UNITS_PER_PIXEL: i32 = 16;

/// Where the pen was at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    /// Sixteenths of a pixel from the left.
    pub x: i32,
    /// Sixteenths of a pixel from the top.
    pub y: i32,
    /// Milliseconds from a start that the pad chose; never going back within a stroke.
    pub t: u32,
    /// Pressure, 0 to 255.
    pub pressure: u8,
}

/// From pen down to pen up; at least one point.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stroke {
    points: Vec<Point>,
}

impl Stroke {
    /// The points in the order of their time.
    pub fn points(&self) -> &[Point] {
        &self.points
    }
}

/// The smallest upright rectangle around all points, in sixteenths of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BoundingBox {
    /// Least x.
    pub left: i32,
    /// Least y.
    pub top: i32,
    /// Greatest x.
    pub right: i32,
    /// Greatest y.
    pub bottom: i32,
}

impl BoundingBox {
    /// From left to right, in sixteenths of a pixel.
    pub fn width(self) -> i32 {
        self.right.saturating_sub(self.left)
    }

    /// From top to bottom, in sixteenths of a pixel.
    pub fn height(self) -> i32 {
        self.bottom.saturating_sub(self.top)
    }
}

/// A signature within the limits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Strokes {
    strokes: Vec<Stroke>,
}

/// One number of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointField {
    /// Distance from the left.
    X,
    /// Distance from the top.
    Y,
    /// Milliseconds.
    Time,
    /// Pressure.
    Pressure,
}

impl fmt::Display for PointField {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::X => "x",
            Self::Y => "y",
            Self::Time => "ms",
            Self::Pressure => "pressure",
        })
    }
}

/// What is wrong with one point.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum PointProblem {
    /// Not a list at all.
    #[error("is not a list; write [x, y, ms, pressure]")]
    NotAList,
    /// A list of another length.
    #[error("has {found} numbers; write [x, y, ms, pressure]")]
    WrongLength {
        /// How many there are.
        found: usize,
    },
    /// Something else stands where a number must.
    #[error("has a {field} that is not a number")]
    NotANumber {
        /// Which number.
        field: PointField,
    },
    /// A number that no pad delivers.
    #[error("has {field} {value}, which is not within {lowest} to {highest}")]
    OutOfRange {
        /// Which number.
        field: PointField,
        /// What it is.
        value: f64,
        /// The least allowed.
        lowest: f64,
        /// The greatest allowed.
        highest: f64,
    },
    /// Earlier than the point before it.
    #[error("is at {found} ms, before the point in front of it at {previous} ms")]
    TimeGoesBack {
        /// Time of the point before, in milliseconds.
        previous: u32,
        /// Time of this point, in milliseconds.
        found: u32,
    },
}

/// Why something is no signature. Strokes and points are counted from 1.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum StrokesError {
    /// Longer than any signature.
    #[error("the strokes are longer than {limit} bytes; sign again, more briefly")]
    TooLong {
        /// Most bytes of text.
        limit: usize,
    },
    /// Not JSON.
    #[error("the strokes are not JSON: {reason}")]
    NotJson {
        /// Where and why, by the JSON parser.
        reason: String,
    },
    /// JSON of another shape.
    #[error("there is no list named \"strokes\"; write {{\"strokes\":[[[x,y,ms,pressure],…],…]}}")]
    NoStrokes,
    /// More strokes than any signature has.
    #[error("there are {found} strokes; at most {limit} are a signature")]
    TooManyStrokes {
        /// How many there are.
        found: usize,
        /// Most strokes.
        limit: usize,
    },
    /// More points than any signature has.
    #[error("there are {found} points; at most {limit} are a signature")]
    TooManyPoints {
        /// How many there are.
        found: usize,
        /// Most points of all strokes together.
        limit: usize,
    },
    /// A stroke that is not a list of points.
    #[error("stroke {stroke} is not a list of points")]
    StrokeNotAList {
        /// Which one.
        stroke: usize,
    },
    /// A stroke without a point.
    #[error("stroke {stroke} has no points; leave it out")]
    EmptyStroke {
        /// Which one.
        stroke: usize,
    },
    /// A point that cannot be.
    #[error("point {point} of stroke {stroke} {problem}")]
    Point {
        /// Which stroke.
        stroke: usize,
        /// Which point in it.
        point: usize,
        /// What is wrong.
        problem: PointProblem,
    },
}

impl Strokes {
    /// A signature from points as a pad delivers them, checked against the limits.
    pub fn new(strokes: Vec<Vec<Point>>) -> Result<Self, StrokesError> {
        limits::check_counts(strokes.len(), strokes.iter().map(Vec::len))?;
        for (index, points) in strokes.iter().enumerate() {
            let stroke = index.saturating_add(1);
            if points.is_empty() {
                return Err(StrokesError::EmptyStroke { stroke });
            }
            let mut before = None;
            for (index, point) in points.iter().enumerate() {
                limits::check_point(before, point).map_err(|problem| StrokesError::Point {
                    stroke,
                    point: index.saturating_add(1),
                    problem,
                })?;
                before = Some(point.t);
            }
        }
        Ok(Self { strokes: strokes.into_iter().map(|points| Stroke { points }).collect() })
    }

    /// The strokes in the order in which they were made.
    pub fn strokes(&self) -> &[Stroke] {
        &self.strokes
    }

    /// How many points all strokes have together.
    pub fn point_count(&self) -> usize {
        self.strokes.iter().map(|stroke| stroke.points.len()).sum()
    }

    /// The smallest rectangle around all points; nothing if there are none.
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        around(self.strokes.iter().flat_map(|stroke| &stroke.points))
    }

    /// Whether there is nothing that a person could have meant as a signature. At least one stroke has to have an extent
    /// of [`limits::LEAST_EXTENT`]: taps and what a resting thumb leaves are none, however many of them there are.
    pub fn is_blank(&self) -> bool {
        self.strokes.iter().all(|stroke| extent(&stroke.points) < limits::LEAST_EXTENT)
    }
}

/// The longer side of the rectangle around these points, in sixteenths of a pixel.
fn extent(points: &[Point]) -> i32 {
    around(points.iter()).map_or(0, |around| around.width().max(around.height()))
}

fn around<'a>(points: impl Iterator<Item = &'a Point>) -> Option<BoundingBox> {
    points.fold(None, |around: Option<BoundingBox>, point| {
        let around = around.unwrap_or(BoundingBox { left: point.x, top: point.y, right: point.x, bottom: point.y });
        Some(BoundingBox {
            left: around.left.min(point.x),
            top: around.top.min(point.y),
            right: around.right.max(point.x),
            bottom: around.bottom.max(point.y),
        })
    })
}
