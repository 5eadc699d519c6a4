//! A signature as a picture, for where a form keeps it like any other file: black on white, with soft edges.
//!
//! Sums, products and roots alone decide a pixel, so the same strokes give the same picture on every device.

use super::{Path, Position, Segment, Strokes, pixels};

/// Widest that the picture becomes, in pixels.
const PICTURE_WIDTH: f32 = 1_200.0;
/// Highest that it becomes.
const PICTURE_HEIGHT: f32 = 480.0;
/// How many times larger than on the pad it becomes at most: a small sign stays a small one.
const LARGEST_SCALE: f32 = 4.0;
/// Longest straight piece of a curve, in pixels.
const PIECE: f32 = 4.0;
/// Most straight pieces of a curve: enough for one across the whole picture.
const MOST_PIECES: usize = 512;
const WHITE: u8 = 255;

impl Strokes {
    /// The signature as the bytes of a PNG, `None` where it is blank ([`Strokes::is_blank`]).
    pub fn picture(&self) -> Option<Vec<u8>> {
        let natural = self.bounding_box().filter(|_| !self.is_blank())?;
        let within = |units: i32, most: f32| (pixels(units).max(1.0) * LARGEST_SCALE).min(most);
        // Neither side alone may make the other larger than it is allowed to be.
        let (width, height) = (within(natural.width(), PICTURE_WIDTH), within(natural.height(), PICTURE_HEIGHT));
        let scale = (width / pixels(natural.width()).max(1.0)).min(height / pixels(natural.height()).max(1.0));
        let drawing = self.paths_scaled(scale);
        let mut sheet = Sheet::new(drawing.width, drawing.height);
        drawing.paths.iter().for_each(|path| sheet.draw(path));
        sheet.png()
    }
}

/// Greys of a picture, row by row from the top left.
struct Sheet {
    width: usize,
    height: usize,
    greys: Vec<u8>,
}

impl Sheet {
    fn new(width: f32, height: f32) -> Sheet {
        // Both are small and not below zero: the casts keep them.
        let (width, height) = (width.ceil().max(1.0) as usize, height.ceil().max(1.0) as usize);
        Sheet { width, height, greys: vec![WHITE; width.saturating_mul(height)] }
    }

    fn draw(&mut self, path: &Path) {
        let mut at = Position { x: 0.0, y: 0.0 };
        for segment in &path.segments {
            match *segment {
                Segment::Move { to } => at = to,
                Segment::Quad { control, to } => {
                    self.curve(at, control, to, path.width / 2.0);
                    at = to;
                }
            }
        }
    }

    fn curve(&mut self, from: Position, control: Position, to: Position, radius: f32) {
        let pieces = ((distance(from, control) + distance(control, to)) / PIECE).ceil() as usize;
        let pieces = pieces.clamp(1, MOST_PIECES);
        let mut before = from;
        for piece in 1..=pieces {
            let share = piece as f32 / pieces as f32;
            let here = between(between(from, control, share), between(control, to, share), share);
            self.line(before, here, radius);
            before = here;
        }
    }

    /// Darkens what lies within `radius` of a straight line; a pixel that is half within becomes half as dark.
    fn line(&mut self, from: Position, to: Position, radius: f32) {
        let reach = radius + 1.0;
        let rows = span(from.y.min(to.y) - reach, from.y.max(to.y) + reach, self.height);
        let columns = span(from.x.min(to.x) - reach, from.x.max(to.x) + reach, self.width);
        for row in rows {
            for column in columns.clone() {
                let middle = Position { x: column as f32 + 0.5, y: row as f32 + 0.5 };
                let covered = (radius + 0.5 - off_line(middle, from, to)).clamp(0.0, 1.0);
                let grey = (f32::from(WHITE) * (1.0 - covered)).round() as u8;
                if let Some(pixel) = self.greys.get_mut(row * self.width + column) {
                    *pixel = grey.min(*pixel);
                }
            }
        }
    }

    fn png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let (width, height) = (u32::try_from(self.width).ok()?, u32::try_from(self.height).ok()?);
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_compression(png::Compression::Balanced);
        // Memory takes every byte.
        encoder.write_header().and_then(|mut writer| writer.write_image_data(&self.greys)).ok()?;
        Some(bytes)
    }
}

/// The whole pixels from one place to another, of so many.
fn span(from: f32, to: f32, count: usize) -> std::ops::Range<usize> {
    // A cast of what is below zero gives zero.
    (from.floor() as usize).min(count)..(to.ceil() as usize).min(count)
}

fn between(one: Position, other: Position, share: f32) -> Position {
    Position { x: one.x + (other.x - one.x) * share, y: one.y + (other.y - one.y) * share }
}

fn distance(one: Position, other: Position) -> f32 {
    let (across, down) = (other.x - one.x, other.y - one.y);
    (across * across + down * down).sqrt()
}

/// How far a place is from a straight line between two others.
fn off_line(place: Position, from: Position, to: Position) -> f32 {
    let (across, down) = (to.x - from.x, to.y - from.y);
    let squared = across * across + down * down;
    let along = (place.x - from.x) * across + (place.y - from.y) * down;
    let share = if squared > 0.0 { (along / squared).clamp(0.0, 1.0) } else { 0.0 };
    distance(place, between(from, to, share))
}
