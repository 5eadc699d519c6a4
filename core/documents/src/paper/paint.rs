//! Painting pages with krilla. The same pages give the same bytes.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Paint, Stroke};
use krilla::surface::Surface;

use countersign_evidence::{Drawing, Segment};

use crate::paper::strip::Mark;
use crate::paper::typeset::{Align, DIGIT, Line, NUMBER_WIDTH, Unknown};
use crate::paper::{Colour, PAGE_HEIGHT, PAGE_WIDTH, Page, SIDE, colour};

/// What stands on every page beside its body: texts set once the number of pages is known.
pub(crate) trait Furniture {
    /// The set lines of page `number` (from 1) with their baseline's place: left edge, right edge, top.
    fn lines(&mut self, number: usize, count: usize) -> Vec<(Align, f32, Line)>;
    /// Hairlines across the body at these heights.
    fn rules(&self, number: usize) -> Vec<f32>;
}

/// Paints the pages into a document.
pub(crate) fn paint(document: &mut krilla::Document, pages: &[Page], furniture: &mut dyn Furniture) {
    for (index, page) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).unwrap_or_default();
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        let grounds = page.iter().flat_map(|(top, strip)| strip.grounds.iter().map(move |mark| (top, mark)));
        let marks = page.iter().flat_map(|(top, strip)| strip.marks.iter().map(move |mark| (top, mark)));
        for (top, mark) in grounds.chain(marks) {
            draw(&mut surface, mark, *top);
        }
        for y in furniture.rules(index + 1) {
            fill(&mut surface, rectangle(SIDE, y, PAGE_WIDTH - 2.0 * SIDE, 0.5, 0.0), colour::RULE);
        }
        for (align, y, line) in furniture.lines(index + 1, pages.len()) {
            let x = if align == Align::End { PAGE_WIDTH - SIDE - line.width } else { SIDE };
            text(&mut surface, x, y, &line);
        }
        surface.finish();
        sheet.finish();
    }
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, top: f32) {
    match mark {
        Mark::Text { x, y, line } => text(surface, *x, top + y, line),
        Mark::Fill { x, y, width, height, corner, colour } => {
            fill(surface, rectangle(*x, top + y, *width, *height, *corner), *colour);
        }
        Mark::Picture { x, y, width, height, image } => {
            let Some(size) = Size::from_wh(*width, *height) else { return };
            surface.push_transform(&Transform::from_translate(*x, top + y));
            surface.draw_image(image.clone(), size);
            surface.pop();
        }
        Mark::Line { x, y, path, colour } => {
            surface.set_fill(None);
            stroke(surface, *x, top + y, path, *colour);
            surface.set_stroke(None);
        }
        Mark::Signature { x, y, drawing } => signature(surface, *x, top + y, drawing),
        Mark::Modules { x, y, size, across, dark } => {
            let scale = size / f32::from(*across).max(1.0);
            surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, *x, top + y));
            fill(surface, modules(dark), colour::BLACK);
            surface.pop();
        }
    }
}

fn text(surface: &mut Surface<'_>, x: f32, y: f32, line: &Line) {
    surface.set_stroke(None);
    surface.set_fill(Some(solid(line.style.colour)));
    for run in line.runs.iter().filter(|run| !run.glyphs.is_empty()) {
        let start = Point::from_xy(x + run.x, y + line.baseline);
        surface.set_stroke(run.bolder.then(|| outline(line.style.colour, line.style.size * BOLDER)));
        surface.draw_glyphs(start, &run.glyphs, run.font.clone(), &line.source, line.style.size, false);
    }
    surface.set_stroke(None);
    for unknown in &line.unknown {
        unknown_sign(surface, x + unknown.x, y + line.baseline, unknown, line);
    }
}

/// Thickness of the outline that makes a face bolder, as a part of its size.
const BOLDER: f32 = 0.03;

/// The box in the place of a sign that no face has, with the sign's number inside.
fn unknown_sign(surface: &mut Surface<'_>, x: f32, baseline: f32, unknown: &Unknown, line: &Line) {
    let (width, height) = (unknown.width * 0.9, line.style.size * 0.9);
    let (left, top) = (x + unknown.width * 0.05, baseline - height * 0.87);
    let size = (width * NUMBER_WIDTH / (DIGIT * 3.0)).min(height * 0.42);
    surface.set_fill(None);
    surface.set_stroke(Some(outline(line.style.colour, line.style.size * 0.05)));
    if let Some(path) = rectangle(left, top, width, height, 0.0) {
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
    surface.set_fill(Some(solid(line.style.colour)));
    for (row, digits) in unknown.number.iter().enumerate() {
        // Two rows at most, and a few digits a row.
        let (row, count) = (row as f32, digits.len() as f32);
        let start = Point::from_xy(left + (width - count * DIGIT * size) / 2.0, top + height * (0.44 + row * 0.44));
        surface.draw_glyphs(start, digits, unknown.font.clone(), &line.source, size, true);
    }
}

fn ink(colour: Colour) -> Paint {
    rgb::Color::new(colour.0, colour.1, colour.2).into()
}

fn solid(colour: Colour) -> Fill {
    Fill { paint: ink(colour), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn fill(surface: &mut Surface<'_>, path: Option<Path>, colour: Colour) {
    let Some(path) = path else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(solid(colour)));
    surface.draw_path(&path);
}

fn rectangle(x: f32, y: f32, width: f32, height: f32, corner: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    if corner <= 0.0 {
        path.push_rect(Rect::from_xywh(x, y, width, height)?);
        return path.finish();
    }
    let (right, bottom) = (x + width, y + height);
    path.move_to(x + corner, y);
    path.line_to(right - corner, y);
    path.quad_to(right, y, right, y + corner);
    path.line_to(right, bottom - corner);
    path.quad_to(right, bottom, right - corner, bottom);
    path.line_to(x + corner, bottom);
    path.quad_to(x, bottom, x, bottom - corner);
    path.line_to(x, y + corner);
    path.quad_to(x, y, x + corner, y);
    path.close();
    path.finish()
}

/// The modules as one path in whole units, so that its bytes in the page are the same wherever it stands.
fn modules(dark: &[(u16, u16)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (column, row) in dark {
        path.push_rect(Rect::from_xywh(f32::from(*column), f32::from(*row), 1.0, 1.0)?);
    }
    path.finish()
}

fn signature(surface: &mut Surface<'_>, x: f32, y: f32, drawing: &Drawing) {
    surface.set_fill(None);
    for line in &drawing.paths {
        stroke(surface, x, y, line, colour::INK);
    }
    surface.set_stroke(None);
}

fn stroke(surface: &mut Surface<'_>, x: f32, y: f32, line: &countersign_evidence::Path, colour: Colour) {
    let mut path = PathBuilder::new();
    for segment in &line.segments {
        match segment {
            Segment::Move { to } => path.move_to(x + to.x, y + to.y),
            Segment::Quad { control, to } => path.quad_to(x + control.x, y + control.y, x + to.x, y + to.y),
        }
    }
    let Some(path) = path.finish() else { return };
    surface.set_stroke(Some(outline(colour, line.width)));
    surface.draw_path(&path);
}

fn outline(colour: Colour, width: f32) -> Stroke {
    Stroke { paint: ink(colour), width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() }
}

/// Paints only these modules, one unit each, on a page of their own.
pub(crate) fn paint_modules(document: &mut krilla::Document, dark: &[(u16, u16)]) {
    let mut sheet = document.start_page();
    let mut surface = sheet.surface();
    fill(&mut surface, modules(dark), colour::BLACK);
    surface.finish();
    sheet.finish();
}
