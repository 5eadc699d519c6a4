//! The parts of a document as facts that can be compared: a key that stays, a name and a value for people. Amounts are
//! facts only where the pages show prices.

use std::collections::BTreeMap;

use countersign_model::Digest;
use countersign_model::canonical;
use countersign_model::document::{
    ChargeShown, CodeShown, Content, EvidenceShown, FormShown, LayerShown, MachineShown, MeterShown, PartShown, Party,
    Payer, SectionShown, Stage, StepShown, TimeShown,
};
use countersign_model::money::{Money, Totals};
use countersign_model::time::estimate;
use countersign_texts::{Texts, Zone};

/// Something that a document says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fact {
    /// What stays when the value changes.
    pub key: String,
    /// Its name for people.
    pub what: String,
    /// Its value for people; empty for nothing.
    pub value: String,
    /// What else may differ and is shown only where the value is the same.
    pub detail: String,
}

/// A fact of one text.
pub(super) fn text(key: &str, what: String, value: String) -> Fact {
    Fact { key: key.to_owned(), what, value, detail: String::new() }
}

/// Values one below the other, without empty ones.
fn lines<'t>(values: impl IntoIterator<Item = &'t str>) -> String {
    let filled: Vec<&str> = values.into_iter().map(str::trim).filter(|value| !value.is_empty()).collect();
    filled.join("\n")
}

/// Amounts side by side, without empty ones.
fn amounts(values: impl IntoIterator<Item = String>) -> String {
    let filled: Vec<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
    filled.join(" · ")
}

fn short(digest: &Digest) -> String {
    digest.hex().chars().take(12).collect()
}

pub(super) fn party(key: &str, what: String, party: Option<&Party>) -> Fact {
    let value = party.map(|party| lines([party.name.as_str(), &party.address, &party.phone]));
    text(key, what, value.unwrap_or_default())
}

pub(super) fn machine(texts: &Texts, machine: Option<&MachineShown>) -> Fact {
    let value = machine.map(|machine| {
        let serial = texts.with("voucher-serial", &[("serial", machine.serial.as_str().into())]);
        lines([machine.model.as_str(), &serial, &machine.place])
    });
    text("machine", texts.get("voucher-machine"), value.unwrap_or_default())
}

pub(super) fn engineers(texts: &Texts, people: &[String]) -> Fact {
    text("engineers", texts.get("voucher-engineers"), lines(people.iter().map(String::as_str)))
}

pub(super) fn place(texts: &Texts, remote: bool) -> Fact {
    let value = if remote { texts.get("voucher-remote") } else { String::new() };
    text("remote", texts.get("voucher-place"), value)
}

pub(super) fn left(texts: &Texts, reason: &str) -> Fact {
    let value = if reason.is_empty() { String::new() } else { texts.word("leave", reason) };
    text("leave_reason", texts.get("voucher-left"), value)
}

/// Another version of a form may have the same title.
pub(super) fn form(texts: &Texts, form: Option<&FormShown>) -> Fact {
    let title = form.map(|form| form.title.clone()).unwrap_or_default();
    let detail = form.map(|form| short(&form.sha256)).unwrap_or_default();
    Fact { detail, ..text("form", texts.get("voucher-form"), title) }
}

pub(super) fn steps(content: &Content, texts: &Texts, steps: &[StepShown]) -> Vec<Fact> {
    let zone = Zone::of(&content.zone, content.prepared.offset_minutes);
    let fact = |step: &StepShown| {
        let time = texts.estimated(&estimate(&step.time, None), &zone);
        text(&format!("step/{}", step.step), texts.word("step", &step.step), time)
    };
    steps.iter().map(fact).collect()
}

pub(super) fn codes(texts: &Texts, codes: &[CodeShown]) -> Vec<Fact> {
    let fact = |code: &CodeShown| {
        let value = if code.name.is_empty() { code.code.clone() } else { code.name.clone() };
        let what = texts.word("voucher-list", &code.list);
        Fact { detail: code.code.clone(), ..text(&format!("diagnosis/{}", code.list), what, value) }
    };
    codes.iter().map(fact).collect()
}

pub(super) fn meters(texts: &Texts, meters: &[MeterShown]) -> Fact {
    let value = |meter: &MeterShown| [texts.number(&meter.value), meter.unit.clone()].join(" ").trim().to_owned();
    let values: Vec<String> = meters.iter().map(value).collect();
    text("meters", texts.get("voucher-meter"), lines(values.iter().map(String::as_str)))
}

