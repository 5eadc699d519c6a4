//! Setting text: shaping, line breaking by the rules of the language, and the glyphs of each line.
//!
//! Text comes from people: control characters become spaces, and a word without a place to break is broken anywhere,
//! so nothing ever runs off the paper.

use std::borrow::Cow;
use std::sync::Arc;

use countersign_model::Language;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::style::{FontFamily, FontFamilyName, FontWeight, LineHeight, OverflowWrap, StyleProperty};
use parley::{FontContext, Layout, LayoutContext};

use crate::fonts::{FAMILY, Fonts};
use crate::paper::Colour;

/// Height of a line as a multiple of the type's size: CJK needs air.
const LINE_HEIGHT: f32 = 1.4;

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    /// Size in points.
    pub size: f32,
    /// Bold or regular.
    pub bold: bool,
    /// Colour.
    pub colour: Colour,
}

impl Style {
    /// Regular type.
    pub(crate) const fn regular(size: f32, colour: Colour) -> Style {
        Style { size, bold: false, colour }
    }

    /// Bold type.
    pub(crate) const fn bold(size: f32, colour: Colour) -> Style {
        Style { size, bold: true, colour }
    }
}

/// To which side the lines of a text lean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Start,
    End,
}

/// Glyphs of one face in a row.
#[derive(Clone)]
pub(crate) struct Run {
    /// From the line's left edge.
    pub x: f32,
    pub font: Font,
    pub glyphs: Vec<KrillaGlyph>,
}

/// One set line.
#[derive(Clone)]
pub(crate) struct Line {
    pub runs: Vec<Run>,
    /// From the top of the line to its baseline.
    pub baseline: f32,
    /// Height with its share of air.
    pub height: f32,
    /// Width of the glyphs without trailing spaces.
    pub width: f32,
    pub style: Style,
    /// What the glyphs' text ranges point into.
    pub source: Arc<str>,
}

/// Sets text in one language.
pub(crate) struct Typesetter {
    fonts: Fonts,
    context: FontContext,
    layouts: LayoutContext<[u8; 4]>,
    language: Language,
}

impl Typesetter {
    pub(crate) fn new(fonts: &Fonts, language: Language) -> Typesetter {
        Typesetter { fonts: fonts.clone(), context: fonts.context(), layouts: LayoutContext::new(), language }
    }

    /// The lines of a text in a column of this width; one empty line for an empty text.
    pub(crate) fn lines(&mut self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let source: Arc<str> = clean(text).into();
        let layout = self.layout(&source, style, width);
        let mut lines = Vec::new();
        let mut top = 0.0;
        for line in layout.lines() {
            let metrics = line.metrics();
            let runs = line.runs().scan(metrics.offset, |x, run| Some(self.run(run, x))).collect();
            let width = metrics.advance - metrics.hanging_advance;
            lines.push(Line {
                runs,
                baseline: metrics.baseline - top,
                height: metrics.line_height,
                width,
                style,
                source: source.clone(),
            });
            top += metrics.line_height;
        }
        lines
    }

    fn layout(&mut self, text: &str, style: Style, width: f32) -> Layout<[u8; 4]> {
        let mut builder = self.layouts.ranged_builder(&mut self.context, text, 1.0, false);
        let family = FontFamilyName::Named(Cow::Borrowed(FAMILY));
        builder.push_default(StyleProperty::FontFamily(FontFamily::Single(family)));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(LINE_HEIGHT)));
        builder.push_default(StyleProperty::Locale(parley::style::Language::parse(self.language.tag()).ok()));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if style.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        layout
    }

    fn run(&self, run: parley::layout::Run<'_, [u8; 4]>, x: &mut f32) -> Run {
        let size = run.font_size();
        let mut glyphs: Vec<KrillaGlyph> = Vec::new();
        let start = *x;
        for cluster in run.visual_clusters() {
            if cluster.is_ligature_continuation() {
                if let Some(last) = glyphs.last_mut() {
                    last.text_range.end = cluster.text_range().end;
                }
                continue;
            }
            for glyph in cluster.glyphs() {
                let id = GlyphId::new(glyph.id);
                let (advance, dx, dy) = (glyph.advance / size, glyph.x / size, glyph.y / size);
                glyphs.push(KrillaGlyph::new(id, advance, dx, dy, 0.0, cluster.text_range(), None));
                *x += glyph.advance;
            }
        }
        Run { x: start, font: self.fonts.pdf_font(run.font().data.id()), glyphs }
    }
}

/// What people type, fit for paper: tabs and other control characters become spaces, line ends become one kind.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().map(|sign| if sign.is_control() && sign != '\n' { ' ' } else { sign }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::colour;

    fn set(language: Language, text: &str, width: f32) -> Vec<String> {
        let mut typesetter = Typesetter::new(&Fonts::bundled().unwrap(), language);
        let lines = typesetter.lines(text, Style::regular(10.0, colour::INK), width);
        assert!(lines.iter().all(|line| line.width <= width), "a line is wider than {width}");
        let text_of = |line: &Line| {
            let glyphs = line.runs.iter().flat_map(|run| &run.glyphs);
            glyphs.map(|glyph| line.source.get(glyph.text_range.clone()).unwrap()).collect::<String>()
        };
        lines.iter().map(|line| text_of(line).trim_end().to_owned()).collect()
    }

    #[test]
    fn no_line_begins_or_ends_with_the_wrong_punctuation() {
        let text =
            "到场时发现三号泵轴封处滴漏，每分钟约四十滴；停机挂牌“上锁”后拆检，发现动环端面龟裂（见照片）、形圈硬化。";
        for width in 40..240 {
            for line in set(Language::SimplifiedChinese, text, width as f32) {
                assert!(!line.starts_with(['，', '。', '、', '；', '）', '”']), "{width}: {line}");
                assert!(!line.ends_with(['（', '“']), "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_word_without_a_place_to_break_stays_on_the_paper() {
        let lines = set(Language::English, &"x".repeat(500), 60.0);
        assert_eq!(lines.concat().len(), 500);
    }

    #[test]
    fn control_characters_become_spaces_and_empty_text_has_one_line() {
        assert_eq!(set(Language::English, "a\tb\u{0}c\r\nd", 200.0), ["a b c", "d"]);
        assert_eq!(set(Language::English, "", 200.0).len(), 1);
    }

    #[test]
    fn simplified_and_traditional_forms_are_drawn_apart_by_one_face() {
        let glyph = |language| {
            let mut typesetter = Typesetter::new(&Fonts::bundled().unwrap(), language);
            let lines = typesetter.lines("骨", Style::regular(10.0, colour::INK), 50.0);
            format!("{:?}", lines[0].runs[0].glyphs[0].glyph_id)
        };
        assert_ne!(glyph(Language::SimplifiedChinese), glyph(Language::TraditionalChinese));
    }
}
