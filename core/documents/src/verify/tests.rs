//! A dishonest device: it holds its key and can sign anything. What it prints is still compared with what it sealed.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_evidence::Strokes;
use countersign_model::document::{Content, Outcome, Sealed};
use countersign_model::trust::PrivateKey;
use countersign_model::{Digest, Language};

use super::document::{check_signature, inner};
use super::{Checks, verify};
use crate::compose::{take_apart, write};
use crate::line::{LENGTH, LastLine};
use crate::samples::{Document, attest, content, document, issuer, small, with_sets};
use crate::voucher::body_of;
use crate::{Fonts, NoMedia, render_shown};

#[test]
fn a_dishonest_device_is_found_at_the_layer_that_lies() {
    let fonts = Fonts::bundled().unwrap();
    type Lie = fn(&mut Document, &Fonts);
    let rows: [(&str, &str, Lie); 8] = [
        ("shown", "verify-shown-words", |document, _| {
            reseal(document, |sealed| sealed.content.engineers[0] = "Bob".into())
        }),
        ("shown", "verify-shown-differs", |document, fonts| {
            let mut other = small();
            other.fault = "something else".to_owned();
            document.shown = render_shown(&other, &NoMedia, fonts).unwrap();
        }),
        ("number", "verify-number", |document, _| {
            reseal(document, |sealed| sealed.content.number = "V-26-9999".into())
        }),
        ("renderer", "verify-renderer-unknown", |document, _| {
            reseal(document, |sealed| sealed.renderer = "countersign-documents/99+2025b".to_owned());
        }),
        ("sign-offs", "verify-sign-offs-incomplete", |document, _| {
            document.sign_offs[0].outcome = Outcome::Refused;
            reseal(document, |_| ());
        }),
        ("sign-offs", "verify-sign-offs-differ", |document, _| document.sign_offs[0].name = "Bob".to_owned()),
        ("attestation", "verify-attestation-device", |document, _| {
            document.issuer.credential.device = issuer(70).credential.device;
            let key = PrivateKey::from_bytes(&[11; 32]).unwrap();
            document.issuer.credential = document.issuer.credential.clone().signed(&key).unwrap();
        }),
        ("credential", "verify-credential", |document, _| document.issuer.credential.person_name = "Bob".to_owned()),
    ];
    for (item, key, lie) in rows {
        let mut document = document(small(), issuer(10), &fonts);
        lie(&mut document, &fonts);
        let verification = verify(&forced_voucher(&document, &fonts), None);
        let found = verification.failures.iter().any(|failure| failure.item == item && failure.key == key);
        assert!(!verification.ok && found, "{key}: {:?}", verification.failures);
    }
}

fn reseal(document: &mut Document, change: impl FnOnce(&mut Sealed)) {
    change(&mut document.sealed);
    let digest = document.sealed.digest().unwrap();
    document.sign_offs.iter_mut().for_each(|sign_off| sign_off.sealed_sha256 = digest);
    document.attestation = attest(digest, &document.sign_offs, &document.issuer);
}

/// The voucher that a dishonest program would write: the honest one refuses layers that do not belong together.
fn forced_voucher(document: &Document, fonts: &Fonts) -> Vec<u8> {
    let body = body_of(&document.layers(), fonts).unwrap();
    let signature = document.issuer.device_key.sign(&body);
    let credential = &document.issuer.credential;
    let line = LastLine { device: credential.device, key: credential.key.clone(), signature };
    [body, line.to_bytes()].concat()
}

#[test]
fn a_page_that_could_run_or_open_something_is_refused() {
    let fonts = Fonts::bundled().unwrap();
    let document = document(small(), issuer(10), &fonts);
    let body = body_of(&document.layers(), &fonts).unwrap();
    let file = body.strip_suffix(b"\n").unwrap();
    let mut pieces = take_apart(file).unwrap();
    assert_eq!(write(&pieces).unwrap(), file);
    let page = pieces.signature_pages[0];
    let object = pieces.signature_objects.get_mut(&page).unwrap();
    let crate::pdf::Value::Dictionary(entries) = &mut object.value else { panic!("a page is a dictionary") };
    entries.push((b"AA".to_vec(), crate::pdf::Value::dictionary(Vec::new())));
    assert!(write(&pieces).is_err());
}

