//! The signature page: who signed in which part, with what outcome and remarks, their strokes as vectors, and the
//! sealed document's hash as text and as QR. It follows the shown pages and repeats nothing of them.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_evidence::Strokes;
use countersign_model::Digest;
use countersign_model::document::{ASPECTS, Attestation, Content, Outcome, SignOff};
use countersign_model::trust::Credential;
use qrcode::{EcLevel, QrCode};

use crate::fonts::Fonts;
use crate::paper::{
    BODY_BOTTOM, BODY_WIDTH, Band, Cell, Colour, LATER_TOP, Look, Mark, SIDE, Strip, Style, colour, isolated, paginate,
};
use crate::sheet;
use crate::shown::{MediaSource, Place, RenderProblem, Sheet, picture, short_hash, style};

/// The box that the strokes are drawn in.
const PAD: (f32, f32) = (232.0, 96.0);
/// Room inside the box.
const PAD_MARGIN: f32 = 8.0;
/// Where the facts beside the box begin.
const FACTS: f32 = PAD.0 + 18.0;
/// Where the box of the stamp begins.
const STAMP_LEFT: f32 = PAD.0 + 10.0;
/// The box of the stamp.
const STAMP: (f32, f32) = (112.0, 84.0);
/// Where the facts begin beside a stamp.
const FACTS_AFTER_STAMP: f32 = STAMP_LEFT + STAMP.0 + 14.0;
/// Side of the QR in points: about 33 mm, readable from paper by any phone.
const QR_SIZE: f32 = 94.0;
const PERSON: Style = Style::bold(11.0, colour::INK);
const HASH: Style = Style::regular(8.0, colour::INK);

/// What the signature page speaks of.
pub(crate) struct Signed<'a> {
    pub content: &'a Content,
    pub sealed: Digest,
    pub sign_offs: &'a [SignOff],
    pub attestation: &'a Attestation,
    pub credential: &'a Credential,
    /// Where the pictures of stamps come from.
    pub media: &'a dyn MediaSource,
}

/// Draws the signature pages as a PDF of their own.
pub(crate) fn render(signed: &Signed<'_>, fonts: &Fonts) -> Result<Vec<u8>, RenderProblem> {
    let mut sheet = Sheet::new(signed.content, fonts);
    let title = sheet.texts.get("signature-title");
    sheet.heading(&title);
    for sign_off in signed.sign_offs {
        sign_off_block(&mut sheet, sign_off, signed.media);
    }
    document_block(&mut sheet, signed);
    let band = Band { first_top: LATER_TOP, later_top: LATER_TOP, bottom: BODY_BOTTOM };
    let pages = paginate(std::mem::take(&mut sheet.flow), band);
    let running = sheet::Running::of_signatures(signed.content, &sheet.texts, fonts);
    sheet::write(&pages, running, signed.content)
}

fn sign_off_block(sheet: &mut Sheet<'_>, sign_off: &SignOff, media: &dyn MediaSource) {
    let role = sheet.texts.word("signer", sign_off.role.as_str());
    let heading = match sign_off.name.trim() {
        "" => sheet.texts.with("signature-heading-unnamed", &[("role", role.into())]),
        name => {
            let name = isolated(name);
            sheet.texts.with("signature-heading", &[("role", role.into()), ("name", name.as_ref().into())])
        }
    };
    sheet.flow.room(10.0);
    let look = Look { below: 4.0, keep_with_next: true, ..Look::default() };
    sheet.row(&[Cell::new(&heading, PERSON, 0.0, BODY_WIDTH)], look);
    let pad = pad(sheet, sign_off, media);
    sheet.flow.push(pad);
    if !sign_off.remarks.trim().is_empty() {
        let label = sheet.texts.get("signature-remarks");
        let (_, (ink, ground)) = outcome_colours(&sign_off.outcome);
        sheet.flow.room(6.0);
        sheet.boxed(&label, &sign_off.remarks, ground, ink);
    }
    sheet.flow.room(6.0);
}

