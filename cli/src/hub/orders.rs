//! What the office orders on the command line: invitations, jobs, reviews, revocations.

use std::path::Path;

use countersign_device::model::document::VoucherClass;
use countersign_device::model::entity::{Job, Person, Priority, Remark, Role, Voucher, Window, voucher_id};
use countersign_device::model::{Id, Language};
use countersign_hub::service::{Actor, JobOrder, NewJob, ReviewChoice};
use countersign_hub::{Hub, HubError, Outcome};
use serde_json::json;

use super::of_hub;
use crate::arguments::HubJob;
use crate::output::{Done, Exit, Failure, Output};

/// Invites a person; makes them where nobody has the name.
pub fn invite(hub: &Hub, name: &str, role: Option<&str>, url: Option<&str>, output: &Output) -> Done {
    let role = role.map(|role| word(Role::from_word(role), Role::KNOWN, "--role")).transpose()?;
    // Nobody is made for an invitation that cannot be written.
    hub.invitation_address(url).map_err(|error| of_hub(&error))?;
    let person = match hub.find_person(name) {
        Ok((id, person)) => has_role(&person, role.as_ref()).map(|()| id)?,
        Err(HubError::NotFound { .. }) => hub
            .add_person(&hub.system(), name, &[role.unwrap_or(Role::Engineer)], Language::English)
            .map_err(|error| of_hub(&error))?,
        Err(error) => return Err(of_hub(&error)),
    };
    let invite = hub.invite(person, url).map_err(|error| of_hub(&error))?;
    hub.note_event("invite.make", Some(person), &json!({})).map_err(|error| of_hub(&error))?;
    let object = json!({
        "code": invite.enrolment, "one_time_code": invite.code, "url": invite.url,
        "fingerprint": invite.fingerprint, "print": invite.fingerprint.print(), "expires": invite.expires,
        "person": person,
    });
    output.result(&object, || {
        format!("{}\nkey {}\n{}", qr(&invite.enrolment), invite.fingerprint.print(), invite.enrolment)
    });
    Ok(Exit::Ok)
}

/// Places the app that phones get at `/app`.
pub fn place_app(hub: &Hub, apk: &Path, output: &Output) -> Done {
    let app = hub.place_app(apk).map_err(|error| of_hub(&error))?;
    hub.note_event("app.place", None, &json!({"sha256": app.sha256})).map_err(|error| of_hub(&error))?;
    let object = json!({"sha256": app.sha256, "bytes": app.bytes});
    output.result(&object, || format!("phones get it at /app\nSHA-256 {}", app.sha256));
    Ok(Exit::Ok)
}

/// An invitation gives nobody another role, so it must not look as if it did.
fn has_role(person: &Person, role: Option<&Role>) -> Result<(), Failure> {
    match role {
        Some(role) if !person.roles.contains(role) => {
            let roles: Vec<&str> = person.roles.iter().map(Role::as_str).collect();
            let name = &person.name;
            Err(Failure::refused(
                "role",
                format!(
                    "{name} is known as {}: leave --role out, or give them the role {role} in the console first",
                    roles.join(", ")
                ),
            ))
        }
        _ => Ok(()),
    }
}

/// A QR code in half blocks; empty where the text is too long for one.
pub fn qr(text: &str) -> String {
    match qrcode::QrCode::new(text.as_bytes()) {
        Ok(code) => code.render::<qrcode::render::unicode::Dense1x2>().build(),
        Err(_) => String::new(),
    }
}

/// Makes a job and plans its first visit.
pub fn job(hub: &Hub, order: &HubJob, output: &Output) -> Done {
    let planned = give(hub, order)?;
    let object = json!({"job": planned.job, "visit": planned.visit, "number": planned.number});
    output.result(&object, || format!("job {} with voucher {}", planned.job, planned.number));
    Ok(Exit::Ok)
}

fn give(hub: &Hub, order: &HubJob) -> Result<countersign_hub::service::Planned, Failure> {
    let (customer, _) = hub.find_customer(&order.customer).map_err(|error| of_hub(&error))?;
    let (machine, body) = hub.find_machine(&order.machine).map_err(|error| of_hub(&error))?;
    if body.customer != customer {
        return Err(Failure::refused("input", format!("machine {} is not {}'s", order.machine, order.customer)));
    }
    let (lead, _) = hub.find_person(&order.assign).map_err(|error| of_hub(&error))?;
    let priority = word(Priority::from_word(&order.priority), Priority::KNOWN, "--priority")?;
    let class = order.class.as_deref().map(VoucherClass::from_word);
    let class = class.map(|class| word(class, VoucherClass::KNOWN, "--class")).transpose()?;
    let job = NewJob {
        customer: Some(customer),
        machine: Some(machine),
        fault: order.fault.clone(),
        priority: Some(priority),
        class,
        ..NewJob::default()
    };
    let window = order.at.as_deref().map(window).transpose()?;
    let order = JobOrder { job, lead, helpers: Vec::new(), window };
    hub.job(&hub.system(), &order).map_err(|error| of_hub(&error))
}

