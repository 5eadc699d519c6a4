//! Contents of vouchers and amendments, with their pictures.

use std::collections::BTreeMap;

use countersign_evidence::Orientation;
use countersign_evidence::samples::{SampleClaims, sample_photo, sample_png};
use countersign_model::document::*;
use countersign_model::entity::{Ink, Shape, Spot, next_place};
use countersign_model::money::{Line, Money, totals};
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id, Language};

use super::PREPARED;
use super::words::{Words, words};

pub fn at(minutes_before: i64, verified: bool) -> TimeRecord {
    let wall = PREPARED - minutes_before * 60_000;
    match verified {
        true => TimeRecord { wall, hub_offset: Some(0), hub_uncertainty: Some(2_000), ..TimeRecord::default() },
        false => TimeRecord { wall, ..TimeRecord::default() },
    }
}

fn party(words: &[&str]) -> Party {
    let text = |index: usize| words.get(index).copied().unwrap_or_default().to_owned();
    Party { name: text(0), address: text(1), phone: text(2) }
}

pub fn photo(seed: u64) -> Vec<u8> {
    let claims = SampleClaims {
        taken: None,
        offset: None,
        position: None,
        orientation: Orientation::Upright,
        make: "Sample".to_owned(),
        model: "Camera".to_owned(),
    };
    let (width, height) = if seed.is_multiple_of(2) { (640, 480) } else { (480, 640) };
    sample_photo(seed, width, height, &claims)
}

/// The company's logo.
pub fn logo() -> Vec<u8> {
    sample_png(4, 180, 60)
}

/// The picture of the company stamp.
pub fn stamp() -> Vec<u8> {
    photo(6)
}

/// The pictures that the sample content and its sign-offs show.
pub fn media() -> BTreeMap<Digest, Vec<u8>> {
    (0..2).map(photo).chain([logo(), stamp()]).map(|bytes| (Digest::of(&bytes), bytes)).collect()
}

/// The device that captured the sample's photos.
pub fn capturing_device() -> Id {
    Id::derived("sample", &[b"phone"])
}

fn visit() -> Id {
    Id::derived("sample", &[b"visit"])
}

/// Gives each photo its place in the set, in their order.
pub fn chained(mut evidence: Vec<EvidenceShown>) -> Vec<EvidenceShown> {
    for index in 0..evidence.len() {
        let known: Vec<_> = evidence[..index].iter().filter_map(EvidenceShown::set_member).collect();
        evidence[index].set = Some(next_place(visit(), capturing_device(), &known));
    }
    evidence
}

/// The content with the sets that its photos make.
pub fn with_sets(mut content: Content) -> Content {
    let by = content.engineers.first().cloned().unwrap_or_default();
    content.sets = content.sets_found().into_iter().map(|found| SetShown::of(found, by.clone())).collect();
    content
}

/// What somebody drew over the first photo.
fn drawing(words: &Words) -> LayerShown {
    let spot = |x, y| Spot { x, y };
    LayerShown {
        by: words.people[1].to_owned(),
        shapes: vec![
            Shape::Arrow { from: spot(1_000, 1_000), to: spot(4_600, 3_900), ink: Ink::Red },
            Shape::Circle { middle: spot(5_200, 4_300), radius: 900, ink: Ink::Yellow },
            Shape::Line {
                points: (0..40).map(|x| spot(6_000 + x * 80, 6_500 - x % 2 * 200)).collect(),
                ink: Ink::White,
            },
            Shape::Text { at: spot(700, 500), text: words.captions[0].to_owned(), ink: Ink::Red },
        ],
    }
}

fn evidence(words: &Words) -> Vec<EvidenceShown> {
    let stages = [Stage::Found, Stage::Left, Stage::Neither];
    let shown = |index: usize| {
        let bytes = photo(index as u64);
        let picture = index < 2;
        EvidenceShown {
            sha256: Digest::of_parts(&[b"original", &bytes]),
            bytes: 4_812_345 + index as u64,
            media_type: if picture { "image/jpeg" } else { "video/mp4" }.to_owned(),
            name: format!("20261120_1{index}0512.{}", if picture { "jpg" } else { "mp4" }),
            stage: stages[index].clone(),
            preview: picture.then(|| Digest::of(&bytes)),
            time: at(180 - index as i64 * 60, index != 1),
            caption: words.captions[index].to_owned(),
            set: None,
            layers: Vec::new(),
            duration_ms: None,
            chosen: false,
            claimed: String::new(),
        }
    };
    let mut evidence: Vec<EvidenceShown> = (0..3).map(shown).collect();
    evidence[0].layers.push(drawing(words));
    evidence[2].duration_ms = Some(65_000);
    chained(evidence)
}

fn answers(words: &Words, range: std::ops::Range<usize>, section: usize) -> Vec<AnswerShown> {
    let provenances = [
        Provenance::Measured,
        Provenance::Typed,
        Provenance::Copied,
        Provenance::Default,
        Provenance::Typed,
        Provenance::Measured,
        Provenance::Scanned,
        Provenance::Calculated,
    ];
    let answer = |index: usize| AnswerShown {
        number: format!("{section}.{}", index + 1),
        reference: format!("/data/q{index}"),
        question: words.questions[index][0].to_owned(),
        value: words.questions[index][1].to_owned(),
        display: words.questions[index][1].to_owned(),
        provenance: provenances[index].clone(),
        media: if index == 1 { vec![Digest::of_parts(&[b"original", &photo(0)])] } else { Vec::new() },
    };
    range.map(answer).collect()
}

