//! Setting text: shaping, line breaking by the rules of the language, and the glyphs of each line.
//!
//! Text comes from people: control characters become spaces, and a word without a place to break is broken anywhere,
//! so nothing ever runs off the paper.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use countersign_model::Language;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::style::{FontFamily, FontFamilyName, FontWeight, LineHeight, OverflowWrap, StyleProperty};
use parley::{FontContext, Layout, LayoutContext};

use crate::fonts::Fonts;
use crate::paper::Colour;
use crate::paper::scripts::{foreign_stretches, is_steering, turns_round};

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
    /// Where each paragraph begins to be read.
    Start,
    /// The same where a paragraph has several lines; a single line stands at the left edge of its column.
    Value,
    /// At the left edge, whatever the script: a name stands under its label.
    Left,
    /// At the right edge.
    End,
}

/// Glyphs of one face in a row.
#[derive(Clone)]
pub(crate) struct Run {
    /// From the line's left edge.
    pub x: f32,
    pub font: Font,
    pub glyphs: Vec<KrillaGlyph>,
    /// A face without a bold one is drawn bolder by its outline.
    pub bolder: bool,
}

/// A sign that no face has: a box with its number in the list of all signs.
#[derive(Clone)]
pub(crate) struct Unknown {
    /// From the line's left edge.
    pub x: f32,
    pub width: f32,
    /// The rows of the number, one below the other.
    pub number: Vec<Vec<KrillaGlyph>>,
    pub font: Font,
}

/// One set line.
#[derive(Clone)]
pub(crate) struct Line {
    pub runs: Vec<Run>,
    pub unknown: Vec<Unknown>,
    /// From the top of the line to its baseline.
    pub baseline: f32,
    /// Height with its share of air.
    pub height: f32,
    /// Width of the glyphs without trailing spaces.
    pub width: f32,
    pub style: Style,
    /// What the glyphs' text ranges point into.
    pub source: Arc<str>,
    /// Whether its paragraph is read from right to left.
    pub leftwards: bool,
    /// Whether its paragraph has no other line.
    pub alone: bool,
}

impl Line {
    /// How far from the left edge of a column of this width the line begins: where its paragraph begins to be read.
    pub(crate) fn indent(&self, width: f32) -> f32 {
        if self.leftwards { (width - self.width).max(0.0) } else { 0.0 }
    }
}

/// Width of a row of digits in a box, as a part of the box.
pub(crate) const NUMBER_WIDTH: f32 = 0.8;
/// Advance of a digit in a box, as a multiple of its size.
pub(crate) const DIGIT: f32 = 0.6;

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

    /// The lines of a text in a column of this width; one empty line for an empty text. Each paragraph is read in its own
    /// direction.
    pub(crate) fn lines(&mut self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let text = clean(text);
        text.split('\n').flat_map(|paragraph| self.paragraph(paragraph.into(), style, width)).collect()
    }

    fn paragraph(&mut self, source: Arc<str>, style: Style, width: f32) -> Vec<Line> {
        let layout = self.layout(&source, style, width);
        let mut lines = Vec::new();
        let mut top = 0.0;
        for line in layout.lines() {
            let metrics = line.metrics();
            // Spaces at the end of a line that is read leftwards hang out at its left.
            let hanging = if layout.is_rtl() { metrics.hanging_advance } else { 0.0 };
            let mut unknown = Vec::new();
            let mut x = metrics.offset - hanging;
            let runs = line.runs().filter_map(|run| self.run(run, &source, &mut x, &mut unknown)).collect();
            lines.push(Line {
                runs,
                unknown,
                baseline: metrics.baseline - top,
                height: metrics.line_height,
                width: metrics.advance - metrics.hanging_advance,
                style,
                source: source.clone(),
                leftwards: layout.is_rtl(),
                alone: layout.len() == 1,
            });
            top += metrics.line_height;
        }
        lines
    }

    fn layout(&mut self, text: &str, style: Style, width: f32) -> Layout<[u8; 4]> {
        let foreign = foreign_stretches(text, |sign| self.fonts.glyph(sign).is_some());
        let mut builder = self.layouts.ranged_builder(&mut self.context, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(families(true)));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(LINE_HEIGHT)));
        builder.push_default(StyleProperty::Locale(parley::style::Language::parse(self.language.tag()).ok()));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if style.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        for stretch in foreign {
            builder.push(StyleProperty::FontFamily(families(false)), stretch);
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        layout
    }

    fn run(
        &self,
        run: parley::layout::Run<'_, [u8; 4]>,
        source: &str,
        x: &mut f32,
        unknown: &mut Vec<Unknown>,
    ) -> Option<Run> {
        let face = self.fonts.face(run.font().data.id())?;
        let size = run.font_size();
        let ends = ligature_ends(&run);
        let start = *x;
        let mut glyphs: Vec<KrillaGlyph> = Vec::new();
        for cluster in run.visual_clusters().filter(|cluster| !cluster.is_ligature_continuation()) {
            let place = cluster.text_range();
            let end = ends.get(&place.start).copied().unwrap_or(place.end);
            let signs = source.get(place.start..end).unwrap_or_default();
            if signs.chars().all(is_steering) {
                continue;
            }
            for glyph in cluster.glyphs() {
                let (advance, dx, dy) = (glyph.advance / size, glyph.x / size, glyph.y / size);
                let known = (glyph.id != 0).then(|| GlyphId::new(glyph.id));
                if known.is_none() {
                    unknown.extend(self.unknown(signs, *x, glyph.advance));
                }
                // What no face has is a space with its text, under a box.
                let id = known.unwrap_or(face.space);
                glyphs.push(KrillaGlyph::new(id, advance, dx, dy, 0.0, place.start..end, None));
                *x += glyph.advance;
            }
        }
        Some(Run { x: start, font: face.font.clone(), glyphs, bolder: run.synthesis().embolden() && !face.pictograms })
    }

    /// The box of a sign that no face has, with its number in two rows.
    fn unknown(&self, signs: &str, x: f32, width: f32) -> Option<Unknown> {
        let number = format!("{:04X}", u32::from(signs.chars().next()?));
        let digits: Vec<GlyphId> = number.chars().filter_map(|digit| self.fonts.glyph(digit)).collect();
        let row = |digits: &[GlyphId]| {
            // Drawn as outlines: the number stands for the sign and is no text of the page.
            digits.iter().map(|digit| KrillaGlyph::new(*digit, DIGIT, 0.0, 0.0, 0.0, 0..0, None)).collect()
        };
        let number = digits.chunks(digits.len().div_ceil(2).max(1)).map(row).collect();
        Some(Unknown { x, width, number, font: self.fonts.main()? })
    }
}

