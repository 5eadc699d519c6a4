//! Rows here that are not the hub's: found by the sum of their scope, and that scope alone is fetched anew.

use countersign_device::store::{Store, oracle_view};
use countersign_model::Digest;
use countersign_model::entity::{DecisionOutcome, Job};
use countersign_model::record::{Row, Scope, kind};
use countersign_model::scope_sum::ScopeSum;
use countersign_model::wire::FeedPage;
use rusqlite::Connection;

use crate::office::Office;
use crate::world::*;

fn ready(folder: &tempfile::TempDir) -> (Store, Office) {
    let mut office = office();
    let store = open(folder);
    enrol(&store, &mut office, "phone", "ana");
    (store, office)
}

/// What the base has of a scope.
fn base(folder: &tempfile::TempDir, scope: &Scope) -> ScopeSum {
    let database = Connection::open(folder.path().join("store.db")).unwrap();
    let sql =
        "SELECT kind, id, rev, seq, body FROM base_record WHERE scope = ?1 AND body IS NOT NULL ORDER BY kind, id";
    let mut statement = database.prepare(sql).unwrap();
    let rows = statement.query_map([&scope.0], |row| {
        let id = countersign_model::Id::from_bytes(row.get(1)?);
        let body: String = row.get(4)?;
        let (rev, seq): (i64, i64) = (row.get(2)?, row.get(3)?);
        let body = serde_json::from_str(&body).unwrap();
        Ok(Row { kind: row.get(0)?, id, scope: scope.clone(), rev: rev as u64, seq: seq as u64, body })
    });
    let rows: Vec<Row> = rows.unwrap().collect::<Result<_, _>>().unwrap();
    ScopeSum::of(scope, &rows).unwrap()
}

fn wrong_sums(store: &Store) -> u64 {
    store.read(|rows| rows.wrong_sums()).unwrap().count
}

fn wanted(store: &Store) -> Vec<Scope> {
    store.scopes_to_fetch().unwrap().into_iter().map(|one| one.scope).collect()
}

fn next_page(store: &Store, office: &Office) -> FeedPage {
    office.page(id("phone"), store.cursor().unwrap().as_deref(), 100)
}

/// Ways in which a base comes to differ: a body bent, a row that never came, one too many, an old or a future revision,
/// a body that nobody can read any more.
const HARMS: &[&str] = &[
    "UPDATE base_record SET body = json_set(body, '$.fault', 'bent') WHERE kind = 'job'",
    "DELETE FROM base_record WHERE kind = 'voucher'",
    "INSERT INTO base_record(kind, id, scope, rev, seq, body)
       SELECT 'note', randomblob(16), scope, 7, 900000, '{}' FROM base_record WHERE kind = 'job'",
    "UPDATE base_record SET rev = rev - 1 WHERE kind = 'job'",
    "UPDATE base_record SET rev = 9000, seq = 900000 WHERE kind = 'voucher'",
    "UPDATE base_record SET body = NULL WHERE kind = 'voucher'",
    "UPDATE base_record SET body = json_set(body, '$.half', 0.5) WHERE kind = 'job'",
];

#[test]
fn a_base_that_differs_is_fetched_anew_and_nothing_that_waits_is_touched() {
    for harm in HARMS {
        let folder = tempfile::tempdir().unwrap();
        let (store, mut office) = ready(&folder);
        give(&store, &draft("a", &job_lane(), None, answer("visit", "/f/a", "184"))).unwrap();
        give(&store, &draft("b", &job_lane(), None, note("job", "unsent"))).unwrap();
        // The hub has the first of the two; its decision comes with the page that finds the harm.
        let batch = store.next_push(1, 1 << 20).unwrap().unwrap();
        store.record_pushed(&office.push(id("phone"), &batch)).unwrap();
        assert_eq!(office.decided[&id("a")], DecisionOutcome::Accepted);
        Connection::open(folder.path().join("store.db")).unwrap().execute(harm, []).unwrap();

        let page = next_page(&store, &office);
        assert!(page.sums.iter().any(|sum| sum.scope == job_lane()), "{:?}", page.sums);
        let applied = store.apply_feed_page(&page).unwrap();
        assert_eq!(wanted(&store), [job_lane()], "{harm}: that scope and no other");
        assert_eq!(applied.forgotten, 0, "{harm}: an own entry stays until the base shows it");
        assert_eq!(store.read(|rows| rows.counts()).unwrap().pending_commands, 1, "{harm}");
        assert!(store.read(|rows| rows.get::<Job>(id("job"))).unwrap().is_some(), "{harm}: people go on with the job");

        pull_by(&store, &office, 100);
        assert_eq!(base(&folder, &job_lane()), office.sum(&job_lane()), "{harm}");
        assert_eq!(wrong_sums(&store), 1, "{harm}");
        let value = store.read(|rows| Ok(answer_row(rows, "visit", "/f/a"))).unwrap().unwrap().current.value;
        assert_eq!(value.as_deref(), Some("184"), "{harm}");
        let (view, folded) = oracle_view(&store).unwrap();
        assert_eq!(view, folded, "{harm}");
        // Everything goes on as if nothing had been.
        sync(&store, &mut office);
        assert_eq!(office.decided[&id("b")], DecisionOutcome::Accepted, "{harm}");
        assert_eq!((wrong_sums(&store), wanted(&store).len()), (1, 0), "{harm}");
    }
}

/// A page that was bent on the way is found by the sum of what it leaves behind.
#[test]
fn a_bent_page_is_mended_from_the_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut office) = ready(&folder);
    let mut job: Job = office.get(id("job")).unwrap();
    job.fault = "leaks at the valve".to_owned();
    office.save(id("job"), &job_lane(), &job);
    let mut page = next_page(&store, &office);
    let row = page.rows.iter_mut().find(|row| row.kind == kind::JOB).unwrap();
    row.body.as_mut().unwrap()["fault"] = "leaks at the wheel".into();
    store.apply_feed_page(&page).unwrap();
    assert_eq!(wanted(&store), [job_lane()]);
    pull_by(&store, &office, 1);
    let here: Job = store.read(|rows| rows.get(id("job"))).unwrap().unwrap();
    assert_eq!(here.fault, "leaks at the valve");
    assert_eq!(base(&folder, &job_lane()), office.sum(&job_lane()));
}

#[test]
fn only_what_is_complete_here_is_compared_and_an_older_hub_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, office) = ready(&folder);
    let wrong = |scope: Scope| ScopeSum { scope, rows: 3, sum: Digest([1; 32]) };
    let rows = [
        // Not held, of a device, of an older hub.
        (vec![wrong(Scope::job(id("secret")))], true),
        (vec![wrong(Scope::device(id("phone")))], true),
        (vec![], true),
        // A page that is not the last says nothing of what a scope has.
        (vec![wrong(job_lane())], false),
    ];
    for (sums, at_head) in rows {
        let page = FeedPage { sums, at_head, ..next_page(&store, &office) };
        store.apply_feed_page(&page).unwrap();
        assert_eq!((wrong_sums(&store), wanted(&store).len()), (0, 0), "{:?}", page.sums);
    }
    // A hub that says it twice, and again while the scope is on its way, is listened to once.
    let page = FeedPage { sums: vec![wrong(job_lane()), wrong(job_lane())], ..next_page(&store, &office) };
    store.apply_feed_page(&page).unwrap();
    store.apply_feed_page(&page).unwrap();
    assert_eq!((wrong_sums(&store), wanted(&store)), (1, vec![job_lane()]));
    let next = store.read(|rows| rows.get::<Job>(id("job"))).unwrap();
    assert!(next.is_some());
}