/// A word of a list, or what may be said instead.
pub fn word<T: PartialEq + std::fmt::Display>(word: T, known: &[T], option: &str) -> Result<T, Failure> {
    if known.contains(&word) {
        return Ok(word);
    }
    let words: Vec<String> = known.iter().map(ToString::to_string).collect();
    Err(Failure::usage(format!("{option} {word}: use one of {}", words.join(", "))))
}

/// `2026-11-23T09:00/2026-11-23T11:00` in UTC.
fn window(text: &str) -> Result<Window, Failure> {
    let moment = |part: &str| {
        let parsed = chrono::NaiveDateTime::parse_from_str(part.trim(), "%Y-%m-%dT%H:%M").ok()?;
        Some(parsed.and_utc().timestamp_millis())
    };
    let parts = text.split_once('/').and_then(|(from, to)| Some((moment(from)?, moment(to)?)));
    let (from, to) = parts.ok_or_else(|| {
        Failure::usage(format!("--at {text}: write a window such as 2026-11-23T09:00/2026-11-23T11:00"))
    })?;
    Ok(Window { from, to })
}

/// The job with this id or number, or with this voucher number.
pub fn find_job(hub: &Hub, name: &str) -> Outcome<Id> {
    if let Ok(id) = name.parse::<Id>()
        && hub.get::<Job>(id)?.is_some()
    {
        return Ok(id);
    }
    for (row, job) in hub.all::<Job>()? {
        if job.number == name {
            return Ok(row.id);
        }
    }
    let voucher = hub.all::<Voucher>()?.into_iter().find(|(_, voucher)| voucher.number == name);
    voucher.map(|(_, voucher)| voucher.job).ok_or_else(|| HubError::NotFound { what: "job", name: name.to_owned() })
}

/// What the reviewer decides, from the arguments.
pub fn choice(
    approve: bool,
    returned: bool,
    question: Option<String>,
    remark: Option<String>,
) -> Result<ReviewChoice, Failure> {
    match (approve, returned, remark) {
        (true, false, _) => Ok(ReviewChoice::Approve { missing: Vec::new(), without_attestation: false }),
        (false, true, Some(text)) => {
            Ok(ReviewChoice::Return(vec![Remark { question: question.unwrap_or_default(), text, ..Remark::default() }]))
        }
        _ => Err(Failure::usage("say --approve, or --return with --remark (and --question)")),
    }
}

/// Reviews what stands now.
pub fn review(hub: &Hub, job: &str, choice: ReviewChoice, reviewer: Option<&str>, output: &Output) -> Done {
    let reviewed = decide(hub, job, choice, reviewer).map_err(|error| of_hub(&error))?;
    let voucher = hub.get::<Voucher>(voucher_id(reviewed.visit)).map_err(|error| of_hub(&error))?;
    let state = voucher.map(|(_, voucher)| voucher.state.to_string()).unwrap_or_default();
    output.result(&json!({"review": reviewed.review, "visit": reviewed.visit, "state": state}), || state.clone());
    Ok(Exit::Ok)
}

fn decide(
    hub: &Hub,
    job: &str,
    choice: ReviewChoice,
    reviewer: Option<&str>,
) -> Outcome<countersign_hub::service::Reviewed> {
    let job = find_job(hub, job)?;
    let (visit, _) = hub.visit_to_review(job)?;
    let actor = match reviewer {
        Some(name) => Actor::System { person: hub.find_person(name)?.0 },
        None => hub.reviewer_for(visit)?,
    };
    hub.review(&actor, job, choice)
}

/// Revokes a device.
pub fn revoke(hub: &Hub, device: &str, reason: &str, output: &Output) -> Done {
    let (id, body) = hub.find_device(device).map_err(|error| of_hub(&error))?;
    hub.revoke(&hub.system(), id, reason).map_err(|error| of_hub(&error))?;
    output.result(&json!({"device": id, "code": body.code, "state": "revoked"}), || format!("revoked {}", body.code));
    Ok(Exit::Ok)
}
