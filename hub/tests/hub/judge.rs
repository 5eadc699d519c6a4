//! Storing and deciding: resends, gaps, forks, lanes, quarantine, defects.

use crate::common::{Device, Office, START, answer, note};
use countersign_forms::samples::QUICK_CHECK;
use countersign_hub::store::EntryState;
use countersign_model::command::{Command, Envelope, Origin};
use countersign_model::entity::{DecisionOutcome, DecisionRecord, Entity, Job, Note};
use countersign_model::payload::{Payload, VisitStep};
use countersign_model::record::{Scope, kind};
use countersign_model::time::TimeRecord;
use countersign_model::wire::ErrorCode;
use countersign_model::{Digest, Id};
use serde_json::json;

const DAY: i64 = 24 * 60 * 60 * 1000;

fn outcome(office: &Office, command: Id) -> DecisionOutcome {
    office.hub.read(|read| Ok(read.entry(command)?.unwrap().decision.unwrap().outcome)).unwrap()
}

fn told(office: &Office, device: &Device, command: Id) -> Vec<DecisionRecord> {
    let rows = office.feed(device).into_iter().filter(|row| row.kind == kind::DECISION && row.id == command);
    rows.filter_map(|row| DecisionRecord::of(&row)).collect()
}

#[test]
fn a_resend_has_one_effect_and_the_same_answer() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let lane = Scope::job(job);
    let batch: Vec<Envelope> = ["a", "b"].map(|name| phone.command(&note(name, job), &lane)).into();
    let first = phone.push(&office, &batch).unwrap();
    let rows = office.feed(&phone).len();
    // The whole batch again, its head alone, and a batch that begins with what is known.
    assert_eq!(phone.push(&office, &batch).unwrap(), first);
    assert_eq!(phone.push_with(&office, &batch[..1], None).unwrap().outcomes, first.outcomes[..1]);
    assert_eq!(office.feed(&phone).len(), rows);
    let third = phone.command(&note("c", job), &lane);
    let pushed = phone.push(&office, &[batch[1].clone(), third.clone()]).unwrap();
    assert_eq!((pushed.stored, pushed.outcomes.len()), (3, 2));
    assert_eq!(office.hub.children::<Note>(job).unwrap().len(), 3);
    assert_eq!(told(&office, &phone, third.command.id).len(), 1);
}

#[test]
fn a_gap_names_what_is_expected_and_stores_nothing() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let lane = Scope::job(job);
    let all: Vec<Envelope> = ["a", "b", "c"].map(|name| phone.command(&note(name, job), &lane)).into();
    let problem = phone.push(&office, &all[1..]).unwrap_err();
    assert_eq!((problem.code, problem.detail.as_str()), (ErrorCode::Gap, "1"));
    phone.push(&office, &all[..1]).unwrap();
    assert_eq!(phone.push(&office, &all[2..]).unwrap_err().detail, "2");
    assert_eq!(phone.push(&office, &all).unwrap().stored, 3);
}

#[test]
fn one_number_with_two_contents_is_a_fork() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let lane = Scope::job(job);
    let first = phone.command(&note("a", job), &lane);
    phone.push(&office, std::slice::from_ref(&first)).unwrap();
    // A copy of the store goes on from the same place with other words.
    let mut other = first.clone();
    other.command.payload["text"] = json!("b");
    let mut renamed = first.clone();
    renamed.command.id = Id::derived("other", &[]);
    let mut wrong_past = phone.command(&note("c", job), &lane);
    if let Origin::Device { prev_hash, .. } = &mut wrong_past.origin {
        *prev_hash = Digest::of(b"another past");
    }
    for forked in [other, renamed, wrong_past] {
        assert_eq!(phone.push(&office, &[forked]).unwrap_err().code, ErrorCode::Fork);
    }
    assert_eq!(office.hub.children::<Note>(job).unwrap().len(), 1);
}

#[test]
fn a_copied_store_that_enrols_anew_repeats_its_commands_without_a_second_effect() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let mut copy = office.device(office.engineer, 2);
    let job = office.job(office.engineer).job;
    let lane = Scope::job(job);
    let first = phone.command(&note("a", job), &lane);
    phone.push(&office, std::slice::from_ref(&first)).unwrap();
    let again = copy.envelope(first.command.clone());
    let more = copy.command(&note("b", job), &lane);
    let pushed = copy.push(&office, &[again, more]).unwrap();
    assert_eq!(pushed.stored, 2);
    assert_eq!(office.hub.children::<Note>(job).unwrap().len(), 2);
    assert!(office.hub.check(&mut |_| {}).unwrap().ok());
}

