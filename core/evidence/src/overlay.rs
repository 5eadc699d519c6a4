//! What people drew over a photo, as lines and labels: for the PDF, and as SVG for the console and the laptop.
//!
//! The same shapes always give the same drawing. Each line has a rim of the opposite brightness, so that it is seen on
//! bright steel and on black oil alike; a label is broken where it would run off the picture, and never cut.

use std::fmt::Write;

use countersign_model::entity::{Ink, PICTURE_UNITS, Shape, Spot};

use crate::facts::PixelSize;
use crate::strokes::{Path, Position, Segment};

/// Thickness of a line, in the units of the picture.
const LINE: f32 = 55.0;
/// How much the rim is wider than its line.
const RIM: f32 = 1.8;
/// Height of a label's letters.
const LETTER: f32 = 330.0;
/// A long label gets at least this share of the picture's width.
const LABEL_SHARE: f32 = 0.6;
/// By how much, and how often at most, the letters of a label become smaller that finds no place.
const SMALLER: f32 = 0.75;
const SMALLER_TIMES: usize = 12;
/// From one line of a label to the next, as a multiple of its letters.
const LEADING: f32 = 1.3;
/// Length of an arrow's head, in the units of the picture.
const HEAD: f32 = 330.0;
/// Curves of which a circle is made: eight keep within a third of a thousandth of its radius.
const CURVES: usize = 8;

/// A colour as red, green and blue.
pub type Rgb = [u8; 3];

/// Something of an overlay, scaled, from the top left of the picture.
#[derive(Debug, Clone, PartialEq)]
pub enum OverlayMark {
    /// A line with its rim.
    Line {
        /// The line; its rim is [`OverlayMark::rim`] wide and drawn before.
        path: Path,
        /// Its colour.
        colour: Rgb,
        /// Colour of the rim.
        rim: Rgb,
        /// Thickness of the rim.
        rim_width: f32,
    },
    /// One line of a label.
    Label {
        /// Left end of its baseline's box, from the top.
        at: Position,
        /// Height of its letters.
        size: f32,
        /// The words.
        text: String,
        /// How wide it is, about.
        width: f32,
        /// Its colour.
        colour: Rgb,
        /// Colour of the ground behind it.
        ground: Rgb,
    },
}

/// What to draw for `shapes` over a picture that is shown `width` wide and `height` high, in any unit.
pub fn overlay(shapes: &[Shape], width: f32, height: f32) -> Vec<OverlayMark> {
    let board = Board { scale: width.max(height) / PICTURE_UNITS as f32, width, height };
    shapes.iter().flat_map(|shape| board.draw(shape)).collect()
}

/// The words of all labels, for where the picture itself is not at hand.
pub fn labels(shapes: &[Shape]) -> impl Iterator<Item = &str> {
    shapes.iter().filter_map(|shape| match shape {
        Shape::Text { text, .. } => Some(text.as_str()),
        _ => None,
    })
}

/// The overlay as one SVG in the shape of the picture, to lie over it. `pixels` is the upright picture's size; where it
/// is not known, the shape of most phones' photos is taken. Words are escaped: nothing of them is markup.
pub fn overlay_svg(shapes: &[Shape], pixels: Option<PixelSize>) -> String {
    let size = pixels.unwrap_or(PixelSize { width: 4, height: 3 });
    let longer = size.width.max(size.height).max(1) as f32;
    let side = |side: u32| side as f32 / longer * PICTURE_UNITS as f32;
    let (width, height) = (side(size.width), side(size.height));
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="overlay" viewBox="0 0 {width:.0} {height:.0}" fill="none" stroke-linecap="round" stroke-linejoin="round">"#
    );
    for mark in overlay(shapes, width, height) {
        // Writing to a String cannot fail.
        let _ = write_mark(&mut svg, &mark);
    }
    svg.push_str("</svg>");
    svg
}

