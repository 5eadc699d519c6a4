//! What is held back until a person confirms it, command by command and device by device.

use std::collections::BTreeMap;

use countersign_model::Id;
use countersign_model::decide::{Change, Decision};
use countersign_model::entity::{Device, DeviceState};

use super::attention::{job_of, with_job};
use super::attention_items::{Action, Item, asked_for, by, open_job, yes_or_no};
use super::desk::Desk;
use super::sent::wanted;
use super::trouble::{Trouble, refusal_text};
use super::visible::People;
use super::words::{Chip, Words};
use crate::store::{Entry, Read};

/// A command that a person must confirm, with what it would do.
pub(crate) fn quarantined(desk: &Desk<'_>, read: &Read<'_>, people: &People, entry: &Entry) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (job, number) = job_of(read, &entry.command.lane)?;
    let mut lines = with_job(words, &number);
    lines.push(words.t("console-quarantine-why"));
    lines.push(foreseen(desk, read, entry)?);
    let action = |address, label| Action::with_reason(address, words.t(label), words.t("console-reason"));
    let confirm = action("/attention/quarantine", "console-confirm-quarantine");
    let reject = action("/attention/reject", "console-reject-quarantine");
    Ok(Item {
        id: entry.command.id.to_string(),
        chip: Chip { class: "attention", icon: "lock", word: words.t("console-quarantine") },
        title: words.of("console-quarantine-title", "what", &wanted(words, &entry.command.kind)),
        lines,
        facts: asked_for(desk, read, people, entry)?,
        by: by(words, read, people, entry)?,
        link: open_job(words, job),
        actions: yes_or_no(desk, "device.revoke", confirm, reject),
    })
}

/// A device of which several commands are held back: one word of a person settles them together.
pub(crate) fn of_device(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    device: Id,
    count: usize,
) -> Result<Item, Trouble> {
    let words = &desk.words;
    let (_, body) = read.get::<Device>(device)?.ok_or(Trouble::NotFound)?;
    let title = [("code", body.code.as_str().into()), ("name", people.name(body.person).into())];
    let mut lines = vec![words.count("console-held-together", count)];
    if body.state == DeviceState::Revoked && !body.revoke_reason.is_empty() {
        lines.push(words.of("console-device-revoked-because", "reason", &body.revoke_reason));
    }
    let action = |address, label| Action::with_reason(address, words.count(label, count), words.t("console-reason"));
    let confirm = action("/attention/quarantine/device", "console-confirm-together");
    let reject = action("/attention/reject/device", "console-reject-together");
    Ok(Item {
        id: device.to_string(),
        chip: words.device_state(&body.state),
        title: words.with("console-held-of-device", &title),
        lines,
        facts: Vec::new(),
        by: String::new(),
        link: (format!("/people/{}", body.person), words.t("console-open-person")),
        actions: yes_or_no(desk, "device.revoke", confirm, reject),
    })
}

/// What confirming would do now, in one sentence.
fn foreseen(desk: &Desk<'_>, read: &Read<'_>, entry: &Entry) -> Result<String, Trouble> {
    let words = &desk.words;
    Ok(match desk.hub().foresee(read, entry)? {
        Decision::Refused(refusal) => words.of("console-would-refuse", "why", &refusal_text(words, &refusal)),
        Decision::Waiting(_) => words.t("console-would-wait"),
        Decision::Accepted(changes) if changes.is_empty() => words.t("console-would-nothing"),
        Decision::Accepted(changes) => words.of("console-would-change", "what", &kinds(words, &changes)),
    })
}

/// The kinds of records that change, each with how many.
fn kinds(words: &Words, changes: &[Change]) -> String {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for change in changes {
        *counted.entry(change.record().kind.as_str()).or_default() += 1;
    }
    let named = counted.into_iter().map(|(kind, count)| {
        let key = format!("console-kind-{}", kind.replace('_', "-"));
        let name = if words.texts.has(&key) { words.t(&key) } else { kind.to_owned() };
        let variables = [("name", name.into()), ("count", i64::try_from(count).unwrap_or(i64::MAX).into())];
        words.with("console-kind-counted", &variables)
    });
    named.collect::<Vec<_>>().join(&words.t("console-list-and"))
}
