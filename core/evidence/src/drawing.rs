//! Drawing over a picture by a finger, a pen, a mouse or keys: what a stroke becomes, the same in every shell.
//!
//! Knows places in the units of the picture alone; what is shown of them on a screen is [`crate::overlay()`]'s.

use countersign_model::entity::{Ink, LONGEST_LABEL, MOST_POINTS, MOST_SHAPES, PICTURE_UNITS, Shape, Spot};

/// What can be drawn, the usual tool first. The texts word each by `shape`.
pub const TOOLS: [&str; 4] = ["arrow", "circle", "line", "text"];

/// What is nearer than this to the place before is the same place, in the units of the picture.
pub const NEAR: i64 = 30;

/// The longest arrow and the radius of the widest circle that are too small to be meant, in the units of the picture.
pub const LEAST: i64 = 2 * NEAR;

/// How much a drawing may be, and its units: what a shell has to know before it asks for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Units of the longer side of a picture.
    pub units: i64,
    /// What is nearer than this to the place before is the same place.
    pub near: i64,
    /// An arrow that is no longer and a circle that is no wider than this is too small to be meant.
    pub least: i64,
    /// Most shapes of one layer.
    pub shapes: u32,
    /// Most points of all free lines of one layer.
    pub points: u32,
    /// Most characters of one label.
    pub label: u32,
}

/// How much a drawing may be.
pub const LIMITS: Limits = Limits {
    units: PICTURE_UNITS,
    near: NEAR,
    least: LEAST,
    shapes: MOST_SHAPES as u32,
    points: MOST_POINTS as u32,
    label: LONGEST_LABEL as u32,
};

/// The size of a picture in the units in which shapes are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Board {
    /// Across.
    pub width: i64,
    /// Down.
    pub height: i64,
}

impl Board {
    /// The board of an upright picture of this many pixels.
    pub fn of(width: u32, height: u32) -> Board {
        let longer = u64::from(width.max(height).max(1));
        let units = |side: u32| {
            let scaled = (u64::from(side) * PICTURE_UNITS.unsigned_abs() + longer / 2) / longer;
            i64::try_from(scaled).unwrap_or(PICTURE_UNITS)
        };
        Board { width: units(width), height: units(height) }
    }

    /// The spot at a share of each side, 0 to 1; never off the picture.
    pub fn spot(self, across: f32, down: f32) -> Spot {
        let at = |share: f32, side: i64| {
            let place = f64::from(share) * side as f64;
            // A share that is no number lies at the edge.
            (place.round() as i64).clamp(0, side.max(0))
        };
        Spot { x: at(across, self.width), y: at(down, self.height) }
    }
}

/// Whether a tool puts words down instead of following a finger.
pub fn takes_words(tool: &str) -> bool {
    tool == "text"
}

/// The shape that begins at a spot; `None` for a tool that takes words, and for one of a newer program.
pub fn begin(tool: &str, spot: Spot, ink: Ink) -> Option<Shape> {
    Some(match tool {
        "arrow" => Shape::Arrow { from: spot, to: spot, ink },
        "circle" => Shape::Circle { middle: spot, radius: 1, ink },
        "line" => Shape::Line { points: vec![spot], ink },
        _ => return None,
    })
}

/// The shape once the finger is at a spot. A free line takes no more points than a layer may have.
pub fn go_on(shape: Shape, spot: Spot) -> Shape {
    match shape {
        Shape::Arrow { from, ink, .. } => Shape::Arrow { from, to: spot, ink },
        Shape::Circle { middle, ink, .. } => {
            let radius = (distance(middle, spot).round() as i64).clamp(1, PICTURE_UNITS);
            Shape::Circle { middle, radius, ink }
        }
        Shape::Line { mut points, ink } => {
            let is_near = points.last().is_some_and(|last| distance(*last, spot) < NEAR as f64);
            if !is_near && points.len() < MOST_POINTS {
                points.push(spot);
            }
            Shape::Line { points, ink }
        }
        other => other,
    }
}

/// The shape as it is kept once the finger is lifted; `None` for what is too small to be meant.
pub fn end(shape: Shape) -> Option<Shape> {
    let least = LEAST as f64;
    match shape {
        Shape::Arrow { from, to, .. } if distance(from, to) <= least => None,
        Shape::Circle { radius, .. } if radius <= LEAST => None,
        Shape::Line { points, .. } if points.len() < 2 => None,
        Shape::Line { points, ink } => Some(Shape::Line { points: thinned(&points), ink }),
        other => Some(other),
    }
}

/// A label at a spot; `None` without words. Words beyond the longest label go.
pub fn label(spot: Spot, words: &str, ink: Ink) -> Option<Shape> {
    let text: String = words.trim().chars().take(LONGEST_LABEL).collect();
    (!text.is_empty()).then_some(Shape::Text { at: spot, text, ink })
}

