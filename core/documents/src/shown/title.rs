//! The head of the first page: who serves whom, which machine, by whom and when; and the fault as reported.

use countersign_evidence::{Kind, inspect};
use countersign_model::Digest;
use countersign_model::document::{Content, Party, VoucherClass};

use krilla::image::Image;

use super::{MediaSource, Sheet, style};
use crate::paper::{BODY_WIDTH, Cell, Colour, Look, Mark, SIDE, Strip, Style, colour};

/// A labelled fact of the grid.
struct Fact {
    label: String,
    value: String,
    detail: String,
}

/// Room for the logo, in points.
const LOGO: (f32, f32) = (170.0, 46.0);
/// Most pixels of a logo that is printed.
const LOGO_PIXELS: u64 = 4_000_000;
const TITLE: Style = Style::bold(19.0, colour::ACCENT);
const COMPANY: Style = Style::bold(12.0, colour::INK);
const NUMBER: Style = Style::bold(12.0, colour::INK);
/// Where the right half of the page begins.
const MIDDLE: f32 = 259.0;
/// Width of a half.
const HALF: f32 = BODY_WIDTH - MIDDLE;

impl Sheet<'_> {
    /// Logo, company and title, number and class, then the facts.
    pub(super) fn title(&mut self, media: &dyn MediaSource) {
        let content = self.content;
        self.logo(media);
        let title = self.texts.get(title_key(content));
        let company = self.company_lines();
        let look = Look { keep_with_next: true, ..Look::default() };
        let cells =
            [Cell::name(&content.company.name, COMPANY, 0.0, MIDDLE - 12.0), Cell::end(&title, TITLE, MIDDLE, HALF)];
        self.row(&cells, look);
        let cells =
            [Cell::name(&company, style::DETAIL, 0.0, MIDDLE - 12.0), Cell::end(&content.number, NUMBER, MIDDLE, HALF)];
        self.row(&cells, look);
        match content.cash.is_none() {
            true => self.class_chip(),
            false => self.flow.room(8.0),
        }
        self.flow.push(accent_rule());
        self.flow.room(8.0);
        let facts = self.facts();
        for pair in facts.chunks(2) {
            self.fact_pair(pair);
        }
    }

    /// The logo at the left. Its place is kept where its bytes are not at hand, so that the pages break alike.
    fn logo(&mut self, media: &dyn MediaSource) {
        let Some(digest) = self.content.letterhead.as_ref().and_then(|letterhead| letterhead.logo) else { return };
        let image = media.preview(&digest).filter(|bytes| Digest::of(bytes) == digest).and_then(logo_image);
        let marks = image.map(|image| {
            let (width, height) = image.size();
            let (width, height) = (width as f32, height as f32);
            let scale = (LOGO.0 / width).min(LOGO.1 / height);
            Mark::Picture { x: SIDE, y: 0.0, width: width * scale, height: height * scale, image }
        });
        let marks = marks.into_iter().collect();
        self.flow.push(Strip { height: LOGO.1 + 6.0, marks, keep_with_next: true, ..Strip::default() });
    }

    /// Address and phone, then mail and tax number.
    fn company_lines(&self) -> String {
        let mut lines = vec![address_lines(&self.texts, &self.content.company)];
        if let Some(letterhead) = &self.content.letterhead {
            lines.push(letterhead.email.clone());
            if !letterhead.tax_number.trim().is_empty() {
                let label = match letterhead.tax_label.trim() {
                    "" => self.texts.get("voucher-tax"),
                    label => label.to_owned(),
                };
                let facts = [("label", label.into()), ("number", letterhead.tax_number.as_str().into())];
                lines.push(self.texts.with("letterhead-tax-number", &facts));
            }
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        lines_of(&lines)
    }

    fn class_chip(&mut self) {
        let word = self.texts.word("class", self.content.class.as_str());
        let (ink, ground) = class_colours(&self.content.class);
        let lines = self.typesetter.lines(&word, Style::bold(8.5, ink), HALF - 16.0);
        let width = lines.iter().map(|line| line.width).fold(0.0, f32::max) + 16.0;
        let height = lines.iter().map(|line| line.height).sum::<f32>() + 4.0;
        let x = SIDE + BODY_WIDTH - width;
        let mut marks = vec![Mark::Fill { x, y: 4.0, width, height, corner: 4.0, colour: ground }];
        let mut y = 6.0;
        for line in lines {
            let step = line.height;
            marks.push(Mark::Text { x: x + 8.0, y, line });
            y += step;
        }
        self.flow.push(Strip { height: height + 10.0, marks, keep_with_next: true, ..Strip::default() });
    }

    fn facts(&self) -> Vec<Fact> {
        let content = self.content;
        let mut facts = vec![match &content.customer {
            Some(customer) => self.party("voucher-customer", customer),
            None => self.fact("voucher-customer", self.texts.get("voucher-internal"), String::new()),
        }];
        facts.extend(content.site.as_ref().map(|site| self.party("voucher-site", site)));
        if let Some(machine) = &content.machine {
            let serial = self.texts.with("voucher-serial", &[("serial", machine.serial.as_str().into())]);
            let detail = lines_of(&[&serial, &machine.place]);
            facts.push(self.fact("voucher-machine", machine.model.clone(), detail));
        }
        facts.push(self.fact("voucher-engineers", content.engineers.join("\n"), String::new()));
        for step in &content.steps {
            let label = self.texts.word("step", &step.step);
            facts.push(Fact { label, value: self.time(&step.time), detail: String::new() });
        }
        if content.remote {
            facts.push(self.fact("voucher-place", self.texts.get("voucher-remote"), String::new()));
        }
        if !content.leave_reason.is_empty() {
            let reason = self.texts.word("leave", &content.leave_reason);
            facts.push(self.fact("voucher-left", reason, String::new()));
        }
        if !content.class_reason.is_empty() {
            facts.push(self.fact("voucher-class-reason", content.class_reason.clone(), String::new()));
        }
        if let Some(form) = &content.form {
            facts.push(self.fact("voucher-form", form.title.clone(), String::new()));
        }
        facts.push(self.fact("voucher-prepared", self.time(&content.prepared), String::new()));
        facts
    }

    fn fact(&self, key: &str, value: String, detail: String) -> Fact {
        Fact { label: self.texts.get(key), value, detail }
    }

    fn party(&self, key: &str, party: &Party) -> Fact {
        self.fact(key, party.name.clone(), address_lines(&self.texts, party))
    }

    fn fact_pair(&mut self, pair: &[Fact]) {
        let places = [(0.0, MIDDLE - 12.0), (MIDDLE, HALF)];
        let cell = |(fact, (x, width))| fact_cell(fact, x, width);
        let cells: Vec<Cell<'_>> = pair.iter().zip(places).map(cell).collect();
        self.row(&cells, Look { below: 6.0, ..Look::default() });
    }

    /// The fault in the words of who reported it.
    pub(super) fn fault(&mut self) {
        if self.content.fault.trim().is_empty() {
            return;
        }
        let label = self.texts.get("voucher-fault");
        let fault = self.content.fault.clone();
        self.flow.room(6.0);
        self.boxed(&label, &fault, colour::CANVAS, colour::ACCENT);
    }

    /// A label and a text on a ground with a bar at its left.
    pub(crate) fn boxed(&mut self, label: &str, text: &str, ground: Colour, bar: Colour) {
        let look = Look { ground: Some(ground), bar: Some(bar), ..Look::default() };
        let width = BODY_WIDTH - 24.0;
        let first = Look { above: 6.0, keep_with_next: true, ..look };
        self.row(&[Cell::new(label, style::LABEL, 12.0, width)], first);
        self.row(&[Cell::new(text, style::BODY, 12.0, width)], Look { below: 7.0, ..look });
    }
}

