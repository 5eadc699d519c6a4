//! `shown.pdf`: the pages that the signer sees, drawn from the content alone. No signature is on them.

mod amendment;
mod amounts;
mod answers;
mod evidence;
mod picture;
#[cfg(test)]
mod tests;
mod title;
mod work;

pub(crate) use picture::{Place, picture};
pub(crate) use title::title_key;

use countersign_model::Digest;
use countersign_model::canonical::NotCanonical;
use countersign_model::document::Content;
use countersign_model::time::{TimeRecord, estimate};
use countersign_texts::{Texts, Zone};

use crate::fonts::Fonts;
use crate::paper::{
    Align, BODY_BOTTOM, BODY_WIDTH, Band, Cell, FIRST_TOP, Flow, LATER_TOP, Look, Style, Typesetter, colour, paginate,
};
use crate::sheet;

/// What draws the pages, sealed with them: the drawing rules and words (`/3`) and the edition of the time zones. A
/// verifier with the same renderer draws the pages again and compares what they say.
pub const RENDERER: &str = "countersign-documents/3+2025b";

/// Where the pictures come from.
pub trait MediaSource {
    /// The JPEG bytes with this digest; `None` where they are not at hand (a placeholder is printed).
    fn preview(&self, digest: &Digest) -> Option<Vec<u8>>;
}

/// No pictures: every one is printed as a placeholder with its hash.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoMedia;

impl MediaSource for NoMedia {
    fn preview(&self, _: &Digest) -> Option<Vec<u8>> {
        None
    }
}

impl MediaSource for std::collections::BTreeMap<Digest, Vec<u8>> {
    fn preview(&self, digest: &Digest) -> Option<Vec<u8>> {
        self.get(digest).cloned()
    }
}

/// Why no pages could be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderProblem {
    /// The PDF writer refused; report it.
    #[error("the pages could not be written ({0}): report this with the voucher's number")]
    Pdf(String),
    /// The content has no canonical form.
    #[error("the document cannot be sealed: {0}")]
    NotCanonical(#[from] NotCanonical),
}

/// Draws the pages of a content. The same content and pictures give the same bytes on every device.
pub fn render_shown(content: &Content, media: &dyn MediaSource, fonts: &Fonts) -> Result<Vec<u8>, RenderProblem> {
    let mut sheet = Sheet::new(content, fonts);
    sheet.title(media);
    match &content.cash {
        Some(cash) => sheet.cash(cash),
        None => sheet.service(media),
    }
    let band = Band { first_top: FIRST_TOP, later_top: LATER_TOP, bottom: BODY_BOTTOM };
    let pages = paginate(std::mem::take(&mut sheet.flow), band);
    let running = sheet::Running::of_content(content, &sheet.texts, fonts);
    sheet::write(&pages, running, content)
}

/// The page under construction, with what every part of it needs.
pub(crate) struct Sheet<'a> {
    pub content: &'a Content,
    pub texts: Texts,
    pub typesetter: Typesetter,
    pub flow: Flow,
    zone: Zone,
}

/// The styles of the pages.
pub(crate) mod style {
    use super::{Style, colour};

    pub(crate) const BODY: Style = Style::regular(9.5, colour::INK);
    pub(crate) const STRONG: Style = Style::bold(9.5, colour::INK);
    pub(crate) const DETAIL: Style = Style::regular(8.5, colour::MUTED);
    pub(crate) const LABEL: Style = Style::regular(7.5, colour::MUTED);
    pub(crate) const HEADING: Style = Style::bold(11.5, colour::ACCENT);
    pub(crate) const COLUMN: Style = Style::bold(8.0, colour::MUTED);
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(content: &'a Content, fonts: &Fonts) -> Sheet<'a> {
        Sheet {
            content,
            texts: Texts::new(content.language),
            typesetter: Typesetter::new(fonts, content.language),
            flow: Flow::default(),
            zone: Zone::of(&content.zone, content.prepared.offset_minutes),
        }
    }

    /// Everything that a voucher or amendment says of the service.
    fn service(&mut self, media: &dyn MediaSource) {
        self.amendment();
        self.fault();
        self.diagnosis();
        self.answers();
        self.parts();
        self.charges();
        self.totals();
        self.times();
        self.photos(media);
    }

    pub(crate) fn row(&mut self, cells: &[Cell<'_>], look: Look) {
        self.flow.row(&mut self.typesetter, cells, look);
    }

    /// A heading that stays with what follows it.
    pub(crate) fn heading(&mut self, title: &str) {
        self.flow.room(14.0);
        let look = Look { below: 3.0, rule: Some(colour::RULE), keep_with_next: true, ..Look::default() };
        self.row(&[Cell::new(title, style::HEADING, 0.0, BODY_WIDTH)], look);
    }

    /// The best estimate of a time, in the document's zone.
    pub(crate) fn time(&self, record: &TimeRecord) -> String {
        self.texts.estimated(&estimate(record, None), &self.zone)
    }

    /// The head of a table, repeated on the pages that the table reaches.
    pub(crate) fn table_head(&mut self, columns: &[(&str, f32, f32, Align)]) {
        let texts: Vec<(String, f32, f32, Align)> =
            columns.iter().map(|(key, x, width, align)| (self.texts.get(key), *x, *width, *align)).collect();
        let cells: Vec<Cell<'_>> = texts
            .iter()
            .map(|(text, x, width, align)| match align {
                Align::Start | Align::Value | Align::Left => Cell::new(text, style::COLUMN, *x, *width),
                Align::End => Cell::end(text, style::COLUMN, *x, *width),
            })
            .collect();
        let look =
            Look { above: 4.0, below: 3.0, ground: Some(colour::CANVAS), keep_with_next: true, ..Look::default() };
        self.row(&cells, look);
        self.flow.begin_head(&mut self.typesetter, &cells, look);
    }
}

/// Enough of a digest for a person to compare.
pub(crate) fn short_hash(digest: &Digest) -> String {
    digest.hex().chars().take(12).collect()
}

/// The look of a row in a table.
pub(crate) fn table_row() -> Look {
    Look { above: 3.5, below: 3.5, rule: Some(colour::RULE), ..Look::default() }
}
