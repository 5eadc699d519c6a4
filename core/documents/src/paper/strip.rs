//! A strip is a horizontal slice of paper that is never cut: a line of a paragraph, of a table row, a row of photos.

use std::sync::Arc;

use countersign_evidence::Drawing;
use krilla::image::Image;

use crate::paper::typeset::{Align, Line, Style, Typesetter};
use crate::paper::{BODY_WIDTH, Colour, SIDE};

/// Something painted; coordinates in points from the strip's top and the paper's left edge.
#[derive(Clone)]
pub(crate) enum Mark {
    Text {
        x: f32,
        y: f32,
        line: Line,
    },
    Fill {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        corner: f32,
        colour: Colour,
    },
    Picture {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        image: Image,
    },
    /// A line of something drawn over a picture, with its rim.
    Line {
        x: f32,
        y: f32,
        path: Arc<countersign_evidence::Path>,
        colour: Colour,
    },
    Signature {
        x: f32,
        y: f32,
        drawing: Arc<Drawing>,
    },
    /// Dark modules as (column, row), each one unit wide, scaled to `size`.
    Modules {
        x: f32,
        y: f32,
        size: f32,
        across: u16,
        dark: Arc<Vec<(u16, u16)>>,
    },
}

/// A slice of paper that is never cut.
#[derive(Clone, Default)]
pub(crate) struct Strip {
    pub height: f32,
    /// Grounds, painted before the marks of any strip: a letter reaches below its line in some scripts.
    pub grounds: Vec<Mark>,
    pub marks: Vec<Mark>,
    /// Stays on the page of the strip after it.
    pub keep_with_next: bool,
    /// Empty room that is left out at the top of a page.
    pub room: bool,
    /// Repeated at the top of a page that begins with this strip.
    pub head: Option<Arc<Vec<Strip>>>,
}

/// One column of a row: texts below each other.
pub(crate) struct Cell<'a> {
    texts: Vec<(&'a str, Style)>,
    /// From the left margin.
    x: f32,
    width: f32,
    align: Align,
}