/// Answers with the photos that they cite; where an answer came from is a detail of it.
pub(super) fn answers(texts: &Texts, sections: &[SectionShown]) -> Vec<Fact> {
    let answers = sections.iter().flat_map(|section| &section.answers);
    answers
        .map(|answer| {
            let photos = match answer.media.as_slice() {
                [] => String::new(),
                media => {
                    let hashes: Vec<String> = media.iter().map(short).collect();
                    let count = i64::try_from(media.len()).unwrap_or(i64::MAX);
                    texts.with("voucher-see-photos", &[("count", count.into()), ("hashes", hashes.join(", ").into())])
                }
            };
            Fact {
                key: format!("answer/{}", answer.reference),
                what: [answer.number.as_str(), &answer.question].join(" "),
                value: lines([answer.display.as_str(), &photos]),
                detail: texts.word("provenance", answer.provenance.as_str()),
            }
        })
        .collect()
}

fn payer(texts: &Texts, payer: Option<&Payer>) -> String {
    payer.map(|payer| texts.word("payer", payer.as_str())).unwrap_or_default()
}

fn money(texts: &Texts, money: Option<&Money>) -> String {
    money.map(|money| texts.money(money)).unwrap_or_default()
}

pub(super) fn parts(content: &Content, texts: &Texts, parts: &[PartShown]) -> Vec<Fact> {
    let prices = content.prices_shown;
    let fact = |part: &PartShown| {
        let line = part.line.as_ref().filter(|_| prices);
        let value = amounts([
            texts.number(&part.quantity),
            money(texts, part.unit_price.as_ref().filter(|_| prices)),
            line.map(|line| texts.rate(line.tax_basis_points)).unwrap_or_default(),
            payer(texts, part.payer.as_ref()),
        ]);
        let what = [part.code.as_str(), &part.name].join(" ");
        text(&format!("part/{}/{}", part.code, part.batch), what, value)
    };
    parts.iter().map(fact).collect()
}

pub(super) fn charges(content: &Content, texts: &Texts, charges: &[ChargeShown]) -> Vec<Fact> {
    let fact = |charge: &ChargeShown| {
        let quantity = if charge.quantity.is_empty() { String::new() } else { texts.number(&charge.quantity) };
        let value = amounts([
            quantity,
            money(texts, charge.unit_price.as_ref()),
            texts.money(&charge.line.net),
            texts.rate(charge.line.tax_basis_points),
            payer(texts, charge.payer.as_ref()),
        ]);
        text(&format!("charge/{}", charge.description), charge.description.clone(), value)
    };
    charges.iter().filter(|_| content.prices_shown).map(fact).collect()
}

pub(super) fn total(content: &Content, texts: &Texts, totals: Option<&Totals>) -> Fact {
    let gross = totals.filter(|_| content.prices_shown).map(|totals| texts.money(&totals.gross));
    text("totals", texts.get("voucher-total-gross"), gross.unwrap_or_default())
}

/// Minutes and kilometres by person and kind: how they were entered is no fact of the pages.
pub(super) fn times(texts: &Texts, times: &[TimeShown]) -> Vec<Fact> {
    let mut sums: BTreeMap<(&str, &str), (i64, Option<i64>)> = BTreeMap::new();
    for time in times {
        let (minutes, kilometres) = sums.entry((&time.person, &time.kind)).or_default();
        *minutes = minutes.saturating_add(time.minutes);
        if let Some(count) = time.kilometres {
            *kilometres = Some(kilometres.unwrap_or(0).saturating_add(count));
        }
    }
    let fact = |((person, kind), (minutes, kilometres)): ((&str, &str), (i64, Option<i64>))| {
        let distance = |count: i64| {
            let count = texts.number(&count.to_string());
            texts.with("kilometres", &[("count", count.into())])
        };
        let value = amounts([texts.duration(minutes), kilometres.map(distance).unwrap_or_default()]);
        text(&format!("time/{person}/{kind}"), [person, &texts.word("time", kind)].join(", "), value)
    };
    sums.into_iter().map(fact).collect()
}

/// Captures by their bytes, with what is said of them and drawn over them. Length, kind, time and place in the set belong
/// to the bytes and cannot change; the preview is only how the capture is printed.
pub(super) fn evidence(texts: &Texts, captures: &[EvidenceShown]) -> Vec<Fact> {
    let fact = |capture: &EvidenceShown| {
        let stage = match &capture.stage {
            Stage::Neither => String::new(),
            stage => texts.word("stage", stage.as_str()),
        };
        let drawings: Vec<String> = capture.layers.iter().map(|layer| drawing(texts, layer)).collect();
        let said = [capture.name.as_str(), &stage, &capture.caption];
        let value = lines(said.into_iter().chain(drawings.iter().map(String::as_str)));
        let what = texts.with("voucher-change-photo", &[("hash", short(&capture.sha256).into())]);
        text(&format!("evidence/{}", capture.sha256), what, value)
    };
    captures.iter().map(fact).collect()
}

/// Who drew, and a hash of what: two drawings of one person are told apart.
fn drawing(texts: &Texts, layer: &LayerShown) -> String {
    let shapes = canonical::digest(&layer.shapes).map(|digest| short(&digest)).unwrap_or_default();
    texts.with("voucher-change-drawing", &[("name", layer.by.as_str().into()), ("hash", shapes.into())])
}
