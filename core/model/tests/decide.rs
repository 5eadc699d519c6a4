//! The rules, row by row of the conflict table (design section 4) and of the permission table.
//! Each test is a short history: who gives which command from which phone, and what stands in the records after it.
#![cfg(test)]

mod common;

use common::{Office, id};
use countersign_model::decide::{Decision, Need, RefusalCode};
use countersign_model::digest::Digest;
use countersign_model::document::*;
use countersign_model::entity::*;
use countersign_model::id::RecordRef;
use countersign_model::language::Language;
use countersign_model::payload::*;
use countersign_model::record::kind;
use countersign_model::time::TimeRecord;

const ANA: Option<(&str, u64)> = Some(("ana-phone", 1));
const BEN: Option<(&str, u64)> = Some(("ben-phone", 1));

fn job() -> Payload {
    Payload::JobCreate(JobCreate {
        job: id("job"),
        call: None,
        customer: None,
        site: None,
        machine: None,
        serial: "3391".to_owned(),
        fault: "leaks at the pump".to_owned(),
        priority: Priority::High,
        machine_state: MachineState::Down,
        class: VoucherClass::Paid,
        form: Some(Digest::default()),
        ..JobCreate::default()
    })
}

fn plan(visit: &str, lead: &str, helpers: &[&str]) -> Payload {
    Payload::VisitPlan(VisitPlan {
        visit: id(visit),
        job: id("job"),
        lead: id(lead),
        helpers: helpers.iter().map(|name| id(name)).collect(),
        window: None,
        number: String::new(),
        ..VisitPlan::default()
    })
}

fn answer(path: &str, value: &str, provenance: Provenance) -> Payload {
    Payload::AnswerSet(AnswerSet {
        subject: RecordRef::new(kind::VISIT, id("visit")),
        form: Digest::default(),
        purpose: "service".to_owned(),
        instance: InstanceKey::plain(path),
        value: Some(value.to_owned()),
        provenance,
    })
}

fn typed(path: &str, value: &str) -> Payload {
    answer(path, value, Provenance::Typed)
}

fn part(name: &str) -> Payload {
    Payload::PartUsed(PartUsed {
        part_use: id(name),
        subject: RecordRef::new(kind::VISIT, id("visit")),
        part: Some(id("seal")),
        code: "SEAL-0042".to_owned(),
        quantity: "1".to_owned(),
        unit_price: None,
        tax_basis_points: 2100,
        batch: String::new(),
        ..PartUsed::default()
    })
}

fn content(number: &str) -> Content {
    Content {
        kind: "voucher".to_owned(),
        number: number.to_owned(),
        language: Language::English,
        zone: "UTC".to_owned(),
        class: VoucherClass::Paid,
        company: Party::default(),
        customer: None,
        site: None,
        machine: None,
        job: id("job"),
        visit: id("visit"),
        fault: "leaks".to_owned(),
        engineers: vec![],
        steps: vec![],
        form: None,
        sections: vec![],
        evidence: vec![EvidenceShown {
            sha256: Digest::of(b"photo"),
            bytes: 5,
            media_type: "image/jpeg".to_owned(),
            name: "a.jpg".to_owned(),
            stage: Stage::Found,
            preview: None,
            time: TimeRecord::default(),
            caption: String::new(),
            set: None,
            layers: Vec::new(),
            duration_ms: None,
            chosen: false,
            claimed: String::new(),
        }],
        parts: vec![],
        charges: vec![],
        times: vec![],
        totals: None,
        prices_shown: true,
        amendment: None,
        prepared: TimeRecord::default(),
        ..Content::default()
    }
}

fn sign(number: &str, amends: &[Digest], draft: Option<&str>) -> (Digest, Payload) {
    let kind = if amends.is_empty() { "voucher" } else { "amendment" };
    let content = Content { kind: kind.to_owned(), ..content(number) };
    let (sealed, payload) = common::signing("visit", content, amends, true);
    let Payload::DocumentSign(mut body) = payload else { panic!("a signing") };
    body.draft = draft.map(id);
    (sealed, Payload::DocumentSign(body))
}

fn attest(sealed: Digest) -> Payload {
    Payload::DocumentAttest(DocumentAttest {
        job: id("job"),
        attestation: Attestation {
            sealed_sha256: sealed,
            sign_offs_sha256: Digest::default(),
            device: id("ana-phone"),
            time: TimeRecord::default(),
            signature: String::new(),
        },
        pdf: Derived { sha256: Digest::of(b"pdf"), bytes: 3 },
        shown_bytes: 2,
    })
}

