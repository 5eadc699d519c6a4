//! Drawing over a picture: what a stroke becomes, by the core's rules.

use countersign_device::evidence::drawing::{self, Board, Limits};
use countersign_device::evidence::{OverlayMark, overlay};
use countersign_device::model::Language;
use countersign_device::model::entity::{Ink, Shape, Spot};
use countersign_device::screens;

use crate::words::texts;

/// How much a drawing may be, and its units.
#[uniffi::export]
pub fn drawing_limits() -> Limits {
    drawing::LIMITS
}

/// The board of an upright picture of this many pixels.
#[uniffi::export]
pub fn board_of(width: u32, height: u32) -> Board {
    Board::of(width, height)
}

/// The spot at a share of each side of a board; never off the picture.
#[uniffi::export]
pub fn spot_on(board: Board, across: f32, down: f32) -> Spot {
    board.spot(across, down)
}

/// Whether a tool puts words down instead of following a finger.
#[uniffi::export]
pub fn takes_words(tool: &str) -> bool {
    drawing::takes_words(tool)
}

/// The shape that begins at a spot; `None` for a tool that takes words.
#[uniffi::export]
pub fn stroke_begins(tool: &str, spot: Spot, ink: Ink) -> Option<Shape> {
    drawing::begin(tool, spot, ink)
}

/// The shape once the finger is at a spot.
#[uniffi::export]
pub fn stroke_goes_on(shape: Shape, spot: Spot) -> Shape {
    drawing::go_on(shape, spot)
}

/// The shape as it is kept; `None` for what is too small to be meant.
#[uniffi::export]
pub fn stroke_ends(shape: Shape) -> Option<Shape> {
    drawing::end(shape)
}

/// What another device kept of this person's drawing, and over it what was drawn here meanwhile.
#[uniffi::export]
pub fn drawn_together(theirs: Vec<Shape>, ours: Vec<Shape>) -> Vec<Shape> {
    drawing::together(theirs, ours)
}

/// A label at a spot; `None` without words.
#[uniffi::export]
pub fn label_at(spot: Spot, words: &str, ink: Ink) -> Option<Shape> {
    drawing::label(spot, words, ink)
}

/// What is said where these are more shapes than a drawing may have; `None` where they fit.
#[uniffi::export]
pub fn drawing_full(language: Language, shapes: Vec<Shape>) -> Option<String> {
    screens::drawing_full(&texts(language), &shapes)
}

/// What to draw for shapes over a picture that is shown this wide and high, in any unit.
#[uniffi::export]
pub fn overlay_marks(shapes: Vec<Shape>, width: f32, height: f32) -> Vec<OverlayMark> {
    overlay(&shapes, width, height)
}