fn write_mark(svg: &mut String, mark: &OverlayMark) -> std::fmt::Result {
    match mark {
        OverlayMark::Line { path, colour, rim, rim_width } => {
            let data = path_data(path)?;
            write!(svg, r#"<path stroke="{}" stroke-width="{rim_width:.0}" d="{data}"/>"#, hex(*rim))?;
            write!(svg, r#"<path stroke="{}" stroke-width="{:.0}" d="{data}"/>"#, hex(*colour), path.width)
        }
        OverlayMark::Label { at, size, text, width, colour, ground } => {
            let (x, y) = (at.x - size * 0.2, at.y);
            let box_size = (width + size * 0.4, size * LEADING);
            write!(
                svg,
                r#"<rect x="{x:.0}" y="{y:.0}" width="{:.0}" height="{:.0}" fill="{}" fill-opacity="0.85"/>"#,
                box_size.0,
                box_size.1,
                hex(*ground)
            )?;
            write!(
                svg,
                r#"<text x="{:.0}" y="{:.0}" font-size="{size:.0}" font-family="sans-serif" font-weight="600" fill="{}">{}</text>"#,
                at.x,
                at.y + size,
                hex(*colour),
                escaped(text)
            )
        }
    }
}

fn path_data(path: &Path) -> Result<String, std::fmt::Error> {
    let mut data = String::new();
    for segment in &path.segments {
        match segment {
            Segment::Move { to } => write!(data, "M{:.0} {:.0}", to.x, to.y)?,
            Segment::Quad { control, to } => {
                write!(data, "Q{:.0} {:.0} {:.0} {:.0}", control.x, control.y, to.x, to.y)?
            }
        }
    }
    Ok(data)
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Not allowed in XML at all.
            sign if sign.is_control() => safe.push(' '),
            sign => safe.push(sign),
        }
    }
    safe
}

fn colours(ink: &Ink) -> (Rgb, Rgb) {
    let (light, dark) = ([0xff, 0xff, 0xff], [0x10, 0x14, 0x18]);
    match ink {
        Ink::Yellow => ([0xff, 0xd4, 0x00], dark),
        Ink::Blue => ([0x1d, 0x5f, 0xc4], light),
        Ink::Black => (dark, light),
        Ink::White => (light, dark),
        // A colour of a newer program must be seen too.
        Ink::Red | Ink::Other(_) => ([0xc8, 0x10, 0x1e], light),
    }
}

/// The picture as it is shown.
struct Board {
    scale: f32,
    width: f32,
    height: f32,
}

impl Board {
    fn at(&self, spot: Spot) -> Position {
        // A row of a newer program may hold anything; a bound keeps it near the picture.
        let side = |value: i64| value.clamp(-PICTURE_UNITS, 2 * PICTURE_UNITS) as f32 * self.scale;
        Position { x: side(spot.x), y: side(spot.y) }
    }

    fn draw(&self, shape: &Shape) -> Vec<OverlayMark> {
        match shape {
            Shape::Arrow { from, to, ink } => vec![self.line(self.arrow(*from, *to), ink)],
            Shape::Circle { middle, radius, ink } => vec![self.line(self.circle(*middle, *radius), ink)],
            Shape::Line { points, ink } => vec![self.line(self.free(points), ink)],
            Shape::Text { at, text, ink } => self.label(*at, text, ink),
            Shape::Unknown(_) => Vec::new(),
        }
    }

    fn line(&self, segments: Vec<Segment>, ink: &Ink) -> OverlayMark {
        let (colour, rim) = colours(ink);
        let width = LINE * self.scale;
        OverlayMark::Line { path: Path { width, segments }, colour, rim, rim_width: width * RIM }
    }

    fn arrow(&self, from: Spot, to: Spot) -> Vec<Segment> {
        let (from, to) = (self.at(from), self.at(to));
        let (across, down) = (to.x - from.x, to.y - from.y);
        let length = across.hypot(down).max(f32::EPSILON);
        let head = (HEAD * self.scale).min(length);
        let (back_x, back_y) = (across / length * head, down / length * head);
        // Each side of the head leans half of its length away from the shaft.
        let side = |lean: f32| Position { x: to.x - back_x - back_y * lean, y: to.y - back_y + back_x * lean };
        let mut segments = vec![Segment::Move { to: from }, straight(from, to)];
        segments.extend([Segment::Move { to: side(0.5) }, straight(side(0.5), to), straight(to, side(-0.5))]);
        segments
    }

