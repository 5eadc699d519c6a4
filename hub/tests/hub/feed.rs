//! What goes down: gapless under writers, only held scopes, holdings, snapshots, other epochs.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{Office, note};
use countersign_hub::HubError;
use countersign_hub::store::{Put, Store};
use countersign_model::Id;
use countersign_model::entity::{Entity, Holding, Visit};
use countersign_model::id::RecordRef;
use countersign_model::payload::{Payload, VisitStep};
use countersign_model::record::{Row, Scope, kind};
use countersign_model::scope_sum::{SUMMED_ROWS, ScopeSum};
use countersign_model::wire::{ErrorCode, FeedPage};
use serde_json::json;

fn put(name: &str, scope: &str, body: Option<i64>) -> Put {
    Put {
        record: RecordRef::new("thing", Id::derived("thing", &[name.as_bytes()])),
        scope: Scope(scope.to_owned()),
        body: body.map(|n| json!({ "n": n })),
    }
}

fn store() -> (tempfile::TempDir, Store, Id) {
    let folder = tempfile::tempdir().unwrap();
    let tenant = Id::derived("tenant", &[b"a"]);
    let store = Store::create(&folder.path().join("hub.db"), tenant, "A", "e1", 0).unwrap();
    (folder, store, tenant)
}

fn write(store: &Store, tenant: Id, puts: &[Put]) {
    store.write(tenant, |write| Ok::<_, HubError>(write.put(puts)?)).unwrap();
}

fn feed(store: &Store, tenant: Id, scope: &str, after: u64) -> Vec<Row> {
    let scopes = [Scope(scope.to_owned())];
    store.read(tenant, |read| Ok::<_, HubError>(read.feed(&scopes, after, 1000, usize::MAX)?.rows)).unwrap()
}

#[test]
fn a_polling_reader_misses_no_row_of_many_writers() {
    const WRITERS: usize = 8;
    const ROWS: usize = 40;
    let (_folder, store, tenant) = store();
    let seen: BTreeSet<Id> = std::thread::scope(|threads| {
        for writer in 0..WRITERS {
            let store = &store;
            threads.spawn(move || {
                for row in 0..ROWS {
                    write(store, tenant, &[put(&format!("{writer}-{row}"), "job/a", Some(1))]);
                }
            });
        }
        let mut seen = BTreeSet::new();
        let mut after = 0;
        while seen.len() < WRITERS * ROWS {
            let scopes = [Scope("job/a".to_owned())];
            let page = store.read(tenant, |read| Ok::<_, HubError>(read.feed(&scopes, after, 5, usize::MAX)?)).unwrap();
            for row in &page.rows {
                assert!(row.seq > after, "{} after {after}", row.seq);
                after = row.seq;
            }
            after = after.max(page.next);
            seen.extend(page.rows.into_iter().map(|row| row.id));
        }
        seen
    });
    assert_eq!(seen.len(), WRITERS * ROWS);
    let (counter, highest) =
        store.read(tenant, |read| Ok::<_, HubError>((read.counter()?, read.highest_place()?))).unwrap();
    assert_eq!((counter, highest), ((WRITERS * ROWS) as u64, (WRITERS * ROWS) as u64));
}

#[test]
fn a_row_that_moves_leaves_a_tombstone_and_wins_by_its_revision() {
    let (_folder, store, tenant) = store();
    write(&store, tenant, &[put("x", "job/a", Some(1))]);
    write(&store, tenant, &[put("x", "job/b", Some(2))]);
    write(&store, tenant, &[put("x", "job/a", Some(3))]);
    let left = feed(&store, tenant, "job/b", 0);
    let here = feed(&store, tenant, "job/a", 0);
    assert_eq!(left.iter().map(|row| row.body.is_none()).collect::<Vec<_>>(), [true]);
    assert_eq!(here[0].body, Some(json!({"n": 3})));
    assert!(here[0].rev >= 3 && here[0].seq > left[0].seq);
    // Nothing new leaves no trace.
    let before = store.read(tenant, |read| Ok::<_, HubError>(read.counter()?)).unwrap();
    write(&store, tenant, &[put("x", "job/a", Some(3)), put("never", "job/a", None)]);
    assert_eq!(store.read(tenant, |read| Ok::<_, HubError>(read.counter()?)).unwrap(), before);
}