fn line(minor: i64, currency: &str) -> Line {
    Line::new(Money::new(minor, currency), 2100).unwrap()
}

pub fn content(language: Language) -> Content {
    let words = words(language);
    let currency = words.currency;
    let oil = Money::new(890, currency).times("14.5").unwrap();
    let parts = vec![
        PartShown {
            code: "SEAL-0042".to_owned(),
            name: words.parts[0].to_owned(),
            quantity: "1".to_owned(),
            unit_price: Some(Money::new(18_500, currency)),
            line: Some(line(18_500, currency)),
            batch: "L26-0311".to_owned(),
            ..PartShown::default()
        },
        PartShown {
            code: "OIL-HLP46".to_owned(),
            name: words.parts[1].to_owned(),
            quantity: "14.5".to_owned(),
            unit_price: Some(Money::new(890, currency)),
            line: Some(line(oil.minor, currency)),
            batch: String::new(),
            ..PartShown::default()
        },
    ];
    let charges = vec![
        ChargeShown {
            description: words.charges[0].to_owned(),
            line: line(14_000, currency),
            ..ChargeShown::default()
        },
        ChargeShown {
            description: words.charges[1].to_owned(),
            line: line(124_860, currency),
            ..ChargeShown::default()
        },
    ];
    let lines: Vec<Line> = parts
        .iter()
        .filter_map(|part| part.line.clone())
        .chain(charges.iter().map(|charge| charge.line.clone()))
        .collect();
    with_sets(Content {
        kind: "voucher".to_owned(),
        number: "V-26-0142".to_owned(),
        language,
        zone: words.zone.to_owned(),
        class: VoucherClass::Paid,
        company: party(&words.company),
        customer: Some(party(&words.customer)),
        site: Some(party(&words.site)),
        machine: Some(MachineShown {
            model: words.machine[0].to_owned(),
            serial: words.machine[1].to_owned(),
            place: words.machine[2].to_owned(),
        }),
        job: Id::derived("sample", &[b"job"]),
        visit: visit(),
        letterhead: Some(Letterhead {
            tax_label: words.tax[0].to_owned(),
            tax_number: words.tax[1].to_owned(),
            email: "service@example.com".to_owned(),
            currency: currency.to_owned(),
            logo: Some(Digest::of(&logo())),
        }),
        fault: words.fault.to_owned(),
        engineers: words.people.iter().map(|name| (*name).to_owned()).collect(),
        steps: [("travel", 290), ("arrive", 265), ("leave", 5)]
            .map(|(step, before)| StepShown { step: step.to_owned(), time: at(before, true) })
            .to_vec(),
        form: Some(FormShown { title: words.form.to_owned(), sha256: Digest::of(b"form") }),
        sections: vec![
            SectionShown { title: words.sections[0].to_owned(), answers: answers(&words, 0..4, 1) },
            SectionShown { title: words.sections[1].to_owned(), answers: answers(&words, 4..8, 2) },
        ],
        evidence: evidence(&words),
        parts,
        charges,
        times: vec![
            TimeShown {
                person: words.people[0].to_owned(),
                kind: "travel".to_owned(),
                minutes: 25,
                kilometres: Some(31),
            },
            TimeShown { person: words.people[0].to_owned(), kind: "work".to_owned(), minutes: 260, kilometres: None },
            TimeShown { person: words.people[1].to_owned(), kind: "waiting".to_owned(), minutes: 60, kilometres: None },
        ],
        totals: totals(&lines).unwrap(),
        prices_shown: true,
        amendment: None,
        prepared: at(0, true),
        ..Content::default()
    })
}

pub fn amendment(language: Language) -> Content {
    let base = content(language);
    let words = words(language);
    Content {
        kind: "amendment".to_owned(),
        number: format!("{}-A1-K3", base.number),
        amendment: Some(AmendmentShown {
            amends: vec![Digest::of(b"first")],
            of_number: base.number.clone(),
            reason: words.questions[0][0].to_owned(),
            remarks: vec![words.remarks.to_owned(), words.fault.to_owned()],
            changes: vec![
                ChangeShown {
                    what: words.questions[0][0].to_owned(),
                    before: "148".to_owned(),
                    after: "184".to_owned(),
                },
                ChangeShown { what: words.parts[0].to_owned(), before: String::new(), after: "1".to_owned() },
            ],
        }),
        ..base
    }
}

/// The least that a content may hold: little to draw, so that tests of every byte stay quick.
pub fn small() -> Content {
    Content {
        customer: None,
        site: None,
        machine: None,
        fault: String::new(),
        engineers: vec!["Ana".to_owned()],
        steps: Vec::new(),
        form: None,
        sections: Vec::new(),
        evidence: Vec::new(),
        sets: Vec::new(),
        letterhead: None,
        parts: Vec::new(),
        charges: Vec::new(),
        times: Vec::new(),
        totals: None,
        prices_shown: false,
        class: VoucherClass::Internal,
        company: Party { name: "Acme".to_owned(), ..Party::default() },
        ..content(Language::English)
    }
}
