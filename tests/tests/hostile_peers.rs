//! A hub that sends anything, and an enrolled device that sends anything: what is changed by chance in well-formed messages
//! comes as far as the rules. Nothing stops, nothing unsent or signed is touched, and the hub's books stay whole.
#![cfg(test)]

use countersign_hub::{Caller, RawEnvelope, RawPush};
use countersign_model::command::{Origin, chain_link, chain_start};
use countersign_model::wire::{FeedPage, MediaOffer, Pushed, ScopePage};
use countersign_model::{Digest, Id, canonical};
use countersign_tests::chance::Chance;
use countersign_tests::fuzz::{at_work, change_value, fuzz};
use countersign_tests::office::Phone;
use rusqlite::Connection;
use serde_json::Value;

fn caller(phone: &Phone, person: Id) -> Caller {
    let device = phone.app().store().identity().unwrap().unwrap().device;
    Caller { device, person, revoked: None, left: false, unconfirmed: false }
}

/// What a hostile hub must not touch.
#[derive(Debug, PartialEq)]
struct Kept {
    unsent: Vec<String>,
    signed: Vec<(String, String)>,
}

fn kept(database: &Connection) -> Kept {
    let sql = "SELECT seq || ' ' || hex(prev_hash) || ' ' || body FROM outbox WHERE seq > 0 ORDER BY seq";
    let mut statement = database.prepare(sql).unwrap();
    let unsent = statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let mut statement = database.prepare("SELECT body, sign_offs FROM sealed ORDER BY sha256").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    Kept { unsent, signed: rows.collect::<Result<_, _>>().unwrap() }
}

