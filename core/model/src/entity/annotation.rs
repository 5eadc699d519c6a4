//! Annotations: what a person drew over a photo. A layer of its own; the photo's bytes never change.
//!
//! Places are whole numbers, in ten-thousandths of the longer side of the upright picture, from its top left. A circle
//! therefore stays a circle on every screen and on paper, and a layer can stand in canonical JSON.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Extra;
use crate::id::{Id, RecordRef};
use crate::open_enum;
use crate::time::TimeRecord;

/// How many units the longer side of a picture has.
pub const PICTURE_UNITS: i64 = 10_000;
/// Most shapes of one layer: more hide what they point at.
pub const MOST_SHAPES: usize = 60;
/// Most points of all free lines of one layer.
pub const MOST_POINTS: usize = 4_000;
/// Longest text of one label, in characters.
pub const LONGEST_LABEL: usize = 200;

open_enum! {
    /// The colour of a shape.
    Ink {
        /// The usual one: seen on metal, oil and in the dark.
        Red = "red",
        /// Yellow.
        Yellow = "yellow",
        /// Blue.
        Blue = "blue",
        /// Black.
        Black = "black",
        /// White.
        White = "white",
    }
}

fn usual_ink() -> Ink {
    Ink::Red
}

/// A place on the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// To the right.
    pub x: i64,
    /// Down.
    pub y: i64,
}

impl Spot {
    /// Whether it can be on a picture.
    pub fn is_inside(self) -> bool {
        let side = 0..=PICTURE_UNITS;
        side.contains(&self.x) && side.contains(&self.y)
    }
}

/// One thing drawn over a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "snake_case")]
pub enum Shape {
    /// An arrow whose tip is at `to`.
    Arrow {
        /// Where it begins.
        from: Spot,
        /// What it points at.
        to: Spot,
        /// Its colour.
        #[serde(default = "usual_ink")]
        ink: Ink,
    },
    /// A circle.
    Circle {
        /// Its middle.
        middle: Spot,
        /// Its radius, in the units of the picture.
        radius: i64,
        /// Its colour.
        #[serde(default = "usual_ink")]
        ink: Ink,
    },
    /// A free line.
    Line {
        /// Its points in their order.
        points: Vec<Spot>,
        /// Its colour.
        #[serde(default = "usual_ink")]
        ink: Ink,
    },
    /// A label.
    Text {
        /// Where it begins: the left end of its first line.
        at: Spot,
        /// The words, in the language of who wrote them.
        text: String,
        /// Its colour.
        #[serde(default = "usual_ink")]
        ink: Ink,
    },
    /// A shape of a newer program: kept, not drawn.
    #[serde(untagged)]
    Unknown(Value),
}

/// Why a layer cannot be kept as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeProblem {
    /// Too many shapes, points or letters.
    TooMany,
    /// A place outside the picture.
    Outside,
    /// A label without words, a line without points, a circle without a size.
    Nothing,
}

impl ShapeProblem {
    /// The word for a sentence about it.
    pub fn word(self) -> &'static str {
        match self {
            ShapeProblem::TooMany => "too many shapes, points or letters",
            ShapeProblem::Outside => "a place outside the picture",
            ShapeProblem::Nothing => "an empty shape",
        }
    }
}

/// Whether shapes keep within the bounds.
pub fn check_shapes(shapes: &[Shape]) -> Result<(), ShapeProblem> {
    let points: usize = shapes.iter().map(Shape::points).sum();
    if shapes.len() > MOST_SHAPES || points > MOST_POINTS {
        return Err(ShapeProblem::TooMany);
    }
    shapes.iter().try_for_each(Shape::check)
}

impl Shape {
    fn points(&self) -> usize {
        match self {
            Shape::Line { points, .. } => points.len(),
            _ => 1,
        }
    }