fn review(name: &str, leaves: &[Digest], outcome: ReviewOutcome) -> Payload {
    let remark = Remark { question: "/data/n".to_owned(), text: "why 184?".to_owned(), ..Remark::default() };
    Payload::ReviewDecide(ReviewDecide {
        review: id(name),
        visit: id("visit"),
        leaves: leaves.to_vec(),
        remarks: if outcome == ReviewOutcome::Returned { vec![remark] } else { vec![] },
        outcome,
        missing: vec![],
        without_attestation: false,
    })
}

/// A job with a visit of Ana's, Ben helping.
fn planned() -> Office {
    let mut office = Office::hub();
    office.accept("des", None, None, job());
    office.accept("des", None, None, plan("visit", "ana", &["ben"]));
    office
}

fn answer_row(office: &Office, path: &str) -> Answer {
    let fill = fill_id(&RecordRef::new(kind::VISIT, id("visit")), Digest::default(), "service");
    office.get::<Answer>(InstanceKey::plain(path).answer_id(fill)).unwrap()
}

fn voucher(office: &Office) -> Voucher {
    office.get::<Voucher>(voucher_id(id("visit"))).unwrap()
}

fn job_state(office: &Office) -> JobState {
    office.get::<Job>(id("job")).unwrap().state
}

#[test]
fn the_office_numbers_jobs_and_vouchers_without_gaps() {
    let mut office = planned();
    assert_eq!(office.get::<Job>(id("job")).unwrap().number, "J-26-0001");
    assert_eq!(voucher(&office).number, "V-26-0001");
    office.accept("des", None, None, plan("second", "ben", &[]));
    assert_eq!(office.get::<Voucher>(voucher_id(id("second"))).unwrap().number, "V-26-0002");
    assert_eq!(office.get::<Visit>(id("second")).unwrap().ordinal, 2);
}

#[test]
fn different_questions_merge_and_one_answer_is_corrected_by_who_saw_it() {
    let mut office = planned();
    let first = office.accept("ana", ANA, None, typed("/data/a", "1"));
    office.accept("ben", BEN, None, typed("/data/b", "2"));
    office.accept("ben", BEN, Some(first), typed("/data/a", "3"));
    assert_eq!(answer_row(&office, "/data/a").current.value.as_deref(), Some("3"));
    assert_eq!(answer_row(&office, "/data/b").current.value.as_deref(), Some("2"));
    assert!(answer_row(&office, "/data/a").kept.is_empty() && office.flags().is_empty());
}

#[test]
fn two_answers_to_one_question_keep_the_earlier_and_tell_both() {
    let mut office = planned();
    office.accept("ana", ANA, None, typed("/data/a", "1"));
    office.accept("ben", BEN, None, typed("/data/a", "2"));
    let row = answer_row(&office, "/data/a");
    assert_eq!(row.current.value.as_deref(), Some("2"));
    assert_eq!(row.kept.iter().map(|kept| kept.value.as_deref()).collect::<Vec<_>>(), [Some("1")]);
    assert_eq!(office.flags(), [FlagCode::AnswerConflict]);
    // The same value twice is no conflict.
    office.accept("ana", ANA, None, typed("/data/a", "2"));
    assert_eq!(office.flags().len(), 1);
}

#[test]
fn a_default_never_conflicts_and_yields_to_any_answer() {
    let mut office = planned();
    office.accept("ana", ANA, None, answer("/data/a", "d", Provenance::Default));
    office.accept("ben", BEN, None, typed("/data/a", "2"));
    office.accept("ana", ANA, None, answer("/data/a", "d", Provenance::Default));
    assert_eq!(answer_row(&office, "/data/a").current.value.as_deref(), Some("2"));
    assert!(office.flags().is_empty());
}

#[test]
fn wrong_answers_are_refused_with_the_expected_type() {
    let mut office = planned();
    office.refuse("ana", ANA, typed("/data/n", "many"), RefusalCode::WrongAnswer);
    office.refuse("ana", ANA, typed("/data/none", "x"), RefusalCode::NoQuestion);
}