    fn circle(&self, middle: Spot, radius: i64) -> Vec<Segment> {
        let centre = self.at(middle);
        let radius = radius.clamp(0, PICTURE_UNITS) as f32 * self.scale;
        let step = std::f32::consts::TAU / CURVES as f32;
        let on = |angle: f32, radius: f32| Position {
            x: centre.x + radius * angle.cos(),
            y: centre.y + radius * angle.sin(),
        };
        let mut segments = vec![Segment::Move { to: on(0.0, radius) }];
        for curve in 0..CURVES {
            let begin = curve as f32 * step;
            // The tangents of both ends meet here.
            let control = on(begin + step / 2.0, radius / (step / 2.0).cos());
            segments.push(Segment::Quad { control, to: on(begin + step, radius) });
        }
        segments
    }

    fn free(&self, points: &[Spot]) -> Vec<Segment> {
        let mut places = points.iter().map(|point| self.at(*point));
        let Some(mut before) = places.next() else { return Vec::new() };
        let mut segments = vec![Segment::Move { to: before }];
        for place in places {
            segments.push(straight(before, place));
            before = place;
        }
        segments
    }

    fn label(&self, at: Spot, text: &str, ink: &Ink) -> Vec<OverlayMark> {
        let (colour, ground) = colours(ink);
        let at = self.at(at);
        let mut size = LETTER * self.scale;
        let (mut left, mut lines) = self.set(at.x, text, size);
        // On a very flat picture the letters become smaller until all of them have a place.
        for _ in 0..SMALLER_TIMES {
            if lines.len() as f32 * size * LEADING <= self.height {
                break;
            }
            size *= SMALLER;
            (left, lines) = self.set(at.x, text, size);
        }
        let step = size * LEADING;
        let top = at.y.min(self.height - lines.len() as f32 * step).max(0.0);
        let line = |(index, text): (usize, String)| OverlayMark::Label {
            at: Position { x: left, y: top + index as f32 * step },
            size,
            width: letters(&text) * size,
            text,
            colour,
            ground,
        };
        lines.into_iter().enumerate().map(line).collect()
    }

    /// The left edge and the lines of a label: one that begins at the right edge moves left, so that its words have room.
    fn set(&self, left: f32, text: &str, size: f32) -> (f32, Vec<String>) {
        let wanted = (letters(text) * size).min(self.width * LABEL_SHARE);
        let left = left.min(self.width - wanted).max(size * 0.2);
        (left, broken(text, ((self.width - left) / size).max(1.0)))
    }
}

fn straight(from: Position, to: Position) -> Segment {
    Segment::Quad { control: Position { x: (from.x + to.x) / 2.0, y: (from.y + to.y) / 2.0 }, to }
}

/// About how wide a text is, as a multiple of its letters' height: square signs for East Asian writing, else narrower.
fn letters(text: &str) -> f32 {
    text.chars().map(|sign| if sign >= '\u{2e80}' { 1.0 } else { 0.62 }).sum()
}

