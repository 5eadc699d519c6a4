//! What comes down: merging, staging, forgetting, holdings that come and go, another epoch.

use countersign_device::store::Store;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{DecisionOutcome, Entity as _, Job, Person, Visit};
use countersign_model::entity::{MachineState, Priority};
use countersign_model::payload::{JobCreate, Payload, VisitPlan};
use countersign_model::record::{Row, Scope, kind};
use countersign_model::wire::FeedPage;

use crate::office::Office;
use crate::world::*;

fn ready(folder: &tempfile::TempDir) -> (Store, Office) {
    let mut office = office();
    let store = open(folder);
    enrol(&store, &mut office, "phone", "ana");
    (store, office)
}

fn person(store: &Store, name: &str) -> Option<Person> {
    store.read(|rows| rows.get(id(name))).unwrap()
}

#[test]
fn everything_held_arrives_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut office) = ready(&folder);
    add_job(&mut office, "other", "other visit", "ben");
    sync(&store, &mut office);
    assert!(store.read(|rows| rows.get::<Job>(id("job"))).unwrap().is_some());
    assert!(store.read(|rows| rows.get::<Job>(id("other"))).unwrap().is_none());
    assert_eq!(person(&store, "ana").unwrap().name, "ana");
}

#[test]
fn the_higher_revision_wins_in_any_order_and_an_old_tombstone_removes_nothing() {
    // (revisions in the order of arrival, body or tombstone) -> what is there at the end
    type Arrival = (u64, Option<&'static str>);
    let rows: [(&[Arrival], Option<&str>); 5] = [
        (&[(1, Some("a")), (2, Some("b"))], Some("b")),
        (&[(2, Some("b")), (1, Some("a"))], Some("b")),
        (&[(2, Some("b")), (1, None)], Some("b")),
        (&[(1, Some("a")), (2, None)], None),
        (&[(3, None), (2, Some("b"))], None),
    ];
    for (arrivals, want) in rows {
        let folder = tempfile::tempdir().unwrap();
        let (store, office) = ready(&folder);
        for (rev, name) in arrivals {
            let body = name.map(|name| serde_json::json!({"name": name, "roles": []}));
            let scope = Scope::reference("people");
            let row = Row { kind: kind::PERSON.to_owned(), id: id("zoe"), scope, rev: *rev, seq: 1_000 + rev, body };
            let page = FeedPage { rows: vec![row], at_head: false, ..office.page(id("phone"), None, 100) };
            store.apply_feed_page(&page).unwrap();
        }
        assert_eq!(person(&store, "zoe").map(|person| person.name), want.map(str::to_owned), "{arrivals:?}");
    }
}

#[test]
fn rows_of_scopes_that_are_not_held_are_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (store, office) = ready(&folder);
    let body = Some(serde_json::json!({"name": "secret", "roles": []}));
    let scope = Scope::job(id("secret"));
    let row = Row { kind: kind::PERSON.to_owned(), id: id("secret"), scope, rev: 1, seq: 5_000, body };
    store.apply_feed_page(&FeedPage { rows: vec![row], ..office.page(id("phone"), None, 100) }).unwrap();
    assert!(person(&store, "secret").is_none());
}

#[test]
fn an_accepted_command_stays_in_the_view_until_the_base_shows_it() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut office) = ready(&folder);
    give(&store, &draft("a", &job_lane(), None, answer("visit", "/f/a", "184"))).unwrap();
    let batch = store.next_push(9, 1 << 20).unwrap().unwrap();
    store.record_pushed(&office.push(id("phone"), &batch)).unwrap();
    let value = |store: &Store| {
        store.read(|rows| Ok(answer_row(rows, "visit", "/f/a").and_then(|answer| answer.current.value))).unwrap()
    };
    // One row a page: decision and rows arrive apart, and the answer never disappears in between.
    loop {
        let page = office.page(id("phone"), store.cursor().unwrap().as_deref(), 1);
        let applied = store.apply_feed_page(&page).unwrap();
        assert_eq!(value(&store).as_deref(), Some("184"));
        if page.at_head {
            assert_eq!(applied.forgotten, 1);
            break;
        }
        assert_eq!(applied.forgotten, 0);
    }
    let kept = store.read(|rows| rows.own_command(id("a"))).unwrap().unwrap();
    assert_eq!((kept.state.as_str(), kept.at_hub), ("kept", true));
}

