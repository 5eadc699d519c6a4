//! `countersign verify`: a PDF or bundle with no network. Exit 1 when anything fails.

use countersign_device::model::Digest;
use countersign_device::texts::Texts;
use countersign_documents::{Issuer, verify};
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
    let verdict = verify(&bytes, trust);
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

fn words(texts: &Texts, verdict: &countersign_documents::Verification, failures: &[(String, String)]) -> String {
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