#[test]
fn an_object_that_takes_the_place_of_a_shown_one_is_found() {
    let fonts = Fonts::bundled().unwrap();
    let document = document(small(), issuer(10), &fonts);
    let body = body_of(&document.layers(), &fonts).unwrap();
    let file = body.strip_suffix(b"\n").unwrap();
    let pieces = take_apart(file).unwrap();
    let mut hidden = BTreeMap::new();
    // The same file, but the signature page's number is that of the first shown page.
    for (number, object) in &pieces.signature_objects {
        let taken = if *number == pieces.signature_pages[0] { 3 } else { *number };
        hidden.insert(taken, object.clone());
    }
    assert!(write(&crate::compose::Pieces { signature_objects: hidden, ..pieces }).is_err());
}

/// As little as a document can be: it is verified tens of thousands of times.
fn least_voucher() -> Vec<u8> {
    let fonts = Fonts::bundled().unwrap();
    let mut document = document(small(), issuer(10), &fonts);
    let line = Strokes::from_json(r#"{"strokes":[[[0,0,0,0.5],[90,20,50,0.5]]]}"#).unwrap();
    document.sign_offs[0].strokes = STANDARD.encode(line.pack());
    reseal(&mut document, |_| ());
    document.voucher(&fonts)
}

#[test]
fn every_changed_byte_of_a_voucher_is_found() {
    let voucher = least_voucher();
    assert!(verify(&voucher, None).ok);
    let found_at = |at: usize| {
        let mut changed = voucher.clone();
        changed[at] ^= 1 << (at % 8);
        // Every byte before the last line fails at the signature, the first thing that `verify` looks at. The whole
        // takes ten times as long: the last line, and every eleventh byte, which reaches every part of the file.
        let mut checks = Checks::new(None);
        check_signature(&changed, &mut checks);
        let in_last_line = at + LENGTH >= voucher.len();
        assert!(in_last_line || !checks.verdict().ok, "byte {at}");
        assert!(!(in_last_line || at.is_multiple_of(11)) || !verify(&changed, None).ok, "byte {at}");
    };
    std::thread::scope(|scope| {
        for first in 0..2 {
            let (found_at, length) = (&found_at, voucher.len());
            scope.spawn(move || (first..length).step_by(2).for_each(found_at));
        }
    });
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 100, failure_persistence: None, ..Default::default() })]

    /// Whoever changes bytes and signs again reaches every reader: none may stop the program, and what is believed
    /// has the same layers and says the same on its pages.
    #[test]
    fn signed_garbage_never_stops_the_verifier(
        at in 0_usize..31_000, cut in 0_usize..40, put in proptest::collection::vec(proptest::num::u8::ANY, 0..40)
    ) {
        let voucher = LEAST.get_or_init(least_voucher);
        let body = &voucher[..voucher.len() - LENGTH];
        let (start, end) = (at.min(body.len()), (at + cut).min(body.len()));
        let spliced = [&body[..start], &put, &body[end..]].concat();
        let key = PrivateKey::from_bytes(&[12; 32]).unwrap();
        let line = LastLine { device: issuer(10).credential.device, key: key.public(), signature: key.sign(&spliced) };
        let verification = verify(&[spliced.clone(), line.to_bytes()].concat(), None);
        if verification.ok {
            let (was, is) = (take_apart(inner(body)).unwrap(), take_apart(inner(&spliced)).unwrap());
            proptest::prop_assert_eq!((was.shown, was.attachments), (is.shown, is.attachments));
        }
    }
}

/// Made once for all cases.
static LEAST: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();