fn fact_cell(fact: &Fact, x: f32, width: f32) -> Cell<'_> {
    Cell::name(&fact.label, style::LABEL, x, width).then(&fact.value, style::STRONG).then(&fact.detail, style::DETAIL)
}

/// The key of the document's title.
pub(crate) fn title_key(content: &Content) -> &'static str {
    match (&content.cash, &content.amendment) {
        (Some(_), _) => "cash-title",
        (None, Some(_)) => "voucher-amendment-title",
        (None, None) => "voucher-title",
    }
}

/// A picture of a size that a letterhead has; a larger one would make every page heavy.
fn logo_image(bytes: Vec<u8>) -> Option<Image> {
    let facts = inspect(&bytes, None);
    let small = facts.pixels.is_some_and(|size| size.count() <= LOGO_PIXELS) && facts.findings.is_empty();
    let image = match facts.kind {
        Kind::Png if small => Image::from_png(bytes.into(), true),
        Kind::Jpeg if small => Image::from_jpeg(bytes.into(), true),
        _ => return None,
    };
    image.ok().filter(|image| image.size().0 > 0 && image.size().1 > 0)
}

fn accent_rule() -> Strip {
    let fill = Mark::Fill { x: SIDE, y: 0.0, width: BODY_WIDTH, height: 1.2, corner: 0.0, colour: colour::ACCENT };
    Strip { height: 1.2, marks: vec![fill], keep_with_next: true, ..Strip::default() }
}

fn class_colours(class: &VoucherClass) -> (Colour, Colour) {
    match class {
        VoucherClass::Paid => colour::ATTENTION,
        VoucherClass::Free => colour::OK,
        _ => colour::INFO,
    }
}

fn address_lines(texts: &countersign_texts::Texts, party: &Party) -> String {
    let phone = match party.phone.trim() {
        "" => String::new(),
        phone => texts.with("voucher-phone", &[("phone", phone.into())]),
    };
    lines_of(&[&party.address, &phone])
}

fn lines_of(parts: &[&str]) -> String {
    let filled: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    filled.join("\n")
}
