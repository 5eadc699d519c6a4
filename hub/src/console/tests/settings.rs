//! What an administrator and a manager settle: people and policies in two tabs, refused work decided again, both sides of
//! a conflict, devices that a restored hub does not know.

use countersign_model::document::Provenance;
use countersign_model::entity::{
    ChargeKind, Customer, Device, DeviceState, InstanceKey, Machine, Person, Policy, Rate,
};
use countersign_model::money::Money;
use countersign_model::payload::{AnswerSet, MasterSave, NoteAdd, Payload};
use countersign_model::record::{Scope, kind};
use countersign_model::trust::{Credential, Introduction};
use countersign_model::{Digest, Id, RecordRef};

use super::browser::{Answer, Browser};
use super::company::{Company, START, id};
use super::phone::Phone;
use crate::service::Actor;

#[tokio::test]
async fn a_person_edited_in_two_tabs_is_not_overwritten_unseen() {
    let company = Company::new();
    let ana = company.person("Ana Engineer");
    let (path, save) = (format!("/people/{ana}"), format!("/people/{ana}/save"));
    let mut tab = company.browser("Ada Admin").await;
    let seen = tab.get(&path).await.is(200).hidden("seen");
    let of = |name: &str, seen: &str| {
        let fields = [("name", name), ("role", "engineer"), ("language", "es"), ("seen", seen)];
        fields.map(|(field, value)| (field, value.to_owned()))
    };
    send(&mut tab, &save, &of("Ana Uno", &seen)).await.leads_to(&path);
    let stale = send(&mut tab, &save, &of("Ana Dos", &seen)).await.is(409).says("It changed since you looked");
    let stale = stale.says("value=\"Ana Dos\"").says("<dd>Ana Uno</dd>");
    assert_eq!(company.hub.get::<Person>(ana).unwrap().unwrap().1.name, "Ana Uno");
    // Knowing that, it goes over what is stored.
    let knowing = of("Ana Dos", &stale.hidden("seen"));
    send(&mut tab, &save, &knowing).await.leads_to(&path);
    // The same form again is one effect, and the audit log says old and new.
    send(&mut tab, &save, &knowing).await.leads_to(&path);
    tab.get("/audit?kind=master.save").await.is(200).says("Ana Uno → Ana Dos");
    // What is wrong with a form does not lose what was typed.
    let wrong = [("name", "Ana Tres"), ("language", "es"), ("seen", "1")];
    tab.post(&save, &wrong).await.is(422).says("value=\"Ana Tres\"");
}

fn policy_of(company: &Company) -> (Id, Policy) {
    let (row, policy) = company.hub.all::<Policy>().unwrap().pop().unwrap();
    (row.id, policy)
}

fn rated(page: &Answer, grace: &str, rates: [(&str, &str, &str, &str); 2]) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("name", "Field".to_owned()),
        ("reserve", "256".to_owned()),
        ("grace", grace.to_owned()),
        ("seen", page.hidden("seen")),
    ];
    for (kind, price, currency, tax) in rates {
        fields.extend([
            ("rate_kind", kind.to_owned()),
            ("rate_price", price.to_owned()),
            ("rate_currency", currency.to_owned()),
            ("rate_tax", tax.to_owned()),
        ]);
    }
    fields
}

