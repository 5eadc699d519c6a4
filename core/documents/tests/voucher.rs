//! The voucher and its bundle: what a genuine one says, and that nothing can be changed unseen.
#![cfg(test)]

mod samples;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_documents::{
    Bundle, BundleKind, BundleSignature, Fonts, Issuer, UnsignedVoucher, Verification, VoucherProblem, verify,
};
use countersign_evidence::Strokes;
use countersign_model::document::Outcome;
use countersign_model::trust::{PrivateKey, TenantKey};
use countersign_model::{Digest, Language};
use countersign_texts::{Texts, keys};
use samples::{Document, attest, chained, content, document, issuer, sign_offs, small, with_sets};

/// Leaves the pages where a person can look at them.
#[allow(clippy::disallowed_methods, reason = "a test may leave its pages to be looked at")]
fn keep(name: &str, bytes: &[u8]) {
    std::fs::write(format!("{}/{name}", env!("CARGO_TARGET_TMPDIR")), bytes).unwrap();
}

fn fonts() -> Fonts {
    Fonts::bundled().unwrap()
}

fn items(verification: &Verification) -> Vec<&str> {
    verification.failures.iter().map(|failure| failure.item.as_str()).collect()
}

#[test]
fn a_genuine_voucher_verifies_in_every_language() {
    let fonts = fonts();
    for language in Language::ALL {
        let document = document(content(language), issuer(10), &fonts);
        let voucher = document.voucher(&fonts);
        keep(&format!("voucher-{}.pdf", language.tag()), &voucher);
        let plain = verify(&voucher, None);
        assert_eq!(items(&plain), Vec::<&str>::new());
        assert!(plain.ok && plain.issuer == Issuer::Unchecked && plain.checked > 15);
        assert_eq!(plain.fingerprint, Some(document.issuer.chain.keys[1].key.fingerprint()));
        // Either key of the chain up to the one that issued the credential vouches for it.
        for link in &document.issuer.chain.keys {
            let trusted = verify(&voucher, Some(link.key.fingerprint()));
            assert!(trusted.ok && trusted.issuer == Issuer::Trusted);
        }
        assert_eq!(document.voucher(&fonts), voucher);
    }
}

fn small_document() -> (Document, Fonts) {
    let fonts = fonts();
    (document(small(), issuer(10), &fonts), fonts)
}