/// The box with the strokes, the stamp where there is one, and the facts beside them.
fn pad(sheet: &mut Sheet<'_>, sign_off: &SignOff, media: &dyn MediaSource) -> Strip {
    let ground = Mark::Fill { x: SIDE, y: 0.0, width: PAD.0, height: PAD.1, corner: 6.0, colour: colour::CANVAS };
    let mut marks = vec![ground];
    match drawing(sign_off) {
        Some(drawing) => marks.push(drawing),
        None => {
            let key = if sign_off.outcome == Outcome::Absent { "signature-nobody" } else { "signature-not-drawn" };
            let text = sheet.texts.get(key);
            column(sheet, &text, style::DETAIL, 10.0, PAD.0 - 20.0, 12.0, &mut marks);
        }
    }
    let stamp_end = stamp(sheet, sign_off, media, &mut marks);
    let left = if sign_off.stamp.is_some() { FACTS_AFTER_STAMP } else { FACTS };
    let mut y = 2.0;
    for (label, value, value_style) in facts(sheet, sign_off) {
        y = column(sheet, &label, style::LABEL, left, BODY_WIDTH - left, y, &mut marks);
        y = column(sheet, &value, value_style, left, BODY_WIDTH - left, y, &mut marks) + 4.0;
    }
    let keep_with_next = !sign_off.remarks.trim().is_empty();
    Strip { height: y.max(stamp_end).max(PAD.1), marks, keep_with_next, ..Strip::default() }
}

/// The picture of the company stamp beside the strokes, or a labelled placeholder; gives the place below it.
fn stamp(sheet: &mut Sheet<'_>, sign_off: &SignOff, media: &dyn MediaSource, marks: &mut Vec<Mark>) -> f32 {
    let Some(original) = sign_off.stamp else { return 0.0 };
    let (width, height) = STAMP;
    let place = Place { x: SIDE + STAMP_LEFT, width, height };
    marks.push(Mark::Fill { x: place.x, y: 0.0, width, height, corner: 6.0, colour: colour::CANVAS });
    match picture(sign_off.stamp_preview, media) {
        Some(image) => marks.push(place.fitted(&image).mark),
        None => {
            let text = sheet.texts.get("signature-stamp-missing");
            column(sheet, &text, style::LABEL, STAMP_LEFT + 8.0, width - 16.0, 8.0, marks);
        }
    }
    let caption = [sheet.texts.get("signature-stamp"), short_hash(&original)].join("\n");
    column(sheet, &caption, style::LABEL, STAMP_LEFT, width, height + 2.0, marks)
}

fn facts(sheet: &Sheet<'_>, sign_off: &SignOff) -> Vec<(String, String, Style)> {
    let texts = &sheet.texts;
    let (ink, _) = outcome_colours(&sign_off.outcome);
    let outcome = texts.word("outcome", sign_off.outcome.as_str());
    let mut facts = vec![(texts.get("signature-outcome"), outcome, Style::bold(10.5, ink))];
    if let Some(score) = sign_off.satisfaction {
        let value = texts.with("signature-satisfaction-of", &[("score", i64::from(score).into())]);
        facts.push((texts.get("signature-satisfaction"), value, style::STRONG));
    }
    if !sign_off.aspects.is_empty() {
        let lines: Vec<String> = ASPECTS
            .iter()
            .filter_map(|aspect| {
                let score = i64::from(*sign_off.aspects.get(*aspect)?);
                let variables = [("aspect", texts.word("aspect", aspect).into()), ("score", score.into())];
                Some(texts.with("signature-aspect", &variables))
            })
            .collect();
        facts.push((texts.get("signature-aspects"), lines.join("\n"), style::BODY));
    }
    facts.push((texts.get("signature-time"), sheet.time(&sign_off.time), style::BODY));
    facts
}

