//! Photos and files, two or three a row: the picture or a labelled placeholder, its caption, time and short hash.

use std::collections::BTreeSet;
use std::sync::Arc;

use countersign_evidence::{OverlayMark, Path, Rgb, labels, overlay};
use countersign_model::document::{EvidenceShown, LayerShown, Stage};
use krilla::image::Image;

use super::{MediaSource, Place, Sheet, picture, short_hash, style};
use crate::paper::{BODY_WIDTH, Cell, Colour, Look, Mark, SIDE, Strip, Style, colour, isolated};

const GAP: f32 = 13.0;
/// More photos than this stand three a row, so that a visit with forty of them is no book.
const MANY: usize = 12;
/// A picture's height as a part of its width: the shape of most phones' photos.
const SHAPE: f32 = 0.75;
/// Height of a placeholder where no picture stands beside it.
const PLACEHOLDER_HEIGHT: f32 = 64.0;
const STAGE: Style = Style::bold(8.0, colour::ACCENT);
const CAPTION: Style = Style::regular(9.0, colour::INK);

/// The columns in which photos stand.
#[derive(Clone, Copy)]
struct Columns {
    count: usize,
    width: f32,
}

impl Columns {
    fn of(photos: usize) -> Columns {
        let (count, width) =
            if photos > MANY { (3, (BODY_WIDTH - 2.0 * GAP) / 3.0) } else { (2, (BODY_WIDTH - GAP) / 2.0) };
        Columns { count, width }
    }

    /// Left edges from the margin.
    fn places(self) -> impl Iterator<Item = f32> {
        std::iter::successors(Some(0.0), move |x| Some(x + self.width + GAP)).take(self.count)
    }
}

