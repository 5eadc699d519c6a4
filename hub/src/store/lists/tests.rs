//! Both ways to a page against the plainest one: everything in memory, filtered and sorted.

use countersign_model::record::{Scope, kind};
use countersign_model::words::key_of;
use countersign_model::{Id, RecordRef};
use serde_json::{Value, json};

use super::*;
use crate::store::{Put, Store};

const TENANT: &str = "company";

fn id(name: &str) -> Id {
    Id::derived("lists", &[name.as_bytes()])
}

struct Shelf {
    store: Store,
    bodies: Vec<(Id, Value)>,
    _folder: tempfile::TempDir,
}

fn put(id: Id, body: &Value) -> Put {
    Put { record: RecordRef::new(kind::CUSTOMER, id), scope: Scope::customer(id), body: Some(body.clone()) }
}

impl Shelf {
    /// Forty customers in three classes, some archived, with names that differ by case and script only.
    fn new() -> Shelf {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("hub.db"), id(TENANT), "x", "e", 1).unwrap();
        let names =
            ["acme pump", "Acme Pump", "ÄRGER", "泵业 公司", "轴封 泵", "o'Brien \"quoted\"", "مضخة", "🚜 farm pump"];
        let bodies: Vec<(Id, Value)> = (0..40_usize)
            .map(|n| {
                let name = format!("{} {}", names[n % names.len()], n / 16);
                let class = ["a", "b", ""][n % 3];
                let body = json!({"name": name, "number": format!("C-{n:03}"), "class": class, "archived": n % 7 == 0});
                (id(&n.to_string()), body)
            })
            .collect();
        let puts: Vec<Put> = bodies.iter().map(|(id, body)| put(*id, body)).collect();
        store.write::<_, crate::store::StoreError>(id(TENANT), |write| write.put(&puts)).unwrap();
        Shelf { store, bodies, _folder: folder }
    }

    /// The list page by page, three rows each.
    fn paged(&self, list: &List<'_>) -> Vec<Id> {
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let page = List { after: after.take(), limit: 3, ..list.clone() };
            let rows = self.store.read::<_, crate::store::StoreError>(id(TENANT), |read| read.listed(&page)).unwrap();
            let Some(last) = rows.last() else { return found };
            after = Some(last.clone());
            found.extend(rows.iter().map(|row| row.id));
        }
    }

    /// How many there are, and all of them in one page.
    fn at_once(&self, list: &List<'_>) -> (usize, Vec<Id>) {
        let all = List { limit: 100, ..list.clone() };
        self.store
            .read::<_, crate::store::StoreError>(id(TENANT), |read| {
                let rows = read.listed(&all)?;
                Ok((read.count_listed(list, 100)?, rows.iter().map(|row| row.id).collect()))
            })
            .unwrap()
    }

    fn in_memory(&self, list: &List<'_>, words: &[&str]) -> Vec<Id> {
        let text = |body: &Value, field: &str| key_of(body[field].as_str().unwrap());
        let fits = |body: &Value| {
            body["archived"] == json!(list.archived)
                && words.iter().all(|word| text(body, "name").contains(word))
                && list.filters.iter().all(|filter| match filter {
                    Filter::Is { field, key } => text(body, field) == *key,
                    Filter::Begins { field, key } => text(body, field).starts_with(key),
                    Filter::AnyOf { field, keys } => keys.contains(&text(body, field)),
                    Filter::Names { .. } | Filter::Worded { .. } => panic!("these customers name nothing"),
                })
        };
        let mut rows: Vec<(String, Id)> =
            self.bodies.iter().filter(|(_, body)| fits(body)).map(|(id, body)| (text(body, list.sort), *id)).collect();
        rows.sort();
        if list.descending {
            rows.reverse();
        }
        rows.into_iter().map(|(_, id)| id).collect()
    }
}

fn is(field: &str, key: &str) -> Filter {
    Filter::Is { field: field.to_owned(), key: key.to_owned() }
}

fn begins(field: &str, key: &str) -> Filter {
    Filter::Begins { field: field.to_owned(), key: key.to_owned() }
}

#[test]
fn every_page_of_every_list_is_what_sorting_in_memory_gives() {
    let shelf = Shelf::new();
    let filters: &[&[Filter]] = &[
        &[],
        &[is("class", "a")],
        &[is("class", "")],
        &[begins("name", "acme")],
        &[begins("number", "c-01"), is("class", "b")],
        &[is("class", "none")],
        &[Filter::AnyOf { field: "class".to_owned(), keys: vec!["a".to_owned(), String::new()] }],
    ];
    let words: &[(&str, &[&str])] = &[("", &[]), ("pump", &["pump"]), ("泵", &["泵"]), ("acm PUM", &["acme", "pump"])];
    for filters in filters {
        for (typed, found) in words {
            for (sort, descending, archived) in
                [("name", false, false), ("name", true, false), ("number", false, true), ("class", false, false)]
            {
                let list = List {
                    kind: kind::CUSTOMER,
                    sort,
                    descending,
                    archived,
                    filters: filters.to_vec(),
                    words: typed,
                    among: None,
                    after: None,
                    limit: 3,
                };
                let want = shelf.in_memory(&list, found);
                assert_eq!(shelf.paged(&list), want, "{list:?}");
                let among = List { among: Some(&want), filters: Vec::new(), words: "", ..list.clone() };
                assert_eq!(shelf.paged(&among), want, "{among:?}");
                assert_eq!(shelf.at_once(&list), (want.len(), want.clone()), "{list:?}");
            }
        }
    }
}

#[test]
fn what_a_record_said_before_is_no_longer_found_and_another_company_is_never_found() {
    let shelf = Shelf::new();
    let found = |tenant: Id, typed: &str| {
        let hits =
            shelf.store.read::<_, crate::store::StoreError>(tenant, |read| read.search(typed, &[], None, 50)).unwrap();
        hits.into_iter().map(|hit| hit.record.id).collect::<Vec<_>>()
    };
    assert_eq!(found(id(TENANT), "arger").len(), 5, "accents do not matter");
    let changed = put(id("2"), &json!({"name": "Somebody else", "number": "C-002"}));
    shelf.store.write::<_, crate::store::StoreError>(id(TENANT), |write| write.put(&[changed])).unwrap();
    assert_eq!((found(id(TENANT), "arger").len(), found(id(TENANT), "somebody")), (4, vec![id("2")]));
    let other = id("other company");
    shelf.store.add_tenant(other, "Other", "e", 1).unwrap();
    let secret = put(id("secret"), &json!({"name": "secret pump", "number": "C-999"}));
    shelf.store.write::<_, crate::store::StoreError>(other, |write| write.put(&[secret])).unwrap();
    assert_eq!((found(id(TENANT), "secret"), found(other, "pump")), (vec![], vec![id("secret")]));
    let named = |tenant: Id| {
        shelf
            .store
            .read::<_, crate::store::StoreError>(tenant, |read| read.named("customer", "number", "c-999"))
            .unwrap()
    };
    assert_eq!((named(id(TENANT)), named(other)), (vec![], vec![id("secret")]));
    // Words of the index's own language are words like any other.
    for typed in ["tenant : x", "\" OR \"", "words:(a)", "NEAR(a b)", "^zz", "*"] {
        assert_eq!(found(id(TENANT), typed), Vec::<Id>::new(), "{typed}");
    }
}
