//! Lists that are sorted by what their records name, against sorting in memory; and what a renaming does to them.

use countersign_model::record::{Scope, kind};
use countersign_model::words::key_of;
use countersign_model::{Id, RecordRef};
use serde_json::{Value, json};

use super::{Filter, List};
use crate::store::{Put, Store, StoreError};

const TENANT: &str = "company";
/// Names with quotes, from right to left, with emoji, and some that differ by case only.
const NAMES: [&str; 9] =
    ["acme", "Acme", "ÄRGER", "泵业 公司", "o'Brien \"quoted\"", "مضخة النيل", "🚜 farm", " led by a space", "zz%_\\"];

fn id(name: &str) -> Id {
    Id::derived("named", &[name.as_bytes()])
}

struct Shelf {
    store: Store,
    _folder: tempfile::TempDir,
}

impl Shelf {
    fn new() -> Shelf {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("hub.db"), id(TENANT), "x", "e", 1).unwrap();
        Shelf { store, _folder: folder }
    }

    fn put(&self, kind: &str, name: &str, body: Value) {
        self.put_all(vec![(kind, name.to_owned(), body)]);
    }

    fn put_all(&self, rows: Vec<(&str, String, Value)>) {
        let puts: Vec<Put> = rows
            .into_iter()
            .map(|(kind, name, body)| Put {
                record: RecordRef::new(kind, id(&name)),
                scope: Scope::customer(id(&name)),
                body: Some(body),
            })
            .collect();
        self.store.write::<_, StoreError>(id(TENANT), |write| write.put(&puts)).unwrap();
    }

    /// Every record of a list, page by page.
    fn paged(&self, list: &List<'_>) -> Vec<Id> {
        let mut found: Vec<Id> = Vec::new();
        let mut after = None;
        loop {
            let page = List { after: after.take(), ..list.clone() };
            let rows = self.store.read::<_, StoreError>(id(TENANT), |read| read.listed(&page)).unwrap();
            let Some(last) = rows.last() else { return found };
            after = Some(last.clone());
            found.extend(rows.iter().map(|row| row.id));
        }
    }

    fn count(&self, list: &List<'_>, most: usize) -> usize {
        self.store.read::<_, StoreError>(id(TENANT), |read| read.count_listed(list, most)).unwrap()
    }
}

fn list<'a>(kind: &'a str, sort: &'a str, descending: bool) -> List<'a> {
    List { kind, sort, descending, limit: 7, ..List::default() }
}

#[test]
fn machines_sort_by_their_customers_names_both_ways_without_loss_or_repeats() {
    let shelf = Shelf::new();
    let names: Vec<String> = (0..60).map(|n| format!("{} {}", NAMES[n % NAMES.len()], n / 20)).collect();
    shelf.put_all((0..60).map(|n| (kind::CUSTOMER, format!("c{n}"), json!({"name": names[n]}))).collect());
    let machine = |n: usize| {
        // Some machines name nobody, and some a customer who is not there.
        let customer = (!n.is_multiple_of(11)).then(|| id(&format!("c{}", n % 61)));
        (kind::MACHINE, format!("m{n}"), json!({"serial": format!("S-{n}"), "customer": customer}))
    };
    shelf.put_all((0..2_000).map(machine).collect());
    let mut wanted: Vec<(String, Id)> = (0..2_000)
        .map(|n| {
            let name = if n % 11 == 0 { None } else { names.get(n % 61) };
            (key_of(name.map_or("", String::as_str)), id(&format!("m{n}")))
        })
        .collect();
    wanted.sort();
    let mut ids: Vec<Id> = wanted.into_iter().map(|(_, id)| id).collect();
    assert_eq!(shelf.paged(&list(kind::MACHINE, "customer.name", false)), ids);
    ids.reverse();
    assert_eq!(shelf.paged(&list(kind::MACHINE, "customer.name", true)), ids);
    assert_eq!(shelf.count(&list(kind::MACHINE, "customer.name", true), 10_000), 2_000);
    assert_eq!(shelf.count(&list(kind::MACHINE, "customer.name", true), 30), 30);
}

