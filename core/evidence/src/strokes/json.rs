//! Signatures as JSON, the form in which pads, browsers and people's files deliver them:
//! `{"strokes":[[[x,y,ms,pressure],…],…]}` with x and y in pixels and pressure from 0 to 1. Other members may
//! stand beside `strokes` and are ignored. What is kept and sent is the packed form, never this one.

use serde_json::Value;

use super::{Point, PointField, PointProblem, Strokes, StrokesError, UNITS_PER_PIXEL, limits};

impl Strokes {
    /// Reads a signature from JSON text. An error names the stroke, the point and what is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, StrokesError> {
        if text.len() > limits::JSON_BYTES {
            return Err(StrokesError::TooLong { limit: limits::JSON_BYTES });
        }
        let value: Value =
            serde_json::from_str(text).map_err(|error| StrokesError::NotJson { reason: error.to_string() })?;
        let strokes = value.get("strokes").and_then(Value::as_array).ok_or(StrokesError::NoStrokes)?;
        let lengths = strokes.iter().map(|stroke| stroke.as_array().map_or(0, Vec::len));
        limits::check_counts(strokes.len(), lengths)?;
        let read = strokes.iter().enumerate().map(|(index, stroke)| read_stroke(index.saturating_add(1), stroke));
        Self::new(read.collect::<Result<_, _>>()?)
    }

    /// Writes the signature as [`Strokes::from_json`] reads it.
    pub fn to_json(&self) -> String {
        let strokes: Vec<Vec<Value>> =
            self.strokes.iter().map(|stroke| stroke.points.iter().map(write_point).collect()).collect();
        serde_json::json!({ "strokes": strokes }).to_string()
    }
}

fn read_stroke(stroke: usize, value: &Value) -> Result<Vec<Point>, StrokesError> {
    let points = value.as_array().ok_or(StrokesError::StrokeNotAList { stroke })?;
    let read = points.iter().enumerate().map(|(index, point)| {
        read_point(point).map_err(|problem| StrokesError::Point { stroke, point: index.saturating_add(1), problem })
    });
    read.collect()
}

fn read_point(value: &Value) -> Result<Point, PointProblem> {
    let numbers = value.as_array().ok_or(PointProblem::NotAList)?;
    let [x, y, time, pressure] = numbers.as_slice() else {
        return Err(PointProblem::WrongLength { found: numbers.len() });
    };
    let reach = f64::from(limits::PIXELS);
    let per_pixel = f64::from(UNITS_PER_PIXEL);
    // Each cast is within its type, because `within` has checked the range.
    Ok(Point {
        x: (within(PointField::X, x, -reach, reach)? * per_pixel).round() as i32,
        y: (within(PointField::Y, y, -reach, reach)? * per_pixel).round() as i32,
        t: within(PointField::Time, time, 0.0, f64::from(limits::MILLISECONDS))?.round() as u32,
        pressure: (within(PointField::Pressure, pressure, 0.0, 1.0)? * 255.0).round() as u8,
    })
}

fn within(field: PointField, value: &Value, lowest: f64, highest: f64) -> Result<f64, PointProblem> {
    let value = value.as_f64().ok_or(PointProblem::NotANumber { field })?;
    if (lowest..=highest).contains(&value) {
        Ok(value)
    } else {
        Err(PointProblem::OutOfRange { field, value, lowest, highest })
    }
}

/// Three digits of pressure are enough to come back to the same of 256 values.
fn write_point(point: &Point) -> Value {
    let pixels = |units: i32| f64::from(units) / f64::from(UNITS_PER_PIXEL);
    let pressure = (f64::from(point.pressure) / 255.0 * 1000.0).round() / 1000.0;
    serde_json::json!([pixels(point.x), pixels(point.y), point.t, pressure])
}