#[test]
fn an_error_rolls_everything_back() {
    let (_folder, store, tenant) = store();
    let failed = store.write(tenant, |write| {
        write.put(&[put("x", "job/a", Some(1))])?;
        Err::<(), HubError>(HubError::Input("no".to_owned()))
    });
    assert!(failed.is_err());
    assert!(feed(&store, tenant, "job/a", 0).is_empty());
    write(&store, tenant, &[put("y", "job/a", Some(1))]);
    assert_eq!(feed(&store, tenant, "job/a", 0)[0].seq, 1);
}

#[test]
fn tenants_in_one_database_see_nothing_of_each_other() {
    let (_folder, store, a) = store();
    let b = Id::derived("tenant", &[b"b"]);
    store.add_tenant(b, "B", "e2", 1).unwrap();
    write(&store, a, &[put("x", "job/a", Some(1))]);
    write(&store, b, &[put("x", "job/a", Some(2)), put("y", "job/a", Some(3))]);
    assert_eq!(feed(&store, a, "job/a", 0).len(), 1);
    assert_eq!(feed(&store, b, "job/a", 0).iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2]);
    let found = store.read(a, |read| Ok::<_, HubError>(read.row("thing", Id::derived("thing", &[b"y"]))?)).unwrap();
    assert!(found.is_none());
    assert_eq!(store.tenants().unwrap().len(), 2);
}

#[test]
fn pages_are_cut_by_rows_and_by_bytes_and_say_when_they_are_at_the_head() {
    let (_folder, store, tenant) = store();
    let puts: Vec<Put> = (0..10).map(|n| put(&n.to_string(), "job/a", Some(n))).collect();
    write(&store, tenant, &puts);
    write(&store, tenant, &[put("z", "job/other", Some(1))]);
    let scopes = [Scope("job/a".to_owned())];
    let page = |after, limit, bytes| {
        store.read(tenant, |read| Ok::<_, HubError>(read.feed(&scopes, after, limit, bytes)?)).unwrap()
    };
    // (after, limit, bytes) -> (rows, at head, next)
    let rows = [
        (0, 4, usize::MAX, 4, false, 4),
        (4, 6, usize::MAX, 6, true, 11),
        (0, 10, usize::MAX, 10, true, 11),
        (0, 10, 1, 1, false, 1),
        (0, 10, 14, 2, false, 2),
        (11, 10, usize::MAX, 0, true, 11),
    ];
    for (after, limit, bytes, count, at_head, next) in rows {
        let got = page(after, limit, bytes);
        assert_eq!((got.rows.len(), got.at_head, got.next), (count, at_head, next), "{after} {limit} {bytes}");
    }
}

#[test]
fn a_device_gets_its_own_scopes_and_nothing_else() {
    let office = Office::with_sample(true);
    let phone = office.device(office.engineer, 1);
    let (other, _) = office.hub.find_person("Tom Becker").unwrap();
    let (mine, foreign) = (office.job(office.engineer), office.job(other));
    let scopes: BTreeSet<Scope> = office.feed(&phone).into_iter().map(|row| row.scope).collect();
    assert!(scopes.contains(&Scope::job(mine.job)) && scopes.contains(&Scope::reference("parts")));
    let allowed = |scope: &Scope| {
        let stock = scope.0.starts_with("depot/");
        stock || scope.0.starts_with("ref/") || *scope == Scope::job(mine.job) || *scope == Scope::device(phone.id())
    };
    assert!(scopes.iter().all(allowed), "{scopes:?}");
    let caller = phone.caller(&office);
    let refused = office.hub.scope_page(&caller, &Scope::job(foreign.job), None, None);
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotFound);
}