/// Where each ligature ends in the text, by where it begins. Read in the order of the text, whichever way it is drawn.
fn ligature_ends(run: &parley::layout::Run<'_, [u8; 4]>) -> BTreeMap<usize, usize> {
    let mut ends = BTreeMap::new();
    let mut start = None;
    for cluster in run.clusters() {
        let place = cluster.text_range();
        if !cluster.is_ligature_continuation() {
            start = Some(place.start);
        }
        ends.insert(start.unwrap_or(place.start), place.end);
    }
    ends
}

fn families(main_first: bool) -> FontFamily<'static> {
    let named = |family| FontFamilyName::Named(Cow::Borrowed(family));
    FontFamily::List(Fonts::families(main_first).into_iter().map(named).collect())
}

/// What people type, fit for paper: tabs and other control characters become spaces, line ends become one kind, and what
/// turns the text beside it round is left out.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let plain = |sign: char| if sign.is_control() && sign != '\n' { ' ' } else { sign };
    text.chars().filter(|sign| !turns_round(*sign)).map(plain).collect()
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

    fn lines_of(text: &str, width: f32) -> Vec<Line> {
        let mut typesetter = Typesetter::new(&Fonts::bundled().unwrap(), Language::English);
        typesetter.lines(text, Style::bold(10.0, colour::INK), width)
    }

    #[test]
    fn the_promised_scripts_are_drawn_without_a_box_and_the_others_say_their_number() {
        let promised = [
            "Nguyễn Văn Đức, Ștefan, Łódź, Ǆ",
            "Αθήνα, Ἀθῆναι",
            "Київ, Ѓорѓи Ќосев, Қазақстан",
            "محمد الأمين، فارسی پژوهش گچ",
            "דוד בן־גוריון בע״מ",
            "สมชาย ใจดี",
            "राजेश कुमार, श्री",
            "김철수, 홍길동",
            "🔧💧⚠️👨‍👩‍👧🇪🇸👍🏽1️⃣☎️🤖",
            "陈晓骨 幫浦 １２３",
        ];
        for text in promised {
            let boxes: usize = lines_of(text, 500.0).iter().map(|line| line.unknown.len()).sum();
            assert_eq!(boxes, 0, "{text}");
        }
        for (text, rows) in [("ዐ", 2), ("\u{12000}", 2), ("ⴰ", 2)] {
            let lines = lines_of(text, 500.0);
            assert_eq!(lines[0].unknown.len(), 1, "{text}");
            assert_eq!(lines[0].unknown[0].number.len(), rows, "{text}");
        }
    }

    #[test]
    fn each_paragraph_begins_where_it_is_read() {
        let lines = lines_of("دليل\nplain\n3391 رقم", 200.0);
        let rightmost = |line: &Line| line.indent(200.0) + line.width;
        assert_eq!(lines.iter().map(|line| line.leftwards).collect::<Vec<_>>(), [true, false, true]);
        assert!((rightmost(&lines[0]) - 200.0).abs() < 0.01 && lines[1].indent(200.0) == 0.0);
        // The first letter of the word stands at its right.
        let glyphs = &lines[0].runs[0].glyphs;
        assert!(glyphs.first().unwrap().text_range.start > glyphs.last().unwrap().text_range.start);
    }

    #[test]
    fn nobody_turns_a_sum_round_with_signs_that_are_not_seen() {
        assert_eq!(set(Language::English, "pay \u{202e}100\u{202c} \u{2067}EUR\u{2069}", 200.0), ["pay 100 EUR"]);
    }

    #[test]
    fn a_face_without_a_bold_one_is_drawn_bolder() {
        assert!(lines_of("김철수", 200.0)[0].runs.iter().all(|run| run.bolder));
        assert!(lines_of("Ana", 200.0)[0].runs.iter().all(|run| !run.bolder));
    }
}