    fn check(&self) -> Result<(), ShapeProblem> {
        let (inside, something) = match self {
            Shape::Arrow { from, to, .. } => (from.is_inside() && to.is_inside(), from != to),
            Shape::Circle { middle, radius, .. } => (middle.is_inside() && *radius <= PICTURE_UNITS, *radius > 0),
            Shape::Line { points, .. } => (points.iter().all(|point| point.is_inside()), points.len() > 1),
            Shape::Text { at, text, .. } if text.chars().count() <= LONGEST_LABEL => {
                (at.is_inside(), !text.trim().is_empty())
            }
            Shape::Text { .. } => return Err(ShapeProblem::TooMany),
            Shape::Unknown(value) => (true, value.get("shape").is_some_and(Value::is_string)),
        };
        match (inside, something) {
            (false, _) => Err(ShapeProblem::Outside),
            (_, false) => Err(ShapeProblem::Nothing),
            _ => Ok(()),
        }
    }
}

/// A layer that one person drew over a photo. Another person's layer is another record, so both stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// The photo.
    pub evidence: Id,
    /// Visit or amendment during which it was drawn.
    pub subject: RecordRef,
    /// What was drawn; nothing after its author took the layer away.
    #[serde(default)]
    pub shapes: Vec<Shape>,
    /// Drawn after the signature: shown at the office, not in the document.
    #[serde(default)]
    pub late: bool,
    /// Who.
    pub author: Id,
    /// When it was drawn as it is now.
    pub time: TimeRecord,
    /// Fields of a newer program.
    #[serde(flatten)]
    pub extra: Extra,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn spot(x: i64, y: i64) -> Spot {
        Spot { x, y }
    }

    #[test]
    fn shapes_keep_within_their_bounds() {
        let text = |text: &str| Shape::Text { at: spot(1, 1), text: text.to_owned(), ink: Ink::Red };
        let circle = |radius| Shape::Circle { middle: spot(5_000, 5_000), radius, ink: Ink::Blue };
        let line = |count: i64| Shape::Line { points: (0..count).map(|x| spot(x, 0)).collect(), ink: Ink::Red };
        let arrow = |to| Shape::Arrow { from: spot(0, 0), to, ink: Ink::White };
        let rows: Vec<(Vec<Shape>, Result<(), ShapeProblem>)> = vec![
            (vec![], Ok(())),
            (vec![text("泄漏 here"), circle(900), line(2), arrow(spot(10_000, 10_000))], Ok(())),
            (vec![text(" ")], Err(ShapeProblem::Nothing)),
            (vec![text(&"x".repeat(LONGEST_LABEL))], Ok(())),
            (vec![text(&"x".repeat(LONGEST_LABEL + 1))], Err(ShapeProblem::TooMany)),
            (vec![circle(0)], Err(ShapeProblem::Nothing)),
            (vec![circle(10_001)], Err(ShapeProblem::Outside)),
            (vec![circle(i64::MIN)], Err(ShapeProblem::Nothing)),
            (vec![line(1)], Err(ShapeProblem::Nothing)),
            (vec![line(4_001)], Err(ShapeProblem::TooMany)),
            (vec![arrow(spot(0, 0))], Err(ShapeProblem::Nothing)),
            (vec![arrow(spot(-1, 0))], Err(ShapeProblem::Outside)),
            (vec![circle(9); MOST_SHAPES + 1], Err(ShapeProblem::TooMany)),
            (vec![Shape::Unknown(json!({"shape": "star", "points": 5}))], Ok(())),
            (vec![Shape::Unknown(json!(5))], Err(ShapeProblem::Nothing)),
        ];
        for (index, (shapes, want)) in rows.into_iter().enumerate() {
            assert_eq!(check_shapes(&shapes), want, "row {index}");
        }
    }

    #[test]
    fn shapes_and_colours_of_a_newer_program_survive() {
        let body = json!([
            {"shape": "arrow", "from": {"x": 1, "y": 2}, "to": {"x": 3, "y": 4}, "ink": "violet"},
            {"shape": "star", "points": 5},
        ]);
        let shapes: Vec<Shape> = serde_json::from_value(body.clone()).unwrap();
        assert!(matches!(&shapes[0], Shape::Arrow { ink: Ink::Other(word), .. } if word == "violet"));
        assert!(matches!(&shapes[1], Shape::Unknown(_)));
        assert_eq!(serde_json::to_value(&shapes).unwrap(), body);
    }
}
