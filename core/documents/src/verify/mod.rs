//! Judging a voucher or a bundle with nothing but its bytes: no network, no account, no clock.
//!
//! Every check has a name, and each one that fails is reported. Nothing here decides whom to trust: without a
//! fingerprint the best verdict is "consistent; issuer not checked".

mod bundle;
mod document;
mod layers;
#[cfg(test)]
mod renderer_tests;
#[cfg(test)]
mod tests;

use countersign_model::Digest;
use countersign_texts::Texts;
use serde::Serialize;

pub use bundle::verify_bundle;

/// What is known about who issued a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Issuer {
    /// The fingerprint given is a key of the company that issued it.
    Trusted,
    /// No fingerprint was given.
    Unchecked,
    /// The fingerprint given does not vouch for it.
    Unknown,
}

/// One check that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which check: a code such as `last-line`, `content`, `attestation` or `media/<sha256>`.
    pub item: String,
    /// Key of the sentence that says why.
    pub key: &'static str,
    /// What fills the sentence's variables.
    pub facts: Vec<(&'static str, String)>,
}

impl Failure {
    /// The sentence in a language.
    pub fn why(&self, texts: &Texts) -> String {
        let facts: Vec<(&str, countersign_texts::Value<'_>)> =
            self.facts.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        texts.with(self.key, &facts)
    }
}

/// The verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// No check failed.
    pub ok: bool,
    /// Who issued it.
    pub issuer: Issuer,
    /// Fingerprint of the company's key that issued the device's credential, if it can be read.
    pub fingerprint: Option<Digest>,
    /// How many checks were made.
    pub checked: usize,
    /// Those that failed.
    pub failures: Vec<Failure>,
}

/// Verifies a voucher PDF or a verify bundle. `trust` is the fingerprint of the company's key as the verifier knows it.
pub fn verify(bytes: &[u8], trust: Option<Digest>) -> Verification {
    let mut checks = Checks::new(trust);
    if bytes.starts_with(b"%PDF-") {
        document::check(bytes, &mut checks);
    } else if bytes.starts_with(b"PK") {
        bundle::check(bytes, &mut checks);
    } else {
        checks.fail("file", "verify-not-a-document", Vec::new());
    }
    checks.verdict()
}

/// A reason without its item: a key and what fills it.
type Why = (&'static str, Vec<(&'static str, String)>);

/// A reason without facts.
fn why(key: &'static str) -> Why {
    (key, Vec::new())
}

/// The checks so far.
struct Checks {
    trust: Option<Digest>,
    issuer: Issuer,
    fingerprint: Option<Digest>,
    checked: usize,
    failures: Vec<Failure>,
}

impl Checks {
    fn new(trust: Option<Digest>) -> Checks {
        let issuer = if trust.is_some() { Issuer::Unknown } else { Issuer::Unchecked };
        Checks { trust, issuer, fingerprint: None, checked: 0, failures: Vec::new() }
    }

    /// Counts a check and notes it if it failed.
    fn take<T>(&mut self, item: &str, result: Result<T, Why>) -> Option<T> {
        self.checked += 1;
        match result {
            Ok(value) => Some(value),
            Err((key, facts)) => {
                self.note(item, key, facts);
                None
            }
        }
    }

    fn demand(&mut self, item: &str, holds: bool, key: &'static str) -> bool {
        self.take(item, if holds { Ok(()) } else { Err(why(key)) }).is_some()
    }

    fn fail(&mut self, item: &str, key: &'static str, facts: Vec<(&'static str, String)>) {
        self.checked += 1;
        self.note(item, key, facts);
    }

    fn note(&mut self, item: &str, key: &'static str, facts: Vec<(&'static str, String)>) {
        let failure = Failure { item: item.to_owned(), key, facts };
        // A bundle checks some things twice, in itself and in its PDF; one report of each is enough.
        if !self.failures.contains(&failure) {
            self.failures.push(failure);
        }
    }

    fn verdict(self) -> Verification {
        let ok = self.failures.is_empty();
        let Checks { issuer, fingerprint, checked, failures, .. } = self;
        Verification { ok, issuer, fingerprint, checked, failures }
    }
}
