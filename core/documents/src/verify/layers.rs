//! The layers of a document, wherever they were found: each in its one form, and each fitting the others.

use std::collections::BTreeMap;

use countersign_model::document::{Attestation, Content, Sealed, SignOff, check_sign_offs};
use countersign_model::entity::SetTrouble;
use countersign_model::trust::{Credential, TrustChain};
use countersign_model::{Digest, canonical};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Checks, Issuer, Why, why};
use crate::voucher::part;

/// Drawing rules that this verifier knows, in any edition of the time zones.
const KNOWN_RENDERERS: [&str; 3] = ["countersign-documents/1", "countersign-documents/2", "countersign-documents/3"];

/// What the checks of the layers found out, for the checks that follow.
pub(super) struct Known {
    pub sealed: Option<Sealed>,
    pub sealed_sha256: Option<Digest>,
    pub sign_offs: Option<Vec<SignOff>>,
    pub attestation: Option<Attestation>,
    pub credential: Option<Credential>,
}

/// Files by name, as attached or bundled.
pub(super) type Files<'b> = BTreeMap<String, &'b [u8]>;

/// Checks the layers against each other.
pub(super) fn check(files: &Files<'_>, checks: &mut Checks) -> Known {
    let sealed: Option<Sealed> = layer(files, part::SEALED, "sealed", checks);
    let sealed_sha256 = files.get(part::SEALED).map(|bytes| Digest::of(bytes));
    if let Some(sealed) = &sealed {
        check_sealed(files, sealed, checks);
        check_sets(&sealed.content, checks);
    }
    let sign_offs: Option<Vec<SignOff>> = layer(files, part::SIGN_OFFS, "sign-offs", checks);
    let attestation: Option<Attestation> = layer(files, part::ATTESTATION, "attestation", checks);
    let credential: Option<Credential> = layer(files, part::CREDENTIAL, "credential", checks);
    let chain: Option<TrustChain> = layer(files, part::TRUST, "chain", checks);
    if let (Some(sealed), Some(digest), Some(sign_offs)) = (&sealed, sealed_sha256, &sign_offs) {
        check_completeness(sealed, digest, sign_offs, checks);
    }
    if let (Some(attestation), Some(credential)) = (&attestation, &credential) {
        check_attestation(files, attestation, credential, checks);
    }
    if let (Some(credential), Some(chain)) = (&credential, &chain) {
        check_issuer(credential, chain, checks);
    }
    Known { sealed, sealed_sha256, sign_offs, attestation, credential }
}

/// Reads a layer: it must be there, be the canonical text of what it says, and have the fields that it needs.
fn layer<T: DeserializeOwned>(files: &Files<'_>, name: &'static str, item: &str, checks: &mut Checks) -> Option<T> {
    let named = |key| (key, vec![("name", name.to_owned())]);
    let bytes = *checks.take(item, files.get(name).ok_or_else(|| named("verify-part-missing")))?;
    let value: Value = checks.take(item, serde_json::from_slice(bytes).map_err(|_| named("verify-part-unreadable")))?;
    // Compared as a plain value, so that fields of a newer program are covered as well.
    let same = canonical::to_bytes(&value).is_ok_and(|written| written == bytes);
    checks.take(item, if same { Ok(()) } else { Err(named("verify-part-not-canonical")) });
    checks.take(item, serde_json::from_value(value).map_err(|_| named("verify-part-unreadable")))
}

fn check_sealed(files: &Files<'_>, sealed: &Sealed, checks: &mut Checks) {
    if let Some(content) = files.get(part::CONTENT) {
        // The raw text of the sealed layer holds the content's canonical text as it is.
        let raw = files.get(part::SEALED).copied().unwrap_or_default();
        let own = serde_json::from_slice::<Value>(raw).ok().and_then(|value| value.get("content").cloned());
        let same = own.and_then(|own| canonical::to_bytes(&own).ok()).is_some_and(|own| own == *content);
        checks.demand("content", same, "verify-content-differs");
    }
    let shown = files.get(part::SHOWN).ok_or_else(|| ("verify-part-missing", vec![("name", part::SHOWN.to_owned())]));
    if let Some(shown) = checks.take("shown", shown) {
        checks.demand("shown", Digest::of(shown) == sealed.shown_sha256, "verify-shown-differs");
    }
    let rules = sealed.renderer.split_once('+').map_or(sealed.renderer.as_str(), |(rules, _)| rules);
    let known = KNOWN_RENDERERS.contains(&rules);
    let unknown = || ("verify-renderer-unknown", vec![("renderer", sealed.renderer.clone())]);
    checks.take("renderer", if known { Ok(()) } else { Err(unknown()) });
}

