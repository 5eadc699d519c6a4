//! Drawing with soft edges: shapes are distances, colours are functions of the place.
//!
//! The scene is 1000 by 750 units whatever the picture's size, centred in it; what lies beyond is background.

use super::chance::Chance;
use crate::pixels::{Picture, Rgb};

/// Width of the scene.
pub(super) const SCENE_WIDTH: f32 = 1000.0;
/// Height of the scene.
pub(super) const SCENE_HEIGHT: f32 = 750.0;

/// A colour while drawing: 0 to 255 a channel, with fractions.
#[derive(Clone, Copy)]
pub(super) struct Colour(pub f32, pub f32, pub f32);

impl Colour {
    /// This colour, and more of `other` the larger `share` is, 0 to 1.
    pub(super) fn mix(self, other: Self, share: f32) -> Self {
        let share = share.clamp(0.0, 1.0);
        let blend = |one: f32, two: f32| one + (two - one) * share;
        Self(blend(self.0, other.0), blend(self.1, other.1), blend(self.2, other.2))
    }

    /// Lighter above 1, darker below.
    pub(super) fn lit(self, factor: f32) -> Self {
        Self(self.0 * factor, self.1 * factor, self.2 * factor)
    }

    fn to_rgb(self) -> Rgb {
        // A cast from float to byte stops at 0 and 255.
        [self.0 as u8, self.1 as u8, self.2 as u8]
    }

    fn from_rgb([red, green, blue]: Rgb) -> Self {
        Self(red.into(), green.into(), blue.into())
    }
}

/// A rectangle in scene units.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    pub(super) fn around(x: f32, y: f32, reach_x: f32, reach_y: f32) -> Self {
        Self { left: x - reach_x, top: y - reach_y, right: x + reach_x, bottom: y + reach_y }
    }

    /// Distance to a box with rounded corners: below zero inside.
    pub(super) fn distance(self, x: f32, y: f32, corner: f32) -> f32 {
        let beyond = |value: f32, low: f32, high: f32| (value - (low + high) / 2.0).abs() - (high - low) / 2.0 + corner;
        let (across, down) = (beyond(x, self.left, self.right), beyond(y, self.top, self.bottom));
        length(across.max(0.0), down.max(0.0)) + across.max(down).min(0.0) - corner
    }

    /// 0 at the top, 1 at the bottom.
    pub(super) fn share_down(self, y: f32) -> f32 {
        (y - self.top) / (self.bottom - self.top)
    }
}

pub(super) fn length(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}

/// A picture being drawn.
pub(super) struct Canvas {
    width: u16,
    height: u16,
    pixels: Vec<Rgb>,
    /// Pixels per scene unit.
    scale: f32,
    /// Scene place of the picture's corner.
    left: f32,
    top: f32,
}

impl Canvas {
    pub(super) fn new(width: u16, height: u16) -> Self {
        let (wide, high) = (f32::from(width), f32::from(height));
        let scale = (wide / SCENE_WIDTH).min(high / SCENE_HEIGHT);
        let pixels = vec![Rgb::default(); usize::from(width) * usize::from(height)];
        let left = (SCENE_WIDTH - wide / scale) / 2.0;
        let top = (SCENE_HEIGHT - high / scale) / 2.0;
        Self { width, height, pixels, scale, left, top }
    }

    /// The whole picture, with what lies beyond the scene.
    pub(super) fn everything(&self) -> Area {
        Area {
            left: self.left,
            top: self.top,
            right: self.left + f32::from(self.width) / self.scale,
            bottom: self.top + f32::from(self.height) / self.scale,
        }
    }