#[test]
fn a_renamed_record_moves_those_that_name_it() {
    let shelf = Shelf::new();
    let model = |en: &str, zh: &str| json!({"name": {"en": en, "zh-Hans": zh}});
    shelf.put(kind::MODEL, "press", model("Press", "压力机"));
    shelf.put(kind::MODEL, "saw", model("Saw", "锯"));
    shelf.put(kind::MACHINE, "m1", json!({"serial": "1", "model": id("press")}));
    shelf.put(kind::MACHINE, "m2", json!({"serial": "2", "model": id("saw")}));
    let order = |language: &str| shelf.paged(&list(kind::MACHINE, &format!("model.name.{language}"), false));
    assert_eq!(order("en"), [id("m1"), id("m2")]);
    shelf.put(kind::MODEL, "press", model("Zinc press", "压力机"));
    assert_eq!(order("en"), [id("m2"), id("m1")]);
    assert_eq!(order("zh-Hans"), [id("m1"), id("m2")], "the other language stays as it was");
    // The record that is named comes later, as in a file that is imported in another order.
    shelf.put(kind::MACHINE, "m3", json!({"serial": "3", "model": id("axle")}));
    assert_eq!(order("en").first(), Some(&id("m3")), "what names nothing known comes first");
    shelf.put(kind::MODEL, "axle", model("~ Axle", "轴"));
    assert_eq!(order("en").last(), Some(&id("m3")));
    // Archived records keep their place in the list of archived ones.
    shelf.put(kind::MACHINE, "m2", json!({"serial": "2", "model": id("saw"), "archived": true}));
    shelf.put(kind::MODEL, "saw", model("Aa saw", "锯"));
    let archived = List { archived: true, ..list(kind::MACHINE, "model.name.en", false) };
    assert_eq!((shelf.paged(&archived), order("en")), (vec![id("m2")], vec![id("m1"), id("m3")]));
}

fn job(number: usize, customer: &str, site: &str, down: bool) -> Value {
    let state = if down { "down" } else { "running" };
    json!({
        "number": format!("J-{number:03}"), "fault": "leaks", "serial": "X", "state": "new", "priority": "normal",
        "class": "A", "machine_state": state, "customer": id(customer), "site": id(site),
    })
}

#[test]
fn jobs_follow_their_customers_sites_visits_and_people() {
    let shelf = Shelf::new();
    for (name, text) in [("acme", "Acme"), ("zeta", "Zeta")] {
        shelf.put(kind::CUSTOMER, name, json!({"name": text}));
    }
    for (name, text) in [("north", "North barn"), ("south", "South barn")] {
        shelf.put(kind::SITE, name, json!({"name": text, "customer": id("acme")}));
    }
    for (name, text) in [("ana", "Ana"), ("ben", "Ben")] {
        shelf.put(kind::PERSON, name, json!({"name": text, "roles": ["engineer"], "branch": id("valencia")}));
    }
    shelf.put(kind::JOB, "j1", job(1, "zeta", "north", false));
    shelf.put(kind::JOB, "j2", job(2, "acme", "south", true));
    let order = |sort: &str| shelf.paged(&list(kind::JOB, sort, false));
    assert_eq!(order("customer.name"), [id("j2"), id("j1")]);
    assert_eq!(order("site.name"), [id("j1"), id("j2")]);
    assert_eq!(order("board"), [id("j2"), id("j1")], "machine down comes first");
    shelf.put(kind::CUSTOMER, "acme", json!({"name": "~ Acme"}));
    shelf.put(kind::SITE, "south", json!({"name": "A barn", "customer": id("acme")}));
    assert_eq!((order("customer.name"), order("site.name")), (vec![id("j1"), id("j2")], vec![id("j2"), id("j1")]));
    let visit = |job: &str, lead: &str, state: &str, from: i64| json!({"job": id(job), "ordinal": 1, "lead": id(lead), "state": state, "window": {"from": from, "to": from}});
    shelf.put(kind::VISIT, "v1", visit("j1", "ben", "planned", 2_000));
    shelf.put(kind::VISIT, "v2", visit("j2", "ana", "planned", 3_000));
    assert_eq!((order("lead.name"), order("window")), (vec![id("j2"), id("j1")], vec![id("j1"), id("j2")]));
    shelf.put(kind::PERSON, "ana", json!({"name": "Zoe", "roles": ["engineer"], "branch": id("valencia")}));
    assert_eq!(order("lead.name"), [id("j1"), id("j2")]);
    let of_ben = |filter: Filter| shelf.paged(&List { filters: vec![filter], ..list(kind::JOB, "board", false) });
    let is = |field: &str, key: &str| Filter::Is { field: field.to_owned(), key: key.to_owned() };
    assert_eq!(of_ben(is("person", &id("ben").to_string())), [id("j1")]);
    shelf.put(kind::VISIT, "v1", visit("j1", "ben", "cancelled", 2_000));
    assert_eq!(of_ben(is("person", &id("ben").to_string())), [], "a visit that was cancelled is nobody's");
    assert_eq!(of_ben(is("unplanned", "1")), [id("j1")]);
    let branch = |key: &str| Filter::Names {
        field: "person".to_owned(),
        kind: kind::PERSON.to_owned(),
        filter: Box::new(is("branch", key)),
    };
    assert_eq!((of_ben(branch(&id("valencia").to_string())), of_ben(branch("x"))), (vec![id("j2")], vec![]));
    let worded = |words: &str| Filter::Worded {
        field: "customer".to_owned(),
        kind: kind::CUSTOMER.to_owned(),
        words: words.to_owned(),
    };
    assert_eq!((of_ben(worded("acm")), of_ben(worded("\" *"))), (vec![id("j2")], vec![]));
    let none_of = [id("j2"), id("j2"), id("nobody")];
    let among = List { among: Some(&none_of), limit: 9, ..list(kind::JOB, "board", false) };
    let found = shelf.store.read::<_, StoreError>(id(TENANT), |read| read.listed(&among)).unwrap();
    assert_eq!(found.iter().map(|place| place.id).collect::<Vec<_>>(), [id("j2")]);
}

