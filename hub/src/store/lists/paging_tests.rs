//! A few thousand records with names that nobody expects: whatever the page's length, paging through a list in either
//! direction finds each record once, in an order that never goes back.

use countersign_model::record::{Scope, kind};
use countersign_model::{Id, RecordRef};
use serde_json::json;

use super::{Filter, List, Place};
use crate::store::{Put, Store, StoreError};

const COUNT: usize = 3_000;
/// What names are put together from: quotes, right-to-left, marks, emoji, signs of SQL, nothing at all.
const PIECES: [&str; 16] = [
    "",
    "a",
    "A",
    "Ä",
    "e\u{301}",
    "'",
    "\"",
    "''; --",
    "%",
    "_",
    "\\",
    "مضخة",
    "\u{202b}",
    "泵业",
    "👩🏽‍🔧",
    "\u{10FFFF}",
];

/// Numbers that only seem to be chance: the same in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn name(&mut self) -> String {
        let pieces = 1 + self.below(4);
        (0..pieces).map(|_| PIECES[self.below(PIECES.len())]).collect::<Vec<_>>().join(["", " "][self.below(2)])
    }
}

fn tenant() -> Id {
    Id::derived("paging", &[b"tenant"])
}

fn shelf(seed: u64) -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("hub.db"), tenant(), "x", "e", 1).unwrap();
    let mut chance = Seeded(seed);
    let puts: Vec<Put> = (0..COUNT)
        .map(|number| {
            let id = Id::derived("paging", &[&number.to_be_bytes()]);
            let class = ["a", "b", "👩🏽‍🔧", ""][chance.below(4)];
            let body = json!({"name": chance.name(), "number": chance.name(), "class": class});
            Put { record: RecordRef::new(kind::CUSTOMER, id), scope: Scope::customer(id), body: Some(body) }
        })
        .collect();
    store.write::<_, StoreError>(tenant(), |write| write.put(&puts)).unwrap();
    (store, folder)
}

fn paged(store: &Store, list: &List<'_>, chance: &mut Seeded) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    loop {
        let page = List { after: found.last().cloned(), limit: 1 + chance.below(400), ..list.clone() };
        let rows = store.read::<_, StoreError>(tenant(), |read| read.listed(&page)).unwrap();
        if rows.is_empty() {
            return found;
        }
        found.extend(rows);
        assert!(found.len() <= COUNT, "a record came twice: {list:?}");
    }
}

#[test]
fn paging_finds_each_record_once_and_never_goes_back() {
    for seed in 1..4 {
        let (store, _folder) = shelf(seed);
        let mut chance = Seeded(seed);
        for sort in ["name", "number", "class"] {
            let class = |key: &str| Filter::Is { field: "class".to_owned(), key: key.to_owned() };
            let mut whole = 0;
            for filters in [vec![], vec![class("a")], vec![class("b")], vec![class("👩🏽‍🔧")], vec![class("")]]
            {
                let list = List { kind: kind::CUSTOMER, sort, filters, ..List::default() };
                let up = paged(&store, &list, &mut chance);
                assert!(up.windows(2).all(|pair| (&pair[0].key, pair[0].id) < (&pair[1].key, pair[1].id)));
                let mut down = paged(&store, &List { descending: true, ..list.clone() }, &mut chance);
                down.reverse();
                assert_eq!(up, down, "seed {seed}, {sort}");
                let counted =
                    store.read::<_, StoreError>(tenant(), |read| read.count_listed(&list, COUNT * 2)).unwrap();
                assert_eq!(counted, up.len());
                whole += if list.filters.is_empty() { 0 } else { up.len() };
            }
            assert_eq!(whole, COUNT, "seed {seed}, {sort}: the classes together are all of them");
        }
    }
}