/// The captures are the sets that the content says: which one is missing, exchanged or re-timed is named.
fn check_sets(content: &Content, checks: &mut Checks) {
    let found = content.sets_found();
    for set in &found {
        let said = content.sets.iter().find(|said| said.set == set.set);
        let name = said.map(|said| said.by.clone()).unwrap_or_default();
        let known = said.map(|said| said.findings.as_slice()).unwrap_or_default();
        let mut fresh = set.findings.iter().filter(|finding| !known.contains(finding)).peekable();
        let silent = fresh.peek().is_none();
        for finding in fresh {
            let key = match finding.trouble {
                SetTrouble::Missing => "verify-set-missing",
                SetTrouble::Changed => "verify-set-changed",
                SetTrouble::Twice => "verify-set-twice",
                SetTrouble::ClockSet => "verify-set-clock_set",
            };
            checks.fail("set", key, vec![("number", finding.number.to_string()), ("name", name.clone())]);
        }
        let same = said.is_some_and(|said| (said.count, said.head) == (set.count, set.head));
        if silent {
            checks.take("set", if same { Ok(()) } else { Err(("verify-set-differs", vec![("name", name)])) });
        }
    }
    for said in content.sets.iter().filter(|said| !found.iter().any(|set| set.set == said.set)) {
        checks.fail("set", "verify-set-differs", vec![("name", said.by.clone())]);
    }
}

fn check_completeness(sealed: &Sealed, digest: Digest, sign_offs: &[SignOff], checks: &mut Checks) {
    // Whether an amendment needs the customer depends on what it changes, which was decided when it was signed.
    let customer = sealed.content.needs_customer() && sealed.content.amendment.is_none();
    let complete = check_sign_offs(digest, customer, sign_offs).is_ok();
    checks.demand("sign-offs", complete, "verify-sign-offs-incomplete");
}

fn check_attestation(files: &Files<'_>, attestation: &Attestation, credential: &Credential, checks: &mut Checks) {
    let digest = |name: &str| files.get(name).map(|bytes| Digest::of(bytes));
    let document = digest(part::SEALED) == Some(attestation.sealed_sha256);
    checks.demand("attestation", document, "verify-attestation-other");
    let sign_offs = digest(part::SIGN_OFFS) == Some(attestation.sign_offs_sha256);
    checks.demand("sign-offs", sign_offs, "verify-sign-offs-differ");
    let device = attestation.device == credential.device;
    checks.demand("attestation", device, "verify-attestation-device");
    let statement = Attestation::statement(
        attestation.sealed_sha256,
        attestation.sign_offs_sha256,
        attestation.device,
        &attestation.time,
    );
    let signed = statement.is_ok_and(|bytes| credential.key.verify(&bytes, &attestation.signature).is_ok());
    checks.demand("attestation", signed, "verify-attestation-signature");
}

fn check_issuer(credential: &Credential, chain: &TrustChain, checks: &mut Checks) {
    checks.demand("chain", chain.check().is_ok(), "verify-chain");
    checks.demand("credential", credential.check(chain).is_ok(), "verify-credential");
    checks.fingerprint = chain.key(credential.key_number).map(|key| key.fingerprint());
    if let Some(trusted) = checks.trust {
        let vouched = vouches(chain, credential, trusted);
        if checks.take("issuer", vouched).is_some() {
            checks.issuer = Issuer::Trusted;
        }
    }
}

/// Whether the trusted key is on the chain whose key issued the credential. Neighbours on a chain sign each other, so any
/// key on it vouches for all of them (see `TenantKey`).
fn vouches(chain: &TrustChain, credential: &Credential, trusted: Digest) -> Result<(), Why> {
    if !chain.holds(trusted) {
        return Err(("verify-issuer-unknown", vec![("fingerprint", trusted.hex())]));
    }
    if chain.check().is_err() || credential.check(chain).is_err() {
        return Err(why("verify-credential"));
    }
    Ok(())
}