#[test]
fn what_needs_a_form_waits_holds_its_lane_only_and_goes_on_when_the_form_is_published() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let (one, two) = (office.job(office.engineer), office.job(office.engineer));
    let form = Digest::of(QUICK_CHECK.as_bytes());
    let needs_form = phone.command(&answer(one.visit, form, "/check/hours", " 12 "), &Scope::job(one.job));
    let behind = phone.command(&note("behind", one.job), &Scope::job(one.job));
    let elsewhere = phone.command(&note("elsewhere", two.job), &Scope::job(two.job));
    let ids = [&needs_form, &behind, &elsewhere].map(|envelope| envelope.command.id);
    phone.push(&office, &[needs_form, behind, elsewhere]).unwrap();
    let outcomes = |office: &Office| ids.map(|id| outcome(office, id));
    use DecisionOutcome::{Accepted, Waiting};
    assert_eq!(outcomes(&office), [Waiting, Waiting, Accepted]);
    // The same after a restart: waiting is kept, not remembered.
    let office = office.reopened();
    assert_eq!(outcomes(&office), [Waiting, Waiting, Accepted]);
    office.hub.publish_form(&office.hub.system(), QUICK_CHECK, "service").unwrap();
    assert_eq!(outcomes(&office), [Accepted, Accepted, Accepted]);
    assert_eq!(told(&office, &phone, ids[0]).last().unwrap().outcome, Accepted);
}

#[test]
fn an_answer_of_the_wrong_type_is_refused_visibly_and_holds_nothing() {
    let office = Office::new();
    let form = office.hub.publish_form(&office.hub.system(), QUICK_CHECK, "service").unwrap();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer);
    let lane = Scope::job(job.job);
    let wrong = phone.command(&answer(job.visit, form, "/check/hours", "many"), &lane);
    let right = phone.command(&answer(job.visit, form, "/check/hours", "12"), &lane);
    let pushed = phone.push(&office, &[wrong.clone(), right]).unwrap();
    let outcomes: Vec<_> = pushed.outcomes.iter().map(|outcome| outcome.outcome.clone()).collect();
    assert_eq!(outcomes, [DecisionOutcome::Refused, DecisionOutcome::Accepted]);
    let attention = office.hub.read(|read| Ok(read.refused(10)?)).unwrap();
    assert_eq!(attention.len(), 1);
    assert_eq!(told(&office, &phone, wrong.command.id)[0].outcome, DecisionOutcome::Refused);
}

#[test]
fn a_command_that_waits_too_long_is_refused_visibly_and_frees_its_lane() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer);
    let lane = Scope::job(job.job);
    let nowhere = Id::derived("visit", &[b"never sent"]);
    let lost = phone.command(&Payload::VisitTravel(VisitStep { visit: nowhere }), &lane);
    let behind = phone.command(&note("behind", job.job), &lane);
    let ids = [lost.command.id, behind.command.id];
    phone.push(&office, &[lost, behind]).unwrap();
    assert_eq!(ids.map(|id| outcome(&office, id)), [DecisionOutcome::Waiting, DecisionOutcome::Waiting]);
    office.advance(29 * DAY);
    let office = office.reopened();
    assert_eq!(outcome(&office, ids[0]), DecisionOutcome::Waiting);
    office.advance(2 * DAY);
    let office = office.reopened();
    assert_eq!(outcome(&office, ids[0]), DecisionOutcome::Refused);
    assert_ne!(outcome(&office, ids[1]), DecisionOutcome::Waiting);
}

#[test]
fn an_unknown_type_is_parked_and_holds_nobody() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let lane = Scope::job(job);
    let unknown = phone.envelope(Command {
        id: Id::derived("unknown", &[]),
        kind: "teleport.begin".to_owned(),
        version: 3,
        author: office.engineer,
        time: TimeRecord::by_hub(START),
        lane: lane.clone(),
        seen: None,
        instead_of: None,
        payload: json!({"to": "the moon"}),
    });
    let after = phone.command(&note("after", job), &lane);
    phone.push(&office, &[unknown.clone(), after.clone()]).unwrap();
    let state = |id| office.hub.read(|read| Ok(read.entry(id)?.unwrap().state)).unwrap();
    assert_eq!(state(unknown.command.id), EntryState::Parked);
    assert_eq!(state(after.command.id), EntryState::Decided);
    office.advance(400 * DAY);
    let office = office.reopened();
    let parked = office.hub.read(|read| Ok(read.entry(unknown.command.id)?.unwrap().state)).unwrap();
    assert_eq!(parked, EntryState::Parked);
}