fn of(corpus: &[Value], chance: &mut Chance) -> String {
    let mut value = corpus[chance.below(corpus.len() as u64) as usize].clone();
    change_value(&mut value, chance);
    value.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_hub_changes_nothing_that_was_saved_here_and_stores_no_row_out_of_scope() {
    let (office, ana, _) = at_work().await;
    let caller = caller(&ana, office.ana);
    let mut pages = vec![serde_json::to_value(office.hub.feed(&caller, None, None).unwrap()).unwrap()];
    let held: Vec<countersign_model::record::Scope> = {
        let database = Connection::open(ana.folder().join("store.db")).unwrap();
        let mut statement = database.prepare("SELECT scope FROM held_scope").unwrap();
        let rows = statement.query_map([], |row| row.get(0).map(countersign_model::record::Scope)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    for scope in &held {
        pages.extend(
            office.hub.scope_page(&caller, scope, None, None).ok().map(|page| serde_json::to_value(page).unwrap()),
        );
    }
    pages.push(serde_json::json!({"stored": 3, "outcomes": []}));
    let store = ana.app().store().clone();
    let database = Connection::open(ana.folder().join("store.db")).unwrap();
    let before = kept(&database);
    assert!(before.unsent.len() >= 5 && before.signed.len() == 1, "{before:?}");
    fuzz(
        "hostile-hub",
        |chance| of(&pages, chance),
        |text| {
            if let Ok(page) = serde_json::from_str::<FeedPage>(text) {
                let _ = store.apply_feed_page(&page);
            } else if let Ok(page) = serde_json::from_str::<ScopePage>(text) {
                let _ = store.apply_scope_page(&page);
            } else if let Ok(pushed) = serde_json::from_str::<Pushed>(text) {
                let _ = store.record_pushed(&pushed);
            }
            assert_eq!(kept(&database), before);
            let strays = "SELECT count(*) FROM base_record WHERE scope NOT IN (SELECT scope FROM held_scope)";
            assert_eq!(
                database.query_row(strays, [], |row| row.get::<_, i64>(0)).unwrap(),
                0,
                "a row out of scope is kept"
            );
            let _ = (store.scopes_to_fetch(), store.next_push(9, 9_999), store.cursor());
            let _ = (ana.app().status_screen(), ana.app().outbox_screen(), ana.app().job_list(&Default::default()));
        },
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_device_comes_no_further_than_the_rules() {
    let (office, ana, _) = at_work().await;
    let caller = caller(&ana, office.ana);
    let envelopes = ana.app().store().next_push(200, 1 << 22).unwrap().unwrap().envelopes;
    let commands: Vec<Value> = envelopes.iter().map(|one| serde_json::to_value(&one.command).unwrap()).collect();
    let (mut seq, mut head) = (0, chain_start(caller.device));
    // A device that signs its chain rightly and says anything in it.
    fuzz(
        "hostile-device",
        |chance| {
            let mut value = commands[chance.below(commands.len() as u64) as usize].clone();
            change_value(&mut value, chance);
            if chance.below(8) != 0
                && let Some(fields) = value.as_object_mut()
            {
                let id = Id::derived("fuzz", &[&chance.key()]);
                fields.insert("id".to_owned(), serde_json::to_value(id).unwrap());
            }
            value.to_string()
        },
        |text| {
            let command: Value = serde_json::from_str(text).unwrap();
            let digest = canonical::digest(&command).ok();
            let origin = Origin::Device { id: caller.device, seq: seq + 1, prev_hash: head };
            let push = RawPush { envelopes: vec![RawEnvelope { origin, command }], signature: None };
            if let (Ok(_), Some(digest)) = (office.hub.receive(&caller, push), digest) {
                seq += 1;
                head = chain_link(head, seq, digest);
            }
        },
    );
    assert!(seq > 10, "{seq} were taken");
    office.check();
    // And one that gets the form wrong.
    let pushes = [serde_json::to_value(&RawPush {
        envelopes: envelopes
            .iter()
            .map(|one| RawEnvelope { origin: one.origin.clone(), command: serde_json::to_value(&one.command).unwrap() })
            .collect(),
        signature: None,
    })
    .unwrap()];
    fuzz(
        "hostile-push",
        |chance| of(&pushes, chance),
        |text| {
            if let Ok(push) = serde_json::from_str::<RawPush>(text) {
                let _ = office.hub.receive(&caller, push);
            }
        },
    );
    office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_upload_leaves_nothing_that_is_not_what_it_says() {
    let (office, ana, _) = at_work().await;
    let caller = caller(&ana, office.ana);
    let whole: Vec<u8> = (0..3u32 << 10).flat_map(|word| word.to_le_bytes()).collect();
    let offer = serde_json::to_value(MediaOffer { sha256: Digest::of(&whole), bytes: whole.len() as u64 }).unwrap();
    fuzz(
        "hostile-upload",
        |chance| {
            let mut value = offer.clone();
            if chance.below(4) != 0 {
                change_value(&mut value, chance);
            }
            format!("{} {value}", chance.draw())
        },
        |input| {
            let (seed, text) = input.split_once(' ').unwrap();
            let mut chance = Chance::new(seed.parse().unwrap());
            let Ok(offer) = serde_json::from_str::<MediaOffer>(text) else { return };
            if let Ok(state) = office.hub.offer_media(&caller, &offer) {
                assert!(state.missing.len() < 1 << 16, "{} chunks are named", state.missing.len());
            }
            for _ in 0..3 {
                let length = [0, 1, whole.len(), whole.len() - 1][chance.below(4) as usize];
                let piece = &whole[..length];
                let digest = if chance.below(3) == 0 { Digest(chance.key()) } else { Digest::of(piece) };
                let number = [0, 1, u64::MAX, chance.draw()][chance.below(4) as usize];
                let _ = office.hub.take_chunk(&caller, offer.sha256, number, digest, piece);
            }
            let finished = office.hub.finish_media(&caller, offer.sha256).is_ok();
            assert!(!finished || offer.sha256 == Digest::of(&whole), "bytes were taken under another name");
            let _ = office.hub.receipts(&caller, &[offer.sha256]);
        },
    );
    office.check();
}