impl<'a> Cell<'a> {
    /// A cell whose paragraphs begin where they begin to be read.
    pub(crate) fn new(text: &'a str, style: Style, x: f32, width: f32) -> Cell<'a> {
        Cell { texts: vec![(text, style)], x, width, align: Align::Start }
    }

    /// A cell of values in a table.
    pub(crate) fn value(text: &'a str, style: Style, x: f32, width: f32) -> Cell<'a> {
        Cell { texts: vec![(text, style)], x, width, align: Align::Value }
    }

    /// A cell of names: its lines begin at its left edge in every script.
    pub(crate) fn name(text: &'a str, style: Style, x: f32, width: f32) -> Cell<'a> {
        Cell { texts: vec![(text, style)], x, width, align: Align::Left }
    }

    /// A cell whose lines end at its right edge.
    pub(crate) fn end(text: &'a str, style: Style, x: f32, width: f32) -> Cell<'a> {
        Cell { texts: vec![(text, style)], x, width, align: Align::End }
    }
}

impl<'a> Cell<'a> {
    /// Adds a text below, unless it is empty.
    pub(crate) fn then(mut self, text: &'a str, style: Style) -> Cell<'a> {
        if !text.is_empty() {
            self.texts.push((text, style));
        }
        self
    }

    fn lines(&self, typesetter: &mut Typesetter) -> Vec<Line> {
        self.texts.iter().flat_map(|(text, style)| typesetter.lines(text, *style, self.width)).collect()
    }
}

/// The room and colour around the texts of a row.
#[derive(Clone, Copy, Default)]
pub(crate) struct Look {
    pub above: f32,
    pub below: f32,
    /// A hairline under the row.
    pub rule: Option<Colour>,
    /// A ground over the whole width between the margins.
    pub ground: Option<Colour>,
    /// A bar at the left edge.
    pub bar: Option<Colour>,
    pub keep_with_next: bool,
}

/// A row up to this many lines is never cut between two pages.
const UNCUT_LINES: usize = 8;
/// At least this many lines of a longer row stand together before and after a cut.
const TOGETHER: usize = 2;
/// Thickness of a hairline in points.
const HAIRLINE: f32 = 0.5;

/// The strips of a row: one a line, so that a very long row can go on on the next page.
pub(crate) fn row(typesetter: &mut Typesetter, cells: &[Cell<'_>], look: Look) -> Vec<Strip> {
    let columns: Vec<Vec<Line>> = cells.iter().map(|cell| cell.lines(typesetter)).collect();
    let count = columns.iter().map(Vec::len).max().unwrap_or(0);
    (0..count).map(|index| row_line(cells, &columns, index, count, look)).collect()
}

fn row_line(cells: &[Cell<'_>], columns: &[Vec<Line>], index: usize, count: usize, look: Look) -> Strip {
    let (first, last) = (index == 0, index + 1 == count);
    let top = if first { look.above } else { 0.0 };
    let lines = || cells.iter().zip(columns).filter_map(|(cell, lines)| Some((cell, lines.get(index)?)));
    let baseline = lines().map(|(_, line)| line.baseline).fold(0.0, f32::max);
    let text_height = lines().map(|(_, line)| line.height).fold(0.0, f32::max);
    let height = top + text_height + if last { look.below } else { 0.0 };
    let mut marks = Vec::new();
    for (cell, line) in lines() {
        let shift = match cell.align {
            Align::End => (cell.width - line.width).max(0.0),
            Align::Start => line.indent(cell.width),
            Align::Value if line.alone => 0.0,
            Align::Value => line.indent(cell.width),
            Align::Left => 0.0,
        };
        // Texts of different size stand on one baseline.
        marks.push(Mark::Text { x: SIDE + cell.x + shift, y: top + baseline - line.baseline, line: line.clone() });
    }
    let short = count <= UNCUT_LINES;
    let keep = if last { look.keep_with_next } else { short || index + 1 < TOGETHER || index + 1 + TOGETHER > count };
    Strip { height, grounds: grounds(look, height, last), marks, keep_with_next: keep, ..Strip::default() }
}

fn grounds(look: Look, height: f32, last: bool) -> Vec<Mark> {
    let fill = |x, y, width, height, colour| Mark::Fill { x, y, width, height, corner: 0.0, colour };
    let mut marks = Vec::new();
    // A little taller, so that no light shines through between two strips of one ground.
    let overlap = if last && !look.keep_with_next { 0.0 } else { 0.4 };
    if let Some(colour) = look.ground {
        marks.push(fill(SIDE, 0.0, BODY_WIDTH, height + overlap, colour));
    }
    if let Some(colour) = look.bar {
        marks.push(fill(SIDE, 0.0, 2.5, height + overlap, colour));
    }
    if let (Some(colour), true) = (look.rule, last) {
        marks.push(fill(SIDE, height - HAIRLINE, BODY_WIDTH, HAIRLINE, colour));
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fonts;
    use crate::paper::colour;

    /// The ground of a line would hide what reaches down from the line above, as Arabic letters do.
    #[test]
    fn grounds_stand_apart_from_the_letters_so_that_they_are_painted_first() {
        let mut typesetter = Typesetter::new(&Fonts::bundled().unwrap(), countersign_model::Language::English);
        let look = Look { ground: Some(colour::CANVAS), bar: Some(colour::ACCENT), ..Look::default() };
        let cell = Cell::new("صباح\nصباح", Style::regular(9.5, colour::INK), 0.0, 200.0);
        let strips = row(&mut typesetter, &[cell], look);
        assert_eq!(strips.len(), 2);
        for strip in strips {
            assert!(strip.grounds.len() == 2 && strip.grounds.iter().all(|mark| matches!(mark, Mark::Fill { .. })));
            assert!(strip.marks.iter().all(|mark| matches!(mark, Mark::Text { .. })));
        }
    }
}