/// Adds a text below what is there already; gives the place below it.
fn column(sheet: &mut Sheet<'_>, text: &str, style: Style, x: f32, width: f32, top: f32, marks: &mut Vec<Mark>) -> f32 {
    let mut y = top;
    for line in sheet.typesetter.lines(text, style, width) {
        let step = line.height;
        marks.push(Mark::Text { x: SIDE + x + line.indent(width), y, line });
        y += step;
    }
    y
}

/// Text colour, and the pair for a box of remarks.
fn outcome_colours(outcome: &Outcome) -> (Colour, (Colour, Colour)) {
    let pair = match outcome {
        Outcome::Accepted => colour::OK,
        Outcome::Refused => colour::DANGER,
        _ => colour::ATTENTION,
    };
    (pair.0, pair)
}

/// The strokes in the middle of their box; nothing where there are none that can be read.
fn drawing(sign_off: &SignOff) -> Option<Mark> {
    let bytes = STANDARD.decode(&sign_off.strokes).ok().filter(|bytes| !bytes.is_empty())?;
    let strokes = Strokes::unpack(&bytes).ok()?;
    let drawing = strokes.paths_within(PAD.0 - 2.0 * PAD_MARGIN, PAD.1 - 2.0 * PAD_MARGIN);
    if drawing.paths.is_empty() {
        return None;
    }
    let x = SIDE + (PAD.0 - drawing.width) / 2.0;
    let y = (PAD.1 - drawing.height) / 2.0;
    Some(Mark::Signature { x, y, drawing: Arc::new(drawing) })
}

fn document_block(sheet: &mut Sheet<'_>, signed: &Signed<'_>) {
    sheet.flow.room(10.0);
    let person = isolated(&signed.credential.person_name);
    let device = [("code", signed.credential.code.as_str().into()), ("person", person.as_ref().into())];
    let facts = [
        (sheet.texts.get("signature-document"), signed.sealed.hex(), HASH),
        (sheet.texts.get("signature-device"), sheet.texts.with("signature-device-line", &device), style::BODY),
        (sheet.texts.get("signature-attested"), sheet.time(&signed.attestation.time), style::BODY),
    ];
    let rule = Mark::Fill { x: SIDE, y: 0.0, width: BODY_WIDTH, height: 0.5, corner: 0.0, colour: colour::RULE };
    let mut marks = vec![rule];
    marks.extend(qr(signed.sealed));
    let (x, width) = (QR_SIZE + 18.0, BODY_WIDTH - QR_SIZE - 18.0);
    let mut y = 10.0;
    for (label, value, value_style) in facts {
        y = column(sheet, &label, style::LABEL, x, width, y, &mut marks);
        y = column(sheet, &value, value_style, x, width, y, &mut marks) + 3.0;
    }
    let explanation = sheet.texts.get("signature-explanation");
    y = column(sheet, &explanation, style::LABEL, x, width, y + 2.0, &mut marks);
    sheet.flow.push(Strip { height: y.max(QR_SIZE + 12.0), marks, ..Strip::default() });
}

fn qr(sealed: Digest) -> Option<Mark> {
    let (across, dark) = qr_modules(sealed)?;
    Some(Mark::Modules { x: SIDE, y: 12.0, size: QR_SIZE, across, dark: Arc::new(dark) })
}

/// The QR of a digest: modules across, and the dark ones as (column, row).
pub(crate) fn qr_modules(sealed: Digest) -> Option<(u16, Vec<(u16, u16)>)> {
    let code = QrCode::with_error_correction_level(sealed.hex(), EcLevel::M).ok()?;
    let across = u16::try_from(code.width()).ok()?;
    let places = (0..across).flat_map(|row| (0..across).map(move |column| (column, row)));
    let colours = code.to_colors();
    let dark = places.zip(colours).filter(|(_, colour)| *colour == qrcode::Color::Dark).map(|(place, _)| place);
    Some((across, dark.collect()))
}