async fn send(browser: &mut Browser, path: &str, fields: &[(&'static str, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &fields).await
}

#[tokio::test]
async fn every_field_of_a_policy_is_edited_within_its_limits_and_never_over_another_save() {
    let company = Company::new();
    let (id, _) = policy_of(&company);
    let path = format!("/policies/{id}");
    let mut tab = company.browser("Ada Admin").await;
    let page = tab.get(&path).await.is(200).says("No rates: charges are entered by hand");
    let labour = ("labour", "60.50", "eur", "21");
    let rows = [
        (labour, ("labour", "70", "EUR", "21"), "has a rate in this currency already"),
        (labour, ("travel", "much", "EUR", "21"), "much"),
        (labour, ("travel", "40", "€", "21"), "three letters"),
        (labour, ("travel", "40", "EUR", "101"), "101"),
        (labour, ("travel", "-1", "EUR", "21"), "-1"),
    ];
    for (first, second, says) in rows {
        let answer = send(&mut tab, &path, &rated(&page, "30", [first, second])).await.is(422).says(says);
        answer.says("value=\"60.50\"");
    }
    let good = rated(&page, "30", [labour, ("travel", "", "EUR", "21")]);
    send(&mut tab, &path, &good).await.leads_to(&format!("{path}?done=saved"));
    let (_, policy) = policy_of(&company);
    let rate = Rate { kind: ChargeKind::Labour, price: Money::new(6_050, "EUR"), tax_basis_points: 2_100 };
    assert_eq!((policy.rates, policy.grace_days), (vec![rate], 30));
    let again = tab.get(&path).await.is(200).says("Labour, one hour").says("value=\"60.5");
    again.says("90 days → 30 days");
    // Another tab that was opened before.
    let stale = send(&mut tab, &path, &rated(&page, "40", [labour, ("travel", "30", "EUR", "0")])).await.is(409);
    let stale = stale.says("It changed since you looked").says("value=\"40\"").says("<dd>30 days</dd>");
    assert_eq!(policy_of(&company).1.grace_days, 30);
    let knowing = rated(&stale, "40", [labour, ("travel", "30", "EUR", "0")]);
    send(&mut tab, &path, &knowing).await.leads_to(&format!("{path}?done=saved"));
    assert_eq!(policy_of(&company).1.rates.len(), 2);
    tab.get("/audit?kind=master.save").await.says("30 days → 40 days");
}

#[tokio::test]
async fn limits_of_a_policy_hold_for_everybody_who_saves_it() {
    let company = Company::new();
    let (id, policy) = policy_of(&company);
    let rate = |minor| Rate { kind: ChargeKind::Travel, price: Money::new(minor, "EUR"), tax_basis_points: 0 };
    let wrong = [
        Policy { grace_days: 6, ..policy.clone() },
        Policy { grace_days: 3_651, ..policy.clone() },
        Policy { capture_reserve_bytes: 1, ..policy.clone() },
        Policy { capture_reserve_bytes: u64::MAX, ..policy.clone() },
        Policy { name: " ".to_owned(), ..policy.clone() },
        Policy { rates: vec![rate(-1)], ..policy.clone() },
        Policy { rates: vec![rate(1), rate(2)], ..policy.clone() },
    ];
    for policy in wrong {
        assert!(company.hub.save(&company.hub.system(), id, &policy).is_err(), "{policy:?}");
    }
    company.hub.save(&company.hub.system(), id, &Policy { rates: vec![rate(0)], ..policy }).unwrap();
}

#[tokio::test]
async fn refused_work_is_decided_again_once_its_cause_is_mended_and_only_then_has_an_effect() {
    let company = Company::new();
    let machine = id("new machine");
    let body = Machine { serial: "7781".to_owned(), customer: id("late"), model: id("h7"), ..Machine::default() };
    let fields = serde_json::to_value(&body).unwrap();
    let save = MasterSave { record: RecordRef::new(kind::MACHINE, machine), fields, seen: None };
    let desk = Actor::Person { person: company.person("Dora Desk"), session: "s".to_owned() };
    let refused = company.hub.command(&desk, &Payload::MasterSave(save), Scope::office(), None).unwrap();
    let command = refused.command.to_string();
    let mut manager = company.browser("Mia Manager").await;
    let list = manager.get("/attention").await.is(200).says("Decide again").says("<dd>7781</dd>");
    list.says_not("{&#34;").says_not("\"fields\"");
    let again = [("id", command.as_str()), ("reason", "added the customer")];
    manager.post("/attention/again", &[("id", &command)]).await.is(422).says("This is missing: reason");
    manager.post("/attention/again", &again).await.is(422).says("Nothing was changed");
    assert!(company.hub.get::<Machine>(machine).unwrap().is_none());
    let late = Customer { name: "Late Farm".to_owned(), ..Customer::default() };
    company.hub.save(&company.hub.system(), id("late"), &late).unwrap();
    manager.post("/attention/again", &again).await.leads_to("/attention?done=judged");
    assert_eq!(company.hub.get::<Machine>(machine).unwrap().unwrap().1.serial, "7781");
    manager.get("/attention").await.says_not("Decide again");
    // It is not there any more: nothing happens twice.
    manager.post("/attention/again", &again).await.is(409);
    let mut auditor = company.browser("Otto Auditor").await;
    auditor.get("/audit").await.says("Refused work decided again").says("added the customer");
    auditor.post("/attention/again", &again).await.is(403);
}

#[tokio::test]
async fn a_conflict_says_beside_each_answer_who_gave_it_when_and_on_which_device() {
    let company = Company::new();
    let form = countersign_forms::samples::QUICK_CHECK;
    company.hub.publish_form(&company.hub.system(), form, "service").unwrap();
    let form = Digest::of(form.as_bytes());
    let (job, visit) = company.job("noise", "Ana Engineer");
    let answer = |value: &str| {
        Payload::AnswerSet(AnswerSet {
            subject: RecordRef::new(kind::VISIT, visit),
            form,
            purpose: "service".to_owned(),
            instance: InstanceKey { path: "/check/hours".to_owned(), items: Vec::new() },
            value: Some(value.to_owned()),
            provenance: Provenance::Measured,
        })
    };
    for (name, code, seed, value) in [("Ana Engineer", "A7", 3, "148"), ("Ben Engineer", "B9", 4, "184")] {
        let mut phone = Phone::new(code, company.person(name), seed);
        phone.enrolled(&company, code);
        phone.push(&company, &answer(value), Scope::job(job), false);
    }
    let mut manager = company.browser("Mia Manager").await;
    let list = manager.get("/attention?sort=conflict").await.is(200).says("<dd>148</dd>").says("<dd>184</dd>");
    let list = list.says("Stands now, by Ben Engineer, ").says("Kept beside it, by Ana Engineer, ");
    list.says("22 Nov 2026").says("device A7</dt>").says("device B9</dt>");
}

fn introduced(company: &Company, phone: &Phone, person_name: &str) {
    let signer = company.hub.signer().unwrap();
    let credential = Credential {
        tenant: company.hub.tenant(),
        device: phone.device,
        person: phone.person,
        person_name: person_name.to_owned(),
        code: "Q4".to_owned(),
        key: phone.key.public(),
        issued: START,
        key_number: signer.number,
        signature: String::new(),
    };
    let token = Digest::of(phone.device.bytes());
    let statement = Introduction::statement(company.hub.tenant(), phone.device, token).unwrap();
    let introduction = Introduction {
        credential: credential.signed(&signer.key).unwrap(),
        name: "Ben's phone".to_owned(),
        token,
        signature: phone.key.sign(&statement),
    };
    assert!(company.hub.introduce(&introduction).unwrap().unconfirmed);
}

#[tokio::test]
async fn an_unknown_device_is_one_item_that_an_administrator_confirms_or_turns_down() {
    let company = Company::new();
    let (job, _) = company.job("noise", "Ben Engineer");
    let note = |number: u64| {
        let note = id(&format!("note {number}"));
        let subject = RecordRef::new(kind::JOB, job);
        Payload::NoteAdd(NoteAdd { note, subject, text: "heard it".to_owned(), instead_of: None })
    };
    let mut known = Phone::new("known", company.person("Ben Engineer"), 5);
    let mut stranger = Phone::new("stranger", id("Cleo"), 6);
    introduced(&company, &known, "Ben Engineer");
    introduced(&company, &stranger, "Cleo Adeyemi");
    known.push(&company, &note(1), Scope::job(job), true);
    known.push(&company, &note(2), Scope::job(job), true);
    let turned_down = stranger.push(&company, &note(3), Scope::job(job), true);
    let mut manager = company.browser("Mia Manager").await;
    let list = manager.get("/attention").await.is(200).says("Device Q4 of Ben Engineer asks to come back");
    let list = list.says("2 entries and 0 files").says("Cleo Adeyemi is not among the people here");
    let list = list.says("<span class=\"count\">2</span>").says_not("Held back: Note added");
    list.says_not("/attention/device\"");
    let device = known.device.to_string();
    manager.post("/attention/device", &[("id", &device), ("reason", "x")]).await.is(403);
    let mut admin = company.browser("Ada Admin").await;
    admin.get("/attention?sort=device").await.is(200).says("/attention/device\"").says("/attention/device/turn-down");
    admin.post("/attention/device", &[("id", &device)]).await.is(422).says("This is missing: reason");
    admin
        .post("/attention/device", &[("id", &device), ("reason", "called Ben")])
        .await
        .leads_to("/attention?done=device-confirmed");
    assert_eq!(company.hub.get::<Device>(known.device).unwrap().unwrap().1.state, DeviceState::Active);
    manager.get(&format!("/jobs/{job}")).await.says("heard it");
    let other = stranger.device.to_string();
    admin
        .post("/attention/device/turn-down", &[("id", &other), ("reason", "nobody of ours")])
        .await
        .leads_to("/attention?done=device-turned-down");
    admin.post("/attention/device", &[("id", &other), ("reason", "after all")]).await.is(409);
    assert_eq!(company.hub.get::<Device>(stranger.device).unwrap().unwrap().1.state, DeviceState::Revoked);
    assert!(company.hub.get::<Person>(id("Cleo")).unwrap().is_none());
    let entry = company.hub.read(|read| Ok(read.entry(turned_down)?)).unwrap().unwrap();
    assert!(entry.closed, "it is kept and needs nobody any more");
    admin.get("/attention").await.says_not("asks to come back").says_not("Held back");
    admin.get("/audit").await.says("Device confirmed").says("called Ben").says("Unknown device showed its credential");
}