fn held(office: &Office, device: &crate::common::Device) -> BTreeSet<String> {
    let mut held = BTreeMap::new();
    for row in office.feed(device).into_iter().filter(|row| row.kind == kind::HOLDING) {
        match Holding::of(&row) {
            Some(holding) => drop(held.insert(row.id, holding.held.0)),
            None => drop(held.remove(&row.id)),
        }
    }
    let always = |scope: &String| ["ref/", "device/", "depot/"].iter().any(|begin| scope.starts_with(begin));
    held.into_values().filter(|scope| !always(scope)).collect()
}

#[test]
fn holdings_follow_visits_devices_and_reassignments() {
    let office = Office::with_sample(true);
    let phone = office.device(office.engineer, 1);
    let (tom, _) = office.hub.find_person("Tom Becker").unwrap();
    let toms = office.device(tom, 2);
    assert!(held(&office, &phone).is_empty());
    let (machine, body) = office.hub.find_machine("H7-3391").unwrap();
    let job =
        countersign_hub::service::NewJob { machine: Some(machine), fault: "leaks".to_owned(), ..Default::default() };
    let order = countersign_hub::service::JobOrder { job, lead: office.engineer, helpers: vec![], window: None };
    let planned = office.hub.job(&office.manager(), &order).unwrap();
    let expected: BTreeSet<String> = [
        Scope::job(planned.job),
        Scope::machine(machine),
        Scope::customer(body.customer),
        Scope::site(body.site.unwrap()),
    ]
    .map(|scope| scope.0)
    .into();
    assert_eq!(held(&office, &phone), expected);
    // A second phone of the same person holds the same at once.
    let second = office.device(office.engineer, 3);
    assert_eq!(held(&office, &second), expected);
    office.hub.reassign_visit(&office.manager(), planned.visit, tom).unwrap();
    assert_eq!(held(&office, &toms), expected);
    assert!(held(&office, &phone).is_empty());
    assert!(office.hub.check(&mut |_| {}).unwrap().ok());
}

#[test]
fn a_closed_job_leaves_its_phone_when_the_window_is_over() {
    let office = Office::with_sample(true);
    let mut phone = office.device(office.engineer, 1);
    let planned = office.job(office.engineer);
    let arrived = Payload::VisitArrive(VisitStep { visit: planned.visit });
    let arrived = phone.command(&arrived, &Scope::job(planned.job));
    phone.push(&office, &[arrived]).unwrap();
    let holds = |office: &Office| held(office, &phone).contains(&Scope::job(planned.job).0);
    office.advance(countersign_model::holding::WINDOW * 2);
    office.hub.turn().unwrap();
    assert!(holds(&office), "work that is open stays, however old");
    office.hub.cancel_job(&office.manager(), planned.job, "sold").unwrap();
    office.hub.turn().unwrap();
    assert!(!holds(&office));
    assert!(office.hub.check(&mut |_| {}).unwrap().ok());
}

#[test]
fn a_snapshot_pages_by_id_and_keeps_its_as_of() {
    let office = Office::with_sample(true);
    let phone = office.device(office.engineer, 1);
    let caller = phone.caller(&office);
    let parts = Scope::reference("parts");
    let whole = office.hub.scope_page(&caller, &parts, None, None).unwrap();
    assert!(whole.rows.len() >= 25 && whole.next.is_none());
    let first = office.hub.scope_page(&caller, &parts, None, Some(10)).unwrap();
    office.job(office.engineer);
    let mut rows = first.rows.clone();
    let mut next = first.next.clone();
    while let Some(after) = next {
        let page = office.hub.scope_page(&caller, &parts, Some(&after), Some(10)).unwrap();
        assert_eq!(page.as_of, first.as_of);
        rows.extend(page.rows);
        next = page.next;
    }
    assert_eq!(rows, whole.rows);
    let garbage = office.hub.scope_page(&caller, &parts, Some("here"), None);
    assert_eq!(garbage.unwrap_err().code, ErrorCode::BadRequest);
}