#[test]
fn a_job_is_found_by_its_customer_machine_and_voucher_as_they_are_called_now() {
    let shelf = Shelf::new();
    shelf.put(kind::CUSTOMER, "acme", json!({"name": "Acme"}));
    shelf.put(kind::MACHINE, "m", json!({"serial": "H7-3391", "model": id("press"), "customer": id("acme")}));
    let mut body = job(1, "acme", "none", false);
    body["machine"] = json!(id("m"));
    shelf.put(kind::JOB, "j", body);
    shelf.put(kind::VISIT, "v", json!({"job": id("j"), "ordinal": 1, "lead": id("ana"), "state": "planned"}));
    let voucher = countersign_model::entity::voucher_id(id("v"));
    let put = Put {
        record: RecordRef::new(kind::VOUCHER, voucher),
        scope: Scope::job(id("j")),
        body: Some(json!({"visit": id("v"), "job": id("j"), "number": "V-26-0142", "class": "A", "state": "open"})),
    };
    shelf.store.write::<_, StoreError>(id(TENANT), |write| write.put(&[put])).unwrap();
    let found = |words: &str| shelf.paged(&List { words, ..list(kind::JOB, "board", false) }).len();
    for words in ["leaks", "acm", "3391", "V-26-0142", "acme leaks"] {
        assert_eq!(found(words), 1, "{words}");
    }
    shelf.put(kind::CUSTOMER, "acme", json!({"name": "轴承公司"}));
    assert_eq!((found("acme"), found("轴承")), (0, 1));
}

#[test]
fn the_database_of_an_older_program_is_brought_up() {
    let shelf = Shelf::new();
    shelf.put(kind::CUSTOMER, "b", json!({"name": "B"}));
    shelf.put(kind::CUSTOMER, "a", json!({"name": "A"}));
    shelf.put(kind::MACHINE, "of b", json!({"serial": "1", "customer": id("b")}));
    shelf.put(kind::MACHINE, "of a", json!({"serial": "2", "customer": id("a")}));
    let path = shelf.store.path().to_owned();
    let Shelf { store, _folder } = shelf;
    drop(store);
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(
        "DELETE FROM list_key WHERE field LIKE '%.%'; DROP INDEX record_voucher_waiting; DROP INDEX inbox_saved;
         DROP INDEX inbox_received; DROP INDEX media_citation_absent; ALTER TABLE media_citation DROP COLUMN held;
         DROP INDEX inbox_carried;
         DROP TABLE log_node;
         PRAGMA user_version = 1",
    )
    .unwrap();
    drop(old);
    let shelf = Shelf { store: Store::open(&path).unwrap(), _folder };
    assert_eq!(shelf.paged(&list(kind::MACHINE, "customer.name", false)), [id("of a"), id("of b")]);
    let found = shelf.store.read::<_, StoreError>(id(TENANT), |read| read.search("b", &[], None, 9)).unwrap();
    assert_eq!(found.len(), 1, "nothing is found twice");
}
