//! What was refused stays in the attention list until whoever gave it deals with it.

use countersign_model::Id;
use countersign_model::payload::{Payload, RefusalDiscard};
use countersign_model::record::Scope;

use crate::common::{Office, note};

#[test]
fn a_refusal_leaves_the_attention_list_when_its_author_deals_with_it() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let mut other = office.device(office.manager, 2);
    let lane = Scope::job(Id::derived("job", &[]));
    let bad = phone.command(&note("", Id::default()), &lane);
    phone.push(&office, std::slice::from_ref(&bad)).unwrap();
    let open = |office: &Office| office.hub.read(|read| Ok(read.refused(10)?.len())).unwrap();
    assert_eq!(open(&office), 1);
    let discard = Payload::RefusalDiscard(RefusalDiscard { command: bad.command.id, reason: "typo".to_owned() });
    let stranger = other.command(&discard, &lane);
    other.push(&office, &[stranger]).unwrap();
    assert_eq!(open(&office), 1);
    let own = phone.command(&discard, &lane);
    phone.push(&office, &[own]).unwrap();
    assert_eq!(open(&office), 0);
}

#[test]
fn a_refusal_leaves_the_attention_list_when_its_author_sends_it_again_mended() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let mut other = office.device(office.manager, 2);
    let job = office.job(office.engineer).job;
    let lane = Scope::job(job);
    let bad = phone.command(&note("", job), &lane);
    phone.push(&office, std::slice::from_ref(&bad)).unwrap();
    let open = |office: &Office| -> Vec<Id> {
        office.hub.read(|read| Ok(read.refused(10)?.iter().map(|entry| entry.command.id).collect())).unwrap()
    };
    assert_eq!(open(&office), [bad.command.id]);
    let stranger = other.instead_of(bad.command.id, &note("mine", job), &lane);
    other.push(&office, &[stranger]).unwrap();
    assert_eq!(open(&office), [bad.command.id]);
    // Refused once more, the new one stands for both.
    let again = phone.instead_of(bad.command.id, &note("", job), &lane);
    phone.push(&office, std::slice::from_ref(&again)).unwrap();
    assert_eq!(open(&office), [again.command.id]);
    let mended = phone.instead_of(again.command.id, &note("it leaks", job), &lane);
    phone.push(&office, &[mended]).unwrap();
    assert!(open(&office).is_empty());
}