    /// Paints where `distance` is below zero, half-way over at its edge. Both functions get scene places;
    /// nothing outside `bounds` is touched.
    pub(super) fn paint(
        &mut self,
        bounds: Area,
        distance: impl Fn(f32, f32) -> f32,
        colour: impl Fn(f32, f32) -> Colour,
    ) {
        let (first_x, last_x) = pixel_range(bounds.left - self.left, bounds.right - self.left, self.scale, self.width);
        let (first_y, last_y) = pixel_range(bounds.top - self.top, bounds.bottom - self.top, self.scale, self.height);
        let rows = self.pixels.chunks_mut(usize::from(self.width)).enumerate();
        for (row, pixels) in rows.take(last_y).skip(first_y) {
            let y = self.top + (row as f32 + 0.5) / self.scale;
            for (column, pixel) in pixels.iter_mut().enumerate().take(last_x).skip(first_x) {
                let x = self.left + (column as f32 + 0.5) / self.scale;
                let cover = 0.5 - distance(x, y) * self.scale;
                if cover > 0.0 {
                    *pixel = Colour::from_rgb(*pixel).mix(colour(x, y), cover).to_rgb();
                }
            }
        }
    }

    /// A box with rounded corners, lighter at its top than at its bottom.
    pub(super) fn block(&mut self, area: Area, corner: f32, colour: Colour) {
        let shade = |_: f32, y: f32| colour.lit(1.1 - 0.25 * area.share_down(y));
        self.paint(
            Area { left: area.left - 1.0, top: area.top - 1.0, right: area.right + 1.0, bottom: area.bottom + 1.0 },
            |x, y| area.distance(x, y, corner),
            shade,
        );
    }

    pub(super) fn disc(&mut self, x: f32, y: f32, radius: f32, colour: Colour) {
        self.paint(
            Area::around(x, y, radius + 1.0, radius + 1.0),
            |at_x, at_y| length(at_x - x, at_y - y) - radius,
            |_, _| colour,
        );
    }

    /// A round thing that stands out: light from the upper left.
    pub(super) fn ball(&mut self, x: f32, y: f32, radius: f32, colour: Colour) {
        let shade = |at_x: f32, at_y: f32| {
            colour.lit(1.25 - 0.55 * length(at_x - x + radius * 0.35, at_y - y + radius * 0.4) / radius)
        };
        self.paint(
            Area::around(x, y, radius + 1.0, radius + 1.0),
            |at_x, at_y| length(at_x - x, at_y - y) - radius,
            shade,
        );
    }

    /// A line with round ends.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), thickness: f32, colour: Colour) {
        let reach = thickness / 2.0 + 1.0;
        let bounds = Area {
            left: from.0.min(to.0) - reach,
            top: from.1.min(to.1) - reach,
            right: from.0.max(to.0) + reach,
            bottom: from.1.max(to.1) + reach,
        };
        let (along_x, along_y) = (to.0 - from.0, to.1 - from.1);
        let square = (along_x * along_x + along_y * along_y).max(0.0001);
        let distance = |x: f32, y: f32| {
            let share = (((x - from.0) * along_x + (y - from.1) * along_y) / square).clamp(0.0, 1.0);
            length(x - from.0 - along_x * share, y - from.1 - along_y * share) - thickness / 2.0
        };
        self.paint(bounds, distance, |_, _| colour);
    }

    /// Darker corners and the grain of a sensor, so that it looks and compresses like a photo.
    pub(super) fn finish(mut self, chance: &mut Chance) -> Picture {
        let (middle_x, middle_y) = (f32::from(self.width) / 2.0, f32::from(self.height) / 2.0);
        for (row, pixels) in self.pixels.chunks_mut(usize::from(self.width)).enumerate() {
            for (column, pixel) in pixels.iter_mut().enumerate() {
                let away = length((column as f32 - middle_x) / middle_x, (row as f32 - middle_y) / middle_y);
                let grain = chance.between(-2.5, 2.5);
                let lit = Colour::from_rgb(*pixel).lit(1.03 - 0.13 * away * away);
                *pixel = Colour(lit.0 + grain, lit.1 + grain, lit.2 + grain).to_rgb();
            }
        }
        Picture { width: self.width, height: self.height, pixels: self.pixels }
    }
}

/// The pixels from `low` to `high`, which are scene units from the picture's corner.
fn pixel_range(low: f32, high: f32, scale: f32, count: u16) -> (usize, usize) {
    // A cast from float to integer stops at zero; the upper end is at most the picture's side.
    let first = (low * scale).floor() as usize;
    let last = ((high * scale).ceil() as usize).min(usize::from(count));
    (first, last)
}
