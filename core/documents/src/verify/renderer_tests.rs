//! What a renderer's name promises.

use countersign_model::document::{Content, Outcome, SignerRole, VoucherClass};
use countersign_model::{Digest, Language};

use super::document::said_by_file;
use crate::samples::{amendment, attest, content, issuer, sign_offs, small};
use crate::signatures::{self, Signed};
use crate::{Fonts, NoMedia, RENDERER, render_shown};

/// The content without what the samples of other crates could change: hashes of pictures.
fn fixed(mut content: Content) -> Content {
    for evidence in &mut content.evidence {
        evidence.sha256 = Digest::of(evidence.name.as_bytes());
        evidence.preview = None;
    }
    for answer in content.sections.iter_mut().flat_map(|section| &mut section.answers) {
        answer.media.iter_mut().for_each(|media| *media = Digest::of(b"photo"));
    }
    content
}

fn words_of_file(bytes: &[u8]) -> String {
    said_by_file(bytes).unwrap().into_iter().map(|(words, _)| words).collect()
}

/// One digest over what every kind of page says in every language.
fn words_digest() -> Digest {
    let fonts = Fonts::bundled().unwrap();
    let mut said = String::new();
    for language in Language::ALL {
        let base = fixed(content(language));
        let mut variants = vec![fixed(amendment(language)), small(), Content { prices_shown: false, ..base.clone() }];
        variants.extend(VoucherClass::KNOWN.iter().map(|class| Content { class: class.clone(), ..base.clone() }));
        variants.push(Content { totals: None, customer: None, ..base });
        for variant in variants {
            let shown = render_shown(&variant, &NoMedia, &fonts).unwrap();
            said += &words_of_file(&shown);
        }
        let (content, issuer) = (fixed(content(language)), issuer(10));
        let attestation = attest(Digest::default(), &[], &issuer);
        for outcome in Outcome::KNOWN {
            for role in SignerRole::KNOWN {
                let mut sign_offs = sign_offs(Digest::default(), language);
                sign_offs[1].role = role.clone();
                sign_offs[1].outcome = outcome.clone();
                sign_offs[1].strokes = String::new();
                let signed = Signed {
                    content: &content,
                    sealed: Digest::default(),
                    sign_offs: &sign_offs,
                    attestation: &attestation,
                    credential: &issuer.credential,
                    media: &NoMedia,
                };
                said += &words_of_file(&signatures::render(&signed, &fonts).unwrap());
            }
        }
    }
    Digest::of(said.as_bytes())
}

/// The verifier draws pages again and compares their words, so a renderer's name must always mean the same words.
/// When this fails: raise the number in `RENDERER`, so that documents of before are not judged by the new words.
#[test]
fn a_renderer_prints_the_same_words_as_long_as_it_has_its_name() {
    assert!(RENDERER.ends_with(countersign_texts::TIME_ZONES), "the time zones changed: name them in RENDERER");
    assert_eq!(
        (RENDERER, words_digest().hex().as_str()),
        ("countersign-documents/3+2025b", "c7b85b9afc464d0b5d6090265d845ec7e12ea5d465ba0069e580a02d4efa5e8e")
    );
}