#[test]
fn edit_beats_delete_of_a_repeat_item() {
    let mut office = planned();
    let item = |change: ItemChange| change;
    let change = item(ItemChange {
        subject: RecordRef::new(kind::VISIT, id("visit")),
        form: Digest::default(),
        purpose: "service".to_owned(),
        repeat: "/data/points".to_owned(),
        around: vec![],
        item: id("item"),
        place: 1,
    });
    office.accept("ana", ANA, None, Payload::ItemAdd(change.clone()));
    office.accept("ana", ANA, None, Payload::ItemAdd(change.clone()));
    office.accept("ana", ANA, None, Payload::ItemRemove(change.clone()));
    assert!(office.get::<Item>(id("item")).unwrap().removed);
    let inside = Payload::AnswerSet(AnswerSet {
        subject: change.subject.clone(),
        form: Digest::default(),
        purpose: "service".to_owned(),
        instance: InstanceKey { path: "/data/points/p".to_owned(), items: vec![id("item")] },
        value: Some("7".to_owned()),
        provenance: Provenance::Typed,
    });
    office.accept("ben", BEN, None, inside);
    assert!(!office.get::<Item>(id("item")).unwrap().removed);
    office.accept("ana", ANA, None, Payload::ItemRemove(change));
    assert!(!office.get::<Item>(id("item")).unwrap().removed, "Ana had not seen Ben's answer");
    assert_eq!(office.flags(), [FlagCode::ItemRestored, FlagCode::ItemRestored]);
}

#[test]
fn the_whole_visit_ends_approved_after_a_return_and_an_amendment() {
    let mut office = planned();
    office.accept("ana", ANA, None, Payload::VisitTravel(VisitStep { visit: id("visit") }));
    office.accept("ana", ANA, None, Payload::VisitArrive(VisitStep { visit: id("visit") }));
    assert_eq!(job_state(&office), JobState::OnSite);
    let (first, payload) = sign("V-26-0001", &[], None);
    office.accept("ana", ANA, None, payload);
    office.accept("ana", ANA, None, attest(first));
    office.accept("ana", ANA, None, Payload::VoucherSubmit(VoucherSubmit { visit: id("visit") }));
    assert_eq!((voucher(&office).state, job_state(&office)), (VoucherState::Submitted, JobState::Submitted));
    office.accept("mia", None, None, review("r1", &[first], ReviewOutcome::Returned));
    assert_eq!(job_state(&office), JobState::Returned);
    office.accept(
        "ana",
        ANA,
        None,
        Payload::AmendmentBegin(AmendmentBegin {
            draft: id("draft"),
            visit: id("visit"),
            amends: vec![first],
            reason: "wrong pressure".to_owned(),
            number: "V-26-0001-A1-K7".to_owned(),
        }),
    );
    let reason = |text: &str| Payload::AmendmentReason(AmendmentReason { draft: id("draft"), reason: text.to_owned() });
    office.accept("ana", ANA, None, reason("wrong pressure and oil"));
    assert_eq!(office.get::<Amendment>(id("draft")).unwrap().reason, "wrong pressure and oil");
    office.refuse("ana", None, reason(" "), RefusalCode::Missing);
    let (second, payload) = sign("V-26-0001-A1-K7", &[first], Some("draft"));
    office.accept("ana", ANA, None, payload);
    assert_eq!(office.get::<Amendment>(id("draft")).unwrap().state, AmendmentState::Sealed);
    office.refuse("ana", None, reason("too late"), RefusalCode::DraftClosed);
    office.accept("ana", ANA, None, Payload::VoucherSubmit(VoucherSubmit { visit: id("visit") }));
    assert_eq!(voucher(&office).leaves, [second]);
    office.refuse("mia", None, review("r2", &[first], ReviewOutcome::Approved), RefusalCode::ChangedSince);
    office.refuse("mia", None, review("r2", &[second], ReviewOutcome::Approved), RefusalCode::Unattested);
    office.accept("ana", ANA, None, attest(second));
    office.accept("mia", None, None, review("r2", &[second], ReviewOutcome::Approved));
    assert_eq!((voucher(&office).state, voucher(&office).round), (VoucherState::Approved, 2));
    assert_eq!(job_state(&office), JobState::Approved);
    assert!(office.flags().is_empty(), "{:?}", office.flags());
}

