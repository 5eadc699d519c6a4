//! Every kind of paper in every language, with names of other scripts, pictograms and very much to say: each is a voucher
//! that verifies. The files are left to be looked at.
#![cfg(test)]

mod samples;

use countersign_documents::{Fonts, verify};
use countersign_model::document::*;
use countersign_model::money::Money;
use countersign_model::{Digest, Id, Language};
use samples::{Document, amendment, attest, chained, content, document, issuer, sign_offs, with_sets, words};

/// Names that are read from right to left, and one with a pictogram.
const PEOPLE: [&str; 3] = ["محمد الأمين", "דוד בן־גוריון", "Zoë 🔧 Łuczak"];

#[allow(clippy::disallowed_methods, reason = "a test may leave its pages to be looked at")]
fn keep(name: &str, language: Language, bytes: &[u8]) {
    std::fs::write(format!("{}/paper-{name}-{}.pdf", env!("CARGO_TARGET_TMPDIR"), language.tag()), bytes).unwrap();
}

/// The content with people of other scripts.
fn of_many_names(mut content: Content) -> Content {
    content.engineers = PEOPLE.map(str::to_owned).to_vec();
    content.customer = Some(Party {
        name: "مصنع الخليج للآلات 🏭".to_owned(), ..content.customer.unwrap_or_default()
    });
    for (time, person) in content.times.iter_mut().zip(PEOPLE) {
        time.person = person.to_owned();
    }
    for layer in content.evidence.iter_mut().flat_map(|evidence| &mut evidence.layers) {
        layer.by = PEOPLE[0].to_owned();
    }
    with_sets(content)
}

fn cash(language: Language) -> Content {
    let base = content(language);
    let currency = words(language).currency;
    let cash = CashShown {
        receipt: Id::derived("sample", &[b"receipt"]),
        amount: Money::new(206_021, currency),
        tax: Some(Money::new(35_756, currency)),
        received_from: PEOPLE[0].to_owned(),
        method: "cash".to_owned(),
        of_number: base.number.clone(),
        of: Some(Digest::of(b"voucher")),
        note: words(language).remarks.to_owned(),
    };
    Content {
        kind: "cash_receipt".to_owned(),
        number: "26-K3-R1".to_owned(),
        customer: base.customer.clone(),
        company: base.company.clone(),
        letterhead: base.letterhead.clone(),
        engineers: base.engineers.clone(),
        language,
        zone: base.zone.clone(),
        prepared: base.prepared.clone(),
        prices_shown: true,
        cash: Some(cash),
        ..Content::default()
    }
}

fn changed(language: Language) -> Content {
    let mut content = of_many_names(amendment(language));
    let block = content.amendment.as_mut().unwrap();
    let change = |what: &str, before: &str, after: &str| ChangeShown {
        what: what.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    };
    block.reason = [words(language).remarks, "تم قياس الضغط مرة أخرى والزيت دافئ."].join("\n");
    block.changes.extend([
        change(words(language).people[0], &PEOPLE[..1].join("\n"), &PEOPLE.join("\n")),
        change(words(language).questions[4][0], words(language).questions[4][1], words(language).fault),
        change("SEAL-0042", "1 · €185.00 · 21 %", "2 · €185.00 · 21 %"),
    ]);
    content
}

/// Forty photos and texts of many pages.
fn long(language: Language) -> Content {
    let mut content = of_many_names(content(language));
    let words = words(language);
    let told = [words.questions[4][1], words.fault, "تسرب زيت عند المضخة الهيدروليكية. 🔧 ok."].join(" ").repeat(14);
    content.fault = told.clone();
    content.findings = told.clone();
    for answer in content.sections.iter_mut().flat_map(|section| &mut section.answers) {
        if answer.display.chars().count() > 40 {
            answer.display = told.clone();
        }
    }
    let photos = content.evidence.clone();
    content.evidence = (0..40)
        .map(|index| EvidenceShown {
            sha256: Digest::of_parts(&[b"photo", &[index]]),
            set: None,
            ..photos[usize::from(index) % 2].clone()
        })
        .collect();
    content.evidence = chained(content.evidence);
    with_sets(content)
}

/// The document with what the customer said.
fn said(content: Content, outcome: Outcome, fonts: &Fonts) -> Document {
    let language = content.language;
    let mut document = document(content, issuer(10), fonts);
    let digest = document.sealed.digest().unwrap();
    document.sign_offs = sign_offs(digest, language);
    let customer = &mut document.sign_offs[1];
    customer.name = PEOPLE[1].to_owned();
    if outcome != Outcome::Accepted && outcome != Outcome::Remarks {
        customer.strokes = String::new();
        customer.satisfaction = None;
        customer.aspects.clear();
        customer.stamp = None;
    }
    customer.outcome = outcome;
    if document.sealed.content.cash.is_some() {
        document.sign_offs.truncate(1);
    }
    document.attestation = attest(digest, &document.sign_offs, &document.issuer);
    document
}

#[test]
fn every_kind_of_paper_verifies_in_every_language_with_names_of_every_script() {
    let fonts = Fonts::bundled().unwrap();
    for language in Language::ALL {
        let papers = [
            ("voucher", of_many_names(content(language)), Outcome::Remarks),
            ("amendment", changed(language), Outcome::Accepted),
            ("cash", cash(language), Outcome::Accepted),
            ("absent", content(language), Outcome::Absent),
            ("refused", content(language), Outcome::Refused),
            ("long", long(language), Outcome::Accepted),
        ];
        // The long one takes as long as all the others: its words do not change what it is about.
        let papers = papers.into_iter().filter(|(name, ..)| *name != "long" || language == Language::Spanish);
        for (name, content, outcome) in papers {
            let voucher = said(content, outcome, &fonts).voucher(&fonts);
            keep(name, language, &voucher);
            let verification = verify(&voucher, None);
            assert!(verification.ok, "{name} {}: {:?}", language.tag(), verification.failures);
        }
    }
}