#[test]
fn looking_through_all_rows_gives_the_page_that_asking_each_scope_gives() {
    let (_folder, store, tenant) = store();
    // Some move, some come twice, so that tombstones and gaps stand between them.
    let puts = (0..900).map(|n| put(&(n % 700).to_string(), &format!("job/{}", n * 7 % 31), Some(n)));
    for puts in puts.collect::<Vec<_>>().chunks(50) {
        write(&store, tenant, puts);
    }
    let counter = store.read(tenant, |read| Ok::<_, HubError>(read.counter()?)).unwrap();
    for held in [0, 1, 5, 31] {
        let scopes: Vec<Scope> = (0..held).map(|scope| Scope(format!("job/{scope}"))).collect();
        for after in [0, 1, 17, 500, counter - 1, counter] {
            for (limit, bytes) in [(1, usize::MAX), (10, usize::MAX), (1_000, usize::MAX), (1_000, 40)] {
                let (asked, looked) = store
                    .read(tenant, |read| {
                        let looked = read.feed_near_head(after, limit, bytes, |scope| Ok(scopes.contains(scope)))?;
                        Ok::<_, HubError>((read.feed(&scopes, after, limit, bytes)?, looked))
                    })
                    .unwrap();
                assert_eq!(looked, Some(asked), "{held} scopes after {after}, {limit} rows, {bytes} bytes");
            }
        }
    }
}

#[test]
fn far_from_the_head_it_looks_through_no_more_than_it_must() {
    let (_folder, store, tenant) = store();
    let puts: Vec<Put> = (0..2_500).map(|n| put(&n.to_string(), &format!("job/{n}"), Some(n))).collect();
    write(&store, tenant, &puts);
    let mut asked = 0;
    let mut look = |after, most: usize| {
        asked = 0;
        let holds = |_: &Scope| {
            asked += 1;
            Ok(most > 0)
        };
        let found = store.read(tenant, |read| Ok::<_, HubError>(read.feed_near_head(after, 10, usize::MAX, holds)?));
        (found.unwrap().map(|rows| (rows.rows.len(), rows.at_head)), asked)
    };
    assert_eq!(look(0, 0), (None, 2_000), "nothing held in the first two thousand: left to the other way");
    assert_eq!(look(0, 1), (Some((10, false)), 11), "everything held: ends with the page");
    assert_eq!(look(2_400, 0), (Some((0, true)), 100), "near the head: nothing new is known for sure");
}

#[test]
fn a_newcomer_hears_first_what_it_holds_and_everything_that_comes_after() {
    let office = Office::new();
    let phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let caller = phone.caller(&office);
    let first = office.hub.feed_of_newcomer(&caller, None).unwrap();
    assert!(first.at_head && !first.rows.is_empty());
    assert!(first.rows.iter().all(|row| row.scope == Scope::device(phone.id())), "{:?}", first.rows);
    let held = first.rows.iter().filter_map(Holding::of).any(|holding| holding.held == Scope::job(job));
    assert!(held, "it knows which scopes to fetch");
    let whole = office.hub.feed(&caller, None, None).unwrap();
    assert_eq!(first.cursor, whole.cursor, "what it fetches from here on is newer than this place");
    // In pages of one row nothing of its own scope is lost behind the first.
    let mut page = office.hub.feed_of_newcomer(&caller, Some(1)).unwrap();
    let mut seen = page.rows.clone();
    while !page.at_head {
        page = office.hub.feed(&caller, Some(&page.cursor), Some(1)).unwrap();
        seen.extend(page.rows.clone());
    }
    assert!(first.rows.iter().all(|row| seen.contains(row)));
}

#[test]
fn a_cursor_of_another_epoch_begins_anew() {
    let office = Office::new();
    let phone = office.device(office.engineer, 1);
    office.job(office.engineer);
    let caller = phone.caller(&office);
    let first = office.hub.feed(&caller, None, None).unwrap();
    let again = office.hub.feed(&caller, Some(&first.cursor), None).unwrap();
    assert!(again.rows.is_empty() && again.at_head);
    for cursor in ["other.3", "garbage", ""] {
        let page = office.hub.feed(&caller, Some(cursor), None).unwrap();
        assert_eq!((page.rows, &page.epoch), (first.rows.clone(), &first.epoch), "{cursor}");
    }
}

