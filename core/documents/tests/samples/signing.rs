//! Keys, sign-offs and whole documents.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_evidence::samples::sample_signature;
use countersign_model::document::*;
use countersign_model::trust::{Credential, PrivateKey, TenantKey, TrustChain};
use countersign_model::{Digest, Id, Language};

use super::PREPARED;
use super::content::{at, media, stamp};
use super::words::words;

/// Keys, chain and credential of a sample company and device.
pub struct Issuer {
    pub device_key: PrivateKey,
    pub credential: Credential,
    pub chain: TrustChain,
}

pub fn issuer(seed: u8) -> Issuer {
    let tenant_key = PrivateKey::from_bytes(&[seed; 32]).unwrap();
    let next_key = PrivateKey::from_bytes(&[seed + 1; 32]).unwrap();
    let device_key = PrivateKey::from_bytes(&[seed + 2; 32]).unwrap();
    let tenant = Id::derived("tenant", &[&[seed]]);
    let keys = vec![
        TenantKey::first(tenant, &tenant_key).unwrap(),
        TenantKey::next(tenant, 1, &next_key, &tenant_key).unwrap(),
    ];
    let credential = Credential {
        tenant,
        device: Id::derived("device", &[&[seed]]),
        person: Id::derived("person", &[&[seed]]),
        person_name: "Ana Morales".to_owned(),
        code: "K3".to_owned(),
        key: device_key.public(),
        issued: PREPARED,
        key_number: 1,
        signature: String::new(),
    }
    .signed(&next_key)
    .unwrap();
    Issuer { device_key, credential, chain: TrustChain { tenant, keys } }
}

/// The engineer's and the customer's word over a document.
pub fn sign_offs(sealed: Digest, language: Language) -> Vec<SignOff> {
    let words = words(language);
    let strokes = |seed| STANDARD.encode(sample_signature(seed).pack());
    let sign_off = |role, name: &str, outcome, seed| SignOff {
        sealed_sha256: sealed,
        role,
        name: name.to_owned(),
        outcome,
        remarks: String::new(),
        satisfaction: None,
        aspects: Default::default(),
        strokes: strokes(seed),
        stamp: None,
        stamp_preview: None,
        time: at(-2, true),
    };
    vec![
        sign_off(SignerRole::Engineer, words.people[0], Outcome::Accepted, 1),
        SignOff {
            remarks: words.remarks.to_owned(),
            satisfaction: Some(4),
            aspects: ASPECTS
                .iter()
                .zip([5, 4, 5, 5, 3, 5])
                .map(|(aspect, score)| ((*aspect).to_owned(), score))
                .collect(),
            stamp: Some(Digest::of(b"stamp")),
            stamp_preview: Some(Digest::of(&stamp())),
            ..sign_off(SignerRole::Customer, words.signer, Outcome::Remarks, 2)
        },
    ]
}

/// A document with everything that belongs to it.
pub struct Document {
    pub shown: Vec<u8>,
    pub sealed: Sealed,
    pub sign_offs: Vec<SignOff>,
    pub attestation: Attestation,
    pub issuer: Issuer,
    /// Where the pictures of stamps come from.
    pub media: BTreeMap<Digest, Vec<u8>>,
}

/// Seals a content, signs it off and attests it.
pub fn document(content: Content, issuer: Issuer, fonts: &countersign_documents::Fonts) -> Document {
    let shown = countersign_documents::render_shown(&content, &media(), fonts).unwrap();
    let language = content.language;
    let internal = content.class == VoucherClass::Internal;
    let renderer = countersign_documents::RENDERER.to_owned();
    let sealed = Sealed { content, shown_sha256: Digest::of(&shown), renderer };
    let digest = sealed.digest().unwrap();
    let mut sign_offs = sign_offs(digest, language);
    if internal {
        sign_offs.truncate(1);
    }
    let attestation = attest(digest, &sign_offs, &issuer);
    Document { shown, sealed, sign_offs, attestation, issuer, media: media() }
}

pub fn attest(sealed: Digest, sign_offs: &[SignOff], issuer: &Issuer) -> Attestation {
    let (device, time) = (issuer.credential.device, at(-3, true));
    let sign_offs_sha256 = sign_offs_digest(sign_offs).unwrap();
    let statement = Attestation::statement(sealed, sign_offs_sha256, device, &time).unwrap();
    let signature = issuer.device_key.sign(&statement);
    Attestation { sealed_sha256: sealed, sign_offs_sha256, device, time, signature }
}

impl Document {
    pub fn layers(&self) -> countersign_documents::VoucherLayers<'_> {
        countersign_documents::VoucherLayers {
            shown: &self.shown,
            sealed: &self.sealed,
            sign_offs: &self.sign_offs,
            attestation: &self.attestation,
            credential: &self.issuer.credential,
            trust: &self.issuer.chain,
            media: &self.media,
        }
    }

    pub fn voucher(&self, fonts: &countersign_documents::Fonts) -> Vec<u8> {
        let unsigned = countersign_documents::UnsignedVoucher::prepare(&self.layers(), fonts).unwrap();
        let signature = self.issuer.device_key.sign(unsigned.statement());
        unsigned.finish(&signature).unwrap()
    }

    pub fn bundle(&self, voucher: &[u8], media: &BTreeMap<Digest, Vec<u8>>) -> Vec<u8> {
        let bundle = countersign_documents::verify_bundle(&self.layers(), voucher, media).unwrap();
        let signature = self.issuer.device_key.sign(&bundle.statement().unwrap());
        let (device, key) = (self.issuer.credential.device, self.issuer.device_key.public());
        let signature = countersign_documents::BundleSignature { device, key, signature };
        bundle.signed(signature).unwrap().write().unwrap()
    }
}
