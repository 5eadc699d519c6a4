//! What is checked before the rules see a command: that its lane is a scope it may write into, and that a device's
//! signature over a document is one. The rules themselves trust both.

use countersign_model::command::Origin;
use countersign_model::decide::{Refusal, RefusalCode};
use countersign_model::document::Attestation;
use countersign_model::entity::Device;
use countersign_model::payload::{DocumentAttest, Payload};
use countersign_model::record::Scope;

use crate::error::{HubError, Outcome};
use crate::store::{Entry, Read};

/// Commands whose rows travel in the lane that they name, where their subject is not known or names no scope.
const INTO_LANE: &[&str] = &["note.add", "evidence.attach", "document.sign"];
/// Scopes of the field's own subjects.
const SUBJECTS: &[&str] = &["job", "call", "session", "repair", "machine", "customer", "site"];

/// Why a command is refused before it is judged.
pub(super) fn refusal(read: &Read<'_>, entry: &Entry) -> Outcome<Option<Refusal>> {
    let malformed = |why: &str| Some(Refusal::new(RefusalCode::Malformed).with("why", why));
    if !entry.command.lane.is_well_formed() {
        return Ok(malformed("the lane is no scope"));
    }
    if !may_write_into(entry) {
        return Ok(malformed("a device writes into its own scope and those of jobs, machines and customers only"));
    }
    match entry.command.parse() {
        Ok(Payload::DocumentAttest(attest)) if !attestation_holds(read, entry, &attest)? => {
            Ok(malformed("the signature is not this device's over this document"))
        }
        _ => Ok(None),
    }
}

fn may_write_into(entry: &Entry) -> bool {
    let Origin::Device { id, .. } = &entry.origin else { return true };
    let lane = &entry.command.lane;
    let word = lane.0.split('/').next().unwrap_or_default();
    !INTO_LANE.contains(&entry.command.kind.as_str()) || SUBJECTS.contains(&word) || *lane == Scope::device(*id)
}

/// The first attestation of a document stands for ever, so a forged one must never get in. It comes from the device that
/// gave it, or from the one with which its person went on: a device that is enrolled anew takes its unsent work along.
fn attestation_holds(read: &Read<'_>, entry: &Entry, attest: &DocumentAttest) -> Outcome<bool> {
    let attestation = &attest.attestation;
    let Some((from, _)) = entry.origin.device() else { return Ok(false) };
    let Some((_, device)) = read.get::<Device>(attestation.device)? else { return Ok(false) };
    let went_on = || Ok::<_, HubError>(read.get::<Device>(from)?.is_some_and(|(_, now)| now.person == device.person));
    if from != attestation.device && !went_on()? {
        return Ok(false);
    }
    let statement = Attestation::statement(
        attestation.sealed_sha256,
        attestation.sign_offs_sha256,
        attestation.device,
        &attestation.time,
    )?;
    Ok(device.key.verify(&statement, &attestation.signature).is_ok())
}