#[test]
fn a_command_and_its_decision_come_in_one_transaction() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let job = office.job(office.engineer).job;
    let before = office.feed(&phone).last().unwrap().seq;
    let envelope = phone.command(&note("a", job), &Scope::job(job));
    phone.push(&office, &[envelope]).unwrap();
    let new: Vec<Row> = office.feed(&phone).into_iter().filter(|row| row.seq > before).collect();
    let kinds: Vec<&str> = new.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds, [kind::NOTE, kind::DECISION]);
    assert_eq!(new[1].seq, new[0].seq + 1);
}

#[test]
fn the_visits_of_a_person_are_found() {
    let office = Office::new();
    let planned = office.job(office.engineer);
    office.job(office.manager);
    let visits: Vec<(Row, Visit)> = office.hub.read(|read| Ok(read.visits_of(office.engineer)?)).unwrap();
    assert_eq!(visits.iter().map(|(row, _)| row.id).collect::<Vec<_>>(), [planned.visit]);
}

#[test]
fn a_page_at_head_says_what_the_scopes_that_it_touches_amount_to() {
    let office = Office::new();
    let planned = office.job(office.engineer);
    let device = office.device(office.engineer, 1);
    let page = |cursor: Option<&str>, limit| office.hub.feed(&device.caller(&office), cursor, Some(limit)).unwrap();
    let whole = page(None, 1_000);
    let job = Scope::job(planned.job);
    assert!(whole.at_head);
    let said = |page: &FeedPage, scope: &Scope| page.sums.iter().find(|sum| sum.scope == *scope).cloned();
    // What a device then holds of it: the live rows of its snapshot, by kind and id.
    let snapshot = office.hub.scope_page(&device.caller(&office), &job, None, None).unwrap();
    let sum = ScopeSum::of(&job, &snapshot.rows).unwrap();
    assert!(sum.rows >= 3, "{sum:?}");
    assert_eq!(said(&whole, &job), Some(sum.clone()));
    assert_eq!(said(&whole, &Scope::device(device.id())), None, "instructions are not kept as rows");
    // A page that ends before the head says nothing: what comes after it is in the sums too.
    assert!(page(None, 1).sums.is_empty());
    assert!(page(Some(&whole.cursor), 1_000).sums.is_empty(), "nothing was touched");
    // Another row, another sum; only of the scope that was touched.
    let note = json!({ "subject": RecordRef::new(kind::JOB, planned.job), "text": "n" });
    let put = Put { record: RecordRef::new(kind::NOTE, planned.visit), scope: job.clone(), body: Some(note) };
    office.hub.write(|write| Ok(write.put(&[put])?)).unwrap();
    let next = page(Some(&whole.cursor), 1_000);
    assert_eq!(next.sums.iter().map(|sum| &sum.scope).collect::<Vec<_>>(), [&job]);
    assert_eq!(next.sums[0].rows, sum.rows + 1);
    assert_ne!(next.sums[0].sum, sum.sum);
}

/// What a page costs does not grow with a scope: long lists have no sum.
#[test]
fn a_long_scope_has_no_sum() {
    let office = Office::new();
    let device = office.device(office.engineer, 1);
    let codes = Scope::reference("codes");
    let put = |number: usize| Put {
        record: RecordRef::new("code", Id::derived("code", &[&number.to_be_bytes()])),
        scope: codes.clone(),
        body: Some(json!({"list": "cause", "code": number.to_string()})),
    };
    let before = office.hub.feed(&device.caller(&office), None, None).unwrap();
    let there = office.hub.scope_page(&device.caller(&office), &codes, None, None).unwrap().rows.len();
    let fill = |from: usize, to: usize| {
        let puts: Vec<Put> = (from..to).map(put).collect();
        office.hub.write(|write| Ok(write.put(&puts)?)).unwrap();
    };
    fill(0, SUMMED_ROWS - there - 1);
    let cursor = office.hub.feed(&device.caller(&office), Some(&before.cursor), None).unwrap().cursor;
    let sums = |number: usize| {
        fill(number, number + 1);
        office.hub.feed(&device.caller(&office), Some(&cursor), None).unwrap().sums
    };
    assert_eq!(sums(SUMMED_ROWS).len(), 1, "just as many rows as are summed");
    assert!(sums(SUMMED_ROWS + 1).is_empty(), "one too many");
}
