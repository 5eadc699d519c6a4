//! `countersign verify`: a PDF or bundle with no network. Exit 1 when anything fails.

use std::path::Path;

use countersign_device::model::Digest;
use countersign_device::model::trust::TrustChain;
use countersign_device::texts::Texts;
use countersign_documents::{Issuer, Verification, verify};
use serde_json::json;

use crate::arguments::Verify;
use crate::output::{Done, Exit, Failure, Output};

/// Largest file that is read: an export of a small office; larger ones are verified part by part.
const LARGEST: u64 = 1 << 30;

/// Verifies a file and prints what fails.
pub fn run(arguments: &Verify, output: &Output) -> Done {
    let trust = arguments.trust.as_deref().map(str::parse::<Digest>).transpose();
    let trust = trust.map_err(|error| Failure::usage(format!("--trust: {error}")))?;
    let unreadable = |error: std::io::Error| {
        Failure::environment(format!("{} cannot be read ({error}): check the name", arguments.file.display()))
    };
    let length = std::fs::metadata(&arguments.file).map_err(unreadable)?.len();
    if length > LARGEST {
        return Err(Failure::usage(format!(
            "{} is larger than 1 GiB: no document of ours is",
            arguments.file.display()
        )));
    }
    let bytes = std::fs::read(&arguments.file).map_err(unreadable)?;
    let verdict = match (&arguments.keys, trust) {
        (Some(file), Some(trust)) => by_keys(&bytes, trust, &chain_of(file)?)?,
        _ => verify(&bytes, trust),
    };
    let texts = Texts::new(crate::output::language());
    let failures: Vec<(String, String)> =
        verdict.failures.iter().map(|failure| (failure.item.clone(), failure.why(&texts))).collect();
    let object = json!({
        "ok": verdict.ok,
        "issuer": verdict.issuer,
        "fingerprint": verdict.fingerprint,
        "checked": verdict.checked,
        "failures": failures.iter().map(|(item, why)| json!({"item": item, "why": why})).collect::<Vec<_>>(),
    });
    output.result(&object, || words(&texts, &verdict, &failures));
    Ok(if verdict.ok { Exit::Ok } else { Exit::Refused })
}

/// Reads the company's keys; each two neighbours must vouch for each other.
fn chain_of(file: &Path) -> Result<TrustChain, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        Failure::environment(format!("{} cannot be read ({error}): check the name", file.display()))
    })?;
    let wrong = |why: String| {
        Failure::usage(format!("--keys {}: {why}. Give the file that `hub keys --file` wrote", file.display()))
    };
    let chain: TrustChain = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    chain.check().map_err(|error| wrong(error.to_string()))?;
    Ok(chain)
}

/// Verifies by any key that the trusted one vouches for.
fn by_keys(bytes: &[u8], trust: Digest, chain: &TrustChain) -> Result<Verification, Failure> {
    if !chain.holds(trust) {
        return Err(Failure::usage("--keys: the trusted key is not among these".to_owned()));
    }
    let verdict = verify(bytes, Some(trust));
    if verdict.ok {
        return Ok(verdict);
    }
    let others = chain.keys.iter().map(|link| link.key.fingerprint()).filter(|fingerprint| *fingerprint != trust);
    let by_another = others.map(|fingerprint| verify(bytes, Some(fingerprint))).find(|verdict| verdict.ok);
    Ok(by_another.unwrap_or(verdict))
}

fn words(texts: &Texts, verdict: &Verification, failures: &[(String, String)]) -> String {
    let mut lines = Vec::new();
    let fingerprint = verdict.fingerprint.map(|fingerprint| fingerprint.hex()).unwrap_or_default();
    lines.push(match (verdict.ok, verdict.issuer) {
        (true, Issuer::Trusted) => texts.get("cli-verify-trusted"),
        (true, _) => texts.with("cli-verify-unchecked", &[("fingerprint", fingerprint.as_str().into())]),
        (false, _) => texts.get("cli-verify-failed"),
    });
    lines.extend(failures.iter().map(|(item, why)| format!("  {item}: {why}")));
    lines.join("\n")
}
