//! Writing laid-out pages as a PDF: running head, foot, metadata and settings, the same for the shown pages and the
//! signature page.

use chrono::{DateTime, Datelike, Timelike, Utc};
use countersign_model::document::Content;
use countersign_texts::Texts;
use krilla::metadata::Metadata;
use krilla::{Document, SerializeSettings};

use crate::fonts::Fonts;
use crate::paper::{Align, BODY_WIDTH, Furniture, PAGE_HEIGHT, Page, Style, Typesetter, colour, paint, paint_modules};
use crate::shown::{RenderProblem, title_key};

/// Where the running head stands.
const HEAD_TOP: f32 = 36.0;
/// Where the foot stands.
const FOOT_TOP: f32 = PAGE_HEIGHT - 40.0;
const RUNNING: Style = Style::regular(8.0, colour::MUTED);

/// Head and foot of every page.
pub(crate) struct Running {
    typesetter: Typesetter,
    texts: Texts,
    company: String,
    title: String,
    /// Key of the words for "page x of y".
    page_key: &'static str,
    /// Whether the first page has a running head too.
    head_on_first: bool,
}

impl Running {
    /// For the shown pages.
    pub(crate) fn of_content(content: &Content, texts: &Texts, fonts: &Fonts) -> Running {
        Running {
            typesetter: Typesetter::new(fonts, content.language),
            texts: texts.clone(),
            company: content.company.name.clone(),
            title: title_of(content, texts),
            page_key: "voucher-page",
            head_on_first: false,
        }
    }

    /// For the signature pages of the same document.
    pub(crate) fn of_signatures(content: &Content, texts: &Texts, fonts: &Fonts) -> Running {
        Running { page_key: "signature-page", head_on_first: true, ..Running::of_content(content, texts, fonts) }
    }
}

fn title_of(content: &Content, texts: &Texts) -> String {
    let title = texts.get(title_key(content));
    texts.with("voucher-running", &[("title", title.into()), ("number", content.number.as_str().into())])
}

fn counted(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

impl Furniture for Running {
    fn lines(&mut self, number: usize, count: usize) -> Vec<(Align, f32, crate::paper::Line)> {
        let variables = [("page", counted(number).into()), ("pages", counted(count).into())];
        let page = self.texts.with(self.page_key, &variables);
        let mut wanted = vec![(Align::Start, FOOT_TOP, self.title.clone()), (Align::End, FOOT_TOP, page)];
        if number > 1 || self.head_on_first {
            wanted.push((Align::Start, HEAD_TOP, self.company.clone()));
            wanted.push((Align::End, HEAD_TOP, self.title.clone()));
        }
        let mut lines = Vec::new();
        for (align, top, text) in wanted {
            // The full name stands on the first page; the running head shows what fits on one line.
            let line = self.typesetter.lines(&text, RUNNING, BODY_WIDTH / 2.0 - 6.0).into_iter().next();
            lines.extend(line.map(|line| (align, top, line)));
        }
        lines
    }

    fn rules(&self, number: usize) -> Vec<f32> {
        let mut rules = vec![FOOT_TOP - 5.0];
        if number > 1 || self.head_on_first {
            rules.push(HEAD_TOP + 15.0);
        }
        rules
    }
}

/// Writes the pages. Uncompressed structure, no identifiers of time or chance: the same pages are the same bytes.
pub(crate) fn write(pages: &[Page], mut running: Running, content: &Content) -> Result<Vec<u8>, RenderProblem> {
    let settings = SerializeSettings { enable_tagging: false, xmp_metadata: false, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let mut metadata = Metadata::new()
        .title(running.title.clone())
        .language(content.language.tag().to_owned())
        .authors(vec![content.company.name.clone()])
        .creator("Countersign".to_owned());
    if let Some(time) = pdf_time(content.prepared.wall) {
        metadata = metadata.creation_date(time);
    }
    document.set_metadata(metadata);
    paint(&mut document, pages, &mut running);
    document.finish().map_err(|error| RenderProblem::Pdf(error.to_string()))
}

fn pdf_time(milliseconds: i64) -> Option<krilla::metadata::DateTime> {
    let time: DateTime<Utc> = DateTime::from_timestamp_millis(milliseconds)?;
    let small = |value: u32| u8::try_from(value).ok();
    Some(
        krilla::metadata::DateTime::new(u16::try_from(time.year()).ok().filter(|year| *year <= 9999)?)
            .month(small(time.month())?)
            .day(small(time.day())?)
            .hour(small(time.hour())?)
            .minute(small(time.minute())?)
            .second(small(time.second())?)
            .utc_offset_hour(0)
            .utc_offset_minute(0),
    )
}

/// The bytes with which a page draws these modules: the same on every page, since the path is in whole units.
pub(crate) fn module_path(dark: &[(u16, u16)]) -> Option<Vec<u8>> {
    let settings = SerializeSettings { enable_tagging: false, xmp_metadata: false, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    paint_modules(&mut document, dark);
    let bytes = document.finish().ok()?;
    let file = crate::pdf::read(&bytes).ok()?;
    let stream = crate::pdf::page_stream(&file, *file.pages()?.first()?)?;
    let text = String::from_utf8(stream).ok()?;
    // After the colour, before the filling.
    let (_, path) = text.split_once(" rg")?;
    let (path, _) = path.rsplit_once("\nf")?;
    Some(path.trim_start().as_bytes().to_vec())
}