#[test]
fn signing_is_stored_whatever_the_state_and_its_rows_say_so() {
    let mut office = planned();
    office.accept("des", None, None, Payload::JobCancel(JobCancel { job: id("job"), reason: "sold".to_owned() }));
    let (sealed, payload) = sign("V-26-0001", &[], None);
    office.accept("ana", ANA, None, payload.clone());
    assert!(office.get::<Document>(document_id(sealed)).is_some());
    assert_eq!(job_state(&office), JobState::CompletedAfterCancel);
    assert_eq!(office.flags(), [FlagCode::CompletedAfterCancel]);
    // Signing the same document again changes nothing.
    office.accept("ana", ANA, None, payload);
    assert_eq!(voucher(&office).leaves, [sealed]);
}

#[test]
fn two_documents_of_one_visit_both_stay() {
    let mut office = planned();
    let (one, first) = sign("V-26-0001", &[], None);
    let (two, second) = sign("26-K7-1", &[], None);
    office.accept("ana", ANA, None, first);
    office.accept("ben", BEN, None, second);
    let mut both = [one, two];
    both.sort();
    assert_eq!(voucher(&office).leaves, both);
    assert_eq!(office.flags(), [FlagCode::TwoDocuments]);
    office.accept("ana", ANA, None, Payload::VoucherSubmit(VoucherSubmit { visit: id("visit") }));
    office.refuse("mia", None, review("r", &both, ReviewOutcome::Approved), RefusalCode::SeveralDocuments);
}

#[test]
fn an_amendment_needs_the_customer_where_money_or_time_changes() {
    // (what the amendment changes, signed by the customer) -> flags
    type Amend = fn(&mut Content);
    let text: Amend = |content| content.fault = "leaks badly".to_owned();
    let time: Amend = |content| {
        content.times.push(TimeShown { person: "ana".into(), kind: "work".into(), minutes: 30, kilometres: None });
    };
    let rows: [(Amend, bool, &[FlagCode]); 4] =
        [(text, false, &[]), (text, true, &[]), (time, true, &[]), (time, false, &[FlagCode::SignOffIncomplete])];
    for (index, (change, customer, flags)) in rows.into_iter().enumerate() {
        let mut office = planned();
        let (parent, payload) = sign("V-26-0001", &[], None);
        office.accept("ana", ANA, None, payload);
        let (_, payload) = sign("V-26-0001-A1-K7", &[parent], None);
        let Payload::DocumentSign(mut amendment) = payload else { panic!("a signing") };
        change(&mut amendment.sealed.content);
        amendment.content_sha256 = amendment.sealed.content.digest().unwrap();
        let sealed = amendment.sealed.digest().unwrap();
        amendment.sign_offs.iter_mut().for_each(|sign_off| sign_off.sealed_sha256 = sealed);
        if !customer {
            amendment.sign_offs.truncate(1);
        }
        office.accept("ana", ANA, None, Payload::DocumentSign(amendment));
        assert_eq!(office.flags(), flags, "row {index}");
    }
}

#[test]
fn two_amendments_of_one_parent_both_stay() {
    let mut office = planned();
    let (parent, payload) = sign("V-26-0001", &[], None);
    office.accept("ana", ANA, None, payload);
    let (_, one) = sign("V-26-0001-A1-K7", &[parent], None);
    let (_, two) = sign("V-26-0001-A1-Q2", &[parent], None);
    office.accept("ana", ANA, None, one);
    office.accept("ben", BEN, None, two);
    assert_eq!(voucher(&office).leaves.len(), 2);
    assert_eq!(office.flags(), [FlagCode::TwoAmendments]);
}

#[test]
fn facts_of_another_phone_after_the_signature_are_kept_outside_and_flagged() {
    let mut office = planned();
    office.accept("ana", ANA, None, typed("/data/a", "1"));
    let (_, payload) = sign("V-26-0001", &[], None);
    office.accept("ana", ANA, None, payload);
    office.accept("ben", BEN, None, part("late"));
    office.accept("ben", BEN, None, typed("/data/a", "9"));
    assert!(office.get::<PartUse>(id("late")).unwrap().late);
    let row = answer_row(&office, "/data/a");
    assert_eq!((row.current.value.as_deref(), row.kept.len()), (Some("1"), 1));
    assert_eq!(office.flags(), [FlagCode::LateFact, FlagCode::LateFact]);
    // A phone that knows of the signature refuses before it saves.
    office.on_hub = false;
    office.refuse("ben", BEN, part("later"), RefusalCode::Signed);
}

