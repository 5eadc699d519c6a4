//! Which change of a record is an event, and what it says. Pure: rows in, event out. The data hold ids, numbers and
//! states; no name, address or text of a person.

use countersign_model::entity::{
    Device, DeviceState, Document, Entity, Job, Review, ReviewOutcome, Visit, Voucher, VoucherState,
};
use countersign_model::record::{Row, kind};
use countersign_model::{Digest, Id, RecordRef};
use serde_json::{Value, json};

/// The type of an event that says nothing.
pub const TEST: &str = "webhook.test";

/// Every type that an endpoint may want.
pub const TYPES: &[&str] = &[
    "job.created",
    "job.state_changed",
    "visit.planned",
    "visit.changed",
    "visit.state_changed",
    "document.signed",
    "document.attested",
    "review.requested",
    "review.approved",
    "review.returned",
    "evidence.confirmed",
    "device.enrolled",
    "device.revoked",
];

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// Its type.
    pub kind: &'static str,
    /// What it says.
    pub data: Value,
}

/// Whether changes of this kind of record are looked at.
pub(crate) fn is_watched(word: &str) -> bool {
    matches!(word, kind::JOB | kind::VISIT | kind::VOUCHER | kind::DOCUMENT | kind::REVIEW | kind::DEVICE)
}

/// What a change of a record means to others, if anything.
pub(crate) fn of_change(before: Option<&Row>, after: &Row) -> Option<Event> {
    match after.kind.as_str() {
        kind::JOB => job(after, before.and_then(Job::of), Job::of(after)?),
        kind::VISIT => visit(after, before.and_then(Visit::of), Visit::of(after)?),
        kind::VOUCHER => voucher(before.and_then(Voucher::of), Voucher::of(after)?),
        kind::DOCUMENT => document(before.and_then(Document::of), Document::of(after)?),
        kind::REVIEW if before.is_none() => review(after, Review::of(after)?),
        kind::DEVICE => device(after, before.and_then(Device::of), Device::of(after)?),
        _ => None,
    }
}

fn job(row: &Row, before: Option<Job>, now: Job) -> Option<Event> {
    let kind = match &before {
        None => "job.created",
        Some(before) if before.state != now.state => "job.state_changed",
        Some(_) => return None,
    };
    let data = json!({
        "job": row.id, "number": now.number, "state": now.state, "previous_state": before.map(|before| before.state),
        "customer": now.customer, "machine": now.machine, "priority": now.priority, "class": now.class,
    });
    Some(Event { kind, data })
}

fn visit(row: &Row, before: Option<Visit>, now: Visit) -> Option<Event> {
    let kind = match &before {
        None => "visit.planned",
        Some(before) if before.state != now.state => "visit.state_changed",
        Some(before) if (before.window, before.lead, &before.helpers) != (now.window, now.lead, &now.helpers) => {
            "visit.changed"
        }
        Some(_) => return None,
    };
    let data = json!({
        "visit": row.id, "job": now.job, "ordinal": now.ordinal, "state": now.state,
        "previous_state": before.map(|before| before.state), "lead": now.lead, "helpers": now.helpers,
        "window": now.window,
    });
    Some(Event { kind, data })
}

/// A voucher that is handed in asks for a review.
fn voucher(before: Option<Voucher>, now: Voucher) -> Option<Event> {
    let submitted = |voucher: &Voucher| voucher.state == VoucherState::Submitted;
    if !submitted(&now) || before.as_ref().is_some_and(submitted) {
        return None;
    }
    let data = json!({
        "job": now.job, "visit": now.visit, "number": now.number, "documents": now.leaves, "round": now.round,
    });
    Some(Event { kind: "review.requested", data })
}

fn document(before: Option<Document>, now: Document) -> Option<Event> {
    let kind = match &before {
        None => "document.signed",
        Some(before) if before.attestation.is_none() && now.attestation.is_some() => "document.attested",
        Some(_) => return None,
    };
    let data = json!({
        "document": now.sealed_sha256, "kind": now.kind, "number": now.sealed.content.number, "job": now.job,
        "visit": now.visit, "amends": now.amends, "pdf_sha256": now.pdf.map(|pdf| pdf.sha256),
    });
    Some(Event { kind, data })
}

fn review(row: &Row, now: Review) -> Option<Event> {
    let kind = match now.outcome {
        ReviewOutcome::Approved => "review.approved",
        ReviewOutcome::Returned => "review.returned",
        ReviewOutcome::Other(_) => return None,
    };
    let data = json!({
        "review": row.id, "job": now.job, "voucher": now.voucher, "documents": now.leaves, "round": now.round,
        "remarks": now.remarks.len(),
    });
    Some(Event { kind, data })
}

fn device(row: &Row, before: Option<Device>, now: Device) -> Option<Event> {
    let revoked = |device: &Device| device.state == DeviceState::Revoked;
    let kind = match &before {
        None => "device.enrolled",
        Some(before) if !revoked(before) && revoked(&now) => "device.revoked",
        Some(_) => return None,
    };
    Some(Event { kind, data: json!({ "device": row.id, "code": now.code, "person": now.person }) })
}

/// The hub holds these bytes durably and gave its signed word for it.
pub(crate) fn confirmed(sha256: Digest, bytes: u64, device: Id, cited_by: &[RecordRef]) -> Event {
    let data = json!({ "sha256": sha256, "bytes": bytes, "device": device, "cited_by": cited_by });
    Event { kind: "evidence.confirmed", data }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_model::record::Scope;

    fn row(kind: &str, body: Value) -> Row {
        let id = Id::derived("row", &[kind.as_bytes()]);
        Row { kind: kind.to_owned(), id, scope: Scope::default(), rev: 1, seq: 1, body: Some(body) }
    }

    fn job_row(state: &str, fault: &str) -> Row {
        let body = json!({"fault": fault, "priority": "normal", "machine_state": "down", "state": state, "class": "B"});
        row(kind::JOB, body)
    }

    fn visit_row(state: &str, from: i64) -> Row {
        let id = Id::default();
        row(kind::VISIT, json!({"job": id, "lead": id, "state": state, "window": {"from": from, "to": from + 1}}))
    }

    #[test]
    fn a_change_is_an_event_only_where_others_see_a_difference() {
        // (before, after) -> type
        let rows = [
            (None, job_row("new", "a"), Some("job.created")),
            (Some(job_row("new", "a")), job_row("planned", "a"), Some("job.state_changed")),
            (Some(job_row("new", "a")), job_row("new", "b"), None),
            (None, visit_row("planned", 1), Some("visit.planned")),
            (Some(visit_row("planned", 1)), visit_row("planned", 5), Some("visit.changed")),
            (Some(visit_row("planned", 1)), visit_row("on_site", 1), Some("visit.state_changed")),
            (Some(visit_row("planned", 1)), visit_row("planned", 1), None),
            (None, row(kind::NOTE, json!({})), None),
            (None, row(kind::JOB, json!({"state": 5})), None),
        ];
        for (before, after, want) in rows {
            let event = of_change(before.as_ref(), &after);
            assert_eq!(event.as_ref().map(|event| event.kind), want, "{before:?} {after:?}");
            assert!(event.is_none_or(|event| TYPES.contains(&event.kind)));
        }
    }
}
