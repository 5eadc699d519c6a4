//! What is held back because somebody sent it in another's name: confirmed or turned down, together or one by one.

use countersign_model::entity::{ChargeKind, Note, TimeKind};
use countersign_model::payload::{ChargeAdd, NoteAdd, Payload, TimeRecorded};
use countersign_model::record::{Scope, kind};
use countersign_model::{Id, RecordRef};

use super::company::{Company, id};
use super::phone::Phone;
use crate::judge::Caller;

fn note(job: Id, text: &str) -> Payload {
    let subject = RecordRef::new(kind::JOB, job);
    Payload::NoteAdd(NoteAdd { note: id(text), subject, text: text.to_owned(), instead_of: None })
}

/// A device of Ben's and what it sent in Ana's name: it is held back.
fn sent_as_somebody_else(company: &Company, job: Id, payloads: &[Payload]) -> (Id, Vec<String>) {
    let ben = company.person("Ben Engineer");
    let mut phone = Phone::new("phone", ben, 7);
    phone.enrolled(company, "K7");
    phone.person = company.person("Ana Engineer");
    let caller = Caller { device: phone.device, person: ben, revoked: None, left: false, unconfirmed: false };
    let mut send = |payload: &Payload| phone.push_by(company, &caller, payload, Scope::job(job)).to_string();
    let held = payloads.iter().map(&mut send).collect();
    (phone.device, held)
}

#[tokio::test]
async fn what_is_held_back_says_its_kind_in_words() {
    let company = Company::new();
    let (job, visit) = company.job("noise", "Ben Engineer");
    let subject = RecordRef::new(kind::VISIT, visit);
    let waited = TimeRecorded { entry: id("waited"), subject: subject.clone(), minutes: 20, ..Default::default() };
    let waited = Payload::TimeRecorded(TimeRecorded { kind: TimeKind::Waiting, ..waited });
    let came = ChargeAdd { charge: id("came"), subject, kind: ChargeKind::Travel, ..Default::default() };
    sent_as_somebody_else(&company, job, &[waited, Payload::ChargeAdd(came)]);
    let page = company.browser("Ada Admin").await.get("/attention?sort=quarantine").await.is(200);
    page.says("Waiting").says("Travel time").says_not(">waiting<").says_not(">travel<");
}

#[tokio::test]
async fn what_is_held_back_of_a_device_is_settled_together() {
    for (address, word, kept) in [("quarantine", "confirmed", true), ("reject", "rejected", false)] {
        let company = Company::new();
        let (job, _) = company.job("noise", "Ben Engineer");
        let (device, held) =
            sent_as_somebody_else(&company, job, &["first", "second", "third"].map(|text| note(job, text)));
        let mut admin = company.browser("Ada Admin").await;
        let page = admin.get("/attention?sort=quarantine").await.is(200);
        page.says("Held back: device K7 of Ben Engineer").says("Confirm all 3").says("Turn all 3 down");
        // What is held back did not happen, and the course of the job says so.
        admin.get(&format!("/jobs/{job}")).await.is(200).says("Note added (Held back)");
        let device = device.to_string();
        let send = format!("/attention/{address}/device");
        admin.post(&send, &[("id", &device), ("reason", " ")]).await.is(422);
        admin
            .post(&send, &[("id", &device), ("reason", "asked Ana")])
            .await
            .leads_to(&format!("/attention?done={word}"));
        admin.get("/attention").await.says_not("Held back: ");
        let page = admin.get(&format!("/jobs/{job}")).await.is(200);
        page.says_not("Note added (Held back)");
        let notes = company.hub.children::<Note>(job).unwrap().len();
        assert_eq!(notes, if kept { held.len() } else { 0 }, "{address}");
        // Twice is once.
        admin.post(&send, &[("id", &device), ("reason", "again")]).await.leads_to(&format!("/attention?done={word}"));
        assert_eq!(company.hub.children::<Note>(job).unwrap().len(), notes);
        let mut manager = company.browser("Mia Manager").await;
        manager.post(&send, &[("id", &device), ("reason", "me too")]).await.is(403);
    }
}

#[tokio::test]
async fn what_is_held_back_is_confirmed_or_turned_down_one_by_one() {
    let company = Company::new();
    let (job, _) = company.job("noise", "Ben Engineer");
    let (_, held) = sent_as_somebody_else(&company, job, &["mine is this", "not this"].map(|text| note(job, text)));
    let mut admin = company.browser("Ada Admin").await;
    admin.get("/attention?sort=quarantine").await.is(200).says("Held back: Note added").says("mine is this");
    admin
        .post("/attention/quarantine", &[("id", &held[0]), ("reason", "asked Ana")])
        .await
        .leads_to("/attention?done=confirmed");
    admin
        .post("/attention/reject", &[("id", &held[1]), ("reason", "not Ana")])
        .await
        .leads_to("/attention?done=rejected");
    let page = admin.get(&format!("/jobs/{job}")).await.is(200).says("mine is this");
    page.says_not("Held back");
    admin.get("/attention").await.says_not("Held back: Note added");
    admin.get("/audit").await.says("Held-back work confirmed").says("Held-back work turned down");
}