#[test]
fn fields_that_this_program_does_not_know_keep_their_place_in_the_chain() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let known = phone.command(&note("a", job), &Scope::job(job));
    let mut push = countersign_hub::RawPush {
        envelopes: vec![countersign_hub::RawEnvelope {
            origin: known.origin.clone(),
            command: serde_json::to_value(&known.command).unwrap(),
        }],
        signature: None,
    };
    push.envelopes[0].command["hologram"] = json!({"x": 1});
    let digest = Digest::of(&countersign_model::canonical::to_bytes(&push.envelopes[0].command).unwrap());
    office.hub.receive(&phone.caller(&office), push).unwrap();
    let link = office.hub.read(|read| Ok(read.link(phone.id(), 1)?.unwrap())).unwrap();
    assert_eq!(link.chain_hash, countersign_model::command::chain_link(link.prev_hash, 1, digest));
    assert!(office.hub.check(&mut |_| {}).unwrap().ok());
}

#[test]
fn a_revoked_device_learns_only_that_it_was_stored_and_a_person_sets_its_work_free() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let lane = Scope::job(job);
    let late = phone.command(&note("late work", job), &lane);
    office.hub.revoke(&office.hub.system(), phone.id(), "lost").unwrap();
    let pushed = phone.push(&office, std::slice::from_ref(&late)).unwrap();
    assert!(pushed.quarantined && pushed.outcomes.is_empty() && pushed.stored == 1);
    let caller = phone.caller(&office);
    assert_eq!(office.hub.feed(&caller, None, None).unwrap_err().code, ErrorCode::Revoked);
    assert_eq!(office.hub.scope_page(&caller, &lane, None, None).unwrap_err().code, ErrorCode::Revoked);
    assert!(office.hub.children::<Note>(job).unwrap().is_empty());
    // A resend changes nothing; a person confirms it.
    phone.push(&office, std::slice::from_ref(&late)).unwrap();
    let held = office.hub.read(|read| Ok(read.quarantined_of(phone.id())?)).unwrap();
    assert_eq!(held, [late.command.id]);
    office.hub.confirm_quarantined(&held).unwrap();
    assert_eq!(office.hub.children::<Note>(job).unwrap().len(), 1);
    office.advance(91 * DAY);
    assert_eq!(office.hub.recognise(&phone.enrolment.token).unwrap_err().code, ErrorCode::SignIn);
}

#[test]
fn a_device_speaks_for_its_own_person_only() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let forged = phone.command_as(office.manager, &note("as the manager", job), &Scope::job(job));
    let pushed = phone.push(&office, std::slice::from_ref(&forged)).unwrap();
    assert_eq!(pushed.outcomes[0].outcome, DecisionOutcome::Waiting);
    assert!(office.hub.children::<Note>(job).unwrap().is_empty());
    office.hub.reject_quarantined(&[forged.command.id], "not his").unwrap();
    assert_eq!(outcome(&office, forged.command.id), DecisionOutcome::Refused);
}

#[test]
fn a_carried_chain_is_taken_as_far_as_its_signature_reaches() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let carrier = office.device(office.manager, 2);
    let job = office.job(office.engineer).job;
    let lane = Scope::job(job);
    let signed = phone.command(&note("signed", job), &lane);
    let signature = phone.signature();
    let tail = phone.command(&note("tail", job), &lane);
    let batch = [signed.clone(), tail.clone()];
    carrier.push_with(&office, &batch, Some(signature)).unwrap();
    use DecisionOutcome::{Accepted, Waiting};
    assert_eq!(batch.clone().map(|one| outcome(&office, one.command.id)), [Accepted, Waiting]);
    // Both hear of it, and the tail is free when its own device brings it.
    assert_eq!(told(&office, &carrier, signed.command.id).len(), 1);
    assert_eq!(told(&office, &phone, signed.command.id).len(), 1);
    assert_eq!(phone.push(&office, &batch).unwrap().stored, 2);
    assert_eq!(outcome(&office, tail.command.id), Accepted);
}