/// The lines of a label: broken at spaces, or anywhere in a word that is wider than the room.
fn broken(text: &str, room: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let gap = if lines.last().is_some_and(|line| !line.is_empty()) { " " } else { "" };
        let fits = lines.last().is_some_and(|line| letters(line) + letters(gap) + letters(word) <= room);
        match lines.last_mut() {
            Some(line) if fits => {
                line.push_str(gap);
                line.push_str(word);
            }
            _ => break_word(word, room, &mut lines),
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn break_word(word: &str, room: f32, lines: &mut Vec<String>) {
    lines.push(String::new());
    for sign in word.chars() {
        let mut own = [0_u8; 4];
        let sign: &str = sign.encode_utf8(&mut own);
        if lines.last().is_some_and(|line| !line.is_empty() && letters(line) + letters(sign) > room) {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(sign);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(x: i64, y: i64) -> Spot {
        Spot { x, y }
    }

    #[test]
    fn every_kind_of_shape_is_drawn_in_its_place() {
        let shapes = [
            Shape::Arrow { from: spot(0, 0), to: spot(5_000, 0), ink: Ink::Red },
            Shape::Circle { middle: spot(5_000, 5_000), radius: 1_000, ink: Ink::Yellow },
            Shape::Line { points: vec![spot(0, 0), spot(1, 1), spot(2, 0)], ink: Ink::Other("violet".to_owned()) },
            Shape::Text { at: spot(2_000, 2_000), text: "leak".to_owned(), ink: Ink::Blue },
            Shape::Unknown(serde_json::json!({"shape": "star"})),
        ];
        let marks = overlay(&shapes, 400.0, 300.0);
        assert_eq!(marks.len(), 4);
        let OverlayMark::Line { path, .. } = &marks[0] else { panic!() };
        assert_eq!(path.segments[1], straight(Position { x: 0.0, y: 0.0 }, Position { x: 200.0, y: 0.0 }));
        let OverlayMark::Line { path, .. } = &marks[1] else { panic!() };
        for segment in &path.segments {
            let (Segment::Move { to } | Segment::Quad { to, .. }) = segment;
            assert!(((to.x - 200.0).hypot(to.y - 200.0) - 40.0).abs() < 0.01, "{to:?}");
        }
    }

    #[test]
    fn labels_stay_on_the_picture_and_lose_no_letter() {
        let long = "replace the seal of pump 3 before the next start and check the shaft for scoring ".repeat(2);
        let chinese = "更换三号泵轴封并检查轴颈是否拉伤".repeat(8);
        for text in [long.as_str(), chinese.as_str(), &"x".repeat(200)] {
            let places = [(0, 0), (10_000, 10_000), (9_000, 100)].map(|(x, y)| spot(x, y));
            for (at, height) in places.into_iter().flat_map(|at| [(at, 1_500.0), (at, 750.0), (at, 40.0)]) {
                let shape = Shape::Text { at, text: text.to_owned(), ink: Ink::Red };
                let marks = overlay(&[shape], 1_000.0, height);
                let mut words = String::new();
                for mark in &marks {
                    let OverlayMark::Label { at, text, width, size, .. } = mark else { panic!() };
                    assert!(at.x >= 0.0 && at.x + width <= 1_000.5, "{at:?} {width}");
                    assert!(at.y >= 0.0 && at.y + size <= height, "{at:?} {size}");
                    words.push_str(text);
                }
                let plain = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(plain(&words), plain(text));
            }
        }
    }

    #[test]
    fn words_are_never_markup() {
        let shape = Shape::Text { at: spot(0, 0), text: "</text><script>\"x\"&'\u{7}".to_owned(), ink: Ink::Red };
        let svg = overlay_svg(&[shape], Some(PixelSize { width: 3_000, height: 4_000 }));
        assert!(!svg.contains("<script"), "{svg}");
        assert!(svg.contains(r#"viewBox="0 0 7500 10000""#), "{svg}");
        assert!(svg.contains("&lt;/text&gt;&lt;script&gt;&quot;x&quot;&amp;&#39; "), "{svg}");
    }

    #[test]
    fn places_out_of_all_bounds_are_drawn_without_a_stop() {
        let far = [i64::MIN, -1, 0, i64::MAX];
        for x in far {
            let arrow = Shape::Arrow { from: spot(x, x), to: spot(x, x), ink: Ink::Red };
            let circle = Shape::Circle { middle: spot(x, 0), radius: x, ink: Ink::Red };
            let line = Shape::Line { points: vec![], ink: Ink::Red };
            let text = Shape::Text { at: spot(x, x), text: "a".to_owned(), ink: Ink::Red };
            assert!(!overlay_svg(&[arrow, circle, line, text], None).contains("NaN"));
        }
    }
}
