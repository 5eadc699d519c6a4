//! A dishonest device: it holds its key and can sign anything. What it prints is still compared with what it sealed.

use std::collections::BTreeMap;

use countersign_model::document::{Outcome, Sealed};
use countersign_model::trust::PrivateKey;

use super::verify;
use crate::compose::{take_apart, write};
use crate::line::LastLine;
use crate::samples::{Document, attest, document, issuer, small};
use crate::voucher::body_of;
use crate::{Fonts, NoMedia, RENDERER, render_shown};

#[test]
fn a_dishonest_device_is_found_at_the_layer_that_lies() {
    let fonts = Fonts::bundled().unwrap();
    type Lie = fn(&mut Document, &Fonts);
    let rows: [(&str, &str, Lie); 7] = [
        ("shown", "verify-shown-differs", |document, fonts| {
            let mut other = small();
            other.fault = "something else".to_owned();
            document.shown = render_shown(&other, &NoMedia, fonts).unwrap();
        }),
        ("number", "verify-number", |document, _| {
            reseal(document, |sealed| sealed.content.number = "V-26-9999".into())
        }),
        ("renderer", "verify-renderer-unknown", |document, _| {
            reseal(document, |sealed| sealed.renderer = format!("{RENDERER}0"));
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
