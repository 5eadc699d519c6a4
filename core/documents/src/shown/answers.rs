//! The form's sections: each question with its number, its answer and where the answer came from.

use countersign_model::document::{AnswerShown, SectionShown};

use super::{Sheet, short_hash, style, table_row};
use crate::paper::{BODY_WIDTH, Cell, Look, Style, colour, isolated};

const NUMBER_WIDTH: f32 = 34.0;
const QUESTION: (f32, f32) = (36.0, 196.0);
const ANSWER: (f32, f32) = (242.0, 186.0);
const PROVENANCE: (f32, f32) = (434.0, BODY_WIDTH - 434.0);
/// An answer of more characters than this stands below its question, over the whole width: in its column it would go on
/// for pages.
const LONG_ANSWER: usize = 400;
/// Up to this many characters an answer is bold; a whole paragraph in bold is hard to read.
const SHORT_ANSWER: usize = 40;
const SECTION: Style = Style::bold(9.5, colour::INK);

impl Sheet<'_> {
    /// All sections; a section that goes on on another page repeats its title there.
    pub(super) fn answers(&mut self) {
        let content = self.content;
        if content.sections.iter().all(|section| section.answers.is_empty()) {
            return;
        }
        let title = self.texts.get("voucher-answers");
        self.heading(&title);
        for section in content.sections.iter().filter(|section| !section.answers.is_empty()) {
            self.section(section);
        }
    }

    fn section(&mut self, section: &SectionShown) {
        let look =
            Look { above: 5.0, below: 4.0, ground: Some(colour::CANVAS), keep_with_next: true, ..Look::default() };
        if !section.title.trim().is_empty() {
            let cell = |text| [Cell::new(text, SECTION, 6.0, BODY_WIDTH - 12.0)];
            self.row(&cell(&section.title), look);
            let again = self.texts.with("voucher-continued", &[("title", isolated(&section.title).as_ref().into())]);
            let head = cell(&again);
            self.flow.begin_head(&mut self.typesetter, &head, look);
        }
        for answer in &section.answers {
            self.answer(answer);
        }
        self.flow.end_head();
        self.flow.room(4.0);
    }

    fn answer(&mut self, answer: &AnswerShown) {
        let empty = answer.display.trim().is_empty() && answer.media.is_empty();
        let display = if empty { self.texts.get("voucher-no-answer") } else { self.display(answer) };
        let provenance = if empty { String::new() } else { self.texts.word("provenance", answer.provenance.as_str()) };
        let answer_style = match display.chars().count() {
            _ if empty => style::DETAIL,
            0..=SHORT_ANSWER => style::STRONG,
            _ => style::BODY,
        };
        let number = Cell::name(&answer.number, style::DETAIL, 6.0, NUMBER_WIDTH - 6.0);
        let from = Cell::end(&provenance, style::LABEL, PROVENANCE.0, PROVENANCE.1);
        if display.chars().count() > LONG_ANSWER {
            let question = Cell::value(&answer.question, style::BODY, QUESTION.0, ANSWER.0 + ANSWER.1 - QUESTION.0);
            self.row(&[number, question, from], Look { rule: None, keep_with_next: true, ..table_row() });
            let cell = Cell::new(&display, answer_style, QUESTION.0, BODY_WIDTH - QUESTION.0);
            return self.row(&[cell], Look { above: 0.0, ..table_row() });
        }
        let question = Cell::value(&answer.question, style::BODY, QUESTION.0, QUESTION.1);
        let cells = [number, question, Cell::value(&display, answer_style, ANSWER.0, ANSWER.1), from];
        self.row(&cells, table_row());
    }

    /// The answer as a person reads it, with the photos that it cites on a line of their own.
    fn display(&self, answer: &AnswerShown) -> String {
        if answer.media.is_empty() {
            return answer.display.clone();
        }
        let hashes: Vec<String> = answer.media.iter().map(short_hash).collect();
        let count = i64::try_from(answer.media.len()).unwrap_or(i64::MAX);
        let variables = [("count", count.into()), ("hashes", hashes.join(", ").into())];
        let photos = self.texts.with("voucher-see-photos", &variables);
        if answer.display.trim().is_empty() { photos } else { [answer.display.as_str(), &photos].join("\n") }
    }
}