#[test]
fn reassigning_closes_the_visit_and_keeps_the_first_engineers_work_on_it() {
    let mut office = planned();
    let reassign = Payload::VisitReassign(VisitReassign {
        visit: id("visit"),
        new_visit: id("next"),
        lead: id("ben"),
        heard: None,
    });
    office.accept("des", None, None, reassign);
    assert_eq!(office.get::<Visit>(id("visit")).unwrap().state, VisitState::Reassigned);
    assert_eq!(office.get::<Visit>(id("next")).unwrap().replaces, Some(id("visit")));
    assert_eq!(office.get::<Voucher>(voucher_id(id("next"))).unwrap().number, "V-26-0002");
    // Ana was offline: what she did is recorded on her visit and does not move the job of Ben's.
    office.accept("ana", ANA, None, Payload::VisitArrive(VisitStep { visit: id("visit") }));
    assert_eq!(office.get::<Visit>(id("visit")).unwrap().state, VisitState::Reassigned);
    assert!(office.get::<Visit>(id("visit")).unwrap().arrived.is_some());
    assert_eq!(job_state(&office), JobState::Planned);
}

#[test]
fn rights_are_those_of_the_table() {
    let mut office = planned();
    office.refuse("aud", None, job(), RefusalCode::NotAllowed);
    office.refuse(
        "ana",
        ANA,
        Payload::JobCancel(JobCancel { job: id("job"), reason: "x".into() }),
        RefusalCode::NotAllowed,
    );
    office.refuse("ana", ANA, plan("other", "ben", &[]), RefusalCode::NotAllowed);
    office.refuse("nobody", None, job(), RefusalCode::NotAllowed);
    let enrol = Payload::DeviceRevoke(DeviceRevoke { device: id("d"), reason: "lost".into() });
    office.refuse("mia", None, enrol, RefusalCode::NotAllowed);
    office.refuse("aud", None, part("p"), RefusalCode::NotAllowed);
    // A field fact of somebody who has no right any more is kept and flagged.
    office.accept("aud", Some(("aud-phone", 1)), None, part("p"));
    assert_eq!(office.flags(), [FlagCode::NotOnVisit]);
}

#[test]
fn nobody_reviews_their_own_voucher_and_approval_needs_the_media() {
    let mut office = planned();
    office.seed(
        id("ana"),
        countersign_model::record::Scope::reference("people"),
        &Person { name: "ana".to_owned(), roles: vec![Role::Engineer, Role::Manager], ..Person::default() },
    );
    let (sealed, payload) = sign("V-26-0001", &[], None);
    office.accept("ana", ANA, None, payload);
    office.accept("ana", ANA, None, attest(sealed));
    office.accept("ana", ANA, None, Payload::VoucherSubmit(VoucherSubmit { visit: id("visit") }));
    office.refuse("ana", None, review("r", &[sealed], ReviewOutcome::Approved), RefusalCode::OwnVoucher);
    office.holds_media = false;
    office.refuse("mia", None, review("r", &[sealed], ReviewOutcome::Approved), RefusalCode::MediaMissing);
    let Payload::ReviewDecide(mut excused) = review("r", &[sealed], ReviewOutcome::Approved) else {
        panic!("a review")
    };
    excused.missing = vec![MissingMedia { sha256: Digest::of(b"photo"), reason: "phone drowned".to_owned() }];
    office.accept("mia", None, None, Payload::ReviewDecide(excused));
}

#[test]
fn a_fact_about_something_that_another_phone_still_holds_waits() {
    let mut office = Office::hub();
    let (_, decision) = office.give("ana", ANA, None, part("p"));
    assert_eq!(decision, Decision::Waiting(Need::Row(RecordRef::new(kind::VISIT, id("visit")))));
    // The phone that does not hold it goes on.
    office.on_hub = false;
    let (_, decision) = office.give("ana", ANA, None, part("p"));
    assert!(matches!(decision, Decision::Accepted(_)));
}

#[test]
fn unknown_commands_are_parked_and_malformed_ones_named() {
    let mut office = planned();
    let mut command = office.command("ana", countersign_model::record::Scope::job(id("job")), None, &part("p"));
    command.kind = "part.teleport".to_owned();
    assert!(matches!(office.judge(&command, ANA), Decision::Waiting(Need::Upgrade { .. })));
    command.kind = "part.use".to_owned();
    command.payload = serde_json::json!({"code": 5});
    assert!(
        matches!(office.judge(&command, ANA), Decision::Refused(refusal) if refusal.code == RefusalCode::Malformed)
    );
}