fn new_job() -> (Payload, Payload) {
    let job = JobCreate {
        job: id("new"),
        call: None,
        customer: Some(id("acme")),
        site: None,
        machine: Some(id("machine")),
        serial: String::new(),
        fault: "noise".to_owned(),
        priority: Priority::Normal,
        machine_state: MachineState::Limited,
        class: VoucherClass::Paid,
        form: None,
        ..JobCreate::default()
    };
    let visit = VisitPlan {
        visit: id("new visit"),
        job: id("new"),
        lead: id("ana"),
        helpers: Vec::new(),
        window: None,
        number: "26-phone-1".to_owned(),
        ..VisitPlan::default()
    };
    (Payload::JobCreate(job), Payload::VisitPlan(visit))
}

#[test]
fn a_job_made_offline_is_not_lost_at_its_first_sync() {
    // Whether both commands go up at once or one by one, and however small the pages are.
    for (at_once, rows) in [(9, 100), (1, 100), (9, 1), (1, 1)] {
        let folder = tempfile::tempdir().unwrap();
        let (store, mut office) = ready(&folder);
        let lane = Scope::job(id("new"));
        let (job, visit) = new_job();
        give(&store, &draft("j", &lane, None, job)).unwrap();
        give(&store, &draft("v", &lane, None, visit)).unwrap();
        give(&store, &draft("t", &lane, None, arrive("new visit"))).unwrap();
        let there = |store: &Store| {
            let visit = store.read(|rows| rows.get::<Visit>(id("new visit"))).unwrap();
            assert!(visit.is_some_and(|visit| visit.arrived.is_some()), "{at_once} {rows}");
            assert!(store.read(|rows| rows.get::<Job>(id("new"))).unwrap().is_some(), "{at_once} {rows}");
        };
        there(&store);
        while let Some(batch) = store.next_push(at_once, 1 << 20).unwrap() {
            store.record_pushed(&office.push(id("phone"), &batch)).unwrap();
            for _ in 0..40 {
                let page = office.page(id("phone"), store.cursor().unwrap().as_deref(), rows);
                store.apply_feed_page(&page).unwrap();
                there(&store);
            }
        }
        pull_by(&store, &office, rows);
        there(&store);
        assert_eq!(office.decided[&id("v")], DecisionOutcome::Accepted);
        assert!(store.read(|rows| rows.own_commands(&["pending", "accepted"])).unwrap().is_empty());
    }
}

#[test]
fn a_scope_goes_only_when_nothing_of_it_is_only_here() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut office) = ready(&folder);
    give(&store, &draft("a", &job_lane(), None, answer("visit", "/f/a", "1"))).unwrap();
    let mut visit: Visit = office.get(id("visit")).unwrap();
    visit.lead = id("ben");
    office.save(id("visit"), &job_lane(), &visit);
    office.hold_again();
    let has_job = |store: &Store| store.read(|rows| rows.get::<Job>(id("job"))).unwrap().is_some();
    pull_by(&store, &office, 100);
    assert!(has_job(&store), "the unsent answer holds the job");
    sync(&store, &mut office);
    assert!(!has_job(&store), "everything is at the office: the job goes");
    assert_eq!(store.read(|rows| rows.counts()).unwrap().pending_commands, 0);
}

#[test]
fn a_refused_command_stays_visible_until_somebody_deals_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut office) = ready(&folder);
    // The office archives the machine's record away: the phone still holds it and accepts provisionally.
    let (job, _) = new_job();
    give(&store, &draft("j", &Scope::job(id("new")), None, job)).unwrap();
    office.put(kind::CUSTOMER, id("acme"), &Scope::customer(id("acme")), None);
    sync(&store, &mut office);
    let refused = store.read(|rows| rows.own_commands(&["refused"])).unwrap();
    assert_eq!(refused.len(), 1);
    assert!(refused[0].refusal.is_some());
    assert!(store.read(|rows| rows.get::<Job>(id("new"))).unwrap().is_none(), "a refused command has no effect");
    assert_eq!(store.read(|rows| rows.counts()).unwrap().refused_commands, 1);
    assert!(store.write(|tx| tx.close_refused(id("j"))).unwrap());
    assert_eq!(store.read(|rows| rows.counts()).unwrap().refused_commands, 0);
}