impl Sheet<'_> {
    /// All evidence of the visit.
    pub(super) fn photos(&mut self, media: &dyn MediaSource) {
        let content = self.content;
        if content.evidence.is_empty() {
            return;
        }
        let title = self.texts.get("voucher-photos");
        // Nothing between: the title stays with the first row of pictures.
        self.heading(&title);
        let columns = Columns::of(content.evidence.len());
        for row in content.evidence.chunks(columns.count) {
            self.photo_row(row, columns, media);
        }
        self.sets();
    }

    /// One line a device: how many captures there are and that none is missing, or which one is not as it was.
    fn sets(&mut self) {
        let content = self.content;
        for set in &content.sets {
            let count = i64::try_from(set.count).unwrap_or(i64::MAX);
            let by = isolated(&set.by);
            let facts = [("name", by.as_ref().into()), ("count", count.into())];
            let key = if set.is_whole() { "evidence-set-whole" } else { "evidence-set-broken" };
            let mut lines = vec![self.texts.with(key, &facts)];
            for finding in &set.findings {
                let number = i64::try_from(finding.number).unwrap_or(i64::MAX);
                let facts = [("name", by.as_ref().into()), ("number", number.into())];
                lines.push(self.texts.with(&["set", finding.trouble.word()].join("-"), &facts));
            }
            let style = if set.is_whole() { style::LABEL } else { Style::bold(8.0, colour::ATTENTION.0) };
            let text = lines.join("\n");
            self.row(&[Cell::new(&text, style, 0.0, BODY_WIDTH)], Look { below: 3.0, ..Look::default() });
        }
    }

    fn photo_row(&mut self, row: &[EvidenceShown], columns: Columns, media: &dyn MediaSource) {
        let images: Vec<Option<Image>> = row.iter().map(|evidence| picture(evidence.preview, media)).collect();
        let strip = self.pictures(row, columns, &images);
        self.flow.push(strip);
        let kept = Look { keep_with_next: true, ..Look::default() };
        let stages: Vec<String> = row.iter().map(|evidence| self.stage(evidence)).collect();
        if stages.iter().any(|stage| !stage.is_empty()) {
            self.texts_row(columns, &stages, STAGE, Look { above: 3.0, ..kept });
        }
        let captions: Vec<String> =
            row.iter().zip(&images).map(|(evidence, image)| self.caption(evidence, image.is_some())).collect();
        if captions.iter().any(|caption| !caption.is_empty()) {
            self.texts_row(columns, &captions, CAPTION, kept);
        }
        let facts: Vec<String> = row.iter().map(|evidence| self.facts_of(evidence)).collect();
        self.texts_row(columns, &facts, style::LABEL, Look { below: 10.0, ..Look::default() });
    }

    fn texts_row(&mut self, columns: Columns, texts: &[String], style: Style, look: Look) {
        let cell = |(text, x)| Cell::value(text, style, x, columns.width);
        let cells: Vec<Cell<'_>> = texts.iter().map(String::as_str).zip(columns.places()).map(cell).collect();
        self.row(&cells, look);
    }

    fn pictures(&mut self, row: &[EvidenceShown], columns: Columns, images: &[Option<Image>]) -> Strip {
        let some = images.iter().any(Option::is_some);
        let width = columns.width;
        let height = if some { width * SHAPE } else { PLACEHOLDER_HEIGHT };
        let mut marks = Vec::new();
        for ((image, evidence), place) in images.iter().zip(row).zip(columns.places()) {
            let x = SIDE + place;
            marks.push(Mark::Fill { x, y: 0.0, width, height, corner: 4.0, colour: colour::CANVAS });
            match image {
                Some(image) => {
                    let fitted = Place { x, width, height }.fitted(image);
                    marks.push(fitted.mark);
                    self.drawn_over(&evidence.layers, fitted.at, fitted.size, &mut marks);
                }
                None => self.placeholder((x, width, height), &mut marks),
            }
        }
        Strip { height, marks, keep_with_next: true, ..Strip::default() }
    }

    /// What people drew over a picture, as lines and words: the picture under it stays as it is.
    fn drawn_over(&mut self, layers: &[LayerShown], at: (f32, f32), size: (f32, f32), marks: &mut Vec<Mark>) {
        let shade = |[red, green, blue]: Rgb| Colour(red, green, blue);
        for mark in layers.iter().flat_map(|layer| overlay(&layer.shapes, size.0, size.1)) {
            match mark {
                OverlayMark::Line { path, colour, rim, rim_width } => {
                    let under = Path { width: rim_width, segments: path.segments.clone() };
                    for (path, colour) in [(under, shade(rim)), (path, shade(colour))] {
                        marks.push(Mark::Line { x: at.0, y: at.1, path: Arc::new(path), colour });
                    }
                }
                OverlayMark::Label { at: place, size, text, colour, ground, .. } => {
                    let style = Style::bold(size, shade(colour));
                    let (x, y) = (at.0 + place.x, at.1 + place.y);
                    for line in self.typesetter.lines(&text, style, f32::MAX) {
                        let (width, height) = (line.width + size * 0.4, line.height);
                        let colour = shade(ground);
                        marks.push(Mark::Fill { x: x - size * 0.2, y, width, height, corner: 0.0, colour });
                        marks.push(Mark::Text { x, y, line });
                    }
                }
            }
        }
    }

    fn placeholder(&mut self, (x, width, height): (f32, f32, f32), marks: &mut Vec<Mark>) {
        let text = self.texts.get("voucher-photo-missing");
        let lines = self.typesetter.lines(&text, style::DETAIL, width - 32.0);
        let total: f32 = lines.iter().map(|line| line.height).sum();
        let mut y = ((height - total) / 2.0).max(0.0);
        for line in lines {
            let step = line.height;
            marks.push(Mark::Text { x: x + (width - line.width) / 2.0, y, line });
            y += step;
        }
    }

    fn stage(&self, evidence: &EvidenceShown) -> String {
        match evidence.stage {
            Stage::Neither => String::new(),
            ref stage => self.texts.word("stage", stage.as_str()),
        }
    }

    /// What the person wrote; for what is not printed, also what it is.
    fn caption(&self, evidence: &EvidenceShown, printed: bool) -> String {
        let mut lines = vec![evidence.caption.trim().to_owned()];
        if !printed {
            let size = self.texts.bytes(evidence.bytes);
            let variables = [("type", evidence.media_type.as_str().into()), ("size", size.into())];
            lines.push(evidence.name.trim().to_owned());
            lines.push(self.texts.with("voucher-file-facts", &variables));
            lines.extend(evidence.duration_ms.map(|duration| self.running_time(duration)));
            // Words drawn over a picture that is not here are still said.
            lines.extend(evidence.layers.iter().flat_map(|layer| labels(&layer.shapes)).map(str::to_owned));
        }
        let people: BTreeSet<&str> = evidence.layers.iter().map(|layer| layer.by.as_str()).collect();
        lines.extend(
            people
                .iter()
                .map(|name| self.texts.with("evidence-drawn-by", &[("names", isolated(name).as_ref().into())])),
        );
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    fn facts_of(&self, evidence: &EvidenceShown) -> String {
        let time = self.time(&evidence.time);
        let time = if evidence.chosen { self.texts.chosen(&evidence.claimed, &time) } else { time };
        let variables = [("time", time.into()), ("hash", short_hash(&evidence.sha256).into())];
        let facts = self.texts.with("voucher-photo-facts", &variables);
        match evidence.set {
            Some(place) => {
                let number = i64::try_from(place.number).unwrap_or(i64::MAX);
                let place = self.texts.with("evidence-set-place", &[("number", number.into())]);
                self.texts.with("evidence-set-facts", &[("place", place.into()), ("facts", facts.into())])
            }
            None => facts,
        }
    }

    /// Running time as people write it on players, `2:05` or `1:02:05`.
    fn running_time(&self, duration_ms: u64) -> String {
        let seconds = duration_ms.div_ceil(1_000);
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        let time = match hours {
            0 => format!("{minutes}:{seconds:02}"),
            hours => format!("{hours}:{minutes:02}:{seconds:02}"),
        };
        self.texts.with("evidence-running-time", &[("time", time.into())])
    }
}