#[test]
fn a_forged_tail_that_somebody_carries_does_not_block_the_device_itself() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let carrier = office.device(office.manager, 2);
    let job = office.job(office.engineer).job;
    let lane = Scope::job(job);
    let mut forger =
        Device { enrolment: phone.enrolment.clone(), key: carrier.key.clone(), ..office.device(office.manager, 3) };
    forger.chain_hash = phone.chain_hash;
    let forged = forger.command_as(office.engineer, &note("forged", job), &lane);
    let forged = Envelope { command: Command { id: Id::derived("forged", &[]), ..forged.command }, ..forged };
    carrier.push_with(&office, std::slice::from_ref(&forged), Some(forger.signature())).unwrap();
    assert_eq!(outcome(&office, forged.command.id), DecisionOutcome::Waiting);
    let own = phone.command(&note("own", job), &lane);
    phone.push(&office, std::slice::from_ref(&own)).unwrap();
    assert_eq!(outcome(&office, own.command.id), DecisionOutcome::Accepted);
}

#[test]
fn unsigned_commands_are_taken_and_covered_by_the_next_signature() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let lane = Scope::job(job);
    let locked = phone.command(&note("locked", job), &lane);
    phone.push_with(&office, &[locked], None).unwrap();
    assert_eq!(office.hub.enrolled(phone.id()).unwrap().unsigned, 1);
    let report = office.hub.check(&mut |_| {}).unwrap();
    let unsigned = report.notes.iter().filter(|note| note.item.starts_with("device/")).count();
    assert!(report.ok() && unsigned == 1, "{report:?}");
    let open = phone.command(&note("open", job), &lane);
    let mut forged = phone.signature();
    forged.signature = office.device(office.manager, 9).key.sign(b"something else");
    phone.push_with(&office, std::slice::from_ref(&open), Some(forged)).unwrap();
    assert_eq!(office.hub.enrolled(phone.id()).unwrap().unsigned, 2);
    phone.push(&office, &[open]).unwrap();
    assert_eq!(office.hub.enrolled(phone.id()).unwrap().unsigned, 0);
}

#[test]
fn a_device_cannot_write_into_scopes_of_others() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let other = office.device(office.manager, 2);
    let job = office.job(office.engineer).job;
    let lanes = [Scope::reference("people"), Scope::office(), Scope::device(other.id()), Scope("../x".to_owned())];
    for (index, lane) in lanes.iter().enumerate() {
        let envelope = phone.command(&note(&format!("n{index}"), job), lane);
        let pushed = phone.push(&office, &[envelope]).unwrap();
        assert_eq!(pushed.outcomes[0].outcome, DecisionOutcome::Refused, "{lane}");
    }
    let own = phone.command(&note("own", job), &Scope::device(phone.id()));
    assert_eq!(phone.push(&office, &[own]).unwrap().outcomes[0].outcome, DecisionOutcome::Accepted);
}

#[test]
fn what_was_stored_and_not_judged_is_judged_at_the_next_start() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let envelope = phone.command(&note("a", job), &Scope::job(job));
    phone.push(&office, std::slice::from_ref(&envelope)).unwrap();
    // As after a stop between the two steps.
    office.hub.write(|write| Ok(write.reopen(envelope.command.id)?)).unwrap();
    let office = office.reopened();
    let state = office.hub.read(|read| Ok(read.entry(envelope.command.id)?.unwrap().state)).unwrap();
    assert_eq!(state, EntryState::Decided);
}

#[test]
fn orders_of_the_office_are_refused_without_the_right() {
    let office = Office::new();
    let engineer = countersign_hub::service::Actor::Person { person: office.engineer, session: String::new() };
    let job = office.job(office.engineer).job;
    assert!(office.hub.cancel_job(&engineer, job, "no").is_err());
    office.hub.cancel_job(&office.manager(), job, "the customer repaired it").unwrap();
    let (_, body) = office.hub.get::<Job>(job).unwrap().unwrap();
    assert_eq!(body.state.as_str(), "cancelled");
}

#[test]
fn of_somebody_who_left_the_work_is_taken_and_nothing_goes_down() {
    use countersign_model::entity::Person;
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let (_, person) = office.hub.find_person("Ana").unwrap();
    office.hub.save(&office.hub.system(), office.engineer, &Person { archived: true, ..person }).unwrap();
    let envelope = phone.command(&note("done before", job), &Scope::job(job));
    let pushed = phone.push(&office, &[envelope]).unwrap();
    assert_eq!(pushed.outcomes[0].outcome, DecisionOutcome::Accepted);
    let caller = phone.caller(&office);
    assert_eq!(office.hub.feed(&caller, None, None).unwrap_err().code, ErrorCode::Revoked);
}