#[test]
fn a_restored_hub_gets_everything_again_and_the_view_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut office) = ready(&folder);
    let backup = office.clone();
    for number in 0..5 {
        let payload = answer("visit", &format!("/f/q{number}"), &number.to_string());
        give(&store, &draft(&format!("a{number}"), &job_lane(), None, payload)).unwrap();
    }
    sync(&store, &mut office);
    assert!(store.next_push(9, 1 << 20).unwrap().is_none());
    let mut restored = Office { epoch: "e2".to_owned(), ..backup };
    let page = restored.page(id("phone"), store.cursor().unwrap().as_deref(), 100);
    assert!(store.apply_feed_page(&page).unwrap().new_epoch);
    assert_eq!(store.read(|rows| rows.counts()).unwrap().pending_commands, 5);
    sync(&store, &mut restored);
    for number in 0..5 {
        let answer = store.read(|rows| Ok(answer_row(rows, "visit", &format!("/f/q{number}")))).unwrap();
        assert_eq!(answer.unwrap().current.value.unwrap(), number.to_string());
    }
    assert_eq!(restored.decided.len(), 5);
}

#[test]
fn a_backup_mark_lets_kept_commands_go_and_never_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut office) = ready(&folder);
    for number in 0..4 {
        let payload = note("job", &format!("n{number}"));
        give(&store, &draft(&format!("n{number}"), &job_lane(), None, payload)).unwrap();
    }
    sync(&store, &mut office);
    give(&store, &draft("late", &job_lane(), None, note("job", "late"))).unwrap();
    let mark =
        |mark| FeedPage { backup_mark: Some(mark), ..office.page(id("phone"), store.cursor().unwrap().as_deref(), 9) };
    store.apply_feed_page(&mark(2)).unwrap();
    let count = |store: &Store| store.read(|rows| rows.own_commands(&["kept", "pending"])).unwrap().len();
    assert_eq!(count(&store), 3);
    store.apply_feed_page(&mark(99)).unwrap();
    assert_eq!(count(&store), 1, "the unsent one stays whatever the mark says");
}

#[test]
fn a_scope_lost_and_gained_again_between_two_pages_is_fetched_anew() {
    // One row a page: the phone reads a tombstone of the customer, and meanwhile the job is given away and back.
    for rows in 1..6 {
        let folder = tempfile::tempdir().unwrap();
        let (store, mut office) = ready(&folder);
        let lead = |office: &mut Office, name: &str, ordinal: u32| {
            let visit: Visit = office.get(id("visit")).unwrap();
            office.save(id("visit"), &job_lane(), &Visit { lead: id(name), ordinal, ..visit });
            office.hold_again();
        };
        lead(&mut office, "ben", 7);
        let page = office.page(id("phone"), store.cursor().unwrap().as_deref(), rows);
        store.apply_feed_page(&page).unwrap();
        let visit: Visit = office.get(id("visit")).unwrap();
        // What changes while the job is not held must not be missed, and coming back changes another row.
        office.save(id("visit"), &job_lane(), &Visit { ordinal: 9, ..visit });
        add_job(&mut office, "second", "second visit", "ana");
        office.save(id("second visit"), &job_lane(), &planned("job", "ana"));
        office.hold_again();
        sync(&store, &mut office);
        let visit: Visit = store.read(|rows| rows.get(id("visit"))).unwrap().unwrap();
        assert_eq!((visit.lead, visit.ordinal), (id("ben"), 9), "{rows} rows a page");
    }
}

/// A hub of a later version sends kinds, fields and words that this program does not know: it shows what it knows, keeps
/// the rest, and its own work goes on.
#[test]
fn what_a_newer_hub_adds_is_kept_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut office) = ready(&folder);
    sync(&store, &mut office);
    let before = office.get::<Job>(id("job")).unwrap();
    let scope = Scope::job(id("job"));
    let mut body = before.body();
    let fields = body.as_object_mut().unwrap();
    fields.insert("drone_route".to_owned(), serde_json::json!({"legs": [1, 2]}));
    fields.insert("priority".to_owned(), "breathtaking".into());
    office.put(kind::JOB, id("job"), &scope, Some(body.clone()));
    office.put("drone", id("drone"), &scope, Some(serde_json::json!({"wings": 4})));
    sync(&store, &mut office);
    let job = store.read(|rows| rows.get::<Job>(id("job"))).unwrap().unwrap();
    assert_eq!((job.fault, job.priority), (before.fault, Priority::from_word("breathtaking")));
    // The day this program is brought up to date, what it kept is there.
    let database = rusqlite::Connection::open(folder.path().join("store.db")).unwrap();
    let mut kept = database.prepare("SELECT body FROM base_record WHERE scope = ?1").unwrap();
    let kept: Vec<String> = kept.query_map([&scope.0], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(kept.iter().any(|row| row.contains("wings")) && kept.iter().any(|row| row.contains("drone_route")));
}
