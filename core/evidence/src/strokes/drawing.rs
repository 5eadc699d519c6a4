//! A signature as vector paths: for the PDF, and as SVG for the console and the laptop.
//!
//! Each point bends a quadratic curve from the middle of the step before it to the middle of the step after
//! it, so the line is smooth and stays within the points. Pressure makes the line thicker, in few steps, so that
//! a signature is tens of paths and not thousands. The same strokes always give the same text.

use std::fmt::Write;

use super::{Point, Stroke, Strokes, UNITS_PER_PIXEL};

/// Thinnest line in pixels of the pad, at no pressure.
const THINNEST: f32 = 1.1;
/// Thickest line in pixels of the pad, at full pressure.
const THICKEST: f32 = 3.5;
/// Steps between the thinnest and the thickest line.
const THICKNESS_STEPS: u8 = 6;
/// Room around the points, in pixels of the pad, so that no line is cut at the edge.
const MARGIN: f32 = 2.5;
/// Length of the line that stands for a dot, as a share of its thickness: a line without length is not drawn
/// by every viewer.
const DOT_LENGTH: f32 = 0.05;

/// A place on the drawing, from its top left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// One piece of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Begins the path.
    Move {
        /// Where.
        to: Position,
    },
    /// A quadratic curve from the place before.
    Quad {
        /// The control point.
        control: Position,
        /// Where it ends.
        to: Position,
    },
}

/// A line of one thickness, to be drawn with round caps and joins, not filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Thickness in the drawing's own unit.
    pub width: f32,
    /// A move, then curves.
    pub segments: Vec<Segment>,
}

/// A signature, scaled, with its corner at zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// From left to right, in the unit that was asked for.
    pub width: f32,
    /// From top to bottom, in the same unit.
    pub height: f32,
    /// What to draw, in the order in which it was written.
    pub paths: Vec<Path>,
}

impl Strokes {
    /// The signature scaled to `width` (points of a page, pixels, any unit); without strokes an empty drawing.
    pub fn paths(&self, width: f32) -> Drawing {
        self.paths_within(width, f32::INFINITY)
    }

    /// The signature as large as fits into `width` and `height`, keeping its shape.
    pub fn paths_within(&self, width: f32, height: f32) -> Drawing {
        let Some(around) = self.bounding_box() else { return Drawing { width: 0.0, height: 0.0, paths: Vec::new() } };
        let natural_width = pixels(around.width()) + 2.0 * MARGIN;
        let natural_height = pixels(around.height()) + 2.0 * MARGIN;
        self.paths_scaled((width / natural_width).min(height / natural_height).max(0.0))
    }

    /// The signature so many times as large as on the pad.
    pub(super) fn paths_scaled(&self, scale: f32) -> Drawing {
        let Some(around) = self.bounding_box() else { return Drawing { width: 0.0, height: 0.0, paths: Vec::new() } };
        let pen = Pen { scale, left: pixels(around.left) - MARGIN, top: pixels(around.top) - MARGIN };
        let paths = self.strokes.iter().flat_map(|stroke| pen.draw(stroke)).collect();
        let (width, height) = (pixels(around.width()) + 2.0 * MARGIN, pixels(around.height()) + 2.0 * MARGIN);
        Drawing { width: width * scale, height: height * scale, paths }
    }

    /// The signature as one SVG picture in its own size, in the colour of the text around it.
    pub fn svg(&self) -> String {
        let natural = self.bounding_box().map_or(0.0, |around| pixels(around.width()) + 2.0 * MARGIN);
        let drawing = self.paths(natural);
        let mut svg = String::new();
        // Writing to a String cannot fail.
        let _ = write_svg(&mut svg, &drawing);
        svg
    }
}

pub(super) fn pixels(units: i32) -> f32 {
    // Exact: coordinates have at most 19 bits.
    units as f32 / UNITS_PER_PIXEL as f32
}

fn write_svg(svg: &mut String, drawing: &Drawing) -> std::fmt::Result {
    write!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:.1} {:.1}" width="{:.0}" height="{:.0}">"#,
        drawing.width, drawing.height, drawing.width, drawing.height
    )?;
    svg.push_str(r#"<g fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">"#);
    for path in &drawing.paths {
        write!(svg, r#"<path stroke-width="{:.1}" d=""#, path.width)?;
        for segment in &path.segments {
            match segment {
                Segment::Move { to } => write!(svg, "M{:.1} {:.1}", to.x, to.y)?,
                Segment::Quad { control, to } => {
                    write!(svg, "Q{:.1} {:.1} {:.1} {:.1}", control.x, control.y, to.x, to.y)?
                }
            }
        }
        svg.push_str(r#""/>"#);
    }
    svg.push_str("</g></svg>");
    Ok(())
}

/// Draws strokes of one signature onto its drawing.
struct Pen {
    scale: f32,
    left: f32,
    top: f32,
}

impl Pen {
    fn position(&self, point: &Point) -> Position {
        Position { x: (pixels(point.x) - self.left) * self.scale, y: (pixels(point.y) - self.top) * self.scale }
    }

    fn thickness(&self, step: u8) -> f32 {
        (THINNEST + (THICKEST - THINNEST) * f32::from(step) / f32::from(THICKNESS_STEPS)) * self.scale
    }

    fn draw(&self, stroke: &Stroke) -> Vec<Path> {
        let points = stroke.points();
        match points {
            [] => Vec::new(),
            [dot] => vec![self.dot(dot)],
            [first, ..] => {
                let mut line = Line { pen: self, paths: Vec::new(), step: None, at: self.position(first) };
                for (index, point) in points.iter().enumerate() {
                    let here = self.position(point);
                    // The last curve ends in its own point, all others half-way to the next one.
                    let to = points.get(index.saturating_add(1)).map_or(here, |next| middle(here, self.position(next)));
                    line.curve(thickness_step(point.pressure), here, to);
                }
                line.paths
            }
        }
    }

    fn dot(&self, point: &Point) -> Path {
        let width = self.thickness(thickness_step(point.pressure));
        let to = self.position(point);
        let end = Position { x: to.x + width * DOT_LENGTH, y: to.y };
        Path { width, segments: vec![Segment::Move { to }, Segment::Quad { control: to, to: end }] }
    }
}

/// A stroke being drawn: a new path begins where the thickness changes.
struct Line<'a> {
    pen: &'a Pen,
    paths: Vec<Path>,
    step: Option<u8>,
    at: Position,
}

impl Line<'_> {
    fn curve(&mut self, step: u8, control: Position, to: Position) {
        if self.step != Some(step) {
            self.step = Some(step);
            self.paths.push(Path { width: self.pen.thickness(step), segments: vec![Segment::Move { to: self.at }] });
        }
        if let Some(path) = self.paths.last_mut() {
            path.segments.push(Segment::Quad { control, to });
        }
        self.at = to;
    }
}

fn thickness_step(pressure: u8) -> u8 {
    let step = (u16::from(pressure) * u16::from(THICKNESS_STEPS) + 127) / 255;
    // At most THICKNESS_STEPS.
    step as u8
}

fn middle(one: Position, other: Position) -> Position {
    Position { x: (one.x + other.x) / 2.0, y: (one.y + other.y) / 2.0 }
}