/// What the verifier finds in a file with the pages of one document and the layers of another, signed by that one's device.
fn found_in(pages: &crate::samples::Document, layers: &crate::samples::Document, fonts: &Fonts) -> Vec<&'static str> {
    let (lying, telling) = (body_of(&pages.layers(), fonts).unwrap(), body_of(&layers.layers(), fonts).unwrap());
    let mut pieces = take_apart(inner(&lying)).unwrap();
    pieces.attachments = take_apart(inner(&telling)).unwrap().attachments;
    let mut body = write(&pieces).unwrap();
    body.push(b'\n');
    let signature = layers.issuer.device_key.sign(&body);
    let credential = &layers.issuer.credential;
    let line = LastLine { device: credential.device, key: credential.key.clone(), signature };
    let verification = verify(&[body, line.to_bytes()].concat(), None);
    verification.failures.iter().map(|failure| failure.key).collect()
}

#[test]
fn a_signature_page_that_says_something_else_is_found() {
    let fonts = Fonts::bundled().unwrap();
    let honest = document(small(), issuer(10), &fonts);
    let mut liar = document(small(), issuer(10), &fonts);
    liar.sign_offs[0].name = "Bob".to_owned();
    // The page of the liar with the layers of the honest document.
    assert_eq!(found_in(&liar, &honest, &fonts), ["verify-signature-words"]);
}

/// The picture beside the signature is the one that the sign-off names: another one, or none where words promise one, is
/// found although every layer fits.
#[test]
fn a_stamp_that_is_not_the_one_signed_with_is_found() {
    let fonts = Fonts::bundled().unwrap();
    let honest = document(content(Language::English), issuer(10), &fonts);
    let (stamp, other) = (crate::samples::stamp(), crate::samples::photo(4));
    let mut liar = document(content(Language::English), issuer(10), &fonts);
    liar.sign_offs[1].stamp_preview = Some(Digest::of(&other));
    liar.media.insert(Digest::of(&other), other);
    let mut bare = document(content(Language::English), issuer(10), &fonts);
    bare.media.remove(&Digest::of(&stamp));
    // The page of another document with the layers of the honest one; of a file without the picture the hash is cited.
    for (page, found) in [(&liar, true), (&bare, false), (&honest, false)] {
        let expected = if found { vec!["verify-signature-words"] } else { vec![] };
        assert_eq!(found_in(page, &honest, &fonts), expected);
    }
}

/// Three photos are sealed with their set; then the sealed content is altered by a device that holds its key.
#[test]
fn a_missing_exchanged_or_re_timed_photo_is_named_by_its_number() {
    let fonts = Fonts::bundled().unwrap();
    let sealed = with_sets(Content { evidence: content(Language::English).evidence, ..small() });
    type Meddling = fn(&mut Content);
    let rows: [(&str, &str, Meddling); 6] = [
        ("verify-set-missing", "2", |content| drop(content.evidence.remove(1))),
        ("verify-set-changed", "1", |content| content.evidence[0].sha256 = content.evidence[1].sha256),
        ("verify-set-changed", "2", |content| content.evidence[1].time.wall += 60_000),
        ("verify-set-differs", "", |content| content.evidence[2].time.wall += 60_000),
        ("verify-set-differs", "", |content| drop(content.evidence.pop())),
        ("verify-set-differs", "", |content| content.evidence.clear()),
    ];
    for (key, number, meddle) in rows {
        let mut document = document(sealed.clone(), issuer(10), &fonts);
        assert!(verify(&forced_voucher(&document, &fonts), None).ok);
        reseal(&mut document, |sealed| meddle(&mut sealed.content));
        let verification = verify(&forced_voucher(&document, &fonts), None);
        let named = verification.failures.iter().any(|failure| {
            failure.key == key && (number.is_empty() || failure.facts.contains(&("number", number.to_owned())))
        });
        assert!(!verification.ok && named, "{key} {number}: {:?}", verification.failures);
        let texts = countersign_texts::Texts::new(Language::English);
        assert!(verification.failures.iter().any(|failure| failure.why(&texts).contains("Ana")));
    }
    // A gap that was there when the pages were shown is said on them, and is no failure.
    let mut gap = sealed;
    gap.evidence.remove(1);
    let gap = document(with_sets(gap), issuer(10), &fonts);
    assert!(verify(&forced_voucher(&gap, &fonts), None).ok);
}
