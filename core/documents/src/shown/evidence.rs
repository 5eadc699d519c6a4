//! Photos and files, two a row: the picture or a labelled placeholder, its caption, time and short hash.

use countersign_model::Digest;
use countersign_model::document::{EvidenceShown, Stage};
use krilla::image::Image;

use super::{MediaSource, Sheet, short_hash, style};
use crate::paper::{BODY_WIDTH, Cell, Look, Mark, SIDE, Strip, Style, colour};

const GAP: f32 = 13.0;
const COLUMN: f32 = (BODY_WIDTH - GAP) / 2.0;
/// Room for a picture: the shape of most phones' photos.
const PICTURE_HEIGHT: f32 = COLUMN * 0.75;
/// Height of a placeholder where no picture stands beside it.
const PLACEHOLDER_HEIGHT: f32 = 64.0;
const STAGE: Style = Style::bold(8.0, colour::ACCENT);
const CAPTION: Style = Style::regular(9.0, colour::INK);

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
        for pair in content.evidence.chunks(2) {
            self.photo_pair(pair, media);
        }
    }

    fn photo_pair(&mut self, pair: &[EvidenceShown], media: &dyn MediaSource) {
        let images: Vec<Option<Image>> = pair.iter().map(|evidence| image(evidence, media)).collect();
        let strip = self.pictures(&images);
        self.flow.push(strip);
        let kept = Look { keep_with_next: true, ..Look::default() };
        let stages: Vec<String> = pair.iter().map(|evidence| self.stage(evidence)).collect();
        if stages.iter().any(|stage| !stage.is_empty()) {
            self.pair_row(&stages, STAGE, Look { above: 3.0, ..kept });
        }
        let captions: Vec<String> =
            pair.iter().zip(&images).map(|(evidence, image)| self.caption(evidence, image.is_some())).collect();
        if captions.iter().any(|caption| !caption.is_empty()) {
            self.pair_row(&captions, CAPTION, kept);
        }
        let facts: Vec<String> = pair.iter().map(|evidence| self.facts_of(evidence)).collect();
        self.pair_row(&facts, style::LABEL, Look { below: 10.0, ..Look::default() });
    }

    fn pair_row(&mut self, texts: &[String], style: Style, look: Look) {
        let place = |index: usize| if index == 0 { 0.0 } else { COLUMN + GAP };
        let cells: Vec<Cell<'_>> =
            texts.iter().enumerate().map(|(index, text)| Cell::new(text, style, place(index), COLUMN)).collect();
        self.row(&cells, look);
    }

    fn pictures(&mut self, images: &[Option<Image>]) -> Strip {
        let some = images.iter().any(Option::is_some);
        let height = if some { PICTURE_HEIGHT } else { PLACEHOLDER_HEIGHT };
        let mut marks = Vec::new();
        for (index, image) in images.iter().enumerate() {
            let x = SIDE + if index == 0 { 0.0 } else { COLUMN + GAP };
            marks.push(Mark::Fill { x, y: 0.0, width: COLUMN, height, corner: 4.0, colour: colour::CANVAS });
            match image {
                Some(image) => marks.push(fitted(image, x, height)),
                None => self.placeholder(x, height, &mut marks),
            }
        }
        Strip { height, marks, keep_with_next: true, ..Strip::default() }
    }

    fn placeholder(&mut self, x: f32, height: f32, marks: &mut Vec<Mark>) {
        let text = self.texts.get("voucher-photo-missing");
        let lines = self.typesetter.lines(&text, style::DETAIL, COLUMN - 32.0);
        let total: f32 = lines.iter().map(|line| line.height).sum();
        let mut y = ((height - total) / 2.0).max(0.0);
        for line in lines {
            let step = line.height;
            marks.push(Mark::Text { x: x + (COLUMN - line.width) / 2.0, y, line });
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
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    fn facts_of(&self, evidence: &EvidenceShown) -> String {
        let time = self.time(&evidence.time);
        let variables = [("time", time.into()), ("hash", short_hash(&evidence.sha256).into())];
        self.texts.with("voucher-photo-facts", &variables)
    }
}

/// The picture, if it is at hand, is the one that the digest names, and can be drawn.
fn image(evidence: &EvidenceShown, media: &dyn MediaSource) -> Option<Image> {
    let digest = evidence.preview?;
    let bytes = media.preview(&digest)?;
    if Digest::of(&bytes) != digest {
        return None;
    }
    let image = Image::from_jpeg(bytes.into(), false).ok()?;
    let (width, height) = image.size();
    (width > 0 && height > 0).then_some(image)
}

/// As large as its place allows, in its own shape, in the middle.
fn fitted(image: &Image, x: f32, place: f32) -> Mark {
    let (width, height) = image.size();
    // Exact enough: pictures have at most 65,535 pixels a side.
    let (width, height) = (width as f32, height as f32);
    let scale = (COLUMN / width).min(place / height);
    let (width, height) = (width * scale, height * scale);
    Mark::Picture { x: x + (COLUMN - width) / 2.0, y: (place - height) / 2.0, width, height, image: image.clone() }
}