/// A free line without the points that lie on the way between others (Ramer, Douglas and Peucker).
fn thinned(points: &[Spot]) -> Vec<Spot> {
    let end = points.len().saturating_sub(1);
    let mut kept: Vec<bool> = (0..points.len()).map(|place| place == 0 || place == end).collect();
    let mut open = vec![(0, end)];
    while let Some((first, last)) = open.pop() {
        let Some(between) = points.get(first..=last).filter(|between| between.len() > 2) else { continue };
        let Some((place, far)) = farthest(between) else { continue };
        if far < NEAR as f64 / 2.0 {
            continue;
        }
        if let Some(point) = kept.get_mut(first + place) {
            *point = true;
        }
        open.push((first, first + place));
        open.push((first + place, last));
    }
    points.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// The inner point that is farthest from the way between the ends, and how far it is.
fn farthest(points: &[Spot]) -> Option<(usize, f64)> {
    let (first, last) = (*points.first()?, *points.last()?);
    let inner = points.iter().enumerate().take(points.len() - 1).skip(1);
    inner.map(|(place, point)| (place, off(*point, first, last))).max_by(|one, other| one.1.total_cmp(&other.1))
}

/// How far a point is from the way between two others.
fn off(point: Spot, first: Spot, last: Spot) -> f64 {
    let length = distance(first, last);
    if length < 1.0 {
        return distance(first, point);
    }
    let (along, aside) = (way(first, last), way(point, first));
    (along.0 * aside.1 - aside.0 * along.1).abs() / length
}

fn distance(one: Spot, other: Spot) -> f64 {
    let (across, down) = way(one, other);
    across.hypot(down)
}

/// What another device kept, and over it what was drawn here meanwhile: a shape that both have stands once.
pub fn together(theirs: Vec<Shape>, ours: Vec<Shape>) -> Vec<Shape> {
    let new: Vec<Shape> = ours.into_iter().filter(|shape| !theirs.contains(shape)).collect();
    theirs.into_iter().chain(new).collect()
}

/// How far it is from one place to the other, across and down.
fn way(one: Spot, other: Spot) -> (f64, f64) {
    (other.x as f64 - one.x as f64, other.y as f64 - one.y as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_model::entity::check_shapes;
    use proptest::prelude::*;

    fn spot(x: i64, y: i64) -> Spot {
        Spot { x, y }
    }

    fn line(points: Vec<Spot>) -> Shape {
        Shape::Line { points, ink: Ink::Red }
    }

    #[test]
    fn the_longer_side_of_a_picture_has_ten_thousand_units() {
        let rows = [
            ((4_000, 3_000), (10_000, 7_500)),
            ((3_000, 4_000), (7_500, 10_000)),
            ((1, 1), (10_000, 10_000)),
            ((0, 0), (0, 0)),
        ];
        for ((width, height), (across, down)) in rows {
            assert_eq!(Board::of(width, height), Board { width: across, height: down }, "{width} x {height}");
        }
        let board = Board::of(4_000, 3_000);
        assert_eq!(board.spot(1.2, 1.0), spot(10_000, 7_500));
        assert_eq!(board.spot(-0.1, 0.5), spot(0, 3_750));
        assert_eq!(board.spot(f32::NAN, f32::INFINITY), spot(0, 7_500));
    }

    #[test]
    fn what_is_too_small_to_be_meant_is_no_shape() {
        for tool in TOOLS.into_iter().filter(|tool| !takes_words(tool)) {
            let begun = begin(tool, spot(100, 100), Ink::Red).unwrap();
            assert_eq!(end(begun.clone()), None, "{tool}");
            let meant = go_on(begun, spot(900, 100));
            assert_eq!(end(meant.clone()), Some(meant), "{tool}");
        }
        assert_eq!(begin("text", spot(1, 1), Ink::Red), None);
        assert_eq!(begin("star", spot(1, 1), Ink::Red), None);
    }

    #[test]
    fn a_free_line_keeps_its_corners_and_loses_the_points_between() {
        let across = (0..=20).map(|step| spot(step * 50, 0));
        let down = (0..=20).map(|step| spot(1_000, step * 50));
        let corner = vec![spot(0, 0), spot(1_000, 0), spot(1_000, 1_000)];
        assert_eq!(end(line(across.chain(down).collect())), Some(line(corner)));
        let ring = vec![spot(0, 0), spot(500, 0), spot(500, 500), spot(0, 0)];
        assert_eq!(end(line(ring.clone())), Some(line(ring)));
    }

    #[test]
    fn a_label_has_words_and_no_more_than_it_may() {
        assert_eq!(label(spot(1, 1), "  ", Ink::Red), None);
        let long = label(spot(1, 1), &format!(" {} ", "泄".repeat(LONGEST_LABEL + 1)), Ink::Blue).unwrap();
        assert_eq!(check_shapes(&[long]), Ok(()));
    }

    #[test]
    fn what_both_drew_lies_together_once() {
        let [one, two, three] = [100, 200, 300].map(|at| label(spot(at, at), "seal", Ink::Red).unwrap());
        let joined = together(vec![one.clone(), two.clone()], vec![two.clone(), three.clone()]);
        assert_eq!(joined, [one.clone(), two, three]);
        assert_eq!(together(Vec::new(), vec![one.clone()]), [one]);
    }

    proptest! {
        #[test]
        fn whatever_a_finger_draws_keeps_within_the_bounds(
            tool in 0usize..3,
            places in prop::collection::vec((-0.2f32..1.2, -0.2f32..1.2), 1..200),
        ) {
            let board = Board::of(3_000, 4_000);
            let mut spots = places.iter().map(|(across, down)| board.spot(*across, *down));
            let begun = begin(TOOLS[tool], spots.next().unwrap(), Ink::Red).unwrap();
            let drawn = spots.fold(begun, go_on);
            let kept: Vec<Shape> = end(drawn).into_iter().collect();
            prop_assert_eq!(check_shapes(&kept), Ok(()));
        }
    }

    #[test]
    fn a_line_that_never_ends_stops_at_the_most_points() {
        let wild = (0..2 * MOST_POINTS as i64).map(|step| spot((step % 2) * 9_000, step));
        let drawn = wild.fold(begin("line", spot(0, 0), Ink::Red).unwrap(), go_on);
        assert_eq!(check_shapes(&[end(drawn).unwrap()]), Ok(()));
    }
}