/// As little as a document can be: the loop over every byte verifies it tens of thousands of times.
fn least_document() -> (Document, Fonts) {
    let (mut document, fonts) = small_document();
    let line = Strokes::from_json(r#"{"strokes":[[[0,0,0,0.5],[90,20,50,0.5]]]}"#).unwrap();
    document.sign_offs[0].strokes = STANDARD.encode(line.pack());
    let digest = document.sealed.digest().unwrap();
    document.attestation = attest(digest, &document.sign_offs, &document.issuer);
    (document, fonts)
}

/// Splits work over the machine's cores: the loop below makes tens of thousands of verifications.
fn in_parallel(count: usize, check: impl Fn(usize) + Sync) {
    let threads = std::thread::available_parallelism().map_or(2, |cores| cores.get());
    std::thread::scope(|scope| {
        for first in 0..threads {
            let check = &check;
            scope.spawn(move || (first..count).step_by(threads).for_each(check));
        }
    });
}

#[test]
fn every_changed_byte_of_a_bundle_is_found() {
    let (document, fonts) = least_document();
    let bundle = document.bundle(&document.voucher(&fonts), &BTreeMap::new());
    let genuine = verify(&bundle, None);
    assert!(genuine.ok, "{:?}", genuine.failures);
    in_parallel(bundle.len(), |at| {
        let mut changed = bundle.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(!verify(&changed, None).ok, "byte {at}");
    });
}

#[test]
fn bytes_added_or_cut_at_either_end_are_found() {
    let (document, fonts) = small_document();
    let voucher = document.voucher(&fonts);
    let bundle = document.bundle(&voucher, &BTreeMap::new());
    for file in [&voucher, &bundle] {
        for added in [b"\n".as_slice(), b" ", b"\0", b"%", b"PK", b"%%EOF\n"] {
            assert!(!verify(&[file.as_slice(), added].concat(), None).ok, "after: {added:?}");
            assert!(!verify(&[added, file.as_slice()].concat(), None).ok, "before: {added:?}");
        }
        for cut in [1, 2, 100, 262, 263, 264, file.len() / 2] {
            assert!(!verify(&file[..file.len() - cut], None).ok, "cut {cut} at the end");
            assert!(!verify(&file[cut..], None).ok, "cut {cut} at the start");
        }
        assert!(!verify(&[file.as_slice(), file].concat(), None).ok);
    }
    for nothing in [b"".as_slice(), b"%PDF-", b"PK", b"PK\x03\x04", b"hello"] {
        assert!(!verify(nothing, None).ok, "{nothing:?}");
    }
}

#[test]
fn a_missing_last_line_is_named() {
    let (document, fonts) = small_document();
    let unsigned = UnsignedVoucher::prepare(&document.layers(), &fonts).unwrap();
    let verification = verify(unsigned.statement(), None);
    assert_eq!(items(&verification), ["last-line"]);
    assert_eq!(verification.failures[0].key, "verify-line-missing");
}

#[test]
fn a_signature_that_does_not_fit_makes_no_voucher() {
    let (document, fonts) = small_document();
    let unsigned = UnsignedVoucher::prepare(&document.layers(), &fonts).unwrap();
    let stranger = PrivateKey::from_bytes(&[77; 32]).unwrap().sign(unsigned.statement());
    for bad in [stranger.as_str(), "", "00"] {
        assert!(matches!(unsigned.clone().finish(bad), Err(VoucherProblem::Signature(_))));
    }
}

#[test]
fn a_forgery_signed_by_another_company_is_unknown_under_trust() {
    let fonts = fonts();
    let genuine = document(small(), issuer(10), &fonts);
    let forged = document(small(), issuer(40), &fonts);
    let trust = genuine.issuer.chain.keys[0].key.fingerprint();
    let voucher = forged.voucher(&fonts);
    assert!(verify(&voucher, None).ok, "a forgery is consistent in itself");
    for file in [forged.bundle(&voucher, &BTreeMap::new()), voucher] {
        let verification = verify(&file, Some(trust));
        assert_eq!((verification.ok, verification.issuer), (false, Issuer::Unknown));
        assert_eq!(items(&verification), ["issuer"]);
        assert_eq!(verification.failures[0].key, "verify-issuer-unknown");
    }
}

#[test]
fn a_forger_gains_nothing_by_putting_a_key_before_the_trusted_one() {
    // Anyone can sign the statement that the trusted key follows their own; only the trusted key could sign it back.
    let fonts = fonts();
    let genuine = issuer(10);
    let mut forger = issuer(40);
    let first = PrivateKey::from_bytes(&[40; 32]).unwrap();
    let trusted = genuine.chain.keys[0].key.clone();
    let statement = TenantKey::statement(forger.chain.tenant, 1, &trusted).unwrap();
    let signature = first.sign(&statement);
    forger.chain.keys[1] = TenantKey { key: trusted.clone(), signature, ..forger.chain.keys[1].clone() };
    forger.credential.key_number = 0;
    forger.credential = forger.credential.clone().signed(&first).unwrap();
    let voucher = document(small(), forger, &fonts).voucher(&fonts);
    assert_eq!(items(&verify(&voucher, None)), ["chain"]);
    let verification = verify(&voucher, Some(trusted.fingerprint()));
    assert_eq!((verification.ok, verification.issuer), (false, Issuer::Unknown));
    assert_eq!(items(&verification), ["chain", "issuer"]);
}

#[test]
fn any_key_on_the_chain_is_proof_of_what_each_of_them_issued() {
    let fonts = fonts();
    let mut early = issuer(10);
    early.credential.key_number = 0;
    early.credential = early.credential.clone().signed(&PrivateKey::from_bytes(&[10; 32]).unwrap()).unwrap();
    for issuer in [early, issuer(10)] {
        let fingerprints: Vec<Digest> = issuer.chain.keys.iter().map(|link| link.key.fingerprint()).collect();
        let voucher = document(small(), issuer, &fonts).voucher(&fonts);
        for fingerprint in fingerprints {
            let verification = verify(&voucher, Some(fingerprint));
            assert_eq!((verification.ok, verification.issuer), (true, Issuer::Trusted), "{:?}", verification.failures);
        }
    }
}

#[test]
fn a_bundle_carries_originals_and_refuses_strangers() {
    let fonts = fonts();
    let mut content = content(Language::Spanish);
    let original = b"the bytes of the original photo".to_vec();
    content.evidence[0].sha256 = Digest::of(&original);
    content.evidence = chained(content.evidence);
    let document = document(with_sets(content), issuer(10), &fonts);
    let voucher = document.voucher(&fonts);
    let good = document.bundle(&voucher, &BTreeMap::from([(Digest::of(&original), original.clone())]));
    assert!(verify(&good, None).ok);

    let rows: [(Digest, &[u8], &str); 2] = [
        (Digest::of(&original), b"another photo", "verify-media-differs"),
        (Digest::of(b"stranger"), b"stranger", "verify-media-not-cited"),
    ];
    for (digest, bytes, key) in rows {
        let verification = verify(&document.bundle(&voucher, &BTreeMap::from([(digest, bytes.to_vec())])), None);
        assert_eq!(items(&verification), [format!("media/{digest}")]);
        assert_eq!(verification.failures[0].key, key);
    }
}

#[test]
fn a_bundle_whose_parts_disagree_or_that_is_signed_by_another_is_found() {
    let fonts = fonts();
    let one = document(small(), issuer(10), &fonts);
    let mut other_content = small();
    other_content.number = "V-26-0143".to_owned();
    let other = document(other_content, issuer(10), &fonts);
    let swapped = one.bundle(&other.voucher(&fonts), &BTreeMap::new());
    assert!(items(&verify(&swapped, None)).contains(&"voucher"));

    let bundle = Bundle::read(&one.bundle(&one.voucher(&fonts), &BTreeMap::new())).unwrap();
    let stranger = PrivateKey::from_bytes(&[9; 32]).unwrap();
    let unsigned = Bundle::new(BundleKind::Verify, bundle.files().clone()).unwrap();
    let signature = stranger.sign(&unsigned.statement().unwrap());
    let signature = BundleSignature { device: one.issuer.credential.device, key: stranger.public(), signature };
    let resigned = unsigned.clone().signed(signature).unwrap().write().unwrap();
    for file in [resigned, unsigned.write().unwrap()] {
        assert_eq!(items(&verify(&file, None)), ["bundle"]);
    }
    let export = Bundle::new(BundleKind::Export, bundle.files().clone()).unwrap().write().unwrap();
    assert_eq!(verify(&export, None).failures[0].key, "verify-bundle-kind");
}

#[test]
fn an_absent_or_refusing_customer_is_printed_and_verifies() {
    let fonts = fonts();
    for outcome in [Outcome::Absent, Outcome::Refused] {
        for language in Language::ALL {
            let mut document = document(content(language), issuer(10), &fonts);
            let digest = document.sealed.digest().unwrap();
            document.sign_offs = sign_offs(digest, language);
            document.sign_offs[1].outcome = outcome.clone();
            document.sign_offs[1].strokes = String::new();
            document.sign_offs[1].satisfaction = None;
            document.sign_offs[1].aspects.clear();
            document.attestation = attest(digest, &document.sign_offs, &document.issuer);
            let voucher = document.voucher(&fonts);
            keep(&format!("voucher-{}-{}.pdf", outcome.as_str(), language.tag()), &voucher);
            let verification = verify(&voucher, None);
            assert!(verification.ok, "{:?}", verification.failures);
        }
    }
}

/// A file that went out stays believed, whatever later programs print: this one was made by the rules before, with the hash
/// of a stamp and no picture of it.
#[test]
fn a_voucher_of_earlier_drawing_rules_still_verifies() {
    let voucher = include_bytes!("golden/voucher-renderer-2.pdf");
    let verification = verify(voucher, Some(issuer(10).chain.keys[0].key.fingerprint()));
    assert!(verification.ok && verification.issuer == Issuer::Trusted, "{:?}", verification.failures);
    let mut changed = voucher.to_vec();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    assert!(!verify(&changed, None).ok);
}

#[test]
fn a_bundle_may_carry_the_photo_of_the_stamp() {
    let fonts = fonts();
    let mut document = document(content(Language::English), issuer(10), &fonts);
    let photo = b"the photo of the stamp as it was taken".to_vec();
    document.sign_offs[1].stamp = Some(Digest::of(&photo));
    document.attestation = attest(document.sealed.digest().unwrap(), &document.sign_offs, &document.issuer);
    let bundle = document.bundle(&document.voucher(&fonts), &BTreeMap::from([(Digest::of(&photo), photo)]));
    let verification = verify(&bundle, None);
    assert!(verification.ok, "{:?}", verification.failures);
}

/// Where the picture is not on the device any more, a placeholder stands in its place and the hash is cited.
#[test]
fn a_stamp_whose_picture_is_gone_prints_a_placeholder_and_verifies() {
    let fonts = fonts();
    for language in Language::ALL {
        let mut document = document(content(language), issuer(10), &fonts);
        let with = document.voucher(&fonts);
        document.media.clear();
        let without = document.voucher(&fonts);
        keep(&format!("voucher-no-stamp-{}.pdf", language.tag()), &without);
        for voucher in [&with, &without] {
            let verification = verify(voucher, None);
            assert!(verification.ok, "{:?}", verification.failures);
        }
        assert!(with.len() > without.len() + samples::stamp().len() / 2, "the picture is in the file");
    }
}

#[test]
fn every_reason_has_its_sentence() {
    let known = keys(Language::English);
    let sources = [
        include_str!("../src/verify/mod.rs"),
        include_str!("../src/verify/layers.rs"),
        include_str!("../src/verify/document.rs"),
        include_str!("../src/verify/bundle.rs"),
    ];
    let used: Vec<&str> =
        sources.iter().flat_map(|source| source.split('"')).filter(|text| text.starts_with("verify-")).collect();
    assert!(used.len() > 25);
    for key in used {
        assert!(known.contains(key), "{key}");
    }
    let failure = countersign_documents::Failure {
        item: "number".to_owned(),
        key: "verify-number",
        facts: vec![("number", "V-1".to_owned())],
    };
    assert!(failure.why(&Texts::new(Language::English)).contains("V-1"));
}

#[test]
fn odd_names_and_signs_from_everywhere_still_verify() {
    let fonts = fonts();
    let odd = [
        "A (b) c)) ((d \\ e \\(f\\)",
        "line\nbreak\r\nand\ttab\u{0}\u{7f}",
        "😀 emoji, שלום עולם, مرحبا, ไทย, 𠮷野家",
        "\u{202e}turned\u{2066}round\u{feff}\u{200b}",
        "e\u{301}\u{301}\u{301} ﬁ ﷺ",
        "<<>>[]{}%/ stream endstream endobj xref",
    ];
    for name in odd {
        let mut content = small();
        content.company.name = name.to_owned();
        content.company.address = name.to_owned();
        content.fault = name.to_owned();
        content.engineers = vec![name.to_owned()];
        let mut document = document(content, issuer(10), &fonts);
        let digest = document.sealed.digest().unwrap();
        document.sign_offs[0].name = name.to_owned();
        document.sign_offs[0].remarks = name.to_owned();
        document.attestation = attest(digest, &document.sign_offs, &document.issuer);
        let verification = verify(&document.voucher(&fonts), None);
        assert!(verification.ok, "{name}: {:?}", verification.failures);
    }
}