fn photo(name: &str, media_type: &str) -> Payload {
    Payload::EvidenceAttach(EvidenceAttach {
        evidence: id(name),
        subject: RecordRef::new(kind::VISIT, id("visit")),
        sha256: Digest::of(name.as_bytes()),
        bytes: 9,
        media_type: media_type.to_owned(),
        name: format!("{name}.jpg"),
        stage: Stage::Found,
        question: None,
        preview: None,
        thumbnail: None,
        claims: Claims::default(),
        findings: Vec::new(),
        location: None,
        set: None,
        chosen: false,
    })
}

fn layer(name: &str, evidence: &str, shapes: Vec<Shape>) -> Payload {
    Payload::EvidenceAnnotate(EvidenceAnnotate {
        annotation: id(name),
        subject: RecordRef::new(kind::VISIT, id("visit")),
        evidence: id(evidence),
        shapes,
    })
}

fn arrow(x: i64) -> Vec<Shape> {
    vec![Shape::Arrow { from: Spot { x: 0, y: 0 }, to: Spot { x, y: 9_000 }, ink: Ink::Red }]
}

#[test]
fn layers_of_two_people_stay_and_ones_own_is_drawn_anew() {
    let mut office = planned();
    office.accept("ana", ANA, None, photo("pump", "image/jpeg"));
    office.accept("ana", ANA, None, layer("a", "pump", arrow(1)));
    office.accept("ben", BEN, None, layer("b", "pump", arrow(2)));
    office.accept("ana", ANA, None, layer("a", "pump", arrow(3)));
    let shapes = |office: &Office, name: &str| office.get::<Annotation>(id(name)).unwrap().shapes;
    assert_eq!((shapes(&office, "a"), shapes(&office, "b")), (arrow(3), arrow(2)));
    // Nobody draws into the layer of another, whatever id they name.
    office.refuse("ben", BEN, layer("a", "pump", arrow(4)), RefusalCode::Exists);
    office.accept("ana", ANA, None, layer("a", "pump", Vec::new()));
    assert_eq!(shapes(&office, "a"), []);
    assert_eq!(office.flags(), []);
    // What cannot be looked at cannot be drawn on, and a layer has bounds.
    office.accept("ana", ANA, None, photo("manual", "application/pdf"));
    office.refuse("ana", ANA, layer("m", "manual", arrow(1)), RefusalCode::NotAPicture);
    office.refuse("ana", ANA, layer("x", "pump", arrow(-1)), RefusalCode::Malformed);
    let (_, decision) = office.give("ana", ANA, None, layer("n", "not here yet", arrow(1)));
    assert!(matches!(decision, Decision::Waiting(Need::Row(_))), "{decision:?}");
}

#[test]
fn a_drawing_after_the_signature_lies_beside_the_signed_one() {
    let mut office = planned();
    office.accept("ana", ANA, None, photo("pump", "image/jpeg"));
    office.accept("ana", ANA, None, layer("a", "pump", arrow(1)));
    office.accept("ana", ANA, None, sign("V-26-0001", &[], None).1);
    office.accept("ana", ANA, None, layer("a", "pump", arrow(2)));
    assert_eq!(office.get::<Annotation>(id("a")).unwrap().shapes, arrow(1));
    assert_eq!(office.all::<Annotation>().iter().filter(|layer| layer.late).count(), 1);
    assert_eq!(office.flags(), [FlagCode::LateFact]);
    office.on_hub = false;
    office.refuse("ana", ANA, layer("c", "pump", arrow(2)), RefusalCode::Signed);
}

#[test]
fn a_photo_whose_own_time_is_far_from_its_capture_says_so() {
    let mut office = planned();
    for (name, taken, odd) in [("old", "2019-01-01T10:00:00+00:00", true), ("silent", "", false)] {
        let Payload::EvidenceAttach(mut attach) = photo(name, "image/jpeg") else { panic!() };
        attach.claims.captured = taken.to_owned();
        office.accept("ana", ANA, None, Payload::EvidenceAttach(attach));
        let findings = office.get::<Evidence>(id(name)).unwrap().findings;
        assert_eq!(findings.contains(&"time".to_owned()), odd, "{name}");
    }
}
